"""One word: without diacritics, as the dictionary has it, and as the stem that its inflections share. Pure.

The stemmer alone makes *fiet* of *fiets* and *schul* of *schulden*; a dictionary word first keeps it from that.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from pathlib import Path

import Stemmer

MAX_TERM = 100
_POSSESSIVE = re.compile(r"['’](s|n|tje|tjes)$")
_SHORTEST_BASE = 3
_VOICELESS = {"z": "s", "v": "f"}


def fold(text: str) -> str:
    """Lower case without diacritics: *Oekraïne* and *oekraine* are one word."""
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(char for char in decomposed if not unicodedata.combining(char)).lower()


@cache
def dictionary() -> frozenset[str]:
    """Dutch base words, folded. Source: OpenTaal, see search/data/README.md."""
    return frozenset((Path(__file__).parent / "data" / "words_nl.txt").read_text(encoding="utf-8").split())


@cache
def _stemmer() -> Stemmer.Stemmer:
    return Stemmer.Stemmer("dutch")


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The stem of one word. It is not a word itself."""
    base = base_word(_POSSESSIVE.sub("", fold(word)))
    # A base word keeps its last letter: *fiets* is no plural of *fiet*.
    if base.endswith("s") and base in dictionary() and (base[:-1] not in dictionary() or f"{base}en" in dictionary()):
        return base[:MAX_TERM]
    stemmed: str = _stemmer().stemWord(base)
    return stemmed[:MAX_TERM]


def base_word(word: str) -> str:
    """The dictionary word that this is a plural or inflection of (*schulden*, *seksuele*, *daklozen*), else itself."""
    if word in dictionary():
        return word
    return next((base for base in _bases(word) if base in dictionary()), word)


def _bases(word: str) -> list[str]:
    """What a word may be without *-s*, *-en* or *-e*, with the spelling that goes with it."""
    bases = [word.removesuffix("s")]
    for ending in ("en", "e"):
        base = word.removesuffix(ending)
        if base == word or len(base) < _SHORTEST_BASE:
            continue
        voiceless = base[:-1] + _VOICELESS.get(base[-1], base[-1])
        bases.append(base)
        # *bussen* is *bus*, *huizen* is *huis*, *raden* is *raad*.
        if base[-1] == base[-2]:
            bases.append(base[:-1])
        bases.append(voiceless)
        if base[-2] in "aeou" and base[-3] != base[-2]:
            bases.append(voiceless[:-1] + base[-2] + voiceless[-1])
    return bases
