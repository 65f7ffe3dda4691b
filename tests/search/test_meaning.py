"""Meaning beside words, in both engines: it adds below what words find, and never what a reader may not see."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from exchange.initiatives.models import InitiativePage
from exchange.sections.models import MunicipalityPage
from search import known_words
from search.meaning import making
from search.meaning.adding import MOST, NEAREST, Near, added
from search.models import Encoding, SearchedQuestion, Vector
from tests.conftest import Committed, SectionOf
from tests.factories import InitiativeFactory

from .conftest import Ask, forget_vectors
from .encoders import EncoderServer

Placed = Callable[..., None]
TITLES = ("Buurtauto", "Moestuin in de wijk", "Samen aanschuiven", "Koor van de straat")


@pytest.fixture
def place(section_of: SectionOf, committed: Committed) -> Placed:
    """Places initiatives with these titles."""

    def make(*titles: str, visibility: str = "public", municipality: str = "GM9901") -> None:
        with committed():
            for title in titles:
                InitiativeFactory(
                    parent=section_of(municipality), title=title, summary="Kort.", visibility=visibility, themes=["wmo"]
                )
        known_words.count()

    return make


def ready() -> None:
    """Every entry has a vector, and what is near is what the subject shares."""
    making.make()
    Encoding.objects.update(floor=0.5, surely=0.6)


def titles(answer: dict[str, Any]) -> list[str]:
    return [hit["title"] for hit in answer["results"]]


# --- what is added, without a database


def near(*closeness: float) -> list[Near]:
    return [Near(page_id, close, f" titel {page_id}") for page_id, close in enumerate(closeness)]


def test_what_stands_out_most_gets_most() -> None:
    found = added(near(0.9, 0.8, 0.7, 0.6), told=5.0, least=0.75, folded_question=" vraag")
    assert list(found.scores) == [0, 1, 2]
    assert found.scores[0] > found.scores[1] > found.scores[2] > 0
    assert found.pages == found.close == frozenset({0, 1})


def test_how_a_model_spreads_its_vectors_makes_no_difference() -> None:
    wide = added(near(0.9, 0.5, 0.1), told=5.0, least=0.05, folded_question="")
    narrow = added(near(0.84, 0.82, 0.80), told=5.0, least=0.05, folded_question="")
    assert list(wide.scores.values()) == pytest.approx(list(narrow.scores.values()))


def test_no_more_come_along_than_a_page_shows() -> None:
    found = added(near(*(0.9 - at / 1000 for at in range(200))), told=5.0, least=0.1, folded_question="")
    assert found.pages == frozenset(range(MOST))
    assert max(found.scores) < NEAREST


@pytest.mark.parametrize("nearest", [[], near(0.9), near(0.9, 0.9, 0.9)])
def test_where_nothing_stands_out_no_score_is_added(nearest: list[Near]) -> None:
    assert added(nearest, told=5.0, least=0.5, folded_question="").scores == {}


# --- in both engines


def test_what_no_word_finds_is_found_by_meaning(encoder: EncoderServer, place: Placed, ask: Ask) -> None:
    place(*TITLES)
    ready()
    answer = ask(q="chauffeur gezocht")
    assert titles(answer) == ["Buurtauto"]
    assert answer["count"] == 1
    assert {value["value"]: value["count"] for value in answer["facets"]["kind"]} == {"initiative": 1}


def test_words_come_first(encoder: EncoderServer, place: Placed, ask: Ask) -> None:
    place(*TITLES, "Een wagen voor de straat")
    ready()
    answer = ask(q="wagen voor de straat")
    assert titles(answer)[0] == "Een wagen voor de straat"
    assert set(titles(answer)) == {"Een wagen voor de straat", "Koor van de straat", "Buurtauto"}


def test_where_words_find_enough_the_encoder_is_not_asked(encoder: EncoderServer, place: Placed, ask: Ask) -> None:
    place(*(f"Zingen in het koor {number}" for number in range(10)), "Piano")
    ready()
    asked = len(encoder.asked)
    assert len(titles(ask(q="koor"))) == 10
    assert len(encoder.asked) == asked


@pytest.mark.parametrize(
    "question",
    [
        '"wagen zonder bestuurder"',
        "wagen -bus",
        "wagen waterhoven",
        "Buurtauto",
        "buurtAUTO",
        "?!",
        "a",
        "12345",
        "w x",
    ],
)
def test_who_says_exactly_what_is_wanted_gets_nothing_like_it(
    encoder: EncoderServer, place: Placed, ask: Ask, question: str, settings: Settings
) -> None:
    place(*TITLES, "Ritten")
    ready()
    found = ask(q=question)
    settings.MEANING = False
    assert titles(found) == titles(ask(q=question))


def test_another_order_than_by_relevance_has_no_meaning_in_it(encoder: EncoderServer, place: Placed, ask: Ask) -> None:
    place(*TITLES)
    ready()
    assert ask(q="chauffeur", sort="newest")["count"] == 0


@pytest.mark.parametrize("question", ["kwantummechanica", "kwantummechanica van gisteren", "x" * 400, "qqqq wwww"])
def test_a_question_about_nothing_here_finds_nothing(
    encoder: EncoderServer, place: Placed, ask: Ask, question: str
) -> None:
    place(*TITLES)
    ready()
    assert ask(q=question)["count"] == 0


def test_counts_are_true_whatever_the_filters(encoder: EncoderServer, place: Placed, ask: Ask) -> None:
    place("Buurtauto", "Ritten")
    place("Chauffeurs van het dorp met een auto", "Moestuin", municipality="GM9910")
    ready()
    everything = ask(q="dorpstaxi gezocht")
    assert everything["count"] == len(everything["results"]) == 3
    counted = {one["value"]: one["count"] for one in everything["facets"]["municipality"]}
    assert counted == {"GM9901": 2, "GM9910": 1}
    for code, number in counted.items():
        some = ask(q="dorpstaxi gezocht", municipality=code)
        assert some["count"] == len(some["results"]) == number
        assert {one["value"]: one["count"] for one in some["facets"]["municipality"]} == counted


def test_pages_of_an_answer_hold_everything_once(encoder: EncoderServer, place: Placed, ask: Ask) -> None:
    place("Buurtauto", "Ritten", "Een auto lenen", "Auto delen", "Vervoer")
    ready()
    pages = [titles(ask(q="chauffeur gezocht", page=page, page_size=2)) for page in (1, 2, 3)]
    assert sorted(title for page in pages for title in page) == sorted(titles(ask(q="chauffeur gezocht")))


def test_it_is_said_that_something_is_only_like_the_question(
    encoder: EncoderServer, place: Placed, build: Callable[[], None]
) -> None:
    place(*TITLES)
    ready()
    build()
    page = Client().get("/zoeken/", {"q": "chauffeur"}).content.decode()
    assert "Lijkt hierop qua betekenis." in page
    assert "Dit lijkt erop qua betekenis:" in page
    # What is not there is what the exchange lacks, whatever is like it.
    assert SearchedQuestion.objects.get(question="chauffeur").found_nothing
    assert "Lijkt hierop" not in Client().get("/zoeken/", {"q": "moestuin"}).content.decode()


FAILURES: dict[str, Callable[[EncoderServer], object]] = {
    "away": lambda encoder: encoder.stop(),
    "failing": lambda encoder: setattr(encoder, "status", 500),
    "nonsense": lambda encoder: setattr(encoder, "instead", b"<html>"),
    "another length": lambda encoder: setattr(encoder, "dimensions", 7),
    "another model": lambda encoder: setattr(encoder, "model", "another"),
    "slow": lambda encoder: setattr(encoder, "delay", 2.0),
}


@pytest.mark.parametrize("failure", FAILURES)
def test_while_the_encoder_fails_words_answer_alone(
    encoder: EncoderServer,
    place: Placed,
    ask: Ask,
    failure: str,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr("search.meaning.by_address.QUESTION_TIMEOUT", 0.2)
    place(*TITLES)
    ready()
    with monkeypatch.context():
        settings.MEANING = False
        expected = ask(q="koor met chauffeur")
        settings.MEANING = True
    FAILURES[failure](encoder)
    for _ in range(3):
        assert ask(q="koor met chauffeur") == expected
    assert [record.message.endswith("words alone.") for record in caplog.records].count(True) == 1
    if failure == "away":
        # Stopped twice is once too many.
        monkeypatch.setattr(encoder, "stop", lambda: None)


# --- rights


@pytest.mark.parametrize("visibility", ["own", "members"])
def test_a_hidden_text_changes_no_rank_count_or_suggestion(
    encoder: EncoderServer, place: Placed, ask: Ask, build: Callable[[], None], visibility: str
) -> None:
    place("Buurtauto", "Ritten van de buurt", "Auto met koor", "Moestuin met auto", "Samen aanschuiven")
    ready()
    questions = ["chauffeur gezocht", "dorpstaxi", "wagen voor de buurt", "soep", "auto", "rijbewijs halen"]
    before = {question: ask(q=question) for question in questions}
    suggested = {question: Client().get("/api/v1/suggest", {"q": question}).json() for question in questions}
    # Nearer to these questions than anything else, and more than are looked at.
    place(*(f"Chauffeur rijbewijs vervoer wagen soep {number}" for number in range(NEAREST + 5)), visibility=visibility)
    making.make()
    build()
    assert Vector.objects.count() == NEAREST + 10
    for question in questions:
        assert ask(q=question) == before[question]
        assert Client().get("/api/v1/suggest", {"q": question}).json() == suggested[question]


def test_how_near_is_near_is_measured_by_what_is_public(encoder: EncoderServer, place: Placed) -> None:
    place(*TITLES)
    making.make()
    before = Encoding.objects.get()
    place(*(text for text in making._other_subjects()), visibility="own")
    making.make()
    making.measure_again()
    after = Encoding.objects.get()
    assert (after.floor, after.surely) == (before.floor, before.surely)


def test_what_is_hidden_after_it_was_read_is_not_found(
    encoder: EncoderServer,
    place: Placed,
    waterhoven: MunicipalityPage,
    committed: Committed,
    ask: Ask,
    build: Callable[[], None],
) -> None:
    place(*TITLES)
    ready()
    assert titles(ask(q="chauffeur gezocht")) == ["Buurtauto"]
    with committed():
        page = InitiativePage.objects.get(title="Buurtauto")
        page.visibility = "own"
        page.save_revision().publish()
    build()
    assert ask(q="chauffeur gezocht")["count"] == 0


def test_without_an_encoder_search_is_as_it_was(
    encoder: EncoderServer, place: Placed, ask: Ask, settings: Settings
) -> None:
    place(*TITLES)
    ready()
    settings.MEANING = False
    forget_vectors()
    asked = len(encoder.asked)
    assert ask(q="chauffeur gezocht")["count"] == 0
    assert titles(ask(q="koor")) == ["Koor van de straat"]
    assert len(encoder.asked) == asked
