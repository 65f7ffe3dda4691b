"""A confirmation holds half a year for a contact or a pilot, a year for the rest; then it is due, then overdue."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchange.contributions.choices import Kind
from exchange.contributions.freshness import Freshness, freshness

TODAY = datetime.date(2026, 11, 1)
ORDER = list(Freshness)


@pytest.mark.parametrize(
    ("kind", "is_pilot", "days_ago", "expected"),
    [
        (Kind.CONTACT, False, 182, "fresh"), (Kind.CONTACT, False, 183, "due"),
        (Kind.CONTACT, False, 212, "due"), (Kind.CONTACT, False, 213, "overdue"),
        (Kind.INITIATIVE, False, 365, "fresh"), (Kind.INITIATIVE, False, 366, "due"),
        (Kind.INITIATIVE, True, 183, "due"), (Kind.LESSON, False, 396, "overdue"),
        (Kind.INITIATIVE, False, 0, "fresh"),
    ],
)  # fmt: skip
def test_the_days_of_each_kind(kind: Kind, is_pilot: bool, days_ago: int, expected: str) -> None:
    confirmed = TODAY - datetime.timedelta(days=days_ago)
    assert freshness(confirmed, kind=kind, today=TODAY, is_pilot=is_pilot) == expected


def test_what_nobody_confirmed_is_overdue() -> None:
    assert freshness(None, kind=Kind.LESSON, today=TODAY) is Freshness.OVERDUE


@given(st.integers(min_value=0, max_value=2000), st.integers(min_value=0, max_value=2000), st.sampled_from(list(Kind)))
def test_time_never_makes_anything_fresher(one: int, other: int, kind: Kind) -> None:
    earlier, later = sorted((one, other))
    confirmed = TODAY - datetime.timedelta(days=earlier)
    states = [
        freshness(confirmed, kind=kind, today=TODAY + datetime.timedelta(days=later - earlier)),
        freshness(confirmed, kind=kind, today=TODAY),
    ]
    assert ORDER.index(states[0]) >= ORDER.index(states[1])
