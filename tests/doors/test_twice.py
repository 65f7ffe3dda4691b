"""Twice is once: eight times the same form at the same moment makes one thing, and nobody sees an error."""

from __future__ import annotations

import datetime
import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Revision, TaskState, WorkflowState

from exchange.accounts import once
from exchange.accounts.models import Membership, SentForm, User
from exchange.accounts.roles import Role
from exchange.adoptions import confirming, following_up
from exchange.adoptions.models import AdoptionPage, FollowUp, SourceAnswer
from exchange.confirming import links
from exchange.confirming.models import Confirmation
from exchange.contacts.models import ContactPage
from exchange.evidence.models import PeerCheck
from exchange.following.models import Follow, ListItem, ReadingList
from exchange.importing.models import Upload
from exchange.initiatives.models import InitiativePage
from exchange.municipalities.models import EmailDomain
from exchange.people.models import INVITATION_DAYS, Invitation, JoinRequest
from exchange.publishing import reading
from exchange.sections.models import MunicipalityPage
from exchange.sections.opening import open_section
from tests.doors.conftest import AT_ONCE, Together
from tests.factories import AdoptionFactory, InitiativeFactory, UserFactory
from tests.publishing.test_card import fields


def section(code: str) -> MunicipalityPage:
    page: MunicipalityPage = MunicipalityPage.objects.get(municipality=code)
    open_section(page)
    return page


def somebody(role: str, code: str) -> User:
    user: User = UserFactory()
    Membership.objects.create(user=user, role=Role(role), municipality_id=code)
    return User.objects.get(pk=user.pk)


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def mails_to(address: str) -> int:
    return sum(message.to == [address] for message in mail.outbox)


def key_in(user: User, address: str) -> str:
    """The key of the form that a page shows."""
    found = re.search(r'name="once" value="([^"]+)"', client_of(user).get(address).content.decode())
    assert found
    return found.group(1)


# --- at the same moment, on PostgreSQL


def test_one_card_and_one_contact(together: Together) -> None:
    section("GM9901")
    user = somebody("author", "GM9901")
    for more in ({}, {"once": key_in(user, "/schrijven/initiatief/"), "title": "Met een sleutel"}):
        sent = fields(i_am_contact="on", **more)
        assert together(user, "/schrijven/initiatief/", sent) == [302] * AT_ONCE
    assert InitiativePage.objects.count() == 2
    assert ContactPage.objects.count() == 1


def test_one_card_that_saves_as_one_goes(together: Together) -> None:
    section("GM9901")
    user = somebody("author", "GM9901")
    sent = fields(once=key_in(user, "/schrijven/initiatief/"), page="", base="")
    assert together(user, "/schrijven/bewaar/", sent) == [200] * AT_ONCE
    assert InitiativePage.objects.count() == 1


def test_one_draft_of_a_text(together: Together) -> None:
    section("GM9901")
    user = somebody("author", "GM9901")
    assert together(user, "/schrijven/uit-tekst/", {"text": "Inloop\n\nElke week koffie."}) == [302] * AT_ONCE
    assert InitiativePage.objects.count() == 1


def test_one_offer_and_one_answer(together: Together) -> None:
    user, editor = somebody("author", "GM9901"), somebody("editor", "GM9901")
    page = InitiativeFactory(parent=section("GM9901"), published=False, owner=user)
    page.save_revision(user=user)
    assert together(user, f"/schrijven/{page.pk}/klaar/", {"looked": "on"}) == [302] * AT_ONCE
    state = TaskState.objects.get()
    assert WorkflowState.objects.count() == 1
    assert mails_to(editor.email) == 1
    page.refresh_from_db()
    sent = {"revision": page.latest_revision_id, "approve": ""}
    assert set(together(editor, f"/meelezen/{state.pk}/", sent)) <= {302, 404}
    assert InitiativePage.objects.get(pk=page.pk).live
    assert mails_to(user.email) == 1


def test_one_adoption(together: Together) -> None:
    source = InitiativeFactory(parent=section("GM9910"))
    section("GM9901")
    user, editor = somebody("author", "GM9901"), somebody("editor", "GM9901")
    sent = {"stage": "running", "i_am_contact": "on"}
    assert together(user, f"/toepassing/nieuw/{source.pk}/", sent) == [302] * AT_ONCE
    assert AdoptionPage.objects.count() == 1
    assert ContactPage.objects.count() == 1
    assert mails_to(editor.email) == 2


