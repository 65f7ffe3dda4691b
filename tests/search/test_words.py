"""Words as people type them and as they stand in texts, on both engines: forms, endings, hyphens, accents, places."""

from __future__ import annotations

import unicodedata
from typing import Any

import pytest
from django.test import Client

from exchange.accounts.viewer import VISITOR
from exchange.sections.models import MunicipalityPage
from search import known_words
from search.known_words import DatabaseKnownWords
from tests.conftest import Committed, SectionOf
from tests.factories import DepartmentFactory, InitiativeFactory

from .conftest import Ask

SHY, JOINER = "\u00ad", "\u200b"


def titles(answer: dict[str, Any]) -> list[str]:
    return [result["title"] for result in answer["results"]]


def test_a_text_is_found_however_its_letters_were_typed(
    waterhoven: MunicipalityPage, committed: Committed, ask: Ask
) -> None:
    composed = "Coördinatrice op het zeeëgelstrand"
    with committed():
        InitiativeFactory(parent=waterhoven, title=unicodedata.normalize("NFD", composed), summary="De reünie.")
        InitiativeFactory(parent=waterhoven, title=f"Zwem{SHY}bad{SHY}handdoek", summary=f"Kruiken{JOINER}zakken.")
    for asked in ("coördinatrice", unicodedata.normalize("NFD", "coördinatrice"), "COÖRDINATRICE", "coordinatrice"):
        assert len(titles(ask(q=asked))) == 1, asked
    for asked in (
        "zwembadhanddoek",
        f"zwem{SHY}badhanddoek",
        "kruikenzakken",
        f"kruiken{JOINER}zakken",
        "zeeëgelstrand",
    ):
        assert len(titles(ask(q=asked))) == 1, asked


def test_abbreviations_are_found_by_who_is_named_after_them(
    waterhoven: MunicipalityPage, committed: Committed, ask: Ask
) -> None:
    with committed():
        InitiativeFactory(
            parent=waterhoven,
            title="Spreekuur voor zzp'ers",
            summary="Ook AOW’ers, hbo-ers, GGD'en en MKBers.",
        )
    for asked in ("zzp", "zzp'er", "zzpers", "AOW", "aow-er", "hbo", "GGD spreekuur", "mkb"):
        assert titles(ask(q=asked)) == ["Spreekuur voor zzp'ers"], asked


def test_what_hyphens_join_is_found_as_one_word(waterhoven: MunicipalityPage, committed: Committed, ask: Ask) -> None:
    with committed():
        InitiativeFactory(
            parent=waterhoven, title="E-health in de zij-instroom", summary="Met een buurt-app en een bus-lijn."
        )
    for asked in ("ehealth", "e-health", "zijinstroom", "zij-instroom", "buurtapp", "buslijn"):
        assert len(titles(ask(q=asked))) == 1, asked


@pytest.mark.parametrize("asked", ["huis", "wonen", "huizen bouwen"])
def test_a_usual_word_does_not_find_all_of_a_municipality_with_that_name(
    section_of: SectionOf, committed: Committed, ask: Ask, asked: str
) -> None:
    with committed():
        InitiativeFactory(parent=section_of("GM0406"), title="Fietsles in de avond", summary="Met koffie.")
    assert titles(ask(q=asked)) == []
    assert titles(ask(q="Huizen")) == ["Fietsles in de avond"]


@pytest.mark.parametrize(
    "asked",
    ["Den Haag", "den haag", "'s-Gravenhage", "’s Gravenhage", "GM518", "gm0518", "fietsles den haag", "Zuid-Holland"],
)
def test_a_place_is_found_by_every_name_that_people_use(
    section_of: SectionOf, committed: Committed, ask: Ask, asked: str
) -> None:
    with committed():
        InitiativeFactory(parent=section_of("GM0518"), title="Fietsles", summary="Met koffie.")
        InitiativeFactory(parent=section_of("GM0344"), title="Zwemles", summary="Met thee.")
    assert titles(ask(q=asked))[:1] == ["Fietsles"]


def test_a_word_that_exists_is_not_mended(waterhoven: MunicipalityPage, committed: Committed) -> None:
    with committed():
        InitiativeFactory(parent=waterhoven, title="Meemaken en patiënten", summary="Therapeut en lerares.")
        known_words.count()
    for word in ("meegemaakt", "female", "patients", "therapy", "leraar"):
        assert list(DatabaseKnownWords(VISITOR).corrections(word)) == [], word


@pytest.mark.parametrize("asked", ["Den Bosch", "’s-Hertogenbosch", "GM796", "gemeente den bosch"])
def test_the_name_of_a_municipality_alone_gives_its_page_first(
    section_of: SectionOf, committed: Committed, asked: str
) -> None:
    with committed():
        InitiativeFactory(parent=section_of("GM0796"), title="Fietsles in de wijk")
    page = Client().get("/zoeken/", {"q": asked})
    (first, *_others) = page.context["sections"]
    assert first.title == "'s-Hertogenbosch"
    assert page.content.decode().index(first.path) < page.content.decode().index("Fietsles in de wijk")


def test_a_department_is_found_by_its_name(waterhoven: MunicipalityPage, committed: Committed) -> None:
    with committed():
        DepartmentFactory(parent=waterhoven, title="Team Nieuwkomers")
    for asked in ("team nieuwkomers", "nieuwkomer"):
        (found,) = Client().get("/zoeken/", {"q": asked}).context["sections"]
        assert (found.title, found.municipality) == ("Team Nieuwkomers", "Waterhoven")
    assert [one["text"] for one in Client().get("/api/v1/suggest?q=nieuwk").json() if one["kind"] == "team"] == [
        "Team Nieuwkomers"
    ]


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Den Haag", "'s-Gravenhage"), ("den b", "'s-Hertogenbosch"), ("snee", "Súdwest-Fryslân"),
        ("leeuwa", "Leeuwarden"), ("Hoofddorp", "Haarlemmermeer"), ("Franekera", "Waadhoeke"),
        ("’s-gravenh", "'s-Gravenhage"),
    ],
)  # fmt: skip
def test_a_municipality_is_suggested_by_every_name_that_people_use(
    section_of: SectionOf, typed: str, name: str
) -> None:
    found = [one["text"] for one in Client().get("/api/v1/suggest", {"q": typed}).json()]
    assert name in found


@pytest.mark.parametrize("value", ["Den Haag", "GM0518", "gm518", "'s-Gravenhage", "Gemeente Den Haag"])
def test_a_filter_takes_every_name_of_a_municipality(section_of: SectionOf, committed: Committed, value: str) -> None:
    with committed():
        InitiativeFactory(parent=section_of("GM0518"), title="Fietsles")
        InitiativeFactory(parent=section_of("GM0344"), title="Zwemles")
    answer = Client().get("/api/v1/search", {"municipality": value}).json()
    assert titles(answer) == ["Fietsles"]
