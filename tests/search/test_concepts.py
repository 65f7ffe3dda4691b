"""From words to what is looked for: parts, other words, mistakes, and how much of it is needed. No database."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search import concepts
from search.concepts import Plan
from search.lexicon import Lexicon, Stems, build, stems_of
from search.request import parse_words

LEXICON = build(
    [
        (["azc", "asielzoekerscentrum"], [], 0.9),
        (["stalking"], ["huiselijk geweld"], 0.7),
        (["waste collection"], ["afvalinzameling"], 0.9),
        (["afvalinzameling", "vuilnis ophalen"], [], 0.7),
        (["Den Haag", "'s-Gravenhage"], [], 0.7),
    ]
)


@dataclass
class Known:
    """Everything is known but what is named here; what is common has a share."""

    unknown: set[str] = field(default_factory=set)
    common: set[str] = field(default_factory=set)
    meant: dict[str, str] = field(default_factory=dict)

    def share(self, stem: str) -> float | None:
        if stem in {one for word in self.unknown for one in stems_of(word)}:
            return None
        return 0.5 if stem in {one for word in self.common for one in stems_of(word)} else 0.01

    def corrections(self, word: str) -> Iterable[str]:
        return [self.meant[word]] if word in self.meant else []


def plan(text: str, known: Known | None = None, places: tuple[str, ...] = ()) -> Plan:
    return concepts.plan(parse_words(text), LEXICON, known or Known(), frozenset(map(stems_of, places)))


def stands_for(text: str, known: Known | None = None) -> dict[Stems, float]:
    return {one.stems: one.weight for concept in plan(text, known).needed for one in concept.alternatives}


def test_an_abbreviation_and_what_it_stands_for_lead_to_each_other() -> None:
    assert stems_of("asielzoekerscentrum") in stands_for("azc")
    assert stems_of("azc") in stands_for("asielzoekerscentra") or stems_of("azc") in stands_for("asielzoekerscentrum")


def test_the_parts_of_a_compound_are_marked_also_of_one_that_was_mended() -> None:
    typed = plan("vluchtelingenopvang")
    mended = plan(
        "vluchtelingenopvnag", Known({"vluchtelingenopvnag"}, meant={"vluchtelingenopvnag": "vluchtelingenopvang"})
    )
    assert mended.corrected == "vluchtelingenopvang"
    assert typed.marked == mended.marked >= {*stems_of("vluchtelingen"), *stems_of("opvang")}


def test_of_another_word_the_parts_are_not_marked() -> None:
    assert not plan("afvalinzameling").marked & set(stems_of("vuilnis ophalen"))
    assert not plan("stalking").marked & set(stems_of("huiselijk geweld"))


def test_some_words_lead_one_way() -> None:
    assert stems_of("huiselijk geweld") in stands_for("stalking")
    assert stems_of("stalking") not in stands_for("huiselijk geweld")


def test_another_word_counts_for_less_than_the_word_itself() -> None:
    found = stands_for("stalking")
    assert found[stems_of("stalking")] == 1.0 > found[stems_of("huiselijk geweld")]


def test_english_leads_by_way_of_dutch_to_other_dutch_words() -> None:
    found = stands_for("waste collection")
    assert found[stems_of("afvalinzameling")] > found[stems_of("vuilnis ophalen")] > 0


def test_a_compound_is_also_its_parts_together() -> None:
    found = stands_for("vluchtelingenopvang")
    assert found[stems_of("vluchteling opvang")] < found[stems_of("vluchtelingenopvang")]


def test_what_nobody_uses_is_left_out_and_named() -> None:
    made = plan("opvang tapijt", Known(unknown={"tapijt"}))
    assert [concept.text for concept in made.needed] == ["opvang"]
    assert made.unknown == ("tapijt",)
    assert not made.is_impossible
    assert plan("tapijt", Known(unknown={"tapijt"})).is_impossible


def test_a_mistake_is_mended_only_where_nobody_uses_the_word() -> None:
    known = Known(unknown={"mantelzrog"}, meant={"mantelzrog": "mantelzorg", "opvang": "omvang"})
    made = plan("mantelzrog opvang", known)
    assert made.corrected == "mantelzorg opvang"
    assert stems_of("omvang") not in {one.stems for concept in made.needed for one in concept.alternatives}


def test_a_word_that_is_everywhere_is_not_asked_for_but_counts() -> None:
    made = plan("gemeente inloop", Known(common={"gemeente"}))
    assert [concept.text for concept in made.needed] == ["inloop"]
    assert [concept.text for concept in made.extra] == ["gemeente"]
    assert [concept.text for concept in plan("gemeente", Known(common={"gemeente"})).needed] == ["gemeente"]


def test_another_subject_in_the_same_place_does_not_come_near() -> None:
    made = plan("parkeren den haag", places=("'s-Gravenhage",))
    assert len(made.needed) == made.all_needed == 2
    assert [concept.text for concept in made.near] == ["parkeren"]


@pytest.mark.parametrize(
    ("number", "all_needed", "some_needed"), [(1, 1, 1), (2, 2, 1), (3, 3, 1), (4, 3, 2), (5, 4, 2), (8, 6, 3)]
)
def test_of_a_long_question_not_every_word_is_needed(number: int, all_needed: int, some_needed: int) -> None:
    words = ["fiets", "boom", "school", "brug", "winkel", "zwembad", "theater", "museum"]
    made = plan(" ".join(words[:number]))
    assert (made.all_needed, made.some_needed) == (all_needed, some_needed)


@given(st.text(max_size=200))
def test_any_question_gives_a_plan_that_can_be_met(text: str) -> None:
    made = plan(text)
    assert made.some_needed <= max(1, len(made.near))
    assert made.all_needed <= len(made.needed)
    assert made.is_impossible == (bool(text.strip()) and not made.needed)


def test_an_empty_lexicon_leads_nowhere() -> None:
    assert Lexicon().leads == {}
