"""From marked-up fields to plain words, and back: for searching, comparing and importing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from bs4 import BeautifulSoup
from django.utils.html import escape
from wagtail.blocks import StreamValue

from exchange.clean_text import clean_text

from .sentences import cut_at_word, sentences
from .wrapping import bullet_of, number_of, unwrapped

# How far beyond the end of a sentence tells that it ended, in characters.
_AHEAD = 10


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
    """Plain text as rich text, escaped. An empty line parts paragraphs, and items become a list.

    Lines that a mail or a page broke are one paragraph. What is numbered is a numbered list where it counts from one.
    """
    parts = [" ".join(part.split()) for part in unwrapped(clean_text(text))]
    html, place = "", 0
    while place < len(parts):
        tag, items = _list_at(parts, place)
        if tag:
            html += f"<{tag}>" + "".join(f"<li>{escape(item)}</li>" for item in items) + f"</{tag}>"
        else:
            html += f"<p>{escape(parts[place])}</p>"
        place += max(len(items), 1)
    return html


def _list_at(parts: Sequence[str], place: int) -> tuple[str, list[str]]:
    """The list that begins here: its tag and items; nothing where none does."""
    bullets = list(_bullets(parts, place))
    if bullets:
        return "ul", bullets
    numbered = list(_numbered(parts, place))
    return ("ol", numbered) if len(numbered) > 1 else ("", [])


def _bullets(parts: Sequence[str], place: int) -> Iterator[str]:
    while place < len(parts) and (words := bullet_of(parts[place])):
        yield words
        place += 1


def _numbered(parts: Sequence[str], place: int) -> Iterator[str]:
    """Items that count from one; others keep their own numbers, as text."""
    number = 1
    while place < len(parts) and (found := number_of(parts[place]))[0] == number:
        yield found[1]
        place, number = place + 1, number + 1


def first_sentences(text: str, limit: int) -> str:
    """The first sentences that fit in `limit` characters; a first sentence that is too long is cut at a word."""
    summary, text = "", " ".join(text.split())
    # What comes later cannot fit: it is not looked at.
    for sentence in sentences(text[: limit + _AHEAD]):
        longer = f"{summary} {sentence}".strip()
        if len(longer) > limit:
            break
        summary = longer
    return summary if summary or not text else cut_at_word(text, limit)
