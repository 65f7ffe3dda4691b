"""Behaviour of the Dutch words: what finds what. Never which stem."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from search import dutch
from search.compounds import is_word, split
from search.stemming import base_word


def stems(text: str) -> set[str]:
    return {stem for word in dutch.words(text) for stem in (word.stem, *word.parts)}


@pytest.mark.parametrize(
    ("asked", "written"),
    [
        ("fiets", "fietsen"), ("gemeente", "gemeenten"), ("Oekraïne", "oekraine"), ("ontmoeten", "ontmoet"),
        ("statushouder", "statushouders"), ("coördinator", "coordinator"), ("vluchtelingen", "vluchteling"),
        ("azc", "azc's"), ("SLEUTELPERSOON", "sleutelpersoon"), ("anonimiseren", "anonimisering"),
        ("schuld", "schulden"), ("sociaal", "sociale"), ("adres", "adressen"), ("huis", "huizen"), ("ouder", "ouders"),
        ("seksueel", "seksuele"), ("bus", "bussen"), ("veld", "velden"), ("aanpak", "aanpakt"), ("lopen", "loopt"),
        ("organiseren", "organisatie"), ("georganiseerd", "organisatie"), ("verhuizen", "verhuist"),
        ("melden", "melding"),
        ("uithuwelijken", "uitgehuwelijkt"), ("parkeren", "geparkeerd"), ("registratie", "registreren"),
    ],
)  # fmt: skip
def test_an_inflection_finds_the_word(asked: str, written: str) -> None:
    assert stems(asked) & stems(written)


@pytest.mark.parametrize(
    ("asked", "written"),
    [
        ("raad", "raam"),
        ("opvang", "opvoeding"),
        ("over", "overlast"),
        ("wang", "huwelijksdwang"),
        ("plaats", "plaat"),
        ("beleid", "begeleiding"),
    ],
)
def test_another_word_is_not_found(asked: str, written: str) -> None:
    assert not stems(asked) & stems(written)


@pytest.mark.parametrize(
    ("compound", "parts"),
    [
        ("anonimiseringssoftware", ("anonimisering", "software")),
        ("netwerkaanpakken", ("netwerk", "aanpakken")),
        ("migrantenadviesraad", ("migrant", "adviesraad")),
        ("taalmaatjes", ("taal", "maatjes")),
        ("overlast", ()),
        ("gemeente", ()),
        ("huwelijksdwang", ("huwelijks", "dwang")),
        ("vluchtelingenopvang", ("vluchteling", "opvang")),
        ("kinderopvang", ("kind", "opvang")),
        ("opvanglocaties", ("opvang", "locatie")),
        ("parkeercontroles", ("parkeren", "controle")),
        ("maatregel", ()),
        ("bedrijven", ()),
        ("waterbedrijf", ("water", "bedrijf")),
        ("slachtoffers", ()),
        ("voertuig", ()),
        ("vergelijking", ()),
        ("verantwoordelijkheid", ()),
        ("opvang", ()),
        ("xyzabcdefgh", ()),
    ],
)
def test_a_compound_is_split_and_a_word_of_its_own_is_not(compound: str, parts: tuple[str, ...]) -> None:
    assert split(compound) == parts


@settings(deadline=None)  # The first word reads the lists.
@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=30))
@example("volgord")
@example("leeslessen")
@example("hoofdsteden")
def test_parts_stand_in_the_word_in_order_and_are_words(word: str) -> None:
    base, position = base_word(word), 0
    for part in split(word):
        assert is_word(part)
        # A verb is told by its beginning: *lees* is *lezen*.
        position = base.index(part[:2], position) + 2


def test_stop_words_are_left_out_and_their_place_is_known() -> None:
    assert [word.stem for word in dutch.words("de van het en")] == []
    tokens = dutch.tokens("De opvang van vluchtelingen")
    assert [token.is_stop_word for token in tokens] == [True, False, True, False]
    assert "De opvang van vluchtelingen"[tokens[1].start : tokens[1].end] == "opvang"


@settings(deadline=None)  # The first word reads the lists.
@given(st.text(max_size=200))
def test_any_text_can_be_read(text: str) -> None:
    for token in dutch.tokens(text):
        assert text[token.start : token.end]
        assert len(token.stem) <= 100


@pytest.mark.parametrize(
    ("english", "word"), [("meeting", "meten"), ("event", "evenaar"), ("rent", "rennen"), ("waste", "wasserij")]
)
def test_an_english_word_is_not_another_word_in_dutch(english: str, word: str) -> None:
    assert {token.stem for token in dutch.words(english)}.isdisjoint(token.stem for token in dutch.words(word))
