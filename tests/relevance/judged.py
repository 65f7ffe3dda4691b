"""The questions and how well each contribution answers them, from the files beside this one."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from .measures import Grades

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Query:
    """A question as somebody typed it; `half` is tuning or test."""

    id: str
    type: str
    half: str
    text: str


def queries(name: str = "queries.tsv") -> list[Query]:
    return [Query(row["id"], row["type"], row["half"], row["query"]) for row in _rows(name)]


def grades(name: str = "judgements.tsv") -> dict[str, dict[str, int]]:
    """By question, by contribution: its grade, from 0 to 3."""
    found: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for row in _rows(name):
        found[row["query"]][row["contribution"]] = int(row["grade"])
    return dict(found)


def expand(judged: Grades, products: Iterable[Iterable[str]]) -> dict[str, int]:
    """The same product in another municipality has the same grade.

    Args:
        judged: grades by contribution.
        products: contributions with equal text, together.
    """
    expanded = dict(judged)
    for product in products:
        alike = list(product)
        known = [judged[key] for key in alike if key in judged]
        if known:
            expanded |= {key: max(known) for key in alike if key not in judged}
    return expanded


def _rows(name: str) -> Iterable[dict[str, str]]:
    path = FOLDER / name
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))
