"""Every address of the admin, out of the configuration, as each role, about things of every section in every state.

By reading and by a hand-made POST with the keys of the thing under every name that a form has for it. Nothing may tell
of what somebody may not know, nothing of another section may change, and what is hidden answers like what is not there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from wagtail.models import Page

from exchange.accounts.models import Membership, User
from exchange.accounts.rights import Place
from search.projection import project_dirty
from tests.factories import UserFactory
from tests.permissions import table
from tests.permissions.table import Person

from .addresses import Address
from .plan import ASKED, METHODS, TRIED, asked_about, foreign_to, planned
from .probing import NOTHING, arguments, client_for, everything_about, named, searches, shape, text_of, url
from .world import THINGS, Thing, fingerprint, make

pytestmark = [pytest.mark.django_db, pytest.mark.once]
HOME = "/beheer/"


@pytest.fixture
def things(sections: dict[Place, Page]) -> list[Thing]:
    made = [make(number, place, state, sections[place]) for number, (place, state) in enumerate(THINGS)]
    project_dirty()
    return made


def user_of(person: Person, sections: dict[Place, Page]) -> User | None:
    if person.held is None:
        return None
    place = person.held.place
    user = UserFactory()
    Membership.objects.create(
        user=user,
        role=person.held.role,
        municipality_id=place.municipality if place else None,
        department=sections[place] if place and place.department else None,
    )
    return User.objects.get(pk=user.pk)


class Foreign:
    """A thing of another section, its keys, and how it is before anybody asked."""

    def __init__(self, thing: Thing) -> None:
        self.thing, self.about, self.before = thing, named(thing), fingerprint(thing)


class Tally:
    """What was found out of order, and how much was tried."""

    def __init__(self) -> None:
        self.differences: list[str] = []
        self.statuses: Counter[int] = Counter()

    def note(self, what: str, response: Any) -> None:
        self.statuses[response.status_code] += 1
        if response.status_code >= 500:
            self.differences.append(f"{what}: an error of ours")

    @property
    def tried(self) -> int:
        return self.statuses.total()


def told(text: str, things: list[Thing], person: Person) -> Iterator[str]:
    """What an answer betrays."""
    for thing in things:
        if thing.word in text and not thing.is_known_to(person):
            yield f"tells of {thing}"
        if thing.name in text and not thing.is_for(person):
            yield f"names who wrote {thing}"


def ask(client: Client, method: str, address: str, data: dict[str, Any]) -> tuple[tuple[int, str], str, Any]:
    """The answer, and what the next page says of it."""
    response = client.post(address, data) if method == "post" else client.get(address, data)
    found, text = shape(response), text_of(response)
    if response.status_code == 302:
        text += text_of(client.get(HOME))
    return found, text, response


def about_nothing(address: Address, client: Client) -> dict[tuple[str, int], tuple[int, str]]:
    """How an address answers about what does not exist."""
    found = {}
    for place, given in enumerate(arguments(address, NOTHING)):
        for method in METHODS:
            with transaction.atomic():
                data = everything_about(NOTHING) if method == "post" else {}
                found[method, place] = ask(client, method, url(address, given, NOTHING), data)[0]
                transaction.set_rollback(True)
    return found


@pytest.mark.parametrize("person", ASKED, ids=lambda one: one.name)
def test_no_address_tells_or_changes_what_is_not_ones_own(
    person: Person, sections: dict[Place, Page], things: list[Thing]
) -> None:
    client, tally = client_for(user_of(person, sections)), Tally()
    foreign = {number: Foreign(things[number]) for number in foreign_to(person)}
    assert not any(one.thing.is_for(person) for one in foreign.values())
    for address in TRIED:
        if address.arguments:
            asked = [foreign[number] for number in asked_about(person, address)]
            _about_each(address, client, person, things, asked, tally)
        else:
            _about_none(address, client, person, things, list(foreign.values()), tally)
    assert not tally.differences, f"{len(tally.differences)} of {tally.tried}\n" + "\n".join(tally.differences)
    assert tally.tried == planned(person)
    # With nothing open there is nothing to tell.
    assert (tally.statuses[200] > 30) is table.enters(person)


def _about_each(
    address: Address, client: Client, person: Person, things: list[Thing], foreign: list[Foreign], tally: Tally
) -> None:
    nothing = about_nothing(address, client)
    for one in foreign:
        thing, about = one.thing, one.about
        for (place, given), method in product(enumerate(arguments(address, about)), METHODS):
            what = f"{person.name}, {method} {address.name} {given}, {thing}"
            with transaction.atomic():
                data = everything_about(about) if method == "post" else {}
                found, text, response = ask(client, method, url(address, given, about), data)
                changed = method == "post" and response.status_code != 404 and fingerprint(thing) != one.before
                transaction.set_rollback(True)
            tally.note(what, response)
            tally.differences += [f"{what}: {words}" for words in told(text, things, person)]
            if changed:
                tally.differences.append(f"{what}: changes it")
            if not thing.is_known_to(person) and found != nothing[method, place]:
                tally.differences.append(f"{what}: {found} and for what is not there {nothing[method, place]}")


def _about_none(
    address: Address, client: Client, person: Person, things: list[Thing], foreign: list[Foreign], tally: Tally
) -> None:
    about = foreign[0].about
    for method, data in [("post", everything_about(about)), *(("get", one) for one in searches(about))]:
        what = f"{person.name}, {method} {address.name} {data if method == 'get' else ''}"
        cache.clear()
        with transaction.atomic():
            _, text, response = ask(client, method, url(address, {}, about), data)
            changed = method == "post" and response.status_code != 404
            changed = changed and any(fingerprint(one.thing) != one.before for one in foreign)
            transaction.set_rollback(True)
        tally.note(what, response)
        tally.differences += [f"{what}: {words}" for words in told(text, things, person)]
        if changed:
            tally.differences.append(f"{what}: changes something of others")
