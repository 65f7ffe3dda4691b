"""What moves a contribution up, besides its words: small, bounded, and said on the page. Pure."""

from __future__ import annotations

import datetime
import math
from functools import lru_cache

from exchange.contributions.freshness import Freshness, freshness, last_before

# So many full answers are enough; with fewer, what comes near is shown after them.
ENOUGH = 10
# A full answer counts this many times where others only come near.
FULL = 3.0
# With a place in the question: the same elsewhere stands below what is there.
FULL_THERE = 20.0
# How much a complete contribution counts more than an empty one, at most.
COMPLETENESS = 0.10
# How much a municipality as large as the reader's own counts more, at most.
CLOSENESS = 0.15
# How much more it counts that somebody confirmed it in time (or that nobody is asked to).
FRESHNESS = 0.10
# How much more it counts that it runs in a municipality of the reader's own size.
RUNS_HERE = 0.10
# What nobody confirmed for so long counts this little: it stands below everything else.
LAST = 0.0001
# From this factor in inhabitants on, closeness is about halved: a municipality of 24,000 next to one of 48,000.
HALF_FACTOR = 2.0


# The same few numbers and days come back for every entry.
@lru_cache(maxsize=10_000)
def closeness(population: int | None, own: int | None) -> float:
    """How near two numbers of inhabitants are, from 0 to 1: half as many is as far as twice as many."""
    if not population or not own:
        return 0.0
    return math.exp(-math.log(2) * (math.log(population / own) / math.log(HALF_FACTOR)) ** 2)


@lru_cache(maxsize=10_000)
def is_marked(due_on: datetime.date | None, today: datetime.date) -> bool:
    """Had it to be confirmed so long ago that it is marked and ranked lower?"""
    return due_on is not None and freshness(due_on, today) is Freshness.OVERDUE


@lru_cache(maxsize=10_000)
def is_last(due_on: datetime.date | None, today: datetime.date) -> bool:
    """Had it to be confirmed so long ago that it stands below everything else?"""
    return due_on is not None and due_on <= last_before(today)


def factor(
    *,
    completeness: float,
    population: int | None,
    own: int | None,
    due_on: datetime.date | None,
    today: datetime.date,
    full: float = 1.0,
    runs_here: bool = False,
) -> float:
    """What the score of the words is multiplied by.

    Args:
        completeness: of the contribution, from 0 to 1.
        population: inhabitants of its municipality.
        own: inhabitants of the reader's municipality; None for a visitor.
        due_on: the day by which it has to be confirmed; None where nobody is asked to.
        today: the day to judge by.
        full: how many times it counts that it has all that was asked, where others only come near.
        runs_here: whether it runs in a municipality of the reader's own size.
    """
    bonus = COMPLETENESS * completeness + CLOSENESS * closeness(population, own)
    bonus += 0.0 if is_marked(due_on, today) else FRESHNESS
    bonus += RUNS_HERE if runs_here else 0.0
    return (full + bonus) * (LAST if is_last(due_on, today) else 1.0)