def test_one_answer_of_the_source_and_one_to_how_it_goes(together: Together) -> None:
    maker, user = somebody("author", "GM9910"), somebody("author", "GM9901")
    source = InitiativeFactory(parent=section("GM9910"), owner=maker)
    adoption = AdoptionFactory(parent=section("GM9901"), initiative=source, owner=user)
    mail.outbox.clear()
    address = confirming.address_for(maker, adoption)
    assert together(None, address, {"answer": "doubted", "remark": "Van wie?"}) == [302] * AT_ONCE
    assert SourceAnswer.objects.count() == 1
    assert mails_to(user.email) == 1
    asked = FollowUp.objects.create(adoption=adoption, months=3)
    before = Revision.objects.count()
    sent = {"stage": "stopped", "result": "", "reason": "money"}
    assert together(None, following_up.address_for(user, asked), sent) == [302] * AT_ONCE
    assert Revision.objects.count() == before + 1


def test_one_confirmation(together: Together) -> None:
    user = somebody("author", "GM9901")
    page = InitiativeFactory(parent=section("GM9901"), owner=user)
    address = reverse("still_true", args=[links.write(user.pk, [(page.pk, None)])])
    assert together(None, address, {"page": page.pk}) == [302] * AT_ONCE
    assert Confirmation.objects.count() == 1


def test_one_invitation_and_one_role(together: Together) -> None:
    section("GM9901")
    editor = somebody("editor", "GM9901")
    sent = {"email": "Nieuw@waterhoven.example", "role": "author"}
    assert together(editor, "/mensen/GM9901/", sent) == [302] * AT_ONCE
    assert Invitation.objects.count() == 1
    assert mails_to("nieuw@waterhoven.example") == 1
    assert client_of(editor).post("/mensen/GM9901/", sent).status_code == 302
    assert client_of(editor).get("/mensen/GM9901/").status_code == 200
    known = somebody("member", "GM9901")
    EmailAddress.objects.create(user=known, email=known.email, verified=True, primary=True)
    assert together(editor, "/mensen/GM9901/", {"email": known.email, "role": "author"}) == [302] * AT_ONCE
    assert Membership.objects.filter(user=known, role="author").count() == 1
    assert mails_to(known.email) == 1


def test_one_request_to_take_part_also_where_the_first_opens_the_section(together: Together) -> None:
    section("GM9901")
    editor, member = somebody("editor", "GM9901"), somebody("member", "GM9901")
    assert together(member, "/doe-mee/vraag/GM9901/", {"reason": "Graag."}) == [302] * AT_ONCE
    assert JoinRequest.objects.count() == 1
    assert mails_to(editor.email) == 1
    asked = JoinRequest.objects.get()
    assert together(editor, f"/mensen/verzoek/{asked.pk}/", {"grant": ""}) == [302] * AT_ONCE
    assert Membership.objects.filter(user=member, role="author").count() == 1
    first = somebody("member", "GM9910")
    EmailDomain.objects.get_or_create(domain="waterhoven.example", municipality_id="GM9910")
    assert together(first, "/doe-mee/vraag/GM9910/", {"reason": ""}) == [302] * AT_ONCE
    assert JoinRequest.objects.filter(user=first).count() == 1


def test_one_list_one_follow_and_one_check(together: Together) -> None:
    page = InitiativeFactory(parent=section("GM9910"))
    user = somebody("author", "GM9901")
    assert together(user, "/lijsten/", {"title": "Voor het plan"}) == [302] * AT_ONCE
    assert together(user, f"/lijsten/erbij/{page.pk}/", {"new": "1", "title": "Nog een"}) == [302] * AT_ONCE
    assert (ReadingList.objects.count(), ListItem.objects.count()) == (2, 1)
    assert together(user, "/volgen/kies/", {"kind": "theme", "value": "wmo"}) == [302] * AT_ONCE
    assert together(user, "/volgen/", {}) == [302] * AT_ONCE
    assert Follow.objects.count() == 1
    assert together(user, f"/toets/{page.pk}/", {"is_clear": "on", "remark": "Mooi."}) == [302] * AT_ONCE
    assert PeerCheck.objects.count() == 1


