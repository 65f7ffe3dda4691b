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
    found = dutch.find(text, stems) if stems else []
    if not found:
        return ()
    sentences = []
    for position, match in enumerate(_SENTENCE.finditer(text)):
        inside = [one for one in found if match.start() <= one.start < match.end()]
        if inside:
            sentences.append((-len({one.stem for one in inside}), position, match[0].strip()))
    best = sorted(sentences)[:FRAGMENTS]
    return tuple(mark(_shorten(sentence, stems), stems) for _, _, sentence in sorted(best, key=lambda item: item[1]))


def mark(text: str, stems: frozenset[str]) -> SafeString:
    """Escape a text and mark the words that were looked for."""
    pieces = []
    end = 0
    for found in dutch.find(text, stems):
        pieces.append((text[end : found.start], text[found.start : found.end]))
        end = found.end
    return format_html_join("", "{}<mark>{}</mark>", pieces) + escape(text[end:])


def _shorten(sentence: str, stems: frozenset[str]) -> str:
    """Keep a long sentence around its first found word."""
    if len(sentence) <= FRAGMENT_LENGTH:
        return sentence
    first = dutch.find(sentence, stems)[0].start
    start = max(0, min(first - FRAGMENT_LENGTH // 3, len(sentence) - FRAGMENT_LENGTH))
    piece = sentence[start : start + FRAGMENT_LENGTH]
    if start:
        piece = "… " + piece.partition(" ")[2]
    if start + FRAGMENT_LENGTH < len(sentence):
        piece = piece.rpartition(" ")[0] + " …"
    return piece
