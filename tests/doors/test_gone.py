"""What one person throws away while another still works on it: both hear what happened, and nobody sees an error."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.contrib import auth
from django.contrib.auth import middleware
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, IntegrityError, connections, transaction
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse
from wagtail.models import Page, TaskState

from exchange.accounts.models import GoneError, Membership, User
from exchange.contributions import drafts, locks
from exchange.contributions.models import Contribution
from exchange.following.models import ReadingList
from exchange.initiatives.models import InitiativePage
from exchange.people import team
from exchange.people.models import JoinRequest
from exchange.publishing import reading
from exchange.sections.models import DepartmentPage, MunicipalityPage
from home import meeting
from tests.doors.test_meeting import Post, at_once, post
from tests.doors.test_twice import section, somebody
from tests.factories import InitiativeFactory, UserFactory
from tests.publishing.test_card import fields

# A race is lost now and then: each is run so often.
TIMES = 4
# What somebody is told who came second: it went, it is not there, or somebody was first.
TOLD = {200, 302, 404, 409}


def administrator() -> User:
    user: User = UserFactory()
    Membership.objects.create(user=user, role="administrator")
    return User.objects.get(pk=user.pk)


@dataclass(frozen=True)
class Scene:
    """A department with drafts in it, one of which waits for a reader, and who works there."""

    boss: User
    writer: User
    reader: User
    department: DepartmentPage
    page: InitiativePage
    waits: InitiativePage
    elsewhere: InitiativePage


def scene() -> Scene:
    boss, writer, reader = administrator(), somebody("editor", "GM9901"), somebody("editor", "GM9901")
    place = section("GM9901")
    department = DepartmentPage(title="Team Noord", introduction="Wij doen dit.")
    place.add_child(instance=department)
    under = (department, department, place)
    pages = [InitiativeFactory(parent=parent, published=False, owner=writer) for parent in under]
    for page in pages:
        page.save_revision(user=writer)
    reading.offer(InitiativePage.objects.get(pk=pages[1].pk), writer)
    page, waits, elsewhere = (InitiativePage.objects.get(pk=one.pk) for one in pages)
    return Scene(boss, writer, reader, department, page, waits, elsewhere)


def _answer(now: Scene) -> Post:
    state = TaskState.objects.get(workflow_state__object_id=str(now.waits.pk))
    return post(now.reader, f"/meelezen/{state.pk}/", approve="", revision=now.waits.latest_revision_id)


WORK: dict[str, Callable[[Scene], Post]] = {
    "new": lambda now: post(
        now.writer, "/schrijven/initiatief/", **fields(section=now.department.pk, i_am_contact="on")
    ),
    "change": lambda now: post(
        now.writer, "/schrijven/bewaar/", **fields(title="Anders", page=now.page.pk, base=now.page.latest_revision_id)
    ),
    "offer": lambda now: post(now.writer, f"/schrijven/{now.page.pk}/klaar/", looked="on"),
    "answer": _answer,
    "move in": lambda now: post(
        now.writer, reverse("move_contribution", args=[now.elsewhere.pk]), section=now.department.pk
    ),
    "move in by Wagtail": lambda now: post(
        now.boss, reverse("wagtailadmin_pages:move_confirm", args=[now.elsewhere.pk, now.department.pk])
    ),
    "move out": lambda now: post(
        now.writer, reverse("move_contribution", args=[now.page.pk]), section=now.department.get_parent().pk
    ),
    "take down": lambda now: post(now.writer, reverse("take_down", args=[now.page.pk])),
    "adopt": lambda now: post(
        now.writer, f"/toepassing/nieuw/{now.elsewhere.pk}/", stage="running", section=now.department.pk
    ),
    "delete a page": lambda now: post(now.boss, reverse("wagtailadmin_pages:delete", args=[now.page.pk])),
}


@pytest.mark.usefixtures("own_database")
@pytest.mark.parametrize("work", WORK)
def test_a_department_goes_while_somebody_works_in_it(work: str) -> None:
    for _time in range(TIMES):
        now = scene()
        deletes = post(now.boss, reverse("wagtailadmin_pages:delete", args=[now.department.pk]))
        assert set(at_once(deletes, WORK[work](now))) <= TOLD
        # Nothing is half done: what stands in it went along, or all of it is there.
        assert not any(Page.find_problems())
        left = Contribution.objects.filter(path__startswith=now.department.path).exists()
        assert left is DepartmentPage.objects.filter(pk=now.department.pk).exists()


@dataclass(frozen=True)
class Closing:
    """Closes an account right after a request found out whose it is: what another tab does in that second."""

    user: User
    path: str

    def __call__(self, request: Any) -> Any:
        found = auth.get_user(request)
        if request.path == self.path and found.pk == self.user.pk:
            thread = threading.Thread(target=self._close)
            thread.start()
            thread.join()
        return found

    def _close(self) -> None:
        try:
            team.close_account(User.objects.get(pk=self.user.pk))
        finally:
            connections.close_all()


Sent = tuple[str, dict[str, Any]]
SENT: dict[str, Callable[[Scene], Sent]] = {
    "card": lambda now: ("/schrijven/initiatief/", fields(i_am_contact="on", section=now.department.pk)),
    "saving": lambda now: ("/schrijven/bewaar/", fields(page="", base="", section=now.department.pk)),
    "text": lambda now: ("/schrijven/uit-tekst/", {"text": "Inloop\n\nElke week koffie."}),
    "offering": lambda now: (f"/schrijven/{now.page.pk}/klaar/", {"looked": "on"}),
    "list": lambda now: ("/lijsten/", {"title": "Voor het plan"}),
    "follow": lambda now: ("/volgen/kies/", {"kind": "theme", "value": "wmo"}),
    "language": lambda now: ("/taal/", {"language": "en"}),
    "profile": lambda now: ("/account/", {"first_name": "Noor", "last_name": "Anders", "language": "nl"}),
    "closing": lambda now: ("/account/weg/", {}),
    "invitation": lambda now: ("/mensen/GM9901/", {"email": "nieuw@waterhoven.example", "role": "author"}),
    "joining": lambda now: ("/doe-mee/vraag/GM9910/", {"reason": "Graag."}),
    "import": lambda now: (
        reverse("imports"),
        {"file": SimpleUploadedFile("lijst.csv", b"title;text\nInloop;Elke week.\n")},
    ),
    "file": lambda now: (
        reverse("wagtaildocs:add"),
        {"title": "Plan", "file": SimpleUploadedFile("plan.txt", b"Een plan.")},
    ),
    "offline": lambda now: (reverse("take_down", args=[now.page.pk]), {}),
    "deleting": lambda now: (reverse("wagtailadmin_pages:delete", args=[now.page.pk]), {}),
    "adding": lambda now: (
        reverse("wagtailadmin_pages:add", args=["initiatives", "initiativepage", now.department.pk]),
        {"title": "Inloop"},
    ),
    "nothing there": lambda now: ("/schrijven/999999/", {}),
}


@pytest.mark.usefixtures("own_database")
@pytest.mark.parametrize("sent", SENT)
def test_an_account_is_closed_in_another_tab(sent: str, monkeypatch: pytest.MonkeyPatch) -> None:
    now = scene()
    user = somebody("editor", "GM9901")
    Page.objects.filter(pk__in=[now.page.pk]).update(owner=user)
    path, data = SENT[sent](now)
    client = Client(raise_request_exception=False)
    client.force_login(user)
    monkeypatch.setattr(middleware, "get_user", Closing(user, path))
    response = client.post(path, data)
    assert not User.objects.filter(pk=user.pk).exists()
    # Or a page that says what is not there to choose: the form has nothing for who is gone.
    assert response.status_code in {200, 302, 400, 403, 404, 409}, response.content.decode()[:500]
    # And in the tab that stayed open all the while.
    monkeypatch.undo()
    assert client.post(path, data).status_code in {302, 400, 403, 404, 405}


# --- what is no race, on any database


@pytest.fixture
def writer(waterhoven: MunicipalityPage) -> User:
    return somebody("author", "GM9901")


@pytest.mark.django_db
def test_who_writes_in_what_is_gone_is_told_and_keeps_what_was_typed(
    writer: User, waterhoven: MunicipalityPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def too_late(*args: object, **kwargs: object) -> None:
        raise GoneError

    monkeypatch.setattr(drafts, "hold", too_late)
    response = post(writer, "/schrijven/initiatief/", **fields())()
    assert response.status_code == meeting.CONFLICT
    assert "Er is niets bewaard van wat je net deed" in response.content.decode()


@pytest.mark.django_db
def test_a_page_that_is_gone_is_held_by_nobody(waterhoven: MunicipalityPage) -> None:
    page = InitiativeFactory(parent=waterhoven)
    with transaction.atomic():
        locks.hold(page)
    Page.objects.get(pk=page.pk).delete()
    for hold in (locks.hold, locks.hold_with_all_below):
        with pytest.raises(GoneError), transaction.atomic():
            hold(page)


@pytest.mark.django_db
def test_an_account_that_is_closed_twice_is_closed_once(writer: User) -> None:
    same = User.objects.get(pk=writer.pk)
    UserFactory(is_superuser=True)
    Membership.objects.create(user=UserFactory(), role="administrator")
    team.close_account(writer)
    with pytest.raises(GoneError):
        team.close_account(same)


@pytest.mark.django_db
def test_any_other_fault_stays_ours() -> None:
    """An error that looks like somebody else's is never found."""
    faults = [
        IntegrityError("UNIQUE constraint failed: accounts_user.email"),
        DatabaseError("no such table: accounts_user"),
        JoinRequest.DoesNotExist(),
        KeyError("title"),
    ]
    assert not any(meeting.is_meeting(fault) for fault in faults)
    request = RequestFactory().post("/")
    request.user = UserFactory()
    handler = meeting.MeetingMiddleware(lambda _request: HttpResponse())
    assert all(handler.process_exception(request, fault) is None for fault in faults)
    assert meeting.is_meeting(IntegrityError("FOREIGN KEY constraint failed"))


@pytest.mark.django_db
def test_what_was_removed_does_not_come_back_by_saving_it(writer: User) -> None:
    one = ReadingList.objects.create(owner=writer, title="Voor het plan")
    role = writer.memberships.get()
    Membership.objects.create(user=UserFactory(), role="administrator")
    team.close_account(User.objects.get(pk=writer.pk))
    for row in (writer, role, one):
        with pytest.raises(DatabaseError) as raised, transaction.atomic():
            row.save()
        assert meeting.is_meeting(raised.value)
