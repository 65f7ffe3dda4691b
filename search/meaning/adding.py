"""What meaning adds to what words found: decided once, before filters, and the same for both engines. Pure.

Measured (decision 0031): what is nearest gets a part of what the words of the question tell, by how far it stands out
among the nearest; and the nearest ones that no word found come along.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

# So many of the nearest count, and by them is judged how much each stands out.
NEAREST = 50
# How much it counts to stand out by one standard deviation, next to what all words of the question tell.
WEIGHT = 0.4
# What a question tells of which nobody uses a word.
UNTOLD = 5.0
# So many come along that no word found.
MOST = 10


@dataclass(frozen=True)
class Near:
    """An entry that the reader may see, and how close it is to the question; 1 means the same."""

    page_id: int
    closeness: float
    folded_title: str = ""


@dataclass(frozen=True)
class Added:
    """What meaning adds.

    Attributes:
        scores: by page, what comes on top of the score of its words.
        pages: those that are shown even if no word finds them.
        close: those of which is said that they are like the question.
    """

    scores: Mapping[int, float] = field(default_factory=dict)
    pages: frozenset[int] = frozenset()
    close: frozenset[int] = frozenset()


NOTHING = Added()


def added(nearest: Sequence[Near], told: float, least: float, folded_question: str) -> Added:
    """Decide what meaning adds.

    Args:
        nearest: the nearest entries, nearest first.
        told: how much the words of the question tell together.
        least: nothing comes along that is not closer than this: of a question about something else, all is far.
        folded_question: somebody who types a title wants that one, and nothing like it.
    """
    nearest = nearest[:NEAREST]
    if not nearest or any(one.folded_title == folded_question for one in nearest):
        return NOTHING
    close = [one.page_id for one in nearest if one.closeness >= least]
    return Added(_scores(nearest, told or UNTOLD), frozenset(close[:MOST]), frozenset(close))


def _scores(nearest: Sequence[Near], told: float) -> dict[int, float]:
    """How far each stands out above the farthest of them, in standard deviations, times what words tell."""
    farthest = nearest[-1].closeness
    mean = math.fsum(one.closeness for one in nearest) / len(nearest)
    spread = math.sqrt(math.fsum((one.closeness - mean) ** 2 for one in nearest) / len(nearest))
    if not spread:
        return {}
    return {
        one.page_id: WEIGHT * told * (one.closeness - farthest) / spread for one in nearest if one.closeness > farthest
    }
