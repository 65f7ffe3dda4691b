"""A confirmation holds half a year for a contact or a pilot, a year for an initiative; then it is due, then overdue."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchange.contacts.models import ContactPage
from exchange.contributions.freshness import Freshness, ends_on, freshness, period
from exchange.contributions.models import Contribution
from exchange.initiatives.bands import Phase
from exchange.initiatives.models import InitiativePage
from exchange.lessons.models import LessonPage
from exchange.sections.models import MunicipalityPage
from tests.factories import ContactFactory, InitiativeFactory, LessonFactory

TODAY = datetime.date(2026, 11, 1)
ORDER = list(Freshness)
DAYS = st.integers(min_value=-2000, max_value=2000)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("model", "fields", "days_ago", "expected"),
    [
        (ContactPage, {}, 182, "fresh"), (ContactPage, {}, 183, "due"),
        (ContactPage, {}, 212, "due"), (ContactPage, {}, 213, "overdue"),
        (InitiativePage, {}, 365, "fresh"), (InitiativePage, {}, 366, "due"),
        (InitiativePage, {"phase": Phase.PILOT}, 183, "due"), (InitiativePage, {}, 396, "overdue"),
        (InitiativePage, {}, 0, "fresh"),
    ],
)  # fmt: skip
def test_the_days_of_each_kind(model: type[Contribution], fields: dict[str, str], days_ago: int, expected: str) -> None:
    days = model(**fields).days_valid()
    assert days is not None
    assert freshness(ends_on(TODAY - datetime.timedelta(days=days_ago), days), TODAY) == expected


@pytest.mark.django_db
def test_nobody_is_asked_about_a_lesson() -> None:
    assert LessonPage().days_valid() is None


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
