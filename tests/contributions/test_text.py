"""Plain words from marked-up fields, and back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchange.clean_text import clean_text
from exchange.contributions.text import first_sentences, paragraphs, strip_marks, words_of
from exchange.contributions.wrapping import bullet_of


def test_plain_text_becomes_paragraphs_and_back() -> None:
    html = paragraphs("Een <b>gewone</b> zin.\n\nNog\neen.")
    assert html == "<p>Een &lt;b&gt;gewone&lt;/b&gt; zin.</p><p>Nog een.</p>"
    assert strip_marks(html) == "Een <b>gewone</b> zin. Nog een."


@given(st.text(alphabet=st.characters(blacklist_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=200))
def test_no_text_gets_lost_or_becomes_a_mark(text: str) -> None:
    text = " ".join(clean_text(text).split())
    # An item of a list is shown with a sign of its own.
    assert words_of(paragraphs(text)) == (bullet_of(text) or text)


@pytest.mark.parametrize(
    ("text", "limit", "expected"),
    [
        ("Eerste zin. Tweede zin.", 280, "Eerste zin. Tweede zin."),
        ("Eerste zin. Tweede zin.", 15, "Eerste zin."),
        ("Een lange zin zonder einde", 12, "Een lange…"),
        ("", 10, ""),
    ],
)
def test_the_first_sentences_that_fit(text: str, limit: int, expected: str) -> None:
    assert first_sentences(text, limit) == expected


@given(st.text(max_size=600), st.integers(min_value=5, max_value=280))
def test_a_summary_is_never_too_long(text: str, limit: int) -> None:
    assert len(first_sentences(text, limit)) <= limit
