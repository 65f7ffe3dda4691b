"""The score of the words of a question: of each concept the best of what may stand for it, weighed by rarity."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.concepts import Alternative, Concept, Plan
from search.scoring import score

SHELTER = Concept("opvang", (Alternative(("opvang",), 1.0), Alternative(("onderdak",), 0.7)))
REFUGEES = Concept("vluchtelingenopvang", (Alternative(("vluchteling", "opvang"), 0.8),))
TOWN = Concept("gemeente", (Alternative(("gemeente",), 1.0),), is_common=True)


def rarity(number: int, total: int) -> float:
    return math.log(1 + (total - number + 0.5) / (number + 0.5))


def plan(*needed: Concept, extra: tuple[Concept, ...] = (), all_needed: int = 1, some_needed: int = 1) -> Plan:
    return Plan(needed=needed, extra=extra, near=needed, all_needed=all_needed, some_needed=some_needed)


def test_the_best_of_what_may_stand_for_a_word_counts() -> None:
    found = score(plan(SHELTER), {"opvang": {1: 2.0, 2: 0.1}, "onderdak": {2: 3.0, 3: 1.0}}, 10)
    common = rarity(2, 10)
    assert found.words == pytest.approx({1: 2.0 * common, 2: 0.7 * 3.0 * common, 3: 0.7 * common})


def test_parts_count_only_together() -> None:
    postings = {"vluchteling": {1: 1.0, 2: 1.0}, "opvang": {2: 2.0, 3: 1.0, 4: 1.0}}
    found = score(plan(REFUGEES), postings, 10)
    assert found.words == pytest.approx({2: 0.8 * (rarity(2, 10) + 2.0 * rarity(3, 10))})
    assert not score(plan(REFUGEES), {"opvang": {1: 1.0}}, 10).words


def test_a_common_word_moves_up_and_finds_nothing() -> None:
    asked = plan(SHELTER, extra=(TOWN,))
    found = score(asked, {"opvang": {1: 1.0, 2: 1.0}, "gemeente": {2: 1.0, 3: 1.0}}, 10)
    assert found.words[2] > found.words[1]
    assert found.full(asked) == found.coming_near(asked) == {1, 2}


def test_what_has_less_than_all_comes_near() -> None:
    asked = plan(SHELTER, TOWN, Concept("azc", (Alternative(("azc",), 1.0),)), all_needed=3, some_needed=2)
    postings = {"opvang": {1: 1.0, 2: 1.0}, "gemeente": {1: 1.0, 2: 1.0, 3: 1.0}, "azc": {1: 1.0}}
    found = score(asked, postings, 10)
    assert found.full(asked) == {1}
    assert found.coming_near(asked) == {1, 2}


WEIGHTS = st.dictionaries(st.integers(1, 8), st.floats(0.01, 9), max_size=8)


@given(
    postings=st.dictionaries(st.sampled_from(["opvang", "onderdak", "vluchteling", "gemeente"]), WEIGHTS),
    total=st.integers(8, 1000),
)
def test_nothing_is_found_without_its_words(postings: dict[str, dict[int, float]], total: int) -> None:
    asked = plan(SHELTER, REFUGEES, extra=(TOWN,), all_needed=2)
    found = score(asked, postings, total)
    has = {stem: set(postings.get(stem, {})) for stem in ("opvang", "onderdak", "vluchteling", "gemeente")}
    shelter, refugees = has["opvang"] | has["onderdak"], has["opvang"] & has["vluchteling"]
    assert found.full(asked) == shelter & refugees
    assert found.coming_near(asked) == shelter | refugees
    assert set(found.words) == shelter | refugees | has["gemeente"]
    assert all(weight > 0 for weight in found.words.values())
