"""Taking a person out leaves nothing: not in old versions, not in mails, logs, index or export; a command proves it."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.mail import EmailMessage
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from post_office.models import Email
from wagtail.models import Page

from exchange.accounts.models import User
from exchange.accounts.roles import Role
from exchange.auditing.models import AuditEntry
from exchange.contacts.models import ContactPage
from exchange.initiatives.models import InitiativePage
from exchange.people import team
from exchange.people.removal import forget_contact, traces
from exchange.publishing import reading
from exchange.sections.models import MunicipalityPage
from search.models import Entry
from tests.conftest import Committed, Person
from tests.factories import ContactFactory, InitiativeFactory
from tests.publishing.conftest import client_for

NAME, ADDRESS = "Zoë Verzonnen-Bedacht", "zoe.bedacht@waterhoven.example"


@pytest.fixture
def zoe(waterhoven: MunicipalityPage, person: Person, committed: Committed) -> User:
    """Somebody who wrote, is a contact, asked to be read along, was mailed about and signed in."""
    editor, zoe = person("editor", "GM9901"), person("author", "GM9901")
    User.objects.filter(pk=zoe.pk).update(email=ADDRESS, first_name="Zoë", last_name="Verzonnen-Bedacht")
    zoe.refresh_from_db()
    with committed():
        contact = ContactFactory(
            parent=waterhoven, title="Aanspreekpunt opvang", user=zoe, owner=zoe, person_name=NAME,
            team_mailbox=ADDRESS, phone="000 123",
        )  # fmt: skip
        draft = contact.get_latest_revision_as_object()
        draft.person_name = f"{NAME} (parttime)"
        draft.save_revision(user=zoe)
        written = InitiativeFactory(parent=waterhoven, published=False, owner=zoe)
        reading.offer(Page.objects.get(pk=written.pk).specific, zoe)
        InitiativeFactory(parent=waterhoven, title="Inloop", owner=zoe, contact=contact)
        team.invite(editor, "nieuw@waterhoven.example", team.Offer(waterhoven.municipality, Role.AUTHOR))
    mails = [(ADDRESS, "Hallo"), (editor.email, f"{NAME} vraagt"), ("x@y.example", "Dag")]
    for number, (receiver, text) in enumerate(mails):
        Email.objects.create(to=[receiver], from_email="site@site.example", message=text, status=number % 2)
    client_for(zoe).get("/account/")
    return zoe


def test_before_there_is_something_to_find(zoe: User) -> None:
    found = {trace.table for trace in traces([NAME, ADDRESS])}
    assert {"accounts.User", "contacts.ContactPage", "wagtailcore.Revision", "post_office.Email"} <= found


def test_an_account_leaves_nothing_and_what_it_wrote_stays(
    zoe: User, committed: Committed, mailoutbox: list[EmailMessage]
) -> None:
    out = StringIO()
    with committed():
        call_command("remove_person", ADDRESS, "--word", NAME, "--word", "000 123", stdout=out)
    assert "Nothing is left." in out.getvalue()
    assert not list(traces([NAME, ADDRESS, "000 123", "Verzonnen-Bedacht"]))
    assert not User.objects.filter(pk=zoe.pk).exists()
    contact = ContactPage.objects.get()
    assert (contact.title, contact.person_name, contact.user, contact.live) == ("Aanspreekpunt opvang", "", None, True)
    assert InitiativePage.objects.get(title="Inloop").owner.memberships.get().role == "editor"
    assert AuditEntry.objects.filter(title="Inloop", who=None).exists()
    # Who takes over hears so, without the name: else that mail would go too.
    told = next(mail for mail in mailoutbox if "Je zorgt nu voor" in mail.subject)
    assert "Verzonnen-Bedacht" not in told.body
    # Nobody else lost a mail.
    assert [mail.to for mail in Email.objects.all()] == [["x@y.example"]]


def test_leaving_takes_name_and_number_from_the_contact(zoe: User, client: Client) -> None:
    client.force_login(zoe)
    client.post(reverse("leave", args=[zoe.memberships.get().pk]))
    contact = ContactPage.objects.get()
    assert (contact.person_name, contact.phone, contact.team_mailbox) == ("", "", "")


def test_a_name_that_somebody_wrote_in_a_text_is_told_and_not_called_gone(
    zoe: User, waterhoven: MunicipalityPage
) -> None:
    InitiativeFactory(parent=waterhoven, title="Iets", summary=f"Bel {NAME}.")
    out = StringIO()
    with pytest.raises(CommandError, match="Still in"):
        call_command("remove_person", ADDRESS, stdout=out)
    assert "contributions.Contribution" in out.getvalue()


def test_a_contact_without_an_account_goes_with_its_old_versions_and_from_search(
    waterhoven: MunicipalityPage, committed: Committed
) -> None:
    with committed():
        contact = ContactFactory(
            parent=waterhoven, title="Sanne Verzinsel", person_name="Sanne Verzinsel", visibility="public"
        )
    assert Client().get("/api/v1/search?q=verzinsel").json()["count"] == 1
    with committed():
        forget_contact(contact)
    assert Client().get("/api/v1/search?q=verzinsel").json()["count"] == 0
    assert not Entry.objects.get(page_id=contact.pk).is_listed
    assert not [one for one in traces(["Sanne Verzinsel"]) if one.table != "search.KnownWord"]


def test_the_command_removes_a_contact_page(waterhoven: MunicipalityPage) -> None:
    contact = ContactFactory(parent=waterhoven, person_name="Sanne Verzinsel", phone="000 456")
    out = StringIO()
    call_command("remove_person", str(contact.pk), "--contact", stdout=out)
    assert "Nothing is left." in out.getvalue()
    with pytest.raises(CommandError, match="no contact page"):
        call_command("remove_person", str(contact.pk), "--contact")


def test_looking_removes_nothing(zoe: User) -> None:
    out = StringIO()
    call_command("remove_person", ADDRESS, "--look", stdout=out)
    assert "Found in" in out.getvalue()
    assert User.objects.filter(pk=zoe.pk).exists()
