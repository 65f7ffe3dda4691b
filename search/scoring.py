"""How well entries fit the words of a question: BM25 over the weights of their stems. Pure.

The part of a weight that a word has by itself was worked out when the entry was projected (`search.document`); how
rare the word is follows from the entries that are given here: those that the reader may see.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from .concepts import Alternative, Concept, Plan

# By stem: the entries that have it, and how much it weighs in each.
Postings = Mapping[str, Mapping[int, float]]


@dataclass(frozen=True)
class Scores:
    """What was found. By entry: the score of its words, and how many concepts it has that are needed, and near."""

    words: Mapping[int, float]
    needed: Mapping[int, int]
    near: Mapping[int, int]

    def full(self, plan: Plan) -> set[int]:
        """The entries that have all that was asked."""
        return {entry for entry, number in self.needed.items() if number >= plan.all_needed}

    def coming_near(self, plan: Plan) -> set[int]:
        """The entries that have enough to come near."""
        return {entry for entry, number in self.near.items() if number >= plan.some_needed}


def score(plan: Plan, postings: Postings, total: int) -> Scores:
    """Score everything that has a word of the question.

    Args:
        plan: what is looked for.
        postings: of every stem of the plan that stands anywhere.
        total: how many entries there are.
    """
    rarity = {stem: _rarity(len(entries), total) for stem, entries in postings.items()}
    words: defaultdict[int, float] = defaultdict(float)
    needed: Counter[int] = Counter()
    near: Counter[int] = Counter()
    for concept in (*plan.needed, *plan.extra):
        best = _best(concept, postings, rarity)
        for entry, weight in best.items():
            words[entry] += weight
        if concept in plan.needed:
            needed.update(best.keys())
        if concept in plan.near:
            near.update(best.keys())
    return Scores(words, needed, near)


def _rarity(number: int, total: int) -> float:
    """How much it says that an entry has a word: BM25's inverse document frequency."""
    return math.log(1 + (total - number + 0.5) / (number + 0.5))


def _best(concept: Concept, postings: Postings, rarity: Mapping[str, float]) -> dict[int, float]:
    """The entries that have a concept, each with the best of what may stand for it."""
    best: dict[int, float] = {}
    for alternative in concept.alternatives:
        for entry, weight in _having(alternative, postings, rarity).items():
            if weight > best.get(entry, -1.0):
                best[entry] = weight
    return best


def _having(alternative: Alternative, postings: Postings, rarity: Mapping[str, float]) -> dict[int, float]:
    """The entries that have all stems of an alternative, with what those weigh together."""
    if not all(stem in postings for stem in alternative.stems):
        return {}
    # The rarest first: the others are only looked up in what that leaves.
    first, *others = sorted(alternative.stems, key=lambda stem: len(postings[stem]))
    counts = alternative.weight * rarity[first]
    found = {entry: counts * weight for entry, weight in postings[first].items()}
    for stem in others:
        counts, weights = alternative.weight * rarity[stem], postings[stem]
        found = {entry: weight + counts * weights[entry] for entry, weight in found.items() if entry in weights}
    return found
