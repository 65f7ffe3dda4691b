"""The score of the words of a question: of each concept the best of what may stand for it, weighed by rarity."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.alternatives import Alternative
from search.concepts import Concept, Plan
from search.scoring import score


def stands_for(*stems: str, counts: float = 1.0, covers: float = 1.0) -> Alternative:
    return Alternative(stems, counts, covers=covers, factors=tuple(counts / len(stems) for _ in stems))


SHELTER = Concept("opvang", (stands_for("opvang"), stands_for("onderdak", counts=0.7)))
REFUGEES = Concept("vluchtelingenopvang", (stands_for("vluchteling", "opvang", counts=0.8),))
TOWN = Concept("gemeente", (stands_for("gemeente", counts=0.2),), tells=0.2)
CENTRE = Concept("azc", (stands_for("azc"), stands_for("asiel", counts=0.4, covers=0.5)), tells=3.0)


def plan(
    *needed: Concept, extra: tuple[Concept, ...] = (), all_needed: float = 1, some_needed: float = 1, least: float = 0
) -> Plan:
    return Plan(
        needed=needed, extra=extra, near=needed, all_needed=all_needed, some_needed=some_needed, least_needed=least
    )


def test_the_best_of_what_may_stand_for_a_word_counts() -> None:
    found = score(plan(SHELTER), {"opvang": {1: 2.0, 2: 0.1}, "onderdak": {2: 3.0, 3: 1.0}})
    assert found.words == pytest.approx({1: 2.0, 2: 0.7 * 3.0, 3: 0.7})


def test_parts_that_stand_for_a_word_together_count_only_together() -> None:
    postings = {"vluchteling": {1: 1.0, 2: 1.0}, "opvang": {2: 2.0, 3: 1.0, 4: 1.0}}
    found = score(plan(REFUGEES), postings)
    assert found.words == pytest.approx({2: 0.4 * (1.0 + 2.0)})
    assert not score(plan(REFUGEES), {"opvang": {1: 1.0}}).words


def test_a_general_word_moves_up_and_finds_nothing() -> None:
    asked = plan(SHELTER, extra=(TOWN,))
    found = score(asked, {"opvang": {1: 1.0, 2: 1.0}, "gemeente": {2: 1.0, 3: 1.0}})
    assert found.words[2] > found.words[1]
    assert found.full(asked) == found.coming_near(asked, 10) == {1, 2}


def test_what_comes_near_is_what_tells_and_not_how_many_words_it_has() -> None:
    asked = plan(SHELTER, TOWN, CENTRE, all_needed=4.2, some_needed=2.5, least=2.5)
    postings = {"opvang": {1: 1.0, 2: 1.0}, "gemeente": {1: 1.0, 2: 1.0}, "azc": {1: 1.0, 3: 1.0}}
    found = score(asked, postings)
    assert found.full(asked) == {1}
    assert found.coming_near(asked, 10) == {1, 3}


def test_a_part_alone_comes_near_and_is_no_full_answer() -> None:
    asked = plan(CENTRE, all_needed=3.0, some_needed=1.0)
    found = score(asked, {"azc": {1: 1.0}, "asiel": {1: 1.0, 2: 5.0}})
    assert found.full(asked) == {1}
    assert found.coming_near(asked, 10) == {1, 2}


def test_where_few_come_near_the_next_ones_do_that_share_something_that_tells() -> None:
    asked = plan(SHELTER, CENTRE, all_needed=4.0, some_needed=3.5, least=0.5)
    found = score(asked, {"opvang": dict.fromkeys(range(1, 6), 1.0), "azc": dict.fromkeys(range(5, 9), 1.0)})
    assert found.coming_near(asked, 4) == {5, 6, 7, 8}
    assert found.coming_near(asked, 10) == set(range(1, 9))


WEIGHTS = st.dictionaries(st.integers(1, 8), st.floats(0.01, 9), max_size=8)


@given(postings=st.dictionaries(st.sampled_from(["opvang", "onderdak", "vluchteling", "gemeente"]), WEIGHTS))
def test_nothing_is_found_without_its_words(postings: dict[str, dict[int, float]]) -> None:
    asked = plan(SHELTER, REFUGEES, extra=(TOWN,), all_needed=2)
    found = score(asked, postings)
    has = {stem: set(postings.get(stem, {})) for stem in ("opvang", "onderdak", "vluchteling", "gemeente")}
    shelter, refugees = has["opvang"] | has["onderdak"], has["opvang"] & has["vluchteling"]
    assert found.full(asked) == shelter & refugees
    assert found.coming_near(asked, 100) == shelter | refugees
    assert set(found.words) == shelter | refugees | has["gemeente"]
    assert all(weight > 0 for weight in found.words.values())
