"""Dutch writes as one word what English parts: *anonimiseringssoftware*. Here such words are split. Pure.

A word is split only where dictionary words cover it wholly, so *huwelijksdwang* never gives *wang*. What looks like a
compound and is none (*overlast* is not *over* and *last*, *maatregel* no *regel*) stands in a list that was checked by
eye over the words of municipal texts: data/not_compounds_nl.txt.
"""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from .stemming import base_word, dictionary, verb_of

SHORTEST_PART = 4
MOST_PARTS = 4
# What may stand between two parts: geluid-s-overlast, vluchteling-en-opvang, kind-er-opvang.
LINKS = ("", "s", "en", "e", "n", "er")


class NotCompounds(NamedTuple):
    """Words that stay whole, and what is never a first or a last part."""

    words: frozenset[str]
    first_parts: frozenset[str]
    last_parts: frozenset[str]


@cache
def not_compounds() -> NotCompounds:
    """The checked list of exceptions."""
    lines = (Path(__file__).parent / "data" / "not_compounds_nl.txt").read_text(encoding="utf-8").split("\n")
    words = [line for line in lines if line and not line.startswith("#")]
    return NotCompounds(
        words=frozenset(word for word in words if "-" not in word),
        first_parts=frozenset(word[:-1] for word in words if word.endswith("-")),
        last_parts=frozenset(word[1:] for word in words if word.startswith("-")),
    )


def is_word(text: str) -> bool:
    """Is this a word of the dictionary, perhaps a plural or inflected?"""
    return base_word(text) in dictionary()


@lru_cache(maxsize=50_000)
def split(word: str) -> tuple[str, ...]:
    """The parts of a compound, without what links them.

    Args:
        word: one word, folded.

    Returns:
        Two to four parts, fewest first and then the longest first part; nothing where the word is no compound.
    """
    base = base_word(word)
    if len(base) < 2 * SHORTEST_PART or not base.isalpha() or base in not_compounds().words:
        return ()
    for count in range(2, MOST_PARTS + 1):
        if parts := _cover(base, count):
            return parts
    return ()


def _cover(word: str, count: int) -> tuple[str, ...]:
    """Cover a whole word with this number of parts; the last may be inflected."""
    if count == 1:
        is_part = len(word) >= SHORTEST_PART and is_word(word) and word not in not_compounds().last_parts
        return (word,) if is_part and base_word(word) not in not_compounds().last_parts else ()
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
            return "" if base in not_compounds().first_parts else base
    if head in not_compounds().first_parts:
        return ""
    return verb_of(head) or ""
