"""What a question is about: each word with everything that may stand for it. Pure.

A word becomes a concept: the word itself, the parts of a compound, other words for it, and what was meant if it was
mistyped. A contribution has a concept when it has one of these; how much that counts is its weight.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, field, replace
from itertools import product
from typing import Protocol

from .lexicon import PARTS, Lexicon, Stems
from .request import Word, Words, parse_words

# How much a word counts that was probably meant.
CORRECTED = 0.85
# A word that more than this share of all contributions have says too little to be asked for.
COMMON = 0.2
# Of so many words, all must be there; of more, this share.
ALL_OF = 3
MOST_OF = 0.75
# In what comes near, this share must be there.
NEAR = 0.4
MOST_CONCEPTS = 12
MOST_ALTERNATIVES = 16


@dataclass(frozen=True)
class Alternative:
    """Stems that together may stand for a word of the question, and how much that counts.

    Only in what is nearly the word itself are separate stems marked: of another word they say little each.
    """

    stems: Stems
    weight: float
    is_marked: bool = True


@dataclass(frozen=True)
class Concept:
    """A word or expression of the question, as typed, with what may stand for it; the best counts."""

    text: str
    alternatives: tuple[Alternative, ...]
    is_common: bool = False
    is_place: bool = False

    @property
    def stems(self) -> frozenset[str]:
        return frozenset(stem for one in self.alternatives for stem in one.stems)


class KnownWords(Protocol):
    """What is known of the words that this reader's contributions have."""

    def share(self, stem: str) -> float | None:
        """The share of contributions that have it, from 0 to 1; None where none has it."""
        ...

    def corrections(self, word: str) -> Iterable[str]:
        """What may have been meant by a word that nobody uses, as it is written; the likeliest first."""
        ...


@dataclass(frozen=True)
class Plan:
    """What an engine looks for.

    Attributes:
        needed: concepts that count for what is found; common ones only when there are no others.
        extra: common concepts, which only move what is found up.
        near: concepts that count for what comes near: not a place, because another subject there is no answer.
        all_needed: so many of the needed ones make a full answer.
        some_needed: so many of the near ones make an answer that comes near.
        phrases: stems that must stand in this order.
        unwanted: stems that must not be there.
        unknown: words, as typed, that no contribution has.
        corrected: the question as it was probably meant, where a word was mistyped.
        without: the page that is left out: the one whose like is looked for.
        is_impossible: something was typed, and nothing of it can be looked for.
    """

    needed: tuple[Concept, ...] = ()
    extra: tuple[Concept, ...] = ()
    near: tuple[Concept, ...] = ()
    all_needed: int = 0
    some_needed: int = 0
    phrases: tuple[Stems, ...] = ()
    unwanted: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    corrected: str | None = None
    without: int | None = None
    is_impossible: bool = False

    @property
    def stems(self) -> frozenset[str]:
        """Everything that is looked for."""
        return frozenset(stem for concept in (*self.needed, *self.extra) for stem in concept.stems)

    @property
    def marked(self) -> frozenset[str]:
        """What is marked in what is found: of another word not its parts, and nothing where a whole page was asked."""
        if self.without is not None:
            return frozenset()
        found = (one for concept in (*self.needed, *self.extra) for one in concept.alternatives)
        return frozenset(stem for one in found if one.is_marked for stem in one.stems)


@dataclass
class _Reading:
    """A question that is being read."""

    concepts: list[Concept] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    corrections: dict[str, str] = field(default_factory=dict)


