"""Dutch writes as one word what English parts: *anonimiseringssoftware*. Here such words are split.

A word that stands in the dictionary is a word of its own and stays whole (*overlast* is not *over* and *last*). Any
other is split only where dictionary words cover it wholly, so *huwelijksdwang* never gives *wang*. Pure.
"""

from __future__ import annotations

from functools import lru_cache

from .stemming import base_word, dictionary

SHORTEST_PART = 4
MOST_PARTS = 4
# What may stand between two parts: geluid-s-overlast, vluchteling-en-opvang.
LINKS = ("", "s", "en", "e", "n")


def is_word(text: str) -> bool:
    """Is this a word of the dictionary, perhaps a plural or inflected?"""
    return base_word(text) in dictionary()


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
