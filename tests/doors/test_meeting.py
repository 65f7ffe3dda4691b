"""Two people do something about the same thing at the same moment: one after the other, and nobody sees an error."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.db import connections
from django.test import Client
from wagtail.models import Revision, TaskState

from exchange.accounts.models import Membership, User
from exchange.accounts.roles import Role
from exchange.following.models import ReadingList
from exchange.initiatives.models import InitiativePage
from exchange.people import team
from exchange.people.models import JoinRequest
from exchange.publishing import reading
from tests.doors.test_twice import section, somebody
from tests.factories import InitiativeFactory, UserFactory
from tests.publishing.test_card import fields

# A race is lost now and then: each is run so often.
TIMES = 3
Post = Callable[[], Any]


def post(user: User, address: str, **data: object) -> Post:
    """What one person sends, ready to go."""
    client = Client(raise_request_exception=False)
    client.force_login(user)
    return partial(client.post, address, data)


def at_once(*posts: Post) -> list[int]:
    """Send all of it at the same moment. Gives the status codes, in the order of what was sent."""
    start, answers = threading.Barrier(len(posts)), [0] * len(posts)

    def run(number: int) -> None:
        try:
            start.wait()
            answers[number] = posts[number]().status_code
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[number]) for number in range(len(posts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


@pytest.mark.usefixtures("own_database")
def test_one_editor_places_and_another_sends_back() -> None:
    writer, one, other = (somebody(role, "GM9901") for role in ("author", "editor", "editor"))
    for _time in range(TIMES):
        page = InitiativeFactory(parent=section("GM9901"), published=False, owner=writer)
        page.save_revision(user=writer)
        reading.offer(InitiativePage.objects.get(pk=page.pk), writer)
        state = TaskState.objects.get(workflow_state__object_id=str(page.pk))
        address, read = f"/meelezen/{state.pk}/", page.get_latest_revision().pk
        sent = (post(one, address, revision=read, approve=""), post(other, address, revision=read, reject=""))
        assert at_once(*sent) == [302, 302]
        state.refresh_from_db()
        assert InitiativePage.objects.get(pk=page.pk).live is (state.status == TaskState.STATUS_APPROVED)


@pytest.mark.usefixtures("own_database")
def test_one_card_in_six_tabs_keeps_one_text_and_says_so_in_the_others() -> None:
    writer = somebody("author", "GM9901")
    page = InitiativeFactory(parent=section("GM9901"), published=False, owner=writer)
    base = page.save_revision(user=writer)
    before = Revision.objects.filter(object_id=str(page.pk)).count()
    sent = [
        post(writer, "/schrijven/bewaar/", **fields(title=f"Titel {number}", page=page.pk, base=base.pk))
        for number in range(6)
    ]
    assert at_once(*sent) == [200] * 6
    assert Revision.objects.filter(object_id=str(page.pk)).count() == before + 1


@pytest.mark.usefixtures("own_database")
def test_who_leave_at_once_leave_their_work_to_who_stays() -> None:
    place = section("GM9910")
    stays: User = UserFactory()
    Membership.objects.create(user=stays, role=Role.PLATFORM_EDITOR)
    for _time in range(TIMES):
        leavers = [somebody("editor", "GM9910") for _number in range(2)]
        for leaver in leavers:
            InitiativeFactory(parent=place, owner=leaver)
        assert at_once(*(post(leaver, "/account/weg/") for leaver in leavers)) == [302, 302]
        assert not User.objects.filter(pk__in=[leaver.pk for leaver in leavers]).exists()
        assert set(InitiativePage.objects.child_of(place).values_list("owner", flat=True)) == {stays.pk}


@pytest.mark.usefixtures("own_database")
def test_the_last_two_administrators_do_not_both_leave() -> None:
    for _time in range(TIMES):
        Membership.objects.filter(role="administrator").delete()
        leavers = UserFactory.create_batch(2)
        for leaver in leavers:
            Membership.objects.create(user=leaver, role=Role.ADMINISTRATOR)
        assert at_once(*(post(leaver, "/account/weg/") for leaver in leavers)) == [302, 302]
        assert len(team.administrators()) == 1


@pytest.mark.usefixtures("own_database")
def test_a_role_is_changed_and_taken_and_a_request_answered_while_who_asked_leaves() -> None:
    section("GM9901")
    one, other = somebody("editor", "GM9901"), somebody("editor", "GM9901")
    for _time in range(TIMES):
        member = somebody("author", "GM9901")
        address = f"/mensen/rol/{member.memberships.get().pk}/"
        assert set(at_once(post(one, address, role="editor"), post(other, address, take="1"))) <= {302, 404}
        assert not member.memberships.exists()
        asks = somebody("member", "GM9901")
        asked = JoinRequest.objects.create(user=asks, municipality_id="GM9901")
        address = f"/mensen/verzoek/{asked.pk}/"
        sent = (post(one, address, grant=""), post(other, address), post(asks, "/account/weg/"))
        assert set(at_once(*sent)) <= {302, 404}
        assert not User.objects.filter(pk=asks.pk).exists()


@pytest.mark.usefixtures("own_database")
def test_a_list_goes_while_something_is_put_on_it() -> None:
    page, member = InitiativeFactory(parent=section("GM9901")), somebody("member", "GM9901")
    for _time in range(TIMES):
        one = ReadingList.objects.create(owner=member, title="Voor het plan")
        puts = post(member, f"/lijsten/erbij/{page.pk}/", list=one.pk)
        assert set(at_once(puts, post(member, f"/lijsten/{one.pk}/", remove="1"))) <= {200, 302, 404}
        assert not ReadingList.objects.exists()
