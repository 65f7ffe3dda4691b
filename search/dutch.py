"""The Dutch language: from a text to the stems that searching compares. Pure, and the same for texts and questions."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from .compounds import split
from .stemming import fold, stem

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


@dataclass(frozen=True)
class Token:
    """A word in a text: its stem, those of its parts if it is a compound, and where it stands (end not included)."""

    stem: str
    parts: tuple[str, ...]
    start: int
    end: int
    is_stop_word: bool

    def is_found_by(self, stems: frozenset[str]) -> bool:
        """Does one of these stems lead to this word?"""
        return not self.is_stop_word and (self.stem in stems or not stems.isdisjoint(self.parts))


@cache
def stop_words() -> frozenset[str]:
    """Words that say nothing about a text. Source: the Snowball list, see search/data/README.md."""
    path = Path(__file__).parent / "data" / "stopwords_nl.txt"
    lines = path.read_text(encoding="utf-8").splitlines()
    words = (line.partition("|")[0].strip() for line in lines)
    return frozenset(fold(word) for word in words if word)


def tokens(text: str) -> list[Token]:
    """All words of a text in order, stop words marked. A hyphen parts words, an apostrophe does not."""
    stops = stop_words()
    return [
        Token(
            stem=stem(match[0]),
            parts=tuple(stem(part) for part in split(fold(match[0]))),
            start=match.start(),
            end=match.end(),
            is_stop_word=fold(match[0]) in stops,
        )
        for match in _WORD.finditer(text)
    ]


def words(text: str) -> list[Token]:
    """The words of a text in order, without stop words."""
    return [token for token in tokens(text) if not token.is_stop_word]
