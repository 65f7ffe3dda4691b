"""One word: without diacritics, and as the stem that its inflections share. Pure."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

import Stemmer

MAX_TERM = 100
_POSSESSIVE = re.compile(r"['’](s|n|tje|tjes)$")


def fold(text: str) -> str:
    """Lower case without diacritics: *Oekraïne* and *oekraine* are one word."""
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(char for char in decomposed if not unicodedata.combining(char)).lower()


@cache
def _stemmer() -> Stemmer.Stemmer:
    return Stemmer.Stemmer("dutch")


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The stem of one word. It is not a word itself."""
    folded = _POSSESSIVE.sub("", fold(word))
    stemmed: str = _stemmer().stemWord(folded)
    return stemmed[:MAX_TERM]


def stems_of(words: list[str]) -> list[str]:
    """The stems of many folded words at once; not kept, unlike those of `stem`."""
    return list(_stemmer().stemWords(words))
