"""What both engines answer: the right hits in the right order, and facets with true counts."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from exchange.contributions.models import Contribution
from exchange.sections.models import MunicipalityPage
from search.models import Entry, WordGroup
from tests.conftest import Committed, SectionOf
from tests.factories import InitiativeFactory, LessonFactory

from .conftest import Ask


def titles(answer: dict[str, Any]) -> list[str]:
    return [result["title"] for result in answer["results"]]


def counts(answer: dict[str, Any], facet: str) -> dict[str, int]:
    return {value["value"]: value["count"] for value in answer["facets"][facet]}


@pytest.fixture
def library(section_of: SectionOf, committed: Committed) -> list[Contribution]:
    """Twelve contributions over four municipalities of four sizes, three themes and three phases."""
    places = ["GM9901", "GM9910", "GM9911", "GM9903"]
    themes = ["inburgering", "taal-leren", "wmo"]
    phases = ["running", "pilot", "stopped"]
    with committed():
        return [
            InitiativeFactory(
                parent=section_of(places[number % 4]),
                title=f"Taalles nummer {number}",
                summary="Opvang van vluchtelingen met koffie.",
                themes=[themes[number % 3]],
                phase=phases[number % 3],
                stopped_reason="De subsidie liep af.",
                target_groups=["statushouders"] if number % 2 else ["lvb"],
            )
            for number in range(12)
        ]


def test_all_words_must_be_there_in_any_inflection(library: list[Contribution], ask: Ask) -> None:
    assert ask(q="vluchteling opvangen")["count"] == 12
    assert ask(q="tapijt")["count"] == 0


def test_a_word_that_nobody_uses_is_left_out_and_said(library: list[Contribution], ask: Ask) -> None:
    assert ask(q="vluchteling tapijt")["count"] == 12
    assert "<strong>tapijt</strong>" in Client().get("/zoeken/?q=vluchteling+tapijt").content.decode()


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ('"opvang van vluchtelingen"', 12),
        ('"vluchtelingen van opvang"', 0),
        ("taalles -opvang", 0),
        ("taalles -tapijt", 12),
        ("OPVÁNG", 12),
        ("brede intake", 4),
    ],
)
def test_phrases_minus_diacritics_and_synonyms(
    library: list[Contribution], ask: Ask, asked: str, expected: int
) -> None:
    assert ask(q=asked)["count"] == expected


def test_a_word_in_the_title_counts_for_more(waterhoven: MunicipalityPage, committed: Committed, ask: Ask) -> None:
    with committed():
        InitiativeFactory(parent=waterhoven, title="Iets anders", summary="Met een fietscoach erbij en nog veel meer.")
        InitiativeFactory(parent=waterhoven, title="Fietscoach", summary="Voor wie wil leren.")
        InitiativeFactory(
            parent=waterhoven, title="Nog iets", approach=[("text", "<p>" + "woord " * 200 + "fietscoach</p>")]
        )
    assert titles(ask(q="fietscoach")) == ["Fietscoach", "Iets anders", "Nog iets"]
    scores = [result["score"] for result in ask(q="fietscoach")["results"]]
    assert scores == sorted(scores, reverse=True)
    assert scores[-1] > 0


def test_every_facet_value_returns_exactly_its_count(library: list[Contribution], ask: Ask) -> None:
    for parameters in ({}, {"q": "opvang"}, {"size": ["s", "xl"], "theme": "inburgering"}):
        answer = ask(**parameters)
        checked = 0
        for facet, found in answer["facets"].items():
            for value in found:
                others = {name: chosen for name, chosen in parameters.items() if name != facet}
                assert ask(**others, **{facet: value["value"]})["count"] == value["count"], (facet, value)
                assert value["label"]
                checked += 1
        assert checked > 10


def test_a_facet_is_counted_with_every_other_filter_and_not_its_own(library: list[Contribution], ask: Ask) -> None:
    answer = ask(size="s")
    assert answer["count"] == 3
    assert counts(answer, "size") == {"xs": 3, "s": 3, "l": 3, "xl": 3}
    assert sum(counts(answer, "phase").values()) == 3


def test_values_of_one_filter_add_up_and_filters_narrow(library: list[Contribution], ask: Ask) -> None:
    assert ask(size=["s", "xl"])["count"] == 6
    assert ask(size=["s", "xl"], theme="inburgering")["count"] == 2
    assert ask(province="PV26")["count"] == 3
    assert ask(region="VR09", target="lvb")["count"] == ask(municipality="GM9910", target="lvb")["count"]


def test_a_broad_theme_includes_its_narrower_ones(library: list[Contribution], ask: Ask) -> None:
    assert ask(theme="meedoen-en-inburgeren")["count"] == 8


@pytest.mark.parametrize(
    ("low", "high", "expected"), [(24_100, 24_100, 3), (None, 20_000, 3), (100_000, None, 6), (24_101, 100_000, 0)]
)
def test_inhabitants_as_a_range(
    library: list[Contribution], ask: Ask, low: int | None, high: int | None, expected: int
) -> None:
    bounds = {"inhabitants_min": low, "inhabitants_max": high}
    assert ask(**{name: bound for name, bound in bounds.items() if bound is not None})["count"] == expected


def test_the_newest_or_the_last_confirmed_first(waterhoven: MunicipalityPage, committed: Committed, ask: Ask) -> None:
    with committed():
        for title, day in (("Eerst", "2026-03-01"), ("Dan", "2026-05-01"), ("Nooit", None)):
            InitiativeFactory(parent=waterhoven, title=title, confirmed_at=day)
    assert titles(ask(sort="newest")) == ["Nooit", "Dan", "Eerst"]
    assert titles(ask(sort="confirmed")) == ["Dan", "Eerst", "Nooit"]


def test_pages_follow_each_other_without_gap_or_repeat(library: list[Contribution], ask: Ask) -> None:
    pages = [ask(q="opvang", page_size=5, page=page) for page in (1, 2, 3)]
    found = [result["id"] for page in pages for result in page["results"]]
    assert len(found) == len(set(found)) == 12
    assert [len(page["results"]) for page in pages] == [5, 5, 2]


def test_a_lesson_is_found_by_how_it_ended(waterhoven: MunicipalityPage, committed: Committed, ask: Ask) -> None:
    with committed():
        LessonFactory(parent=waterhoven, title="Brief", advice="<p>Ga eerst langs.</p>", outcome="did_not_work")
    assert titles(ask(q="langs", kind="lesson")) == ["Brief"]
    assert ask(q="langs")["results"][0]["highlights"] == ["Ga eerst <mark>langs</mark>."]


def test_the_kinds_of_what_is_found_are_told(library: list[Contribution], ask: Ask) -> None:
    result = ask(municipality="GM9910")["results"][0]
    assert result["municipality"] == {"code": "GM9910", "name": "Veldersloot"}
    assert result["size"] == "s"
    assert result["kind"] == "initiative"
    assert result["url"].startswith("http://testserver/gemeenten/veldersloot/")


@pytest.fixture
def shelf(section_of: SectionOf, committed: Committed) -> None:
    """Contributions whose words people ask for in other words."""
    waterhoven = section_of("GM9901")
    with committed():
        for title, summary in (
            ("Opvang van vluchtelingen in het dorp", "Met een vast gezicht."),
            ("Netwerkaanpak schulden", "Zes organisaties aan tafel."),
            ("Migrantenadviesraad", "Twaalf inwoners geven advies."),
            ("Verkeerslichten die meedenken", "Minder wachten bij het kruispunt."),
            ("Hulp aan mantelzorgers", "Een middag vrij in de week."),
            ("Raadsvergadering op film", "Iedereen kan terugkijken."),
        ):
            LessonFactory(parent=waterhoven, title=title, summary=summary, themes=["wmo"])


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("vluchtelingenopvang", "Opvang van vluchtelingen in het dorp"),
        ("netwerkaanpakken", "Netwerkaanpak schulden"),
        ("schuldenaanpak", "Netwerkaanpak schulden"),
        ("adviesraad van migranten", "Migrantenadviesraad"),
        ("stoplicht", "Verkeerslichten die meedenken"),
        ("traffic lights", "Verkeerslichten die meedenken"),
        ("informal carers", "Hulp aan mantelzorgers"),
        ("mantelzrog", "Hulp aan mantelzorgers"),
        ("vluchtelingenopvnag", "Opvang van vluchtelingen in het dorp"),
        ("hoe zorg je voor opvang van een vluchteling", "Opvang van vluchtelingen in het dorp"),
        ("waterhoven mantelzorg", "Hulp aan mantelzorgers"),
    ],
)
def test_what_is_asked_in_other_words_is_found(shelf: None, ask: Ask, asked: str, expected: str) -> None:
    assert titles(ask(q=asked))[:1] == [expected]


@pytest.mark.parametrize(
    ("asked", "not_expected"),
    [
        ("raam", "Raadsvergadering op film"),
        ("huwelijksdwang", "Verkeerslichten die meedenken"),
        ("omvang", "Opvang van vluchtelingen in het dorp"),
    ],
)
def test_another_word_is_not_what_was_asked(shelf: None, ask: Ask, asked: str, not_expected: str) -> None:
    assert not_expected not in titles(ask(q=asked))


def test_a_mistyped_question_says_what_was_searched(shelf: None, ask: Ask) -> None:
    assert ask(q="mantelzrogers in waterhoven")["did_you_mean"] == "mantelzorgers in waterhoven"
    assert ask(q="mantelzorger")["did_you_mean"] is None


def test_a_word_of_editors_works_at_once_and_without_a_rebuild(shelf: None, ask: Ask) -> None:
    assert ask(q="seinpaal")["count"] == 0
    WordGroup.objects.create(words="seinpaal", leads_to="verkeerslicht")
    assert titles(ask(q="seinpaal")) == ["Verkeerslichten die meedenken"]


def test_what_has_all_words_stands_above_what_comes_near(shelf: None, ask: Ask) -> None:
    found = titles(ask(q="schulden netwerkaanpak verkeerslichten"))
    assert set(found) == {"Netwerkaanpak schulden", "Verkeerslichten die meedenken"}
    page = Client().get("/zoeken/?q=schulden+netwerkaanpak+dorp+vluchtelingen").content.decode()
    assert "Niets heeft al je woorden" in page


def test_only_municipalities_like_one(library: list[Contribution], ask: Ask) -> None:
    found = {result["municipality"]["code"] for result in ask(like="GM9910")["results"]}
    assert "GM9910" not in found
    assert "GM9901" not in found  # 312,400 inhabitants next to 24,100


def test_a_more_complete_contribution_stands_higher_among_equals(
    section_of: SectionOf, committed: Committed, ask: Ask
) -> None:
    results, trust = [("text", "<p>Het werkt.</p>")], "<p>Wij bellen aan.</p>"
    with committed():
        InitiativeFactory(parent=section_of("GM9901"), title="Buurttuin", results=results, trust=trust)
        InitiativeFactory(parent=section_of("GM9910"), title="Buurttuin")
    entries = {entry.page_id: entry.completeness for entry in Entry.objects.all()}
    ranked = [entries[result["id"]] for result in ask(q="buurttuin")["results"]]
    assert ranked == sorted(ranked, reverse=True)
    assert ranked[0] > ranked[1]
