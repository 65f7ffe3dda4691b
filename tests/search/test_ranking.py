"""What moves something up is one list: each ingredient adds at most its weight, and what is last stays last."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.ranking import FULL_THERE, Facts, Ranking, is_last, is_marked, ranking

TODAY = datetime.date(2026, 11, 26)
FACTS = st.builds(
    Facts,
    completeness=st.floats(0, 1),
    population=st.none() | st.integers(1, 1_000_000),
    due_on=st.none() | st.dates(datetime.date(2026, 1, 1), datetime.date(2027, 12, 1)),
    values=st.sampled_from(["", "runs_at_size=m", "kind=lesson runs_at_size=s"]),
    is_full=st.booleans(),
)
FOR_A_MEMBER = ranking(today=TODAY, own=48_000, own_size="m", full=FULL_THERE)


def without(name: str, whole: Ranking = FOR_A_MEMBER) -> Ranking:
    return replace(whole, adds=tuple(one for one in whole.adds if one.name != name))


@given(FACTS)
def test_each_ingredient_adds_something_from_nothing_to_its_weight(facts: Facts) -> None:
    for one in FOR_A_MEMBER.adds:
        assert 0 <= one.measure.of(facts) <= 1
    most = 1 + sum(one.weight for one in FOR_A_MEMBER.adds)
    assert 0 < FOR_A_MEMBER.factor(facts) <= most


@given(FACTS, FACTS)
def test_what_nobody_confirmed_for_long_stands_below_everything_else(one: Facts, other: Facts) -> None:
    if is_last(one.due_on, TODAY) and not is_last(other.due_on, TODAY):
        # Even where its words score a hundred times as well.
        assert 100 * FOR_A_MEMBER.factor(one) < FOR_A_MEMBER.factor(other)


@pytest.mark.parametrize(
    ("name", "better", "worse"),
    [
        ("completeness", Facts(completeness=1.0), Facts(completeness=0.2)),
        ("closeness", Facts(population=50_000), Facts(population=400_000)),
        ("closeness", Facts(population=50_000), Facts()),
        ("freshness", Facts(due_on=TODAY), Facts(due_on=TODAY - datetime.timedelta(days=31))),
        ("freshness", Facts(due_on=None), Facts(due_on=TODAY - datetime.timedelta(days=31))),
        ("runs here", Facts(values="kind=initiative runs_at_size=m"), Facts(values="runs_at_size=s")),
        ("full answer", Facts(is_full=True), Facts(is_full=False)),
    ],
)
def test_an_ingredient_moves_up_and_without_it_both_are_equal(name: str, better: Facts, worse: Facts) -> None:
    assert FOR_A_MEMBER.factor(better) > FOR_A_MEMBER.factor(worse)
    assert without(name).factor(better) == without(name).factor(worse)


def test_for_a_visitor_no_municipality_is_near() -> None:
    assert {one.name for one in ranking(today=TODAY).adds} == {"completeness", "freshness"}


@given(st.integers(0, 200))
def test_what_is_said_is_what_counts(days: int) -> None:
    facts = Facts(due_on=TODAY - datetime.timedelta(days=days))
    fresh = next(one for one in FOR_A_MEMBER.adds if one.name == "freshness")
    assert is_marked(facts.due_on, TODAY) is not bool(fresh.measure.of(facts))
    assert is_last(facts.due_on, TODAY) is not bool(FOR_A_MEMBER.stays.of(facts))
