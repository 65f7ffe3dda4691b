"""From words to what is looked for: parts, other words, mistakes, and how much of it is needed. No database."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exchange.clean_text import clean_text
from exchange.municipalities.names import key
from search import concepts
from search.concepts import Plan
from search.lexicon import Lexicon, Stems, build, stems_of
from search.places import Gazetteer
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
    return concepts.plan(parse_words(text), LEXICON, known or Known(), gazetteer(*places))


def gazetteer(*names: str) -> Gazetteer:
    return Gazetteer({key(name): (f"GM{number:04}",) for number, name in enumerate(names, start=9000)})


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


@pytest.mark.parametrize(("word", "part"), [("warmtelek", "warmte"), ("gewelddadige", "geweld")])
def test_of_a_word_that_nobody_uses_one_part_comes_near_and_is_no_full_answer(word: str, part: str) -> None:
    asked = plan(f"{word} museum", Known({word}))
    concept = next(one for one in (*asked.needed, *asked.extra) if one.text == word)
    assert [one.stems for one in concept.parts] == [stems_of(part)]
    assert not concept.whole
    assert asked.unknown == ()
    # Where the word itself is used, the part says nothing.
    assert stems_of(part) not in {one.stems for concept in plan(word).needed for one in concept.alternatives}


@pytest.mark.parametrize("word", ["overlijden", "ellende", "slachtoffer", "spijbelen", "doorlichten"])
def test_a_word_without_such_a_part_is_unknown(word: str) -> None:
    assert plan(f"{word} museum", Known({word})).unknown == (word,)


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


def test_a_usual_word_is_not_asked_for_but_counts() -> None:
    made = plan("mensen inloop", Known(common={"mensen"}))
    assert [concept.text for concept in made.needed] == ["inloop"]
    assert [concept.text for concept in made.extra] == ["mensen"]
    assert [concept.text for concept in plan("mensen", Known(common={"mensen"})).needed] == ["mensen"]


def test_a_word_of_the_subject_itself_is_asked_for_however_many_have_it() -> None:
    made = plan("statushouders snel", Known(common={"statushouders"}))
    telling = {concept.text: concept.tells for concept in made.needed}
    assert "statushouders" in telling
    assert made.all_needed > telling["statushouders"] - 0.001


def test_where_nobody_uses_what_tells_usual_words_are_no_full_answer() -> None:
    lost = plan("goede ervaring koeien", Known(unknown={"koeien"}))
    assert lost.told_by_all < lost.all_needed
    kept = plan("statushouders koeien", Known(unknown={"koeien"}))
    assert kept.told_by_all >= kept.all_needed


def test_one_telling_part_of_a_compound_comes_near_and_is_no_full_answer() -> None:
    (concept,) = plan("dorpstaxi", Known(unknown={"dorpstaxi"})).needed
    assert stems_of("taxi") in {one.stems for one in concept.parts}
    assert stems_of("taxi") not in {one.stems for one in concept.whole}


def test_a_part_that_everybody_uses_all_day_tells_nothing_alone() -> None:
    (concept,) = plan("huisartsenpost", Known(unknown={"huisartsenpost"})).needed
    assert stems_of("huis") not in {one.stems for one in concept.alternatives}


def test_no_split_and_no_other_word_counts_for_more_than_the_word() -> None:
    for concept in plan("vluchtelingenopvang afvalinzameling stalking azc").needed:
        counts = [sum(one.factors) for one in concept.alternatives]
        assert max(counts) == pytest.approx(counts[0])


def test_who_does_it_and_doing_it_lead_to_each_other() -> None:
    assert stems_of("begeleiden") in stands_for("begeleider")
    assert stems_of("controleur") in stands_for("controleren")
    assert stems_of("kappen") not in stands_for("kapper")


def test_a_usual_word_does_not_lead_where_another_with_its_stem_does() -> None:
    lexicon = build([(["snelheid"], ["verkeer"], 0.7)])
    led = [concepts.plan(parse_words(text), lexicon, Known()).stems for text in ("snel", "snelheid")]
    assert [set(stems_of("verkeer")) <= stems for stems in led] == [False, True]


def test_another_subject_in_the_same_place_does_not_come_near() -> None:
    made = plan("parkeren den haag", places=("Den Haag",))
    assert [concept.is_place for concept in made.needed] == [False, True]
    assert made.has_place
    assert [concept.text for concept in made.near] == ["parkeren"]


@pytest.mark.parametrize(
    ("text", "is_place"),
    [
        ("huis bouwen", False), ("huizen bouwen", False), ("bouwen in Huizen", True), ("wonen", False),
        ("opvang bergen op zoom", True), ("Bergen op Zoom", True), ("huizen", True), ("gemeente huizen bouwen", True),
    ],
)  # fmt: skip
def test_a_place_is_what_people_call_it_and_no_usual_word(text: str, is_place: bool) -> None:
    assert plan(text, places=("Huizen", "Bergen op Zoom")).has_place is is_place


@pytest.mark.parametrize(("number", "missing"), [(1, 0), (2, 0), (3, 0), (8, 0), (12, 1)])
def test_of_a_long_question_not_every_word_is_needed(number: int, missing: int) -> None:
    words = [
        "fiets",
        "boom",
        "brug",
        "winkel",
        "zwembad",
        "theater",
        "museum",
        "tunnel",
        "kapel",
        "molen",
        "sluisje",
        "vijver",
    ]
    made = plan(" ".join(words[:number]))
    least = min(concept.tells for concept in made.needed)
    assert made.told_by_all - missing * least >= made.all_needed
    assert made.told_by_all - (missing + 1.5) * least < made.all_needed


@settings(deadline=None)  # The first word reads the lists.
@given(st.text(max_size=200))
def test_any_question_gives_a_plan_that_can_be_met(text: str) -> None:
    made = plan(text)
    assert made.least_needed <= made.some_needed <= made.told_by_all
    assert made.is_impossible == (bool(clean_text(text).strip()) and not made.needed)


def test_an_empty_lexicon_leads_nowhere() -> None:
    assert Lexicon().leads == {}
