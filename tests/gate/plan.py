"""What the matrix of addresses asks of whom, and so how many probes that are. Pure: docs/permissions.md counts them."""

from __future__ import annotations

from exchange.accounts.doors import administers, keeps_platform
from exchange.accounts.rights import Action
from exchange.accounts.roles import Role
from exchange.gate.table import doors
from tests.permissions.table import PEOPLE, Person, enters

from .addresses import Address, addresses
from .probing import NOTHING, arguments, searches
from .world import STATES, THINGS

METHODS = ("get", "post")
# Who administers may do everything.
ASKED = tuple(person for person in PEOPLE if not person.has(Role.ADMINISTRATOR))
# The site itself has tests of its own, and signing out ends what is tried.
APART = {"wagtail_serve", "wagtaildocs_serve", "wagtailadmin_logout"}
TRIED = tuple(address for address in addresses() if not address.is_unnamed and address.name not in APART)


def foreign_to(person: Person) -> list[int]:
    """Things that are not of one's own section, by number: one in every state, from each section in turn.

    Who does not come into the admin at all is asked about two.
    """
    foreign = [number for number, (place, _) in enumerate(THINGS) if not person.may(Action.EDIT, place)]
    found = []
    for turn, state in enumerate(STATES):
        here = [number for number in foreign if THINGS[number][1] == state]
        found.append(here[turn % len(here)])
    return found if enters(person) else found[1:3]


def comes_in(person: Person, address: Address) -> bool:
    """Is there a door at this address for somebody with this role?"""
    door = doors().get(address.name)
    needed = {administers: (Role.ADMINISTRATOR,), keeps_platform: (Role.PLATFORM_EDITOR, Role.ADMINISTRATOR)}
    return door is not None and (door.who not in needed or any(map(person.has, needed[door.who])))


def asked_about(person: Person, address: Address) -> list[int]:
    """What an address is asked about as one person: where nothing opens, one thing says it."""
    found = foreign_to(person)
    return found if comes_in(person, address) else found[:1]


def probes_of(person: Person, address: Address) -> int:
    """So often an address is asked about things, as one person."""
    if not address.arguments:
        return 1 + len(list(searches(NOTHING)))
    return len(asked_about(person, address)) * len(arguments(address, NOTHING)) * len(METHODS)


def planned(person: Person) -> int:
    return sum(probes_of(person, address) for address in TRIED)
