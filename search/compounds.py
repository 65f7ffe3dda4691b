"""Dutch writes as one word what English parts: *anonimiseringssoftware*. Here such words are split. Pure.

A word is split only where dictionary words cover it wholly, so *huwelijksdwang* never gives *wang*. What looks like a
compound and is none (*overlast* is not *over* and *last*, *maatregel* no *regel*) stands in a list that was checked by
eye over the words of municipal texts: data/not_compounds_nl.txt.
"""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from .lemmas import dictionary
from .stemming import base_word, verb_of

SHORTEST_PART = 4
MOST_PARTS = 4
# Nobody writes a longer word; without a bound one of 76 kB took 39 seconds.
LONGEST = 50
_SHORT = 3
# What may stand between two parts: geluid-s-overlast, vluchteling-en-opvang, kind-er-opvang.
LINKS = ("", "s", "en", "e", "n", "er")


class NotCompounds(NamedTuple):
    """Words that stay whole, and what is never a first or a last part."""

    words: frozenset[str]
    first_parts: frozenset[str]
    last_parts: frozenset[str]


class ShortParts(NamedTuple):
    """Words of three letters that may be a first or a last part."""

    first: frozenset[str]
    last: frozenset[str]


@cache
def not_compounds() -> NotCompounds:
    """The checked list of exceptions."""
    words = _lines("not_compounds_nl.txt")
    return NotCompounds(
        words=frozenset(word for word in words if "-" not in word),
        first_parts=frozenset(word[:-1] for word in words if word.endswith("-")),
        last_parts=frozenset(word[1:] for word in words if word.startswith("-")),
    )


@cache
def short_parts() -> ShortParts:
    """The checked list of short parts: of all words with three letters most would only split words to pieces."""
    words = _lines("short_parts_nl.txt")
    return ShortParts(
        first=frozenset(word.removesuffix("-") for word in words if not word.startswith("-")),
        last=frozenset(word.removeprefix("-") for word in words if not word.endswith("-")),
    )


def _lines(name: str) -> list[str]:
    lines = (Path(__file__).parent / "data" / name).read_text(encoding="utf-8").split("\n")
    return [line for line in lines if line and not line.startswith("#")]


def is_word(text: str) -> bool:
    """Is this a word of the dictionary, perhaps a plural or inflected?"""
    base = base_word(text)
    return base in dictionary() or base in short_parts().first or base in short_parts().last


@lru_cache(maxsize=50_000)
def split(word: str) -> tuple[str, ...]:
    """The parts of a compound, without what links them.

    Args:
        word: one word, folded.

    Returns:
        Two to four parts, fewest first and then the longest first part; nothing where the word is no compound.
    """
    base = base_word(word)
    is_long_enough = len(base) >= SHORTEST_PART + _SHORT
    if not is_long_enough or len(base) > LONGEST or not base.isalpha() or base in not_compounds().words:
        return ()
    for count in range(2, MOST_PARTS + 1):
        if parts := _cover(base, count):
            return parts
    return ()


@lru_cache(maxsize=50_000)
def _cover(word: str, count: int) -> tuple[str, ...]:
    """Cover a whole word with this number of parts; the last may be inflected."""
    if count == 1:
        return (word,) if _is_last_part(word) else ()
    for end in range(len(word) - _SHORT, _SHORT - 1, -1):
        head = _without_link(word[:end])
        if head and (rest := _cover(word[end:], count - 1)) and max(len(head), *map(len, rest)) > _SHORT:
            return (head, *rest)
    return ()


def _is_last_part(word: str) -> bool:
    base = base_word(word)
    if len(word) < SHORTEST_PART:
        return word in short_parts().last
    if len(base) < SHORTEST_PART:
        return base in short_parts().last
    return base in dictionary() and not {word, base} & not_compounds().last_parts


@lru_cache(maxsize=50_000)
def _without_link(head: str) -> str:
    """The dictionary word in a first part, or nothing."""
    if len(head) < SHORTEST_PART:
        return head if head in short_parts().first else ""
    for link in LINKS:
        base = head.removesuffix(link)
        if head.endswith(link) and len(base) >= SHORTEST_PART and base in dictionary():
            return "" if base in not_compounds().first_parts else base
    if head in not_compounds().first_parts:
        return ""
    return verb_of(head) or ""


# What makes another word of a word, and is none itself: *gewelddadig*, *koortsachtig*.
SUFFIXES = (
    "dadig", "achtig", "loos", "loze", "rijk", "matig", "waardig", "gericht", "zuchtig", "plichtig", "gezind", "talig",
)  # fmt: skip
_SHORTEST_REST = 5


def telling_part(word: str) -> str:
    """The part of a word that tells something where nobody uses the word: what stands before a suffix, or a first part
    before one that is too short to split by (*warmtelek*). Empty where there is none.

    Not the verb after a particle: *doorlichten* has nothing to do with lighting.

    Args:
        word: folded.
    """
    base = base_word(word)
    if not base.isalpha() or len(base) > LONGEST or base in not_compounds().words:
        return ""
    for suffix in SUFFIXES:
        if base.endswith(suffix) and (head := _without_link(base.removesuffix(suffix))):
            return head
    heads = (_without_link(base[:-length]) for length in (_SHORT, _SHORT + 1) if len(base) - length >= _SHORTEST_REST)
    return next((head for head in heads if len(head) >= _SHORTEST_REST), "")
