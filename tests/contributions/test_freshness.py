"""A confirmation holds half a year for a contact or a pilot, a year for an initiative; then it is due, then overdue."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchange.contributions.choices import Kind
from exchange.contributions.freshness import Freshness, ends_on, freshness, period
from exchange.sections.models import MunicipalityPage
from tests.factories import ContactFactory, InitiativeFactory, LessonFactory

TODAY = datetime.date(2026, 11, 1)
ORDER = list(Freshness)
DAYS = st.integers(min_value=-2000, max_value=2000)


@pytest.mark.parametrize(
    ("kind", "is_pilot", "days_ago", "expected"),
    [
        (Kind.CONTACT, False, 182, "fresh"), (Kind.CONTACT, False, 183, "due"),
        (Kind.CONTACT, False, 212, "due"), (Kind.CONTACT, False, 213, "overdue"),
        (Kind.INITIATIVE, False, 365, "fresh"), (Kind.INITIATIVE, False, 366, "due"),
        (Kind.INITIATIVE, True, 183, "due"), (Kind.INITIATIVE, False, 396, "overdue"),
        (Kind.INITIATIVE, False, 0, "fresh"),
    ],
)  # fmt: skip
def test_the_days_of_each_kind(kind: Kind, is_pilot: bool, days_ago: int, expected: str) -> None:
    confirmed = TODAY - datetime.timedelta(days=days_ago)
    assert freshness(ends_on(confirmed, kind=kind, is_pilot=is_pilot), TODAY) == expected


@given(DAYS)
def test_each_day_is_in_one_state_and_in_its_period(days: int) -> None:
    due_on = TODAY + datetime.timedelta(days=days)
    holding = [state for state in Freshness if period(state, TODAY)[0] <= due_on <= period(state, TODAY)[1]]
    assert holding == [freshness(due_on, TODAY)]


@given(DAYS, st.integers(min_value=0, max_value=2000))
def test_time_never_makes_anything_fresher(days: int, later: int) -> None:
    due_on = TODAY + datetime.timedelta(days=days)
    states = [freshness(due_on, TODAY), freshness(due_on, TODAY + datetime.timedelta(days=later))]
    assert ORDER.index(states[0]) <= ORDER.index(states[1])


@pytest.mark.django_db
def test_what_nobody_confirmed_is_due_since_it_was_placed(waterhoven: MunicipalityPage) -> None:
    contact = ContactFactory(parent=waterhoven)
    contact.first_published_at -= datetime.timedelta(days=31)
    assert contact.freshness() is Freshness.OVERDUE


@pytest.mark.django_db
def test_nobody_is_asked_about_a_lesson_a_draft_or_what_was_taken_over(waterhoven: MunicipalityPage) -> None:
    draft = InitiativeFactory(parent=waterhoven, published=False)
    taken_over = InitiativeFactory(parent=waterhoven, is_imported=True)
    for page in (LessonFactory(parent=waterhoven, confirmed_at=TODAY), draft, taken_over):
        assert page.freshness() is None
