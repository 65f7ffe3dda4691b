"""Reading along: a colleague, never the last writer; and what everybody hears of it."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest
import time_machine
from django.core import mail
from django.urls import reverse
from pytest_django import Settings
from wagtail.models import TaskState

from exchange.accounts.models import Membership, User
from exchange.publishing import reading
from exchange.publishing.reminding import remind, working_days_between
from exchange.sections.models import MunicipalityPage
from exchange.sections.opening import open_section
from tests.factories import DepartmentFactory, InitiativeFactory

from .conftest import Offered, client_for, page_of, write

pytestmark = pytest.mark.django_db
Person = Callable[..., User]


def answer(state: TaskState, user: User, button: str = "approve", **form: str) -> int:
    """Press a button on the page; the status of what comes back."""
    revision = page_of(state).latest_revision_id
    data = {"revision": str(revision), button: ""} | form
    return client_for(user).post(f"/meelezen/{state.pk}/", data).status_code


def test_a_colleague_reads_and_the_text_is_placed(
    waterhoven: MunicipalityPage, person: Person, offered: Offered
) -> None:
    author, editor = person("author", "GM9901"), person("editor", "GM9901")
    state = offered(waterhoven, author, title="Een nieuwe inloop")
    assert [message.to for message in mail.outbox] == [[editor.email]]
    assert f"/meelezen/{state.pk}/" in mail.outbox[0].body
    page = client_for(editor).get(f"/meelezen/{state.pk}/").content.decode()
    assert "alles is nieuw" in page
    assert "Een nieuwe inloop" in client_for(editor).get(f"/meelezen/{state.pk}/kijk/").content.decode()
    assert answer(state, editor) == 302
    assert page_of(state).live
    assert mail.outbox[-1].to == [author.email]
    assert "Geplaatst" in mail.outbox[-1].subject


def test_a_reader_sees_what_changed(waterhoven: MunicipalityPage, person: Person) -> None:
    author, editor = person("author", "GM9901"), person("editor", "GM9901")
    page = InitiativeFactory(parent=waterhoven, summary="Elke dinsdag <b>open</b>.")
    write(page, author, summary="Elke donderdag <b>open</b>.")
    page.refresh_from_db()
    reading.offer(page, author)
    shown = client_for(editor).get(f"/meelezen/{page.current_workflow_task_state.pk}/").content.decode()
    assert '<span class="deletion">dinsdag ' in shown
    assert '<span class="addition">donderdag ' in shown
    assert "<b>open</b>" not in shown


def test_it_is_sent_back_with_a_reason_and_offered_again(
    waterhoven: MunicipalityPage, person: Person, offered: Offered
) -> None:
    author, editor = person("author", "GM9901"), person("editor", "GM9901")
    state = offered(waterhoven, author)
    answer(state, editor, "reject", comment="Noem de wijk niet.")
    assert not page_of(state).live
    assert mail.outbox[-1].to == [author.email]
    assert "Noem de wijk niet." in mail.outbox[-1].body
    assert "Noem de wijk niet." in client_for(author).get("/meelezen/").content.decode()
    page = page_of(state).specific
    write(page, author, summary="Zonder wijk.")
    page.refresh_from_db()
    reading.offer(page, author)
    assert answer(page.current_workflow_task_state, editor) == 302
    assert page_of(state).specific.summary == "Zonder wijk."


def test_nobody_places_the_own_text(waterhoven: MunicipalityPage, person: Person, offered: Offered) -> None:
    first, second = person("editor", "GM9901"), person("editor", "GM9901")
    state = offered(waterhoven, first)
    assert "een ander" in client_for(first).get(f"/meelezen/{state.pk}/").content.decode()
    answer(state, first)
    assert not page_of(state).live
    # Who mends a text wrote it too, so somebody else than the two places it.
    write(page_of(state).specific, second, summary="Verbeterd.")
    for writer in (second, first):
        answer(state, writer)
        assert not page_of(state).live
    answer(state, person("editor", "GM9901"))
    assert page_of(state).live


def test_the_only_officer_is_read_by_the_platform_and_that_is_said(
    veldersloot: MunicipalityPage, person: Person, offered: Offered
) -> None:
    alone, platform = person("editor", "GM9910"), person("platform_editor")
    state = offered(veldersloot, alone)
    assert mail.outbox[-1].to == [platform.email]
    assert "geen collega die kan meelezen" in client_for(platform).get(f"/meelezen/{state.pk}/").content.decode()
    answer(state, platform)
    assert page_of(state).live


def test_a_platform_editor_reads_nothing_where_there_is_a_colleague(
    waterhoven: MunicipalityPage, person: Person, offered: Offered
) -> None:
    author, platform = person("author", "GM9901"), person("platform_editor")
    person("editor", "GM9901")
    state = offered(waterhoven, author)
    assert client_for(platform).get(f"/meelezen/{state.pk}/").status_code == 404
    assert answer(state, platform) == 404


def test_a_department_has_its_own_readers_and_those_of_the_municipality(
    waterhoven: MunicipalityPage, person: Person, offered: Offered
) -> None:
    department, other = DepartmentFactory(parent=waterhoven), DepartmentFactory(parent=waterhoven)
    for one in (department, other):
        open_section(one)
    author = person("author", "GM9901", department.page_ptr)
    own, whole = person("editor", "GM9901", department.page_ptr), person("editor", "GM9901")
    stranger = person("editor", "GM9901", other.page_ptr)
    state = offered(department, author)
    assert {user.pk for user in reading.readers(page_of(state))} == {own.pk, whole.pk}
    assert answer(state, stranger) == 404
    assert answer(state, own) == 302
    assert page_of(state).live


@pytest.mark.parametrize("role", ["member", "author", "editor"])
def test_elsewhere_nobody_knows_of_it(
    waterhoven: MunicipalityPage, veldersloot: MunicipalityPage, person: Person, offered: Offered, role: str
) -> None:
    state = offered(waterhoven, person("author", "GM9901"), title="Nog geheim")
    client = client_for(person(role, "GM9910"))
    for address in (f"/meelezen/{state.pk}/", f"/meelezen/{state.pk}/kijk/"):
        assert client.get(address).status_code == 404
    assert "Nog geheim" not in client.get("/meelezen/").content.decode()


def test_of_two_readers_the_first_counts(waterhoven: MunicipalityPage, person: Person, offered: Offered) -> None:
    author, first, second = person("author", "GM9901"), person("editor", "GM9901"), person("editor", "GM9901")
    state = offered(waterhoven, author)
    data = {"revision": page_of(state).latest_revision_id}
    client_for(first).post(f"/meelezen/{state.pk}/", data | {"reject": "", "comment": "Nee."})
    page = client_for(second).post(f"/meelezen/{state.pk}/", data | {"approve": ""}, follow=True).content.decode()
    assert "was je voor" in page
    assert not page_of(state).live


def test_a_text_that_changed_meanwhile_is_read_once_more(
    waterhoven: MunicipalityPage, person: Person, offered: Offered
) -> None:
    author, editor, other = person("author", "GM9901"), person("editor", "GM9901"), person("editor", "GM9901")
    state = offered(waterhoven, author)
    seen = str(page_of(state).latest_revision_id)
    write(page_of(state).specific, other, summary="Snel nog iets anders.")
    client = client_for(editor)
    page = client.post(f"/meelezen/{state.pk}/", {"revision": seen, "approve": "", "comment": "Goed!"}).content.decode()
    assert "net veranderd" in page
    assert "Snel nog iets anders." in page
    assert "Goed!" in page
    assert not page_of(state).live


def test_a_role_that_was_taken_meanwhile_no_longer_counts(
    waterhoven: MunicipalityPage, person: Person, offered: Offered
) -> None:
    author, editor = person("author", "GM9901"), person("editor", "GM9901")
    person("editor", "GM9901")
    state = offered(waterhoven, author)
    Membership.objects.filter(user=editor).delete()
    assert answer(state, editor) == 404
    assert not page_of(state).live


def test_a_setting_asks_for_the_platform_on_what_is_public(
    waterhoven: MunicipalityPage, person: Person, offered: Offered, settings: Settings
) -> None:
    settings.PLATFORM_READS_PUBLIC = True
    author, editor, platform = person("author", "GM9901"), person("editor", "GM9901"), person("platform_editor")
    for visibility, steps in (("public", 2), ("members", 1), ("own", 1)):
        state = offered(waterhoven, author, visibility=visibility)
        answer(state, editor)
        page = page_of(state)
        assert page.live is (steps == 1)
        if steps == 2:
            second = page.current_workflow_task_state
            assert mail.outbox[-1].to == [platform.email]
            assert answer(second, editor) == 302
            assert not page_of(state).live
            answer(second, platform)
            assert page_of(state).live


def test_an_edit_after_the_first_step_is_read_anew(
    waterhoven: MunicipalityPage, person: Person, offered: Offered, settings: Settings
) -> None:
    settings.PLATFORM_READS_PUBLIC = True
    author, editor, platform = person("author", "GM9901"), person("editor", "GM9901"), person("platform_editor")
    state = offered(waterhoven, author)
    answer(state, editor)
    page = page_of(state).specific
    write(page, author, summary="Nog even iets erbij.")
    page.refresh_from_db()
    answer(page.current_workflow_task_state, platform)
    assert not page_of(state).live
    again = page_of(state).current_workflow_task_state
    assert again.task.specific.readers(page_of(state)) == [editor]


# --- in Wagtail's admin


def test_in_the_admin_an_editor_offers_and_cannot_publish(waterhoven: MunicipalityPage, person: Person) -> None:
    editor = person("editor", "GM9901")
    page = InitiativeFactory(parent=waterhoven, published=False, owner=editor)
    shown = client_for(editor).get(f"/beheer/pages/{page.pk}/edit/").content.decode()
    assert "action-submit" in shown
    assert "action-publish" not in shown
    assert f'href="/beheer/bijdragen/{page.pk}/offline/"' not in shown


def test_in_the_admin_a_reader_places(waterhoven: MunicipalityPage, person: Person, offered: Offered) -> None:
    author, editor = person("author", "GM9901"), person("editor", "GM9901")
    state = offered(waterhoven, author)
    address = reverse("wagtailadmin_pages:workflow_action", args=[state.workflow_state.object_id, "approve", state.pk])
    client_for(author).post(address)
    assert not page_of(state).live
    assert client_for(editor).post(address).status_code == 302
    assert page_of(state).live


def test_an_author_may_not_change_what_waits(waterhoven: MunicipalityPage, person: Person, offered: Offered) -> None:
    author = person("author", "GM9901")
    person("editor", "GM9901")
    state = offered(waterhoven, author)
    assert page_of(state).specific.get_lock().for_user(author)
    assert state.workflow_state.user_can_cancel(author)


# --- reminders


def test_working_days_leave_out_the_weekend() -> None:
    friday = datetime.date(2026, 11, 20)
    days = [working_days_between(friday, friday + datetime.timedelta(days=number)) for number in range(6)]
    assert days == [0, 0, 0, 1, 2, 3]
    assert working_days_between(friday, friday - datetime.timedelta(days=2)) == 0


def test_readers_are_reminded_once_after_three_working_days(
    waterhoven: MunicipalityPage, person: Person, offered: Offered
) -> None:
    author, editor = person("author", "GM9901"), person("editor", "GM9901")
    with time_machine.travel(datetime.datetime(2026, 11, 19, 12, tzinfo=datetime.UTC)):
        state = offered(waterhoven, author)
        done = offered(waterhoven, author)
        answer(done, editor)
    mail.outbox.clear()
    assert remind(datetime.date(2026, 11, 23)) == 0
    assert remind(datetime.date(2026, 11, 24)) == 1
    assert remind(datetime.date(2026, 11, 25)) == 0
    assert [message.to for message in mail.outbox] == [[editor.email]]
    assert f"/meelezen/{state.pk}/" in mail.outbox[0].body
