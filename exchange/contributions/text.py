"""From marked-up fields to plain words, and back: for searching, comparing and importing."""

from __future__ import annotations

import re
from typing import Any

from bs4 import BeautifulSoup
from django.utils.html import escape
from wagtail.blocks import StreamValue

_PARAGRAPH = re.compile(r"\n\s*\n|\r\n\s*\r\n")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def plain_text(value: Any) -> str:
    """The words of a field: rich text without its marks, a stream field block by block."""
    if isinstance(value, StreamValue):
        return "\n".join(strip_marks(part) for part in value.stream_block.get_searchable_content(value))
    return strip_marks(str(value or ""))


def strip_marks(html: str) -> str:
    """Text without HTML. Text that holds no mark at all is returned as it is.

    Python's own parser goes back and forth over marks that are not closed, and refuses some; that of lxml does neither.
    """
    return BeautifulSoup(html, "lxml").get_text(" ", strip=True) if "<" in html or "&" in html else html


def words_of(value: Any) -> str:
    """The words of a field on one line: two values with the same words say the same."""
    return " ".join(plain_text(value).split())


def paragraphs(text: str) -> str:
    """Plain text as rich text: escaped, an empty line parts paragraphs."""
    parts = (" ".join(part.split()) for part in _PARAGRAPH.split(text))
    return "".join(f"<p>{escape(part)}</p>" for part in parts if part)


def first_sentences(text: str, limit: int) -> str:
    """The first sentences that fit in `limit` characters; a first sentence that is too long is cut at a word."""
    summary = ""
    for sentence in _SENTENCE_END.split(" ".join(text.split())):
        longer = f"{summary} {sentence}".strip()
        if len(longer) > limit:
            break
        summary = longer
    if summary or not text.strip():
        return summary
    cut = " ".join(text.split())[: limit - 1]
    return (cut.rpartition(" ")[0] or cut) + "…"


def harmless(cell: str) -> str:
    """A cell of a file for a spreadsheet: what begins a formula is shown instead of run."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
