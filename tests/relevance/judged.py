"""The questions and how well each contribution answers them, from the files beside this one."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from .measures import Grades

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Query:
    """A question as somebody typed it.

    Attributes:
        half: tuning or test.
        is_of_field: about the one field of the examples, and asked where there is nothing else.
    """

    id: str
    type: str
    half: str
    text: str
    is_of_field: bool = False


def queries() -> list[Query]:
    """The first set, and the second, which is of one half: nothing is tuned on it by its figures."""
    first = of_file("queries.tsv")
    second = _rows("questions.tsv")
    return first + [Query(row["id"], row["type"], "second", row["query"], row["corpus"] == "field") for row in second]


def of_file(name: str) -> list[Query]:
    """The questions of a file."""
    return [Query(row["id"], row["type"], row["half"], row["query"]) for row in _rows(name)]


def grades(name: str = "judgements.tsv") -> dict[str, dict[str, int]]:
    """By question, by contribution: its grade, from 0 to 3."""
    found: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for row in _rows(name):
        found[row["query"]][row["contribution"]] = int(row["grade"])
    return dict(found)


def judgements(asked: Iterable[Query], titles: Mapping[str, str]) -> dict[str, dict[str, int]]:
    """The grades of each question; equal products alike, but not where the place is part of the question.

    Args:
        titles: of everything that can be found, by its key.
    """
    products: defaultdict[str, list[str]] = defaultdict(list)
    for key, title in titles.items():
        products[title.casefold()].append(key)
    judged = grades()
    return {
        query.id: judged.get(query.id, {})
        if query.type == "place"
        else expand(judged.get(query.id, {}), products.values())
        for query in asked
    }


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
