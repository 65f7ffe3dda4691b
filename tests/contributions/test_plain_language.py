"""Advice for plain Dutch: what is hard is said, and what is plain is left alone."""

from __future__ import annotations

import pytest

from exchange.contributions.plain_language import advise, plain_words


def said(text: str) -> list[tuple[str, str]]:
    return [(advice.words, advice.text) for advice in advise([("samenvatting", text)])]


def test_a_long_sentence_is_counted() -> None:
    long = "woord " * 25 + "einde."
    ((start, text),) = said(f"Kort. {long} Ook kort.")
    assert start == "woord woord woord woord woord woord…"
    assert "26 woorden" in text
    assert said("woord " * 24 + "einde.") == []


@pytest.mark.parametrize(("text", "plain"), [("Wij Implementeren dit.", "invoeren"), ("Tevens helpen wij.", "ook")])
def test_a_hard_word_gets_a_plainer_one(text: str, plain: str) -> None:
    assert plain in said(text)[0][1]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Wij helpen AMV in het azc.", ["AMV"]), ("Een AMV (alleenstaande minderjarige) en nog een AMV.", []),
        ("Alleenstaande minderjarigen (AMV) wonen hier.", []), ("De GGD helpt.", []), ("AMV en AMV", ["AMV"]),
        ("De Wmo en het azc", []),
    ],
)  # fmt: skip
def test_an_abbreviation_is_explained_once(text: str, words: list[str]) -> None:
    assert [word for word, _ in said(text)] == words


def test_plain_text_gets_no_advice() -> None:
    assert said("Elke dinsdag is er koffie. Een vast gezicht helpt bij vragen. Wie wil, belt ons.") == []


def test_the_list_advises_no_word_that_it_calls_hard() -> None:
    hard = plain_words()
    assert not [plain for plain in hard.values() if any(word in hard for word in plain.split())]
