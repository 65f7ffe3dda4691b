"""Where who writes begins: what waits for them, how fresh their municipality is, and how often they are read."""

from __future__ import annotations

import datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from exchange.contributions.reads import Reads
from exchange.dashboard.to_do import counted, reports, to_do
from exchange.publishing import reading
from exchange.sections.models import MunicipalityPage
from tests.conftest import Committed, Person, SectionOf
from tests.factories import ContactFactory, InitiativeFactory
from tests.publishing.conftest import client_for
from tests.test_queries import queries

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def days(number: int) -> datetime.date:
    return TODAY + datetime.timedelta(days=number)


def test_a_member_sees_what_is_about_them_and_confirms_with_a_button(
    waterhoven: MunicipalityPage, person: Person
) -> None:
    member = person("member", "GM9901")
    contact = ContactFactory(parent=waterhoven, title="Aanspreekpunt taal", user=member, confirmed_at=days(-200))
    ContactFactory(parent=waterhoven, title="Van een ander", confirmed_at=days(-200))
    found = to_do(member)
    assert [one.page.pk for one in found.confirm] == [contact.pk]
    client = client_for(member)
    page = client.get(reverse("writing")).content.decode()
    assert "Aanspreekpunt taal" in page
    assert "Van een ander" not in page
    client.post(found.confirm_address, {"page": contact.pk})
    assert not to_do(member).confirm


def test_what_ends_within_half_a_year_is_told_and_what_stopped_is_not(
    waterhoven: MunicipalityPage, person: Person
) -> None:
    secured = {"phase": "secured", "decision": "Raad", "funding_sources": "Budget", "responsible": "Teamleider"}
    for title, until in (("Binnenkort", 182), ("Later", 183), ("Voorbij", -1)):
        InitiativeFactory(parent=waterhoven, title=title, secured_until=days(until), **secured)
    InitiativeFactory(
        parent=waterhoven, title="Gestopt", phase="stopped", stopped_reason="Geld op.", secured_until=days(10)
    )
    editor = person("editor", "GM9901")
    assert [page.title for page in to_do(editor).ends] == ["Voorbij", "Binnenkort"]
    assert "Dit is binnenkort niet meer geregeld" in client_for(editor).get("/beheer/").content.decode()


def test_what_waits_to_be_read_along_is_counted(waterhoven: MunicipalityPage, person: Person) -> None:
    author, editor = person("author", "GM9901"), person("editor", "GM9901")
    page = InitiativeFactory(parent=waterhoven, published=False, owner=author)
    page.save_revision(user=author)
    page.refresh_from_db()
    reading.offer(page, author)
    assert (to_do(editor).review, to_do(author).review) == (1, 0)


def test_who_manages_people_sees_how_fresh_the_section_is(
    waterhoven: MunicipalityPage, section_of: SectionOf, person: Person, committed: Committed
) -> None:
    with committed():
        for ago in (0, 183, 300, 301):
            ContactFactory(parent=waterhoven, confirmed_at=days(-ago))
        ContactFactory(parent=section_of("GM9910"), confirmed_at=days(-400))
    (report,) = reports(person("editor", "GM9901"))
    assert (report.municipality.pk, report.share) == ("GM9901", 25)
    assert report.states == {"fresh": 1, "due": 1, "overdue": 2}
    assert reports(person("author", "GM9901")) == []


def test_reads_are_numbers_of_others_only(waterhoven: MunicipalityPage, person: Person) -> None:
    editor = person("editor", "GM9901")
    page = InitiativeFactory(parent=waterhoven, title="Inloop")
    for reader in (Client(), Client(), client_for(person("member", "GM9910")), client_for(editor)):
        assert reader.get(page.url).status_code == 200
    Client().head(page.url)
    assert [(one.page.title, one.reads, one.lists) for one in counted(editor)] == [("Inloop", 3, 0)]
    assert {field.name for field in Reads._meta.get_fields()} == {"id", "contribution", "month", "times"}
    assert "3 keer" in client_for(editor).get(reverse("writing")).content.decode()
    # Nobody else hears it.
    assert counted(person("editor", "GM9910")) == []


def test_a_page_that_cannot_be_counted_is_shown_all_the_same(
    waterhoven: MunicipalityPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = InitiativeFactory(parent=waterhoven)
    monkeypatch.setattr(Reads._meta, "db_table", "a_table_that_is_not_there")
    assert Client().get(page.url).status_code == 200


def test_few_queries_and_no_more_with_more_to_do(waterhoven: MunicipalityPage, person: Person) -> None:
    client = client_for(person("editor", "GM9901"))
    for _ in range(6):
        ContactFactory(parent=waterhoven)
    first = queries(client, "/schrijven/")
    for _ in range(20):
        ContactFactory(parent=waterhoven)
    assert queries(client, "/schrijven/") <= first
