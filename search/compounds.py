"""Dutch writes as one word what English parts: *anonimiseringssoftware*. Here such words are split.

A word that stands in the dictionary is a word of its own and stays whole (*overlast* is not *over* and *last*). Any
other is split only where dictionary words cover it wholly, so *huwelijksdwang* never gives *wang*. Pure.
"""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path

from .stemming import stem, stems_of

SHORTEST_PART = 4
MOST_PARTS = 4
# What may stand between two parts: geluid-s-overlast, vluchteling-en-opvang.
LINKS = ("", "s", "en", "e", "n")


@cache
def dictionary() -> frozenset[str]:
    """Dutch base words, folded. Source: OpenTaal, see search/data/README.md."""
    return frozenset((Path(__file__).parent / "data" / "words_nl.txt").read_text(encoding="utf-8").split())


@cache
def _dictionary_stems() -> frozenset[str]:
    return frozenset(stems_of(sorted(dictionary())))


def is_word(text: str) -> bool:
    """Is this a word of the dictionary, perhaps inflected?"""
    return text in dictionary() or stem(text) in _dictionary_stems()


@lru_cache(maxsize=50_000)
def split(word: str) -> tuple[str, ...]:
    """The parts of a compound, without what links them.

    Args:
        word: one word, folded.

    Returns:
        Two to four parts, fewest first and then the longest first part; nothing where the word is not a compound, or
        one that the dictionary has as a whole.
    """
    if len(word) < 2 * SHORTEST_PART or not word.isalpha() or is_word(word):
        return ()
    for count in range(2, MOST_PARTS + 1):
        if parts := _cover(word, count):
            return parts
    return ()


def _cover(word: str, count: int) -> tuple[str, ...]:
    """Cover a whole word with this number of parts; the last may be inflected."""
    if count == 1:
        return (word,) if len(word) >= SHORTEST_PART and is_word(word) else ()
    for end in range(len(word) - SHORTEST_PART, SHORTEST_PART - 1, -1):
        head = _without_link(word[:end])
        if head and (rest := _cover(word[end:], count - 1)):
            return (head, *rest)
    return ()


def _without_link(head: str) -> str:
    """The dictionary word in a first part, or nothing."""
    for link in LINKS:
        base = head.removesuffix(link)
        if head.endswith(link) and len(base) >= SHORTEST_PART and base in dictionary():
            return base
    return ""
