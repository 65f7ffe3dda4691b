"""What is computed from adoptions: the chain, the sizes, doing it smaller; also under random histories."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchange.adoptions.chain import chain
from exchange.adoptions.choices import Answer, Fate, Result, Stage
from exchange.adoptions.scaling import scale_down
from exchange.adoptions.uses import Use, counting, one_per_place, sizes
from exchange.municipalities.size import SizeClass

SMALL, MIDDLE, LARGE = 14_300, 24_100, 164_900


def use(key: int, **fields: Any) -> Use:
    given_: dict[str, Any] = {
        "path": "/", "code": f"GM{key:04}", "municipality": f"Plaats {key}", "population": MIDDLE,
        "stage": Stage.RUNNING, "answer": Answer.CONFIRMED,
    }  # fmt: skip
    return Use(key=key, **(given_ | fields))


@pytest.mark.parametrize(
    ("stage", "answer", "counts"),
    [
        (Stage.RUNNING, Answer.CONFIRMED, True),
        (Stage.SECURED, Answer.CONFIRMED, True),
        (Stage.RUNNING, Answer.SILENT, True),
        (Stage.RUNNING, Answer.ASKED, False),
        (Stage.RUNNING, Answer.DOUBTED, False),
        (Stage.CONSIDERING, Answer.CONFIRMED, False),
        (Stage.PREPARING, Answer.CONFIRMED, False),
        (Stage.STOPPED, Answer.CONFIRMED, False),
        (Stage.DECLINED, Answer.SILENT, False),
    ],
)
def test_an_adoption_counts_when_it_runs_and_the_source_does_not_doubt_it(
    stage: Stage, answer: Answer, counts: bool
) -> None:
    one = use(1, stage=stage, answer=answer)
    assert one.counts is counts
    assert sizes([one]) == ([SizeClass.S] if counts else [])
    assert bool(scale_down([one])) is counts


def test_two_departments_are_one_municipality() -> None:
    first, second = use(1, code="GM1"), use(2, code="GM1", answer=Answer.DOUBTED)
    assert one_per_place([first, second]) == [first]
    assert [row.number for row in scale_down([first, second, use(3)])] == [2]


def test_the_chain_hangs_each_under_what_it_was_taken_from_the_oldest_first() -> None:
    uses = [use(4, based_on=2, year=2026), use(3, year=2024), use(2, year=2025), use(5, based_on=4, year=2026)]
    assert [(link.use.key, link.depth, link.parent) for link in chain(uses)] == [
        (3, 1, None), (2, 1, None), (4, 2, 2), (5, 3, 4),
    ]  # fmt: skip


def test_what_was_taken_from_something_hidden_hangs_under_the_initiative() -> None:
    assert [(link.use.key, link.depth) for link in chain([use(5, based_on=4)])] == [(5, 1)]


def test_a_circle_is_cut_at_its_oldest() -> None:
    uses = [use(1, based_on=3, year=2026), use(2, based_on=1, year=2025), use(3, based_on=2, year=2027)]
    assert [(link.use.key, link.depth) for link in chain(uses)] == [(2, 1), (3, 2), (1, 3)]


def test_doing_it_smaller_is_counted_by_size() -> None:
    elements = (("Een vast gezicht", Fate.KEPT), ("Elke week", Fate.CHANGED))
    uses = [
        use(1, population=SMALL, result=Result.SAME, elements=elements, staff="under_4", cost_yearly="under_5k"),
        use(2, population=SMALL, result=Result.LESS, elements=(("een  vast gezicht", Fate.DROPPED),), staff="4_16"),
        use(3, population=SMALL, answer=Answer.SILENT, staff="under_4", regional_part="De training."),
        use(4, population=LARGE, result=Result.BETTER),
        use(5, population=SMALL, stage=Stage.STOPPED, result=Result.LESS),
    ]
    small, large = scale_down(uses, ["Een vast gezicht", "Elke week", "Thee"])
    assert (small.size, small.number, small.marked) == (SizeClass.XS, 3, 1)
    assert small.results == {Result.SAME: 1, Result.LESS: 1}
    assert [(one.text, one.fates) for one in small.elements] == [
        ("Een vast gezicht", {Fate.KEPT: 1, Fate.DROPPED: 1}), ("Elke week", {Fate.CHANGED: 1}),
    ]  # fmt: skip
    assert small.staff == {"under_4": 2, "4_16": 1}
    assert small.cost_yearly == {"under_5k": 1}
    assert small.regional == ("De training.",)
    assert (large.size, large.number, large.results) == (SizeClass.L, 1, {Result.BETTER: 1})


# A municipality has one number of inhabitants.
POPULATIONS = {
    f"GM{number}": population
    for number, population in enumerate([3_900, SMALL, MIDDLE, 61_700, LARGE, 421_500, 8_700, 26_300])
}
USES = st.lists(
    st.builds(
        use,
        st.integers(1, 30),
        code=st.sampled_from(sorted(POPULATIONS)),
        stage=st.sampled_from(Stage),
        answer=st.sampled_from(Answer),
        result=st.none() | st.sampled_from(Result),
        based_on=st.none() | st.integers(1, 30),
        year=st.none() | st.integers(2015, 2026),
        staff=st.sampled_from(["", "under_4", "4_16"]),
        elements=st.lists(st.tuples(st.sampled_from(["a", "A ", "b"]), st.sampled_from(Fate))).map(tuple),
    ),
    max_size=30,
    unique_by=lambda one: one.key,
).map(lambda uses: [replace(one, population=POPULATIONS[one.code]) for one in uses])


@given(USES)
def test_whatever_happened_every_figure_is_of_what_counts(uses: list[Use]) -> None:
    running = counting(uses)
    places = {one.code for one in uses if one.counts}
    assert {one.code for one in running} == places
    assert len(running) == len(places)
    rows = scale_down(uses)
    assert sum(row.number for row in rows) == len(places)
    assert [row.size for row in rows] == list(sizes(uses))
    for row in rows:
        assert row.number == len(row.places) > 0
        assert sum(row.results.values()) <= row.number
        assert sum(row.staff.values()) <= row.number
        assert all(0 < sum(one.fates.values()) <= row.number for one in row.elements)
        assert len({one.text.strip().casefold() for one in row.elements}) == len(row.elements)


@given(USES)
def test_whatever_happened_the_chain_has_each_once_and_its_parent_before_it(uses: list[Use]) -> None:
    links = chain(uses)
    assert sorted(link.use.key for link in links) == sorted(one.key for one in uses)
    depths: dict[int | None, int] = {None: 0}
    for link in links:
        assert link.depth == depths[link.parent] + 1
        assert link.parent in (None, link.use.based_on)
        depths[link.use.key] = link.depth


@given(USES, st.integers(0, 29))
def test_seeing_more_never_takes_a_size_away(uses: list[Use], hidden: int) -> None:
    fewer = [one for place, one in enumerate(uses) if place != hidden]
    assert set(sizes(fewer)) <= set(sizes(uses))


def test_a_later_answer_changes_what_counts() -> None:
    asked = use(1, answer=Answer.ASKED)
    assert sizes([asked]) == []
    assert sizes([replace(asked, answer=Answer.CONFIRMED)]) == [SizeClass.S]
