"""Taking a person out leaves nothing: not in old versions, not in mails, logs, index or export; a command proves it."""

from __future__ import annotations

from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from post_office.models import Email
from pytest_django import Settings
from wagtail.log_actions import LogContext
from wagtail.models import Comment, CommentReply, ModelLogEntry, Page

from exchange.accounts.models import Membership, User
from exchange.accounts.roles import Role
from exchange.auditing.models import AuditEntry
from exchange.contacts.models import ContactPage
from exchange.initiatives.models import InitiativePage
from exchange.people import team
from exchange.people.removal import forget_account, forget_contact, traces
from exchange.publishing import reading
from exchange.sections.models import MunicipalityPage
from search import known_words, projection
from search import signals as search_signals
from search.models import DismissedQuestion, Entry, SearchedQuestion
from tests.conftest import Committed, Person
from tests.factories import ContactFactory, DepartmentFactory, InitiativeFactory
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


def queued(to: str | list[str], text: str = "Dag", **fields: Any) -> Email:
    receivers = [to] if isinstance(to, str) else to
    mail: Email = Email.objects.create(to=receivers, from_email="site@site.example", message=text, status=2, **fields)
    return mail


@pytest.fixture
def jan(waterhoven: MunicipalityPage, person: Person) -> User:
    """Somebody with a first name only, whose address is part of another."""
    person("editor", "GM9901")
    user = person("author", "GM9901")
    User.objects.filter(pk=user.pk).update(email="an@waterhoven.example", first_name="Jan", last_name="")
    user.refresh_from_db()
    return user


def test_closing_an_account_leaves_the_mails_of_others(jan: User) -> None:
    others = [
        queued("els@waterhoven.example", "In januari begint de inloop. Vraag Jan."),
        queued("jan@waterhoven.example"),
        queued("an@waterhoven.example.org"),
        queued("els@waterhoven.example", "Schrijf jan@waterhoven.example, of an@waterhoven.example.org."),
    ]
    own = [
        queued("An@Waterhoven.example"),
        queued("Jan <an@waterhoven.example>"),
        queued("x@y.example", ADDRESS_IN_TEXT),
    ]
    both = queued(["an@waterhoven.example", "els@waterhoven.example"])
    team.close_account(jan)
    assert {one.pk for one in Email.objects.filter(pk__in=[one.pk for one in own])} == set()
    assert {one.pk for one in Email.objects.all()} == {one.pk for one in (*others, both)}
    assert Email.objects.get(pk=both.pk).to == ["els@waterhoven.example"]


ADDRESS_IN_TEXT = "Vraag het an@waterhoven.example."


def test_closing_an_account_leaves_the_mails_about_somebody_of_almost_the_same_name(
    waterhoven: MunicipalityPage, person: Person
) -> None:
    person("editor", "GM9901")
    an = person("author", "GM9901")
    User.objects.filter(pk=an.pk).update(first_name="An", last_name="de Boer")
    an.refresh_from_db()
    kept = [
        queued("x@y.example", f"{name} vraagt iets") for name in ("Jan de Boer", "An de Boer-Verzonnen", "Ans de Boer")
    ]
    queued("x@y.example", "Met vriendelijke groet, An de Boer")
    team.close_account(an)
    assert {one.message for one in Email.objects.all()} == {one.message for one in kept}


@pytest.fixture
def queue(settings: Settings) -> None:
    """The queue of production."""
    settings.EMAIL_BACKEND = "post_office.EmailBackend"
    settings.POST_OFFICE = settings.POST_OFFICE | {"DEFAULT_PRIORITY": "medium"}


def test_a_mail_that_names_somebody_goes_with_them_and_one_about_a_namesake_stays(
    waterhoven: MunicipalityPage, person: Person, queue: None
) -> None:
    first, second, editor = person("author", "GM9901"), person("author", "GM9901"), person("editor", "GM9901")
    for one in (first, second):
        page = InitiativeFactory(parent=waterhoven, published=False, owner=one)
        page.get_latest_revision_as_object().save_revision(user=one)
        reading.offer(Page.objects.get(pk=page.pk).specific, one)
    # Two people of one name: only what was noted of a mail tells them apart.
    assert str(first) == str(second)
    assert Email.objects.filter(message__contains=str(first)).count() == 2
    team.close_account(first)
    left = Email.objects.filter(message__contains=str(second))
    assert [(one.to, one.about.filter(user=second).exists()) for one in left] == [([editor.email], True)]


def test_removing_a_contact_takes_its_mails_and_no_others(
    waterhoven: MunicipalityPage, person: Person, queue: None
) -> None:
    author = person("author", "GM9901")
    person("editor", "GM9901")
    contact = ContactFactory(parent=waterhoven, published=False, title="Jan", person_name="Jan", owner=author)
    draft = contact.get_latest_revision_as_object()
    draft.confirm(draft.open_findings())
    draft.save_revision(user=author)
    reading.offer(Page.objects.get(pk=contact.pk).specific, author)
    queued("els@waterhoven.example", "In januari. Vraag Jan.")
    assert Email.objects.filter(subject__contains="Jan").count() == 1
    forget_contact(contact)
    assert [one.message for one in Email.objects.all()] == ["In januari. Vraag Jan."]


