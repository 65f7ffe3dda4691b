"""The sentences that show why something was found, with the found words marked. Pure; the result is safe HTML."""

from __future__ import annotations

import re

from django.utils.html import escape, format_html_join
from django.utils.safestring import SafeString

from . import dutch

FRAGMENTS = 2
FRAGMENT_LENGTH = 220
_SENTENCE = re.compile(r"[^.!?\n]+[.!?]*")


def highlight(text: str, stems: frozenset[str]) -> tuple[SafeString, ...]:
    """Pick the sentences with most different found words, and mark those words.

    Args:
        text: plain text.
        stems: what was looked for.

    Returns:
        At most `FRAGMENTS` pieces of escaped HTML, in the order of the text; none where no word stands in it.
    """
    if not stems:
        return ()
    found: list[tuple[int, int, str]] = []
    for position, match in enumerate(_SENTENCE.finditer(text)):
        sentence = match[0].strip()
        hits = {token.stem for token in dutch.tokens(sentence) if token.is_found_by(stems)}
        if hits:
            found.append((-len(hits), position, sentence))
    best = sorted(found)[:FRAGMENTS]
    return tuple(mark(_shorten(sentence, stems), stems) for _, _, sentence in sorted(best, key=lambda item: item[1]))


def mark(text: str, stems: frozenset[str]) -> SafeString:
    """Escape a text and mark the words that were looked for."""
    pieces = []
    end = 0
    for token in dutch.tokens(text):
        if token.is_found_by(stems):
            pieces.append((text[end : token.start], text[token.start : token.end]))
            end = token.end
    return format_html_join("", "{}<mark>{}</mark>", pieces) + escape(text[end:])


def _shorten(sentence: str, stems: frozenset[str]) -> str:
    """Keep a long sentence around its first found word."""
    if len(sentence) <= FRAGMENT_LENGTH:
        return sentence
    first = next(token.start for token in dutch.tokens(sentence) if token.is_found_by(stems))
    start = max(0, min(first - FRAGMENT_LENGTH // 3, len(sentence) - FRAGMENT_LENGTH))
    piece = sentence[start : start + FRAGMENT_LENGTH]
    if start:
        piece = "… " + piece.partition(" ")[2]
    if start + FRAGMENT_LENGTH < len(sentence):
        piece = piece.rpartition(" ")[0] + " …"
    return piece