def test_one_import(together: Together) -> None:
    section("GM9901")
    user = somebody("author", "GM9901")

    def sent() -> dict[str, SimpleUploadedFile]:
        return {"file": SimpleUploadedFile("lijst.csv", b"title;text\nInloop;Elke week.\n")}

    assert together(user, reverse("imports"), sent) == [302] * AT_ONCE
    assert Upload.objects.count() == 1


def test_one_account(together: Together) -> None:
    EmailDomain.objects.get_or_create(domain="waterhoven.example", municipality_id="GM9901")
    sent = {"email": "eerste@waterhoven.example", "first_name": "Noor", "last_name": "Verzonnen"}
    answers = together(None, "/doe-mee/", sent)
    assert answers == [302] * AT_ONCE
    assert User.objects.filter(email="eerste@waterhoven.example").count() == 1


# --- one after the other, on any database


@pytest.fixture
def author(waterhoven: MunicipalityPage, person: object) -> User:
    return somebody("author", "GM9901")


@pytest.mark.django_db
def test_another_text_makes_another_card_and_so_does_the_same_one_later(author: User) -> None:
    client = client_of(author)
    for title in ("Inloop", "Inloop", "Uitloop"):
        client.post("/schrijven/initiatief/", fields(title=title))
    assert InitiativePage.objects.count() == 2
    SentForm.objects.update(sent_at=timezone.now() - datetime.timedelta(minutes=5))
    client.post("/schrijven/initiatief/", fields(title="Inloop"))
    assert InitiativePage.objects.count() == 3


@pytest.mark.django_db
def test_the_same_form_with_more_in_it_is_a_version_of_the_same_card(author: User) -> None:
    client = client_of(author)
    key = key_in(author, "/schrijven/initiatief/")
    client.post("/schrijven/bewaar/", {"once": key, "title": "Inl", "page": "", "base": ""})
    response = client.post("/schrijven/initiatief/", fields(once=key, title="Inloop"))
    page = InitiativePage.objects.get()
    assert response.headers["Location"] == f"/schrijven/{page.pk}/klaar/"
    assert page.draft_title == "Inloop"
    other = key_in(author, "/schrijven/initiatief/")
    assert other != key
    client.post("/schrijven/initiatief/", fields(once=other, title="Inloop"))
    assert InitiativePage.objects.count() == 2


@pytest.mark.django_db
def test_what_was_thrown_away_may_be_made_anew_and_old_keys_go(author: User) -> None:
    client = client_of(author)
    client.post("/schrijven/initiatief/", fields())
    InitiativePage.objects.get().delete()
    client.post("/schrijven/initiatief/", fields())
    assert InitiativePage.objects.count() == 1
    SentForm.objects.update(sent_at=timezone.now() - once.KEPT * 2)
    assert once.forget_old() == 1


@pytest.mark.django_db
def test_an_invitation_that_ran_out_begins_anew(waterhoven: MunicipalityPage) -> None:
    client = client_of(somebody("editor", "GM9901"))
    for _again in range(2):
        client.post("/mensen/GM9901/", {"email": "nieuw@waterhoven.example", "role": "author"})
        Invitation.objects.update(invited_at=timezone.now() - datetime.timedelta(days=INVITATION_DAYS + 1))
    client.post("/mensen/GM9901/", {"email": "nieuw@waterhoven.example", "role": "author"})
    assert Invitation.objects.waiting().count() == 1
    assert mails_to("nieuw@waterhoven.example") == 3


@pytest.mark.django_db
def test_an_adoption_that_was_begun_is_shown_and_not_made_again(author: User, veldersloot: MunicipalityPage) -> None:
    source = InitiativeFactory(parent=veldersloot)
    client = client_of(author)
    client.post(f"/toepassing/nieuw/{source.pk}/", {"stage": "considering"})
    again = client.post(f"/toepassing/nieuw/{source.pk}/", {"stage": "running"}, follow=True)
    assert "Je legde dit al vast." in again.content.decode()
    assert AdoptionPage.objects.get().stage == "considering"


@pytest.mark.django_db
def test_reading_twice_answers_once(author: User, waterhoven: MunicipalityPage) -> None:
    page = InitiativeFactory(parent=waterhoven, published=False, owner=author)
    page.save_revision(user=author)
    reading.offer(page, author)
    reading.offer(page, author)
    assert TaskState.objects.count() == 1
