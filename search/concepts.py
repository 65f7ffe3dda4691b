"""What a question is about: each word with everything that may stand for it. Pure.

A word becomes a concept: the word itself, the parts of a compound, other words for it, and what was meant if it was
mistyped. A contribution has a concept when it has one of these. What a concept tells (its rarity in Dutch and here)
decides how much it counts, in what is found and in what comes near.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from .alternatives import MOST_ALTERNATIVES, Alternative, alternatives_of, others, partly, rest_of
from .lexicon import Lexicon, Stems
from .places import Found, Gazetteer
from .rarity import in_dutch, tells
from .request import Word, Words, parse_words

# How much a word counts that was probably meant.
CORRECTED = 0.85
# A word that tells less than this share of what the most telling one does is not needed: it only moves up.
GENERAL = 0.25
# Of so many words, all must be there; of more, this share of what they tell together.
ALL_OF = 3
MOST_OF = 0.9
# In what comes near, this share of it must be there; where that finds few, the best of what has this much.
NEAR = 0.3
NEAREST = 0.1
# Where the word that tells is used by nobody, what has only such usual words is no full answer.
USUAL = 0.7
# The place itself, next to the words of its name in a text.
NAMED = 0.7
# The province of the same name as a municipality, next to that.
PROVINCE = 0.5
MOST_CONCEPTS = 12
# Sums of the same numbers may differ by this much.
TINY = 1e-6


@dataclass(frozen=True)
class Concept:
    """A word or expression of the question, as typed, with what may stand for it; the best counts.

    `tells` is how much it tells that a contribution has it.
    """

    text: str
    alternatives: tuple[Alternative, ...]
    tells: float = 1.0
    is_place: bool = False

    @property
    def stems(self) -> frozenset[str]:
        return frozenset(stem for one in self.alternatives for stem in one.stems)

    @property
    def whole(self) -> tuple[Alternative, ...]:
        """What stands for all of it."""
        return tuple(one for one in self.alternatives if one.covers >= 1)

    @property
    def parts(self) -> tuple[Alternative, ...]:
        """What is only a part of it."""
        return tuple(one for one in self.alternatives if one.covers < 1)


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
        needed: concepts that count for what is found.
        extra: general ones, which only move what is found up.
        near: concepts that count for what comes near: not a place, because another subject there is no answer.
        all_needed: what a full answer has of the needed ones tells so much.
        some_needed: the same of the near ones, for an answer that comes near.
        least_needed: the same, where too few come near.
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
    all_needed: float = 0.0
    some_needed: float = 0.0
    least_needed: float = 0.0
    phrases: tuple[Stems, ...] = ()
    unwanted: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    corrected: str | None = None
    without: int | None = None
    is_impossible: bool = False

    @property
    def told_by_all(self) -> float:
        """How much an entry tells that has everything."""
        return math.fsum(concept.tells for concept in self.needed)

    def near_enough(self, told: Sequence[float], enough: int) -> float:
        """How much something tells at least that comes near: less where few do, but never next to nothing.

        Args:
            told: what the answers tell that come nearest.
            enough: so many should come near.
        """
        ranked = sorted(told, reverse=True)[:enough]
        return max(self.least_needed, min(self.some_needed, ranked[-1] - TINY)) if ranked else self.some_needed

    @property
    def has_place(self) -> bool:
        """Is a place part of the question? Then the same elsewhere is no answer to it."""
        return any(concept.is_place for concept in self.needed)

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

    lexicon: Lexicon
    known: KnownWords
    places: dict[int, Found] = field(default_factory=dict)
    concepts: list[Concept] = field(default_factory=list)
    unknown: list[Word] = field(default_factory=list)
    corrections: dict[str, str] = field(default_factory=dict)


def plan(words: Words, lexicon: Lexicon, known: KnownWords, places: Gazetteer | None = None) -> Plan:
    """Decide what to look for.

    Args:
        words: the question.
        lexicon: which words lead to which.
        known: the words that contributions have.
        places: the names of municipalities and provinces.
    """
    found = (places or Gazetteer()).find(words.typed)
    reading = _Reading(lexicon, known, {at: place for place in found for at in range(place.start, place.end)})
    at = 0
    while at < len(words.wanted):
        at += _read(words.wanted, at, reading)
    concepts = reading.concepts[:MOST_CONCEPTS]
    most = max((concept.tells for concept in concepts), default=0.0)
    needed = tuple(concept for concept in concepts if concept.tells >= GENERAL * most or concept.is_place)
    near = tuple(concept for concept in needed if not concept.is_place) or needed
    together, of_near = (math.fsum(concept.tells for concept in some) for some in (needed, near))
    share = 1 if len(needed) <= ALL_OF else MOST_OF
    return Plan(
        needed=needed,
        extra=tuple(concept for concept in concepts if concept not in needed),
        near=near,
        all_needed=math.inf if _lacks_what_tells(needed, reading) else together * share - TINY,
        some_needed=of_near * NEAR - TINY,
        least_needed=of_near * NEAREST - TINY,
        phrases=words.phrases,
        unwanted=words.unwanted,
        unknown=tuple(word.text for word in reading.unknown),
        corrected=_corrected(words.text, reading.corrections),
        is_impossible=bool(words.text) and not concepts,
    )


def _lacks_what_tells(needed: Sequence[Concept], reading: _Reading) -> bool:
    """Are only usual words left of a question, and is what tells unknown? Then nothing is a full answer."""
    tell = any(concept.is_place or max(map(in_dutch, concept.stems)) >= USUAL for concept in needed)
    return not tell and any(in_dutch(word.stem) >= USUAL for word in reading.unknown)


def _read(words: Sequence[Word], at: int, reading: _Reading) -> int:
    """Read a place, or the longest expression that begins here. Returns how many words it has."""
    if length := _read_place(words, at, reading) or _read_expression(words, at, reading):
        return length
    word = words[at]
    concept = _concept(word.text, alternatives_of(word, reading.lexicon), reading.known)
    concept = concept or _read_mistake(word, reading) or _concept(word.text, rest_of(word), reading.known)
    if concept is None:
        reading.unknown.append(word)
    elif concept not in reading.concepts:
        reading.concepts.append(concept)
    return 1


def _read_place(words: Sequence[Word], at: int, reading: _Reading) -> int:
    place = reading.places.get(words[at].at)
    if place is None:
        return 0
    named = [word for word in words[at:] if place.start <= word.at < place.end]
    text = " ".join(word.text for word in named)
    stands_for = [Alternative((stem,), PROVINCE if is_wider else 1.0) for stem, is_wider in place.stems()]
    stands_for.append(Alternative(tuple(word.stem for word in named), NAMED))
    concept = _concept(text, stands_for, reading.known)
    if concept is None:
        return 0
    reading.concepts.append(replace(concept, is_place=True))
    return len(named)


def _read_expression(words: Sequence[Word], at: int, reading: _Reading) -> int:
    for length in range(min(reading.lexicon.longest, len(words) - at), 1, -1):
        expression = words[at : at + length]
        stems = tuple(word.stem for word in expression)
        if stems in reading.lexicon.leads:
            text = " ".join(word.text for word in expression)
            led_to = others(stems, tuple(word.base for word in expression), reading.lexicon)
            concept = _concept(text, [Alternative(stems, 1.0), *led_to], reading.known)
            if concept is not None:
                reading.concepts.append(concept)
                return length
    return 0


def _read_mistake(word: Word, reading: _Reading) -> Concept | None:
    for text in reading.known.corrections(word.text):
        concept = _concept(word.text, _meant(text, reading.lexicon), reading.known)
        if concept is not None:
            reading.corrections[word.text] = text
            return concept
    return None


def _meant(text: str, lexicon: Lexicon) -> list[Alternative]:
    found = [one for word in parse_words(text).wanted[:1] for one in alternatives_of(word, lexicon)]
    return [replace(one, weight=one.weight * CORRECTED) for one in found]


def _concept(text: str, alternatives: Sequence[Alternative], known: KnownWords) -> Concept | None:
    """A concept of those alternatives that some contribution may have; None where there are none."""
    if not alternatives:
        return None
    most = math.fsum(tells(stem, known.share(stem) or 0.0) for stem in alternatives[0].stems)
    kept: dict[Stems, Alternative] = {}
    for one in [*alternatives, *partly(alternatives)]:
        shares = [known.share(stem) for stem in one.stems]
        told = [tells(stem, share) for stem, share in zip(one.stems, shares, strict=True) if share is not None]
        if one.stems not in kept and len(told) == len(one.stems):
            kept[one.stems] = replace(one, factors=_factors(one, told, most))
    if not kept:
        return None
    whole = [one for one in kept.values() if one.covers >= 1][:MOST_ALTERNATIVES]
    parts = [one for one in kept.values() if one.covers < 1][:MOST_ALTERNATIVES]
    typed = [one for one in whole if one.weight >= 1] or [*whole, *parts]
    return Concept(text, (*whole, *parts), tells=max(math.fsum(one.factors) / one.weight for one in typed))


def _factors(one: Alternative, told: Sequence[float], most: float) -> tuple[float, ...]:
    """By what each stem is multiplied: words that were typed count together, those of another word as one word.

    So no split of a word counts for more than the word; and no other word tells more than the one that was typed.
    """
    together = math.fsum(told)
    counts = min(most, together if one.weight >= 1 else max(told))
    return tuple(one.weight * counts * each / together for each in told)


def _corrected(text: str, corrections: dict[str, str]) -> str | None:
    if not corrections:
        return None
    return " ".join(corrections.get(word.strip('.,;:?!"').lower(), word) for word in text.split())
