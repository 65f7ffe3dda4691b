"""How well entries fit the words of a question: BM25 over the weights of their stems. Pure.

The part of a weight that a word has by itself was worked out when the entry was projected (`search.document`); how
rare the word is follows from the entries that are given here: those that the reader may see.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from .alternatives import PARTLY, Alternative
from .concepts import Concept, Plan

# By stem: the entries that have it, and how much it weighs in each.
Postings = Mapping[str, Mapping[int, float]]


@dataclass(frozen=True)
class Scores:
    """What was found. By entry: the score of its words, and what it tells of what is needed, and of what is near."""

    words: Mapping[int, float]
    needed: Mapping[int, float]
    near: Mapping[int, float]

    def full(self, plan: Plan) -> set[int]:
        """The entries that have all that was asked."""
        return {entry for entry, told in self.needed.items() if told >= plan.all_needed}

    def coming_near(self, plan: Plan, enough: int) -> set[int]:
        """The entries that have enough to come near; where those are few, the next ones that share what tells."""
        least = plan.near_enough(list(self.near.values()), enough)
        return {entry for entry, told in self.near.items() if told >= least}


def score(plan: Plan, postings: Postings) -> Scores:
    """Score everything that has a word of the question.

    Args:
        plan: what is looked for.
        postings: of every stem of the plan that stands anywhere.
    """
    words: defaultdict[int, float] = defaultdict(float)
    needed: defaultdict[int, float] = defaultdict(float)
    near: defaultdict[int, float] = defaultdict(float)
    for concept in (*plan.needed, *plan.extra):
        for entry, weight in _best(concept, postings).items():
            words[entry] += weight
        whole = _having(concept.whole, postings)
        for counted in [needed] * (concept in plan.needed) + [near] * (concept in plan.near):
            for entry in whole:
                counted[entry] += concept.tells
        if concept in plan.near:
            for entry in _having(concept.parts, postings) - whole:
                near[entry] += concept.tells * PARTLY
    return Scores(words, needed, near)


def _having(alternatives: Iterable[Alternative], postings: Postings) -> set[int]:
    """The entries that have one of these."""
    found: set[int] = set()
    for one in alternatives:
        found |= set.intersection(*(set(postings.get(stem, ())) for stem in one.stems))
    return found


def _best(concept: Concept, postings: Postings) -> dict[int, float]:
    """The entries that have a concept, each with the best of what may stand for it."""
    best: dict[int, float] = {}
    for alternative in concept.alternatives:
        for entry, weight in _weights(alternative, postings).items():
            if weight > best.get(entry, -1.0):
                best[entry] = weight
    return best


def _weights(alternative: Alternative, postings: Postings) -> dict[int, float]:
    """The entries that have all stems of an alternative, with what those weigh together."""
    if not all(stem in postings for stem in alternative.stems):
        return {}
    # The rarest first: the others are only looked up in what that leaves.
    pairs = sorted(zip(alternative.stems, alternative.factors, strict=True), key=lambda pair: len(postings[pair[0]]))
    (first, counts), *others = pairs
    found = {entry: counts * weight for entry, weight in postings[first].items()}
    for stem, counts in others:
        weights = postings[stem]
        found = {entry: weight + counts * weights[entry] for entry, weight in found.items() if entry in weights}
    return found
