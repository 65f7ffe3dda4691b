"""What is measured of one ranking, and what can be said of many: pure functions over grades."""

from __future__ import annotations

import math
import random
from collections.abc import Mapping, Sequence

Ranking = Sequence[str]
Grades = Mapping[str, int]

# From this grade on a contribution is an answer.
RELEVANT = 2
ROUNDS = 2000


def ndcg(ranking: Ranking, grades: Grades, depth: int = 10) -> float:
    """Normalised discounted cumulative gain (Järvelin and Kekäläinen, 2002), with gain 2^grade - 1; from 0 to 1."""
    best = _gain(sorted(grades.values(), reverse=True)[:depth])
    return _gain([grades.get(key, 0) for key in ranking[:depth]]) / best if best else 0.0


def _gain(grades: Sequence[int]) -> float:
    return math.fsum((2.0**grade - 1) / math.log2(place + 2) for place, grade in enumerate(grades))


def recall(ranking: Ranking, grades: Grades, depth: int = 20) -> float:
    """Which part of the answers is among the first; no more can be asked than fits there."""
    answers = {key for key, grade in grades.items() if grade >= RELEVANT}
    return len(answers & set(ranking[:depth])) / min(len(answers), depth) if answers else 0.0


def success(ranking: Ranking, grades: Grades) -> float:
    """Is the very first an answer?"""
    return float(bool(ranking) and grades.get(ranking[0], 0) >= RELEVANT)


def mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0


def interval(values: Sequence[float], seed: int = 7) -> tuple[float, float]:
    """The 95% interval of a mean, by drawing the questions again and again (bootstrap, Efron 1979)."""
    generator = random.Random(seed)
    means = sorted(mean(generator.choices(values, k=len(values))) for _ in range(ROUNDS))
    return means[int(ROUNDS * 0.025)], means[int(ROUNDS * 0.975)]
