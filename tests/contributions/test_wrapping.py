"""Lines that were broken are joined, what a writer broke stays apart, and words come out whole."""

import time

import pytest

from exchange.contributions.sentences import sentences
from exchange.contributions.text import first_sentences, paragraphs
from exchange.contributions.wrapping import joined, unwrapped

WRAPPED = """Wij staan elke week met de kar op het
plein en zetten koffie voor wie langs
komt. Buren helpen mee. Zij komen uit
Waterhoven en omgeving."""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (WRAPPED, [" ".join(WRAPPED.split())]),
        (
            "Koffiekar\nAanpak\nWij staan elke week op het plein.",
            ["Koffiekar", "Aanpak", "Wij staan elke week op het plein."],
        ),
        ("Een alinea.\n\nNog een.", ["Een alinea.", "Nog een."]),
        ("Een alinea.\r\n \t\r\nNog een.".replace("\r", ""), ["Een alinea.", "Nog een."]),
        ("Dit doen we:\n- bel de buren\n- zet de kar neer", ["Dit doen we:", "- bel de buren", "- zet de kar neer"]),
        ("• bel de buren\n  en de straat\n• schenk", ["• bel de buren en de straat", "• schenk"]),
        ("1. Bel\n2) Schenk\na) dit\nb) dat", ["1. Bel", "2) Schenk", "a) dit", "b) dat"]),
        # A paragraph that Word copies is one line, however long.
        ("Zin een. " * 30 + "\n" + "Zin twee. " * 29, ["Zin een. " * 29 + "Zin een.", "Zin twee. " * 28 + "Zin twee."]),
        ("Postbus 12\n0000 AA Waterhoven", ["Postbus 12", "0000 AA Waterhoven"]),
    ],
)
def test_what_a_mail_broke_is_joined_and_what_a_writer_broke_is_not(text: str, expected: list[str]) -> None:
    assert [" ".join(one.split()) for one in unwrapped(text)] == expected


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("de vluchte-", "lingen", "de vluchtelingen"),
        ("de vluchte\u00ad", "lingen", "de vluchtelingen"),
        ("de vluchte\u0002", "lingen", "de vluchtelingen"),
        ("de vluchte\u2010", "lingen", "de vluchtelingen"),
        ("met taal-", "en zwemles", "met taal- en zwemles"),
        ("taal\u0002", "of zwemles", "taal- of zwemles"),
        ("in Noord-", "Holland", "in Noord-Holland"),
        ("een e-", "mail", "een e-mail"),
        ("de azc-", "bewoners", "de azc-bewoners"),
        ("het COA-", "besluit", "het COA-besluit"),
        ("een 24-", "uurs dienst", "een 24-uurs dienst"),
        ("een auto-", "ongeluk", "een auto-ongeluk"),
        ("dit -", "en dat", "dit - en dat"),
        ("gewone", "woorden", "gewone woorden"),
        ("", "woord", "woord"),
    ],
)
def test_a_word_that_was_broken_is_whole_and_its_own_hyphen_stays(first: str, second: str, expected: str) -> None:
    assert joined(first, second) == expected


def test_items_become_lists() -> None:
    html = paragraphs("Dit doen we:\n- bel de <buren>\n- zet de kar neer\n\nEn dan:\n1. koffie\n2. thee")
    assert html == (
        "<p>Dit doen we:</p><ul><li>bel de &lt;buren&gt;</li><li>zet de kar neer</li></ul>"
        "<p>En dan:</p><ol><li>koffie</li><li>thee</li></ol>"
    )


def test_what_does_not_count_from_one_keeps_its_numbers() -> None:
    assert paragraphs("3. Resultaat\n\nZestig.") == "<p>3. Resultaat</p><p>Zestig.</p>"
    assert paragraphs("1. Aanleiding") == "<p>1. Aanleiding</p>"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Wij helpen o.a. Anna. Dat werkt.", ["Wij helpen o.a. Anna.", "Dat werkt."]),
        (
            "Dat is drs. Prins. Zij is dr. J.P. de Vries. Ja.",
            ["Dat is drs. Prins.", "Zij is dr. J.P. de Vries.", "Ja."],
        ),
        ("Bijv. Waterhoven doet mee. D.w.z. Samen.", ["Bijv. Waterhoven doet mee.", "D.w.z. Samen."]),
        ("Kosten ca. 3. Euro. Art. 5 en nr. 7 ook.", ["Kosten ca. 3. Euro.", "Art. 5 en nr. 7 ook."]),
        ("Stappen: 1. Bel. 2. Schenk.", ["Stappen: 1. Bel.", "2. Schenk."]),
        ("Om 8 uur. 's Avonds niet. “Goed zo.” Klaar!", ["Om 8 uur.", "'s Avonds niet.", "“Goed zo.”", "Klaar!"]),
        ("Zie www.voorbeeld.example. Echt… ja? Ja!", ["Zie www.voorbeeld.example.", "Echt… ja?", "Ja!"]),
        ("appels, peren enz. en meer. Einde", ["appels, peren enz. en meer.", "Einde"]),
    ],
)
def test_a_sentence_does_not_end_at_an_abbreviation(text: str, expected: list[str]) -> None:
    assert list(sentences(text)) == expected


@pytest.mark.parametrize("word", ["o.a.", "bijv.", "d.w.z.", "ca.", "nr.", "drs.", "J.", "3.", "A.B.", "(o.a.", "N.B."])
def test_a_summary_does_not_end_in_an_abbreviation(word: str) -> None:
    for before in range(30, 60):
        text = f"{'woord ' * 60}"[:before].strip() + f" {word} Anna en nog {'heel veel andere mensen uit de wijk ' * 5}"
        summary = first_sentences(text, 60)
        assert len(summary) <= 60
        assert not summary.rstrip("…").endswith(word)


@pytest.mark.parametrize(
    "text", ["." * 200_000, "a\n" * 100_000, "-\n" * 100_000, "x\u0002 " * 60_000, "1. " * 60_000, "\n " * 100_000]
)
def test_however_strange_a_text_is_it_is_read_at_once(text: str) -> None:
    started = time.process_time()
    paragraphs(text)
    first_sentences(text, 280)
    assert time.process_time() - started < 5