@pytest.mark.parametrize("role", ["author", "editor", "member", "platform_editor", "administrator"])
@pytest.mark.parametrize("remove", [forget_account, User.delete, lambda user: User.objects.filter(pk=user.pk).delete()])
def test_an_account_with_a_role_goes_and_breaks_no_key(
    waterhoven: MunicipalityPage, person: Person, role: str, remove: Callable[[User], object]
) -> None:
    user = person(role, None if role in {"platform_editor", "administrator"} else "GM9901")
    with LogContext(user=user):
        remove(user)
    connection.check_constraints()
    assert not AuditEntry.objects.exclude(about=None).exists()


def test_a_department_with_people_goes_and_breaks_no_key(waterhoven: MunicipalityPage, person: Person) -> None:
    department = DepartmentFactory(parent=waterhoven)
    user = person("author", "GM9901", department)
    department.delete()
    connection.check_constraints()
    assert AuditEntry.objects.filter(action="role_taken", about=user, department=None).exists()


def test_the_log_of_a_role_with_the_number_of_the_account_stays(waterhoven: MunicipalityPage, person: Person) -> None:
    other = person("author", "GM9901")
    Membership.objects.create(user=other, municipality_id="GM9910", role="member")
    user = person("author", "GM9901")
    assert user.memberships.get().pk != user.pk
    role = other.memberships.first()
    assert role is not None
    kept = ModelLogEntry.objects.log_action(role, "wagtail.edit")
    # A role may have the number of the account.
    ModelLogEntry.objects.filter(pk=kept.pk).update(object_id=str(user.pk))
    forget_account(user)
    assert ModelLogEntry.objects.filter(pk=kept.pk).exists()


def removed(*arguments: str) -> str:
    out = StringIO()
    try:
        call_command("remove_person", *arguments, stdout=out)
    except CommandError as error:
        return f"{out.getvalue()}{error}"
    return out.getvalue()


@pytest.fixture
def told(zoe: User, waterhoven: MunicipalityPage) -> InitiativePage:
    """A colleague named her: on a page, in old versions, in a log, in a comment, and somebody searched for her."""
    page: InitiativePage = InitiativeFactory(parent=waterhoven, title=f"Vraag {NAME}", summary="In januari.")
    editor = User.objects.exclude(pk=zoe.pk).first()
    comment = Comment.objects.create(
        page=page, user=editor, text=f"Klopt dit, {NAME}?", contentpath="summary", position=""
    )
    CommentReply.objects.create(comment=comment, user=editor, text=NAME.upper())
    SearchedQuestion.objects.create(week="2026-11-23", question=NAME.lower())
    SearchedQuestion.objects.create(week="2026-11-23", question="in januari")
    DismissedQuestion.objects.create(question=NAME.lower())
    return page


def test_a_second_removal_ends_clean_once_the_page_is_mended(told: InitiativePage) -> None:
    first = removed(ADDRESS)
    assert "Nothing is left" not in first
    assert "Still in" in first
    assert f"--word '{NAME}'" in first
    # What is only history is clean already; what stands on the site, an editor takes out.
    where = {trace.table for trace in traces([NAME])}
    assert not where & {
        "wagtailcore.Comment",
        "wagtailcore.CommentReply",
        "auditing.AuditEntry",
        "search.SearchedQuestion",
        "search.DismissedQuestion",
    }
    assert "wagtailcore.Page" in where
    page = InitiativePage.objects.get(pk=told.pk)
    draft = page.get_latest_revision_as_object()
    draft.title = draft.draft_title = "Vraag het de balie"
    draft.slug = "vraag-het-de-balie"
    draft.save_revision(log_action=True).publish()
    search_signals.changed([page.pk])
    projection.project([page.pk])
    known_words.count()
    assert "Nothing is left" in removed(ADDRESS, "--word", NAME)
    assert list(traces([NAME, ADDRESS])) == []
    # Nothing else went, and each old version can still be opened.
    assert SearchedQuestion.objects.get().question == "in januari"
    assert Comment.objects.get().text == "Klopt dit, [weggehaald]?"
    assert [one.as_object().title for one in page.revisions.order_by("created_at")] == [
        "Vraag [weggehaald]",
        "Vraag het de balie",
    ]


def test_a_second_removal_without_a_name_says_what_it_did_not_look_for(told: InitiativePage) -> None:
    removed(ADDRESS)
    again = removed(ADDRESS)
    assert "Nothing is left" not in again
    assert "--word" in again


@pytest.mark.django_db
def test_an_address_that_nobody_has_is_not_called_gone() -> None:
    assert "Nothing is left" not in removed("niemand@waterhoven.example")


def test_a_name_of_one_word_is_told_and_is_in_nobodys_way(jan: User, waterhoven: MunicipalityPage) -> None:
    InitiativeFactory(parent=waterhoven, title="Vraag Jan", summary="In januari.")
    out = removed(jan.email)
    assert "Nothing is left. Looked for: an@waterhoven.example." in out
    assert "wagtailcore.Page" in out
    assert "may be of anybody" in out
    assert InitiativePage.objects.get(title="Vraag Jan")
    assert "Still in" in removed(jan.email, "--word", "Jan")


def test_looking_removes_nothing(zoe: User) -> None:
    out = StringIO()
    call_command("remove_person", ADDRESS, "--look", stdout=out)
    assert "Found in" in out.getvalue()
    assert User.objects.filter(pk=zoe.pk).exists()
