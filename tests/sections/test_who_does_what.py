"""Whom to call: a fresh contact, else down the chain; the empty places stay visible."""

from dataclasses import replace
from typing import Any

import pytest

from exchange.sections.who_does_what import FallBack, NamedContact, Reach, Step, who_does_what, whom_to_call

PERSON = Reach("Coördinator", url="/c/", mailbox="team@x.example")
STAND_IN = Reach("Vervanger", url="/v/")
DEPARTMENT = Reach("Team", mailbox="t@x.example")
GENERAL = Reach("Gemeente", phone="000")
CENTRE = Reach("Centrum", url="/centrum/")
ALL = FallBack(general=GENERAL, centre=CENTRE)
WMO = frozenset({"wmo"})


def contact(**fields: Any) -> NamedContact:
    return replace(NamedContact(themes=WMO, reach=PERSON, is_fresh=True), **fields)


@pytest.mark.parametrize(
    ("contacts", "fall_back", "expected"),
    [
        ([contact()], ALL, [(Step.CONTACT, PERSON)]),
        ([contact(is_away=True, stand_in=STAND_IN)], ALL, [(Step.STAND_IN, STAND_IN)]),
        ([contact(is_fresh=False)], ALL, [(Step.TEAM, PERSON)]),
        ([contact(is_fresh=False, reach=Reach("Naam"), department=DEPARTMENT)], ALL, [(Step.DEPARTMENT, DEPARTMENT)]),
        ([contact(is_fresh=False, reach=Reach("Naam"))], ALL, [(Step.GENERAL, GENERAL)]),
        ([], ALL, [(Step.GENERAL, GENERAL)]),
        ([], FallBack(centre=CENTRE), [(Step.CENTRE, CENTRE)]),
        ([], FallBack(), []),
        ([contact(is_fresh=False), contact()], ALL, [(Step.CONTACT, PERSON)]),
    ],
)
def test_the_chain_stops_at_the_first_who_can_be_reached(
    contacts: list[NamedContact], fall_back: FallBack, expected: list[tuple[Step, Reach]]
) -> None:
    assert [(answer.step, answer.reach) for answer in whom_to_call(contacts, fall_back)] == expected


def test_broad_themes_are_shown_empty_and_narrow_ones_when_named() -> None:
    themes = [("zorg", "Zorg", True), ("wmo", "Wmo", False), ("jeugd", "Jeugd", False), ("werk", "Werk", True)]
    rows = who_does_what(themes, [contact()], FallBack())
    assert [(row.slug, row.is_named) for row in rows] == [("zorg", False), ("wmo", True), ("werk", False)]
