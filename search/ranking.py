"""What moves a contribution up, besides its words: small, bounded, said on the page, and written once. Pure.

Each ingredient is a weight and a measure from 0 to 1. A measure says what it looks at, and works that out for one
entry; the engine of Elasticsearch translates it (`search/engines/elastic.py`), so both engines rank by the same list.
"""

from __future__ import annotations

import datetime
import math
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from exchange.contributions.freshness import Freshness, last_before, period

from .filter_values import RUNS_AT_SIZE, filter_value

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


class Facts(NamedTuple):
    """What is known of an entry, besides its words.

    Attributes:
        completeness: from 0 to 1.
        population: inhabitants of its municipality.
        due_on: the day by which it has to be confirmed; None where nobody is asked to.
        values: the filter values that the reader may know, as one text (`search.filter_values`).
        is_full: whether it has all that was asked, where others only come near.
    """

    completeness: float = 0.0
    population: int | None = None
    due_on: datetime.date | None = None
    values: str = ""
    is_full: bool = False


@dataclass(frozen=True)
class Complete:
    """How completely it is described."""

    def of(self, facts: Facts) -> float:
        return facts.completeness


@dataclass(frozen=True)
class Near:
    """How near its municipality is to a number of inhabitants; half at `half` times as many, or as few."""

    inhabitants: int
    half: float = HALF_FACTOR

    def of(self, facts: Facts) -> float:
        return closeness(facts.population, self.inhabitants, self.half)


@dataclass(frozen=True)
class HasValue:
    """Does it have this value of a filter?"""

    filter: str
    value: str

    def of(self, facts: Facts) -> float:
        return float(filter_value(self.filter, self.value) in facts.values.split())


@dataclass(frozen=True)
class IsFull:
    """Does it have all that was asked?"""

    def of(self, facts: Facts) -> float:
        return float(facts.is_full)


@dataclass(frozen=True)
class NotDueBy:
    """Need it not have been confirmed by this day? Holds for what nobody is asked to confirm."""

    day: datetime.date

    def of(self, facts: Facts) -> float:
        return float(facts.due_on is None or facts.due_on > self.day)


Measure = Complete | Near | HasValue | IsFull | NotDueBy


@dataclass(frozen=True)
class Ingredient:
    """A measure and how much it adds where it is 1."""

    name: str
    weight: float
    measure: Measure


@dataclass(frozen=True)
class Ranking:
    """What the score of the words is multiplied by: 1 and what each ingredient adds, and next to nothing for the last.

    Attributes:
        adds: the ingredients.
        stays: where this does not hold, an entry stands below everything else.
    """

    adds: tuple[Ingredient, ...]
    stays: NotDueBy

    def factor(self, facts: Facts) -> float:
        added = 1.0
        for one in self.adds:
            added += one.weight * one.measure.of(facts)
        return added if self.stays.of(facts) else added * LAST


def ranking(*, today: datetime.date, own: int | None = None, own_size: str = "", full: float = 1.0) -> Ranking:
    """What counts for this reader today: the one list that both engines read.

    Args:
        today: the day to judge by.
        own: inhabitants of the reader's municipality; None for a visitor.
        own_size: its size class; empty for a visitor.
        full: how many times a full answer counts; 1 where there is nothing else.
    """
    adds = [Ingredient("completeness", COMPLETENESS, Complete()), Ingredient("freshness", FRESHNESS, _in_time(today))]
    if own:
        adds.append(Ingredient("closeness", CLOSENESS, Near(own)))
    if own_size:
        adds.append(Ingredient("runs here", RUNS_HERE, HasValue(RUNS_AT_SIZE, own_size)))
    if full > 1:
        adds.append(Ingredient("full answer", full - 1, IsFull()))
    return Ranking(tuple(adds), _not_last(today))


def _in_time(today: datetime.date) -> NotDueBy:
    return NotDueBy(period(Freshness.OVERDUE, today)[1])


def _not_last(today: datetime.date) -> NotDueBy:
    return NotDueBy(last_before(today))


# The same few numbers come back for every entry.
@lru_cache(maxsize=10_000)
def closeness(population: int | None, own: int | None, half: float = HALF_FACTOR) -> float:
    """How near two numbers of inhabitants are, from 0 to 1: half as many is as far as twice as many."""
    if not population or not own:
        return 0.0
    return math.exp(-math.log(2) * (math.log(population / own) / math.log(half)) ** 2)


def is_marked(due_on: datetime.date | None, today: datetime.date) -> bool:
    """Had it to be confirmed so long ago that it is marked and ranked lower?"""
    return not _in_time(today).of(Facts(due_on=due_on))


def is_last(due_on: datetime.date | None, today: datetime.date) -> bool:
    """Had it to be confirmed so long ago that it stands below everything else?"""
    return not _not_last(today).of(Facts(due_on=due_on))
