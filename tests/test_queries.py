"""How many queries a page takes: few, and no more when there is ten times as much. No address is left out."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings
from wagtail.images.models import Image
from wagtail.models import Page

from exchange.accounts.models import Membership, User
from exchange.accounts.roles import Role
from exchange.adoptions.models import FollowUp
from exchange.contacts.models import ContactPage
from exchange.dashboard.own_drafts import own_drafts
from exchange.following.models import Follow, ListItem, ReadingList
from exchange.importing.models import Upload
from exchange.initiatives.models import InitiativePage
from exchange.people import team
from exchange.people.models import Invitation, JoinRequest
from exchange.publishing import reading
from exchange.sections.models import MunicipalityPage
from search import vocabulary
from search.models import SearchedQuestion
from tests.addresses import EXAMPLES, REASONS, World, addresses, examples, reason
from tests.conftest import Committed, Person
from tests.factories import (
    AdoptionFactory,
    ContactFactory,
    DepartmentFactory,
    InitiativeFactory,
    LessonFactory,
    UserFactory,
)
from tests.filling import picture_file
from tests.publishing.conftest import client_for

SEARCH_LIMIT = 25
LIMIT = 15
# What is like a contribution is asked of search.
SIMILAR = 10
# What municipalities like one do is asked of the register, of initiatives and of adoptions.
IDEAS = 3
# Session, account and memberships of who signed in, and whether they follow it.
SIGNED_IN = 4


def grow(section: MunicipalityPage, times: int) -> InitiativePage:
    """Add as many of each kind; the last initiative is the one that is looked at."""
    for _ in range(times):
        contact = ContactFactory(parent=section)
        page: InitiativePage = InitiativeFactory(
            parent=section, contact=contact, summary="Opvang van vluchtelingen.", target_groups=["lvb"]
        )
        LessonFactory(parent=page)
    return page


def queries(client: Client, address: str) -> int:
    """How many a page takes once the names that are kept for some seconds were read."""
    with pytest.MonkeyPatch.context() as patch:
        # Else the seconds may just be over between the two.
        patch.setattr(vocabulary, "KEPT", 1_000_000_000)
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
    return len(captured)


@pytest.mark.parametrize("reader", ["visitor", "member"])
def test_pages_take_few_queries_and_no_more_with_ten_times_as_many(
    waterhoven: MunicipalityPage, committed: Committed, signed_in: Callable[..., Client], reader: str
) -> None:
    client = Client() if reader == "visitor" else signed_in(reader, "GM9901")
    with committed():
        department = DepartmentFactory(parent=waterhoven)
        page = grow(waterhoven, 1)
        grow(department, 1)
    lesson = page.get_children().get()
    addresses = [
        "/zoeken/", "/zoeken/?q=opvang&size=xl&theme=sleutelpersonen&kind=initiative", "/api/v1/search?q=opvang",
        "/", "/gemeenten/", "/themas/", "/themas/sleutelpersonen/", "/over/",
        "/inloggen/" if reader == "visitor" else "/account/", waterhoven.url, department.url, page.url, lesson.url,
    ]  # fmt: skip
    if reader != "visitor":
        addresses.append(ContactPage.objects.get(pk=page.contact_id).url)
    before = {address: queries(client, address) for address in addresses}
    with committed():
        grow(waterhoven, 9)
        grow(department, 9)
    after = {address: queries(client, address) for address in addresses}
    assert after == before
    for address, count in after.items():
        is_search = address.startswith(("/zoeken/", "/api/"))
        limit = SEARCH_LIMIT if is_search else LIMIT + SIMILAR * ("/bijdrage-" in address)
        limit += IDEAS * (address == waterhoven.url)
        assert count <= limit + (SIGNED_IN if reader != "visitor" else 0), (address, count)


# --- every address there is

# So many more with ten times as much, and why that ends: Wagtail asks something of each row of its lists, and a page
# of a list has fifty rows at most; where somebody begins to write are three ideas at most.
LISTING, EXPLORER = 27, 63
GROWS = {
    "initiatieven:index": LISTING,
    "toepassingen:index": LISTING,
    "lessen:index": LISTING,
    "aanspreekpunten:index": LISTING,
    "wagtailadmin_reports:workflow": LISTING,
    "wagtailadmin_explore": EXPLORER,
    "writing": 3,
}
ROLES = ("visitor", "member", "author", "editor", "platform_editor")
# What a page may answer to somebody: it, a way to sign in, or that it is not theirs.
ANSWERS = {200, 302, 403, 404}


def people(world_of: Person, role: str) -> User:
    return world_of(role, None if role == "platform_editor" else "GM9901")


def add(section: MunicipalityPage, neighbour: MunicipalityPage, user: User, times: int) -> None:
    """Add as many of everything: in the own municipality, in another one, and waiting to be read along."""
    writer = UserFactory()
    Membership.objects.create(user=writer, municipality=section.municipality, role="author")
    other = UserFactory()
    Membership.objects.create(user=other, municipality=neighbour.municipality, role="author")
    for number in range(times):
        mine = grow(section, 1)
        theirs = grow(neighbour, 1)
        AdoptionFactory(parent=neighbour, initiative=mine)
        AdoptionFactory(parent=section, initiative=theirs)
        for place, owner in ((section, writer), (neighbour, other)):
            draft = InitiativeFactory(parent=place, published=False, owner=owner)
            draft.save_revision(user=owner)
            reading.offer(Page.objects.get(pk=draft.pk).specific, owner)
        team.invite(
            people_manager(),
            f"nieuw{Invitation.objects.count()}@waterhoven.example",
            team.Offer(section.municipality, Role.AUTHOR),
        )
        asker = UserFactory()
        Membership.objects.create(user=asker, municipality=section.municipality, role="member")
        JoinRequest.objects.create(user=asker, municipality=section.municipality, reason="Graag.")
        ListItem.objects.create(
            reading_list=ReadingList.objects.get_or_create(owner=user, title="Lijst")[0], contribution=mine
        )
        Follow.objects.get_or_create(user=user, kind="initiative", value=str(mine.pk))
        number_of_it = SearchedQuestion.objects.count()
        SearchedQuestion.objects.create(
            week="2026-11-23", question=f"vraag {number_of_it}", times=number_of_it, found_nothing=True
        )
        ReadingList.objects.create(owner=user, title=f"Lijst {number}")


def people_manager() -> User:
    found = User.objects.filter(memberships__role="administrator").first()
    if found is None:
        found = UserFactory()
        Membership.objects.create(user=found, role="administrator")
    return User.objects.get(pk=found.pk)


def the_world(section: MunicipalityPage, neighbour: MunicipalityPage, user: User) -> World:
    """One of each thing that an address is about."""
    department = DepartmentFactory(parent=section)
    contact = ContactFactory(parent=section, user=user, owner=user)
    initiative = InitiativeFactory(parent=section, owner=user, contact=contact)
    source = InitiativeFactory(parent=neighbour, owner=user)
    adoption = AdoptionFactory(parent=section, initiative=source, owner=user)
    draft = InitiativeFactory(parent=section, published=False, owner=user)
    writer = UserFactory()
    Membership.objects.create(user=writer, municipality=section.municipality, role="author")
    waiting = InitiativeFactory(parent=section, published=False, owner=writer)
    waiting.save_revision(user=writer)
    waiting = Page.objects.get(pk=waiting.pk).specific
    reading.offer(waiting, writer)
    with time_machine.travel(datetime.datetime(2026, 11, 25, 9, tzinfo=datetime.UTC), tick=False):
        upload = Upload.objects.create(section=section, writer=user, name="lijst.csv", state="done", total=1)
    picture = Image.objects.create(title="Beeld", file=ContentFile(picture_file(), "beeld.png"))
    InitiativeFactory(parent=section, image=picture)
    return World(
        user=user, section=section, department=department, initiative=initiative, draft=draft,
        lesson=LessonFactory(parent=initiative), contact=contact, adoption=adoption,
        follow_up=FollowUp.objects.create(adoption=adoption, months=3), source=source,
        waiting=waiting.current_workflow_task_state.pk, upload=upload, image=picture.get_rendition("width-8").file.name,
        reading_list=ReadingList.objects.get_or_create(owner=user, title="Lijst")[0],
    )  # fmt: skip


def measure(client: Client, all_of_them: dict[str, str]) -> dict[str, tuple[int, int]]:
    """Of each address what it answers and how many queries that takes."""
    found = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(vocabulary, "KEPT", 1_000_000_000)
        for name, address in all_of_them.items():
            # Read to its end an answer is closed; to close it once more would end the test's connection too.
            client.get(address).getvalue()
            with CaptureQueriesContext(connection) as captured:
                response = client.get(address)
                assert response.getvalue() is not None
            found[name] = (response.status_code, len(captured))
    return found


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning", "ignore::ResourceWarning")
@pytest.mark.parametrize("role", ROLES)
def test_every_address_takes_no_more_queries_with_ten_times_as_much(
    waterhoven: MunicipalityPage, veldersloot: MunicipalityPage, committed: Committed, person: Person, role: str,
    settings: Settings,
) -> None:  # fmt: skip
    settings.SECOND_FACTOR_REQUIRED = False
    user = UserFactory() if role == "visitor" else people(person, role)
    person("editor", "GM9901")
    client = Client() if role == "visitor" else client_for(user)
    with committed():
        world = the_world(waterhoven, veldersloot, user)
        add(waterhoven, veldersloot, user, 1)
    all_of_them = examples(world)
    before = measure(client, all_of_them)
    with committed():
        add(waterhoven, veldersloot, user, 9)
    after = measure(client, all_of_them)
    assert {name: status for name, (status, _number) in after.items() if status not in ANSWERS} == {}
    assert {name: status for name, (status, _number) in after.items()} == {
        name: status for name, (status, _number) in before.items()
    }
    more = {
        name: (before[name][1], number)
        for name, (_status, number) in after.items()
        if number > before[name][1] + GROWS.get(name.partition(" ")[0], 0)
    }
    assert more == {}
    if role == "editor":
        hidden = {name for name, (status, _number) in after.items() if status != 200}
        assert not hidden & {"writing", "readings", "reading", "people", "audit_log", "wagtailadmin_home", "still_true"}


@pytest.mark.parametrize("address", ["/schrijven/", "/beheer/"])
def test_where_somebody_writes_takes_no_more_queries_with_twenty_own_drafts(
    waterhoven: MunicipalityPage, veldersloot: MunicipalityPage, person: Person, address: str, settings: Settings
) -> None:
    settings.SECOND_FACTOR_REQUIRED = False
    user = person("author", "GM9901")
    client, contact = client_for(user), ContactFactory(parent=waterhoven)

    def write(times: int) -> int:
        for number in range(times):
            draft = InitiativeFactory(
                parent=waterhoven, published=False, owner=user, contact=contact, target_groups=["lvb"]
            )
            draft.save_revision(user=user)
            if number % 2 == 0:
                reading.offer(Page.objects.get(pk=draft.pk).specific, user)
            adoption = AdoptionFactory(parent=waterhoven, published=False, owner=user, initiative=placed)
            adoption.save_revision(user=user)
        return queries(client, address)

    placed = InitiativeFactory(parent=veldersloot)
    few = write(3)
    assert write(17) == few


def test_the_list_of_drafts_says_what_the_newest_version_says(waterhoven: MunicipalityPage, person: Person) -> None:
    user = person("author", "GM9901")
    page = InitiativeFactory(parent=waterhoven, title="Oud", published=False, owner=user)
    page.title, page.summary = "Nieuw", ""
    page.target_groups.set([])
    page.save_revision(user=user, clean=False)
    waiting = InitiativeFactory(parent=waterhoven, title="Wacht", published=False, owner=user)
    waiting.save_revision(user=user)
    reading.offer(Page.objects.get(pk=waiting.pk).specific, user)
    found = {draft.title: draft for draft in own_drafts(user)}
    assert found.keys() == {"Nieuw", "Wacht"}
    for title, draft in found.items():
        version = InitiativePage.objects.get(pk=draft.pk).get_latest_revision_as_object()
        assert draft.next == version.completeness().next
        assert draft.is_read_along is (title == "Wacht")
    assert found["Nieuw"].next == "samenvatting"


def test_every_address_has_an_example_or_a_reason() -> None:
    lacking, known = set(), set()
    for name, wants in addresses():
        known |= {name, f"{name.partition(':')[0]}:*"}
        if name not in EXAMPLES and wants and reason(name) is None:
            lacking.add(name)
    assert lacking == set()
    # What is gone from the configuration goes here too.
    assert {name for name in (*EXAMPLES, *REASONS) if name not in known} == set()
