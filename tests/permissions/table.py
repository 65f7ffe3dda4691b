"""Everybody, everything and every action; and what the rules say of each. Pure: the site is asked elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import product

from exchange.accounts.rights import Action, Held, Place, may
from exchange.accounts.roles import Role

# The sections of the matrix. Numbers stand for departments; a test puts the real ones in their place.
WHOLE, OWN, OTHER, ELSEWHERE = Place("GM9901"), Place("GM9901", 1), Place("GM9901", 2), Place("GM9910")


@dataclass(frozen=True)
class Person:
    """Somebody with one role, or none."""

    name: str
    held: Held | None = None

    @property
    def roles(self) -> list[Held]:
        return [self.held] if self.held else []

    def has(self, role: Role) -> bool:
        return self.held is not None and self.held.role == role

    def may(self, action: Action, place: Place) -> bool:
        return may(self.roles, action, place)


PEOPLE = (
    Person("bezoeker"),
    Person("deelnemer van de gemeente", Held(Role.MEMBER, WHOLE)),
    Person("auteur van de gemeente", Held(Role.AUTHOR, WHOLE)),
    Person("redacteur van de gemeente", Held(Role.EDITOR, WHOLE)),
    Person("auteur van de afdeling", Held(Role.AUTHOR, OWN)),
    Person("redacteur van de afdeling", Held(Role.EDITOR, OWN)),
    Person("auteur van een andere afdeling", Held(Role.AUTHOR, OTHER)),
    Person("redacteur van een andere afdeling", Held(Role.EDITOR, OTHER)),
    Person("redacteur van een andere gemeente", Held(Role.EDITOR, ELSEWHERE)),
    Person("platformredacteur", Held(Role.PLATFORM_EDITOR)),
    Person("beheerder", Held(Role.ADMINISTRATOR)),
)


@dataclass(frozen=True)
class Thing:
    """A contribution: where it stands, for whom it is, and how far it is. Somebody else of the section wrote it."""

    place: Place
    visibility: str
    state: str

    @property
    def live(self) -> bool:
        return self.state == "live"

    @property
    def waits(self) -> bool:
        return self.state == "waiting"

    def __str__(self) -> str:
        return f"{self.place.municipality}/{self.place.department or '-'} {self.visibility} {self.state}"


SECTIONS = (WHOLE, OWN, ELSEWHERE)
VISIBILITIES = ("public", "members", "own")
STATES = ("draft", "live", "waiting")
THINGS = tuple(Thing(*one) for one in product(SECTIONS, VISIBILITIES, STATES))
# What changes something does not ask for whom it is: each section with each state, and each visibility with both.
SQUARE = tuple(
    thing
    for thing in THINGS
    if (SECTIONS.index(thing.place) + VISIBILITIES.index(thing.visibility) + STATES.index(thing.state)) % 3 == 0
)


def reads(person: Person, thing: Thing) -> bool:
    """Live, and visible."""
    if not thing.live:
        return False
    own = person.held.place.municipality if person.held and person.held.place else None
    return (
        thing.visibility == "public"
        or person.has(Role.ADMINISTRATOR)
        or (thing.visibility == "members" and person.held is not None)
        or own == thing.place.municipality
    )


def edits(person: Person, thing: Thing) -> bool:
    return person.may(Action.EDIT, thing.place)


def saves(person: Person, thing: Thing) -> bool:
    """What waits for a reader is closed to authors."""
    return edits(person, thing) and (not thing.waits or person.may(Action.REVIEW, thing.place))


def alone(person: Person, thing: Thing) -> bool:
    return person.may(Action.PUBLISH_ALONE, thing.place)


def copies_live(person: Person, thing: Thing) -> bool:
    return thing.live and alone(person, thing)


def places(person: Person, thing: Thing) -> bool:
    return thing.waits and person.may(Action.REVIEW, thing.place)


def takes_down(person: Person, thing: Thing) -> bool:
    return thing.live and person.may(Action.TAKE_DOWN, thing.place)


def takes_down_alone(person: Person, thing: Thing) -> bool:
    return thing.live and alone(person, thing)


def deletes(person: Person, thing: Thing) -> bool:
    """What is live is taken offline first."""
    return person.may(Action.DELETE, thing.place) and (not thing.live or alone(person, thing))


def destination(thing: Thing) -> Place:
    """Where the matrix moves things: within a municipality, to another section of it."""
    return {WHOLE: OTHER, OWN: WHOLE, ELSEWHERE: ELSEWHERE}[thing.place]


def moves(person: Person, thing: Thing) -> bool:
    return (
        thing.place != ELSEWHERE
        and person.may(Action.MOVE, thing.place)
        and person.may(Action.MOVE, destination(thing))
    )


def moves_in_the_explorer(person: Person, thing: Thing) -> bool:
    return moves(person, thing) and (not thing.live or alone(person, thing))


def sees_title(person: Person, thing: Thing) -> bool:
    """In the chooser: what one may read or edit."""
    return enters(person) and (reads(person, thing) or edits(person, thing))


def enters(person: Person) -> bool:
    """Comes into the admin at all."""
    return person.held is not None and not person.has(Role.MEMBER)


def reads_file(person: Person, thing: Thing) -> bool:
    return reads(person, thing) or edits(person, thing)


# What is tried, in the words of docs/permissions.md, and what the rules say. The probes have the same names.
RULES: dict[str, Callable[[Person, Thing], bool]] = {
    "lezen op de site": reads,
    "vinden met zoeken en de API": reads,
    "het bestand van een bijlage openen": reads_file,
    "de bewerkpagina openen": edits,
    "het concept bekijken": edits,
    "de geschiedenis bekijken": edits,
    "een oude versie bekijken": edits,
    "een oude versie terughalen": saves,
    "het concept opslaan": saves,
    "plaatsen zonder meelezen": alone,
    "plaatsen op een later moment, zonder meelezen": alone,
    "kopiëren en meteen plaatsen": copies_live,
    "meelezen en plaatsen": places,
    "meelezen en plaatsen, in de beheeromgeving": places,
    "offline halen": takes_down,
    "offline halen buiten onze pagina om": takes_down_alone,
    "verplaatsen": moves,
    "verplaatsen in de verkenner": moves_in_the_explorer,
    "weggooien": deletes,
    "vergrendelen": alone,
    "de titel zien in de paginakiezer": sees_title,
    "de titel zien in lijsten, zoeken en rapporten": edits,
}

# Those whose answer depends on for whom a contribution is.
READING = {
    "lezen op de site", "vinden met zoeken en de API", "het bestand van een bijlage openen",
    "de titel zien in de paginakiezer", "de titel zien in lijsten, zoeken en rapporten",
}  # fmt: skip
PROBED = tuple((action, thing) for action in RULES for thing in (THINGS if action in READING else SQUARE))
