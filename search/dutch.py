"""The Dutch language: from a text to the stems that searching compares. Pure, and the same for texts and questions."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import Stemmer

MAX_TERM = 100
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_POSSESSIVE = re.compile(r"['’](s|n|tje|tjes)$")


@dataclass(frozen=True)
class Token:
    """A word in a text: its stem, and where it stands (character positions, end not included)."""

    stem: str
    start: int
    end: int
    is_stop_word: bool


@cache
def stop_words() -> frozenset[str]:
    """Words that say nothing about a text. Source: the Snowball list, see search/data/README.md."""
    path = Path(__file__).parent / "data" / "stopwords_nl.txt"
    lines = path.read_text(encoding="utf-8").splitlines()
    words = (line.partition("|")[0].strip() for line in lines)
    return frozenset(fold(word) for word in words if word)


def fold(text: str) -> str:
    """Lower case without diacritics: *Oekraïne* and *oekraine* are one word."""
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(char for char in decomposed if not unicodedata.combining(char)).lower()


@cache
def _stemmer() -> Stemmer.Stemmer:
    return Stemmer.Stemmer("dutch")


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The stem of one word. Inflections of a word share it; it is not a word itself."""
    folded = _POSSESSIVE.sub("", fold(word))
    return _stemmer().stemWord(folded)[:MAX_TERM]


def tokens(text: str) -> list[Token]:
    """All words of a text in order, stop words marked. A hyphen parts words, an apostrophe does not."""
    stops = stop_words()
    return [
        Token(stem=stem(match[0]), start=match.start(), end=match.end(), is_stop_word=fold(match[0]) in stops)
        for match in _WORD.finditer(text)
    ]


def stems(text: str) -> list[str]:
    """The stems of a text in order, without stop words."""
    return [token.stem for token in tokens(text) if not token.is_stop_word]
