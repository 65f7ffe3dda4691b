"""What moves a contribution up, besides its words: small, bounded, and said on the page. Pure.

Freshness and adoption join here when their data is there (docs/search.md).
"""

from __future__ import annotations

import math

# So many full answers are enough; with fewer, what comes near is shown after them.
ENOUGH = 10
# A full answer counts this many times where others only come near: those stand below it.
FULL = 20.0
# How much a complete contribution counts more than an empty one, at most.
COMPLETENESS = 0.10
# How much a municipality as large as the reader's own counts more, at most.
CLOSENESS = 0.15
# From this factor in inhabitants on, closeness is about halved: a municipality of 24,000 next to one of 48,000.
HALF_FACTOR = 2.0


def closeness(population: int | None, own: int | None) -> float:
    """How near two numbers of inhabitants are, from 0 to 1: half as many is as far as twice as many."""
    if not population or not own:
        return 0.0
    return math.exp(-math.log(2) * (math.log(population / own) / math.log(HALF_FACTOR)) ** 2)


def factor(*, completeness: float, population: int | None, own: int | None, is_full: bool) -> float:
    """What the score of the words is multiplied by.

    Args:
        completeness: of the contribution, from 0 to 1.
        population: inhabitants of its municipality.
        own: inhabitants of the reader's municipality; None for a visitor.
        is_full: whether it has all that was asked, where others only come near.
    """
    bonus = COMPLETENESS * completeness + CLOSENESS * closeness(population, own)
    return (FULL if is_full else 1.0) + bonus
