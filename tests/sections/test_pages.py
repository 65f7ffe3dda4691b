"""What a municipality's page tells, joined or not, and every other page of a section."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from exchange.municipalities.models import Municipality
from exchange.sections.models import MunicipalityPage
from tests.factories import ContactFactory, DepartmentFactory, InitiativeFactory, LessonFactory

pytestmark = pytest.mark.django_db
SignedIn = Callable[..., Client]


def text(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_a_municipality_that_has_not_joined_has_a_page_that_helps(client: Client) -> None:
    page = text(client, "/gemeenten/utrecht/")
    assert "doet nog niet mee" in page
    assert "Wie doet wat?" in page
    assert "Nog niemand genoemd" in page
    assert "CBS, 2024" in page
    assert "Buurgemeenten" in page


def test_all_municipalities_have_a_page(client: Client) -> None:
    index = text(client, "/gemeenten/")
    pages = MunicipalityPage.objects.live()
    assert pages.filter(municipality__is_invented=False).count() == 342
    assert all(page.url in index for page in pages)


def test_everything_of_an_invented_municipality_says_so(waterhoven: MunicipalityPage, signed_in: SignedIn) -> None:
    department = DepartmentFactory(parent=waterhoven)
    contact = ContactFactory(parent=department)
    initiative = InitiativeFactory(parent=waterhoven, contact=contact)
    lesson = LessonFactory(parent=initiative)
    client = signed_in("member", "GM9910")
    for page in (waterhoven, department, contact, initiative, lesson):
        assert "Deze gemeente bestaat niet." in text(client, page.url), page
    assert "Deze gemeente bestaat niet." not in text(client, "/gemeenten/utrecht/")


def test_a_contact_serves_other_municipalities_too(
    waterhoven: MunicipalityPage, veldersloot: MunicipalityPage, signed_in: SignedIn
) -> None:
    ContactFactory(
        parent=waterhoven,
        title="Regisseur opvang",
        themes=["vrouwenopvang"],
        service_area=[Municipality.objects.get(code="GM9910")],
        confirmed_at=timezone.localdate(),
    )
    assert "Regisseur opvang" in text(signed_in("member", "GM9911"), veldersloot.url)
    assert "Regisseur opvang" not in text(Client(), veldersloot.url)


def test_an_old_contact_is_marked_and_its_mailbox_comes_first(
    waterhoven: MunicipalityPage, signed_in: SignedIn
) -> None:
    contact = ContactFactory(parent=waterhoven, title="Regisseur", confirmed_at="2026-01-10")
    client = signed_in("member", "GM9911")
    with time_machine.travel(datetime.datetime(2026, 7, 1, 12, tzinfo=datetime.UTC)):
        assert "Niet bevestigd" not in text(client, contact.url)
    client = signed_in("member", "GM9911")
    with time_machine.travel(datetime.datetime(2026, 8, 30, 12, tzinfo=datetime.UTC)):
        client = signed_in("member", "GM9912")
        assert "Niet bevestigd" in text(client, contact.url)
        assert "teammailbox, niet bevestigd" in text(client, waterhoven.url)


def test_an_editor_sees_where_nobody_is_named_and_can_mend_it(
    waterhoven: MunicipalityPage, signed_in: SignedIn
) -> None:
    assert "Noem iemand" in text(signed_in("editor", "GM9901"), waterhoven.url)
    assert "Noem iemand" not in text(signed_in("member", "GM9901"), waterhoven.url)


def test_an_initiative_shows_the_lessons_about_it(waterhoven: MunicipalityPage, client: Client) -> None:
    initiative = InitiativeFactory(parent=waterhoven, title="Inloop")
    lesson = LessonFactory(parent=initiative, title="Ga eerst langs")
    assert "Ga eerst langs" in text(client, initiative.url)
    assert "Inloop" in text(client, lesson.url)


def test_an_imported_page_says_who_did_not_place_it(waterhoven: MunicipalityPage, client: Client) -> None:
    page = InitiativeFactory(parent=waterhoven, is_imported=True, safety_check="imported")
    assert "Niet geplaatst door deze gemeente" in text(client, page.url)
