"""A lock that somebody sets in the admin holds on the site too, and says whose it is."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from exchange.accounts.models import User
from exchange.contributions.drafts import change_draft
from exchange.contributions.locks import LockedError
from exchange.initiatives.models import InitiativePage
from exchange.publishing import reading
from exchange.sections.models import MunicipalityPage
from tests.conftest import Person
from tests.factories import DepartmentFactory, InitiativeFactory
from tests.publishing.test_card import fields

pytestmark = pytest.mark.django_db


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def lock(page: InitiativePage, by: User) -> InitiativePage:
    InitiativePage.objects.filter(pk=page.pk).update(locked=True, locked_at=timezone.now(), locked_by=by)
    page.refresh_from_db()
    return page


@pytest.fixture
def author(person: Person) -> User:
    return person("author", "GM9901")


@pytest.fixture
def keeper(person: Person) -> User:
    user = person("administrator")
    user.first_name, user.last_name = "Sam", "Slot"
    user.save()
    return user


@pytest.fixture
def draft(waterhoven: MunicipalityPage, author: User) -> InitiativePage:
    page: InitiativePage = InitiativeFactory(parent=waterhoven, title="Inloop", published=False, owner=author)
    return page


def test_who_opens_or_saves_a_locked_card_is_told_by_whom(draft: InitiativePage, author: User, keeper: User) -> None:
    lock(draft, keeper)
    client = client_of(author)
    opened = client.get(f"/schrijven/{draft.pk}/", follow=True)
    assert "Sam Slot zette dit op slot" in opened.content.decode()
    sent = client.post(f"/schrijven/{draft.pk}/", fields(title="Anders", base=draft.latest_revision_id))
    text = sent.content.decode()
    assert sent.status_code == 200
    assert "Sam Slot zette dit op slot" in text
    half = client.post(f"/schrijven/{draft.pk}/", {"title": "Anders"}).content.decode()
    assert "Sam Slot zette dit op slot" in half
    # What was typed is still there to copy.
    assert 'value="Anders"' in text
    as_one_goes = client.post(
        "/schrijven/bewaar/", fields(title="Anders", page=draft.pk, base=draft.latest_revision_id)
    )
    assert "Sam Slot zette dit op slot" in as_one_goes.content.decode()
    before = draft.latest_revision_id
    draft.refresh_from_db()
    assert (draft.latest_revision_id, draft.draft_title) == (before, "Inloop")


def test_who_locked_it_goes_on_and_an_open_lock_is_none(draft: InitiativePage, author: User, keeper: User) -> None:
    lock(draft, author)
    client_of(author).post(f"/schrijven/{draft.pk}/", fields(title="Anders", base=draft.latest_revision_id))
    draft.refresh_from_db()
    assert draft.draft_title == "Anders"
    lock(draft, keeper)
    InitiativePage.objects.filter(pk=draft.pk).update(locked=False, locked_by=None)
    change_draft(author, draft, {"title": "Weer"}, base=draft.latest_revision_id)


def test_what_is_locked_is_not_offered(
    draft: InitiativePage, author: User, keeper: User, waterhoven: MunicipalityPage
) -> None:
    lock(draft, keeper)
    with pytest.raises(LockedError):
        reading.offer(draft, author)
    shown = client_of(author).post(f"/schrijven/{draft.pk}/klaar/", {"looked": "on"}, follow=True).content.decode()
    assert "Sam Slot zette dit op slot" in shown
    draft.refresh_from_db()
    assert draft.current_workflow_state is None


def test_what_is_locked_while_it_waits_is_neither_placed_nor_sent_back(
    draft: InitiativePage, author: User, keeper: User, person: Person
) -> None:
    reading.offer(draft, author)
    lock(draft, keeper)
    state = draft.current_workflow_task_state
    client = client_of(person("editor", "GM9901"))
    for button in ("approve", "reject"):
        sent = client.post(f"/meelezen/{state.pk}/", {"revision": draft.latest_revision_id, button: ""}, follow=True)
        assert "Sam Slot zette dit op slot" in sent.content.decode()
    draft.refresh_from_db()
    assert not draft.live
    assert draft.current_workflow_task_state == state


def test_what_is_locked_is_not_taken_down_or_moved(waterhoven: MunicipalityPage, keeper: User, person: Person) -> None:
    department = DepartmentFactory(parent=waterhoven)
    page = lock(InitiativeFactory(parent=waterhoven, title="Inloop"), keeper)
    client = client_of(person("editor", "GM9901"))
    for address, data in (
        (f"/beheer/bijdragen/{page.pk}/offline/", {}),
        (f"/beheer/bijdragen/{page.pk}/verplaats/", {"section": department.pk}),
    ):
        response = client.post(address, data, follow=True)
        assert "Sam Slot zette dit op slot" in response.content.decode()
    page.refresh_from_db()
    assert page.live
    assert page.get_parent().pk == waterhoven.pk
