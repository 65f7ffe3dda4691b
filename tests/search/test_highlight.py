"""Highlights show why something was found, and never let anything in."""

from hypothesis import given
from hypothesis import strategies as st

from search import dutch
from search.highlight import FRAGMENT_LENGTH, highlight, mark


def stems(text: str) -> frozenset[str]:
    return frozenset(stem for word in dutch.words(text) for stem in (word.stem, *word.parts))


def test_the_found_words_are_marked_in_any_inflection() -> None:
    assert highlight("Wij helpen vluchtelingen. Met koffie.", stems("vluchteling")) == (
        "Wij helpen <mark>vluchtelingen</mark>.",
    )


def test_a_compound_is_marked_by_its_part() -> None:
    assert "<mark>anonimiseringssoftware</mark>" in highlight("Met anonimiseringssoftware.", stems("anonimiseren"))[0]


def test_the_sentences_with_most_words_come_in_the_order_of_the_text() -> None:
    text = "Eerst de opvang. Dan niets. Later opvang van vluchtelingen. Weer opvang."
    assert highlight(text, stems("opvang vluchtelingen")) == (
        "Eerst de <mark>opvang</mark>.",
        "Later <mark>opvang</mark> van <mark>vluchtelingen</mark>.",
    )


def test_what_looks_like_html_stays_text() -> None:
    text = "<script>alert('opvang')</script> <b>opvang</b> & <mark>opvang</mark>"
    shown = " ".join(highlight(text, stems("opvang")))
    assert "<script" not in shown
    assert "<b>" not in shown
    assert "&lt;script&gt;" in shown


@given(st.text(max_size=300), st.text(min_size=1, max_size=20))
def test_only_marks_come_out_as_html(text: str, asked: str) -> None:
    for fragment in (*highlight(text, stems(asked)), mark(text, stems(asked))):
        bare = fragment.replace("<mark>", "").replace("</mark>", "")
        assert "<" not in bare
        assert ">" not in bare


def test_a_long_sentence_is_kept_around_its_word() -> None:
    text = "woord " * 100 + "opvang " + "woord " * 100
    (fragment,) = highlight(text, stems("opvang"))
    assert "<mark>opvang</mark>" in fragment
    assert len(fragment) < FRAGMENT_LENGTH + 50


def test_nothing_asked_is_nothing_shown() -> None:
    assert highlight("Een tekst.", frozenset()) == ()
