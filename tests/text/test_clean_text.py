"""Text has one form, and nothing in it that a reader cannot see."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from exchange.clean_text import clean_line, clean_text, clean_values

EVERYTHING = st.text(st.characters(exclude_categories=[]))


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("vluchte\x02lingen", "vluchtelingen"),
        ("vluchte\xadlingen", "vluchtelingen"),
        ("vluchte\u200blingen", "vluchtelingen"),
        ("op\u200dvang", "opvang"),
        ("Oekrai\u0308ne", "Oekraïne"),
        ("een\r\ntwee\rdrie\u2028vier\x0bvijf\x85zes", "een\ntwee\ndrie\nvier\nvijf\nzes"),
        ("\ufeffTitel", "Titel"),
        ("half \ud83d teken", "half  teken"),
        ("om\u202egekeerd", "omgekeerd"),
        ("tab\tblijft", "tab\tblijft"),
        ("12\xa0000", "12\xa0000"),
        ("\ufffe\uffff\U0001fffe", ""),
        # A family is one sign, and Persian parts letters of one word.
        ("👩\u200d👧", "👩\u200d👧"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("می\u200c", "می"),
    ],
)
def test_text_has_one_form(typed: str, kept: str) -> None:
    assert clean_text(typed) == kept


def test_a_line_is_one_line() -> None:
    assert clean_line("  Een\ttitel\u2028op\xa0drie\nregels ") == "Een titel op drie regels"


def test_texts_within_a_document_are_cleaned() -> None:
    assert clean_values({"ti\xadtel": ["a\x00b", {"x": 1, "y": None}]}) == {"titel": ["ab", {"x": 1, "y": None}]}


@given(EVERYTHING)
def test_cleaning_twice_changes_nothing_and_every_way_out_takes_it(text: str) -> None:
    kept = clean_text(text)
    assert clean_text(kept) == kept
    assert unicodedata.is_normalized("NFC", kept)
    etree.fromstring(b"<p>" + kept.replace("&", "").replace("<", "").encode() + b"</p>")


@given(EVERYTHING)
def test_a_line_is_clean_too(text: str) -> None:
    line = clean_line(text)
    assert clean_line(line) == line
    assert "\n" not in line