def plan(words: Words, lexicon: Lexicon, known: KnownWords, places: Set[Stems] = frozenset()) -> Plan:
    """Decide what to look for.

    Args:
        words: the question.
        lexicon: which words lead to which.
        known: the words that contributions have.
        places: the names of municipalities and provinces.
    """
    reading = _Reading()
    at = 0
    while at < len(words.wanted):
        at += _read(words.wanted, at, lexicon, known, reading)
    concepts = [
        replace(concept, is_place=any(one.stems in places for one in concept.alternatives))
        for concept in reading.concepts[:MOST_CONCEPTS]
    ]
    telling = [concept for concept in concepts if not concept.is_common]
    needed = tuple(telling or concepts)
    near = tuple(concept for concept in needed if not concept.is_place) or needed
    number = len(needed)
    return Plan(
        needed=needed,
        extra=tuple(concept for concept in concepts if concept not in needed),
        near=near,
        all_needed=number if number <= ALL_OF else max(ALL_OF, round(number * MOST_OF)),
        some_needed=max(1, round(len(near) * NEAR)),
        phrases=words.phrases,
        unwanted=words.unwanted,
        unknown=tuple(reading.unknown),
        corrected=_corrected(words.text, reading.corrections),
        is_impossible=bool(words.text) and not concepts,
    )


def _read(words: Sequence[Word], at: int, lexicon: Lexicon, known: KnownWords, reading: _Reading) -> int:
    """Read the longest expression that begins here. Returns how many words it has."""
    for length in range(min(lexicon.longest, len(words) - at), 1, -1):
        expression = words[at : at + length]
        stems = tuple(word.stem for word in expression)
        if stems in lexicon.leads:
            text = " ".join(word.text for word in expression)
            concept = _concept(text, [Alternative(stems, 1.0), *_others(stems, lexicon)], known)
            if concept is not None:
                reading.concepts.append(concept)
                return length
    word = words[at]
    concept = _concept(word.text, alternatives_of(word, lexicon), known)
    if concept is None:
        for text in known.corrections(word.text):
            concept = _concept(word.text, _meant(text, lexicon), known)
            if concept is not None:
                reading.corrections[word.text] = text
                break
    if concept is None:
        reading.unknown.append(word.text)
    elif concept not in reading.concepts:
        reading.concepts.append(concept)
    return 1


def alternatives_of(word: Word, lexicon: Lexicon) -> list[Alternative]:
    """Everything that may stand for a word, the word itself first."""
    found = [Alternative((word.stem,), 1.0), *_others((word.stem,), lexicon)]
    if word.parts:
        found.append(Alternative(word.parts, PARTS))
        # Other words for a part: *vergunninghoudershuisvesting* is *huisvesting* of *statushouders*.
        ways = [[((part,), 1.0), *lexicon.leads.get((part,), {}).items()] for part in word.parts]
        for combined in list(product(*ways))[1:MOST_ALTERNATIVES]:
            stems = tuple(dict.fromkeys(stem for way, _ in combined for stem in way))
            weight = PARTS
            for _way, counts in combined:
                weight *= counts
            found.append(Alternative(stems, weight, is_marked=len(stems) == 1))
    return found


def _others(stems: Stems, lexicon: Lexicon) -> list[Alternative]:
    return [
        Alternative(other, weight, is_marked=len(other) == 1 or weight >= PARTS)
        for other, weight in lexicon.leads.get(stems, {}).items()
    ]


def _meant(text: str, lexicon: Lexicon) -> list[Alternative]:
    found = [one for word in parse_words(text).wanted[:1] for one in alternatives_of(word, lexicon)]
    return [replace(one, weight=one.weight * CORRECTED) for one in found]


def _concept(text: str, alternatives: Sequence[Alternative], known: KnownWords) -> Concept | None:
    """A concept of those alternatives that some contribution may have; None where there are none."""
    kept: dict[Stems, Alternative] = {}
    shares = [0.0]
    for one in alternatives:
        found = [known.share(stem) for stem in one.stems]
        if one.stems not in kept and all(share is not None for share in found):
            kept[one.stems] = one
            shares.append(min(share for share in found if share is not None) * (one.weight >= 1))
    if not kept:
        return None
    return Concept(text, tuple(kept.values())[:MOST_ALTERNATIVES], is_common=max(shares) > COMMON)


def _corrected(text: str, corrections: dict[str, str]) -> str | None:
    if not corrections:
        return None
    return " ".join(corrections.get(word.strip('.,;:?!"').lower(), word) for word in text.split())
