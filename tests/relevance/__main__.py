"""`make relevance`: the quality of search by kind of question, next to Elasticsearch and an encoder.

`--half tuning|test|second` measures one part; `--pool FILE` writes what still has to be judged; `--ablation` leaves out
one ingredient after the other; `--differences` prints the questions that lose most. RELEVANCE_FOLDER keeps the filled
databases for the next time, and with `--again` what was answered is shown again without asking.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from .judged import Query, judgements, queries
from .measures import interval, mean, ndcg, recall, success
from .world import ALL, FIELD

console = Console(width=170)


@dataclass(frozen=True)
class Part:
    """Questions that are shown together, with what every system answered."""

    title: str
    asked: Sequence[Query]
    rankings: Mapping[str, Mapping[str, Sequence[str]]]
    judged: Mapping[str, Mapping[str, int]]
    texts: Mapping[str, Mapping[str, str]]

    @property
    def types(self) -> list[str]:
        return list(dict.fromkeys(query.type for query in self.asked))

    def of_type(self, one: str) -> list[str]:
        return [query.id for query in self.asked if query.type == one]

    def values(self, system: str, measured: Any = ndcg) -> dict[str, float]:
        found = self.rankings[system]
        return {query.id: measured(found[query.id], self.judged[query.id]) for query in self.asked}


def parts(answers: Mapping[str, Any], half: str | None) -> list[Part]:
    """The first set, and the second one over both exchanges: about one field, and about everything."""
    asked = [query for query in queries() if half in (None, query.half)]
    of = {
        "The first set": (ALL, [query for query in asked if query.half != "second"]),
        "The second set, of one field": (FIELD, [query for query in asked if query.is_of_field]),
        "The second set, over the register": (
            ALL, [query for query in asked if query.half == "second" and not query.is_of_field]
        ),
    }  # fmt: skip
    return [_part(title, some, answers[world]) for title, (world, some) in of.items() if some]


def _part(title: str, asked: Sequence[Query], answers: Any) -> Part:
    judged = judgements(asked, {key: text["title"] for key, text in answers["texts"].items()})
    answered = [query for query in asked if any(judged[query.id].values())]
    if lacking := [query.id for query in asked if query not in answered]:
        console.print(f"{title}: nothing that can be found answers {', '.join(lacking)}; these do not count.")
    return Part(title, answered, answers["rankings"], judged, answers["texts"])


def show(part: Part) -> None:
    for title, measured in (("nDCG@10", ndcg), ("recall@20", recall), ("success@1", success)):
        table = Table("system", title=f"{part.title}: {title}, with 95% intervals", title_justify="left")
        for one in (*part.types, "all"):
            table.add_column(f"{one} ({len(part.of_type(one) or part.asked)})")
        for name in part.rankings:
            values = part.values(name, measured)
            cells = [_with_interval([values[key] for key in part.of_type(one)]) for one in part.types]
            table.add_row(name, *cells, _with_interval(list(values.values()), digits=3))
        console.print(table)
    _show_differences(part)


def _with_interval(values: Sequence[float], digits: int = 2) -> str:
    low, high = interval(values)
    return f"{mean(values):.{digits}f} ({low:.2f}-{high:.2f})"


def _show_differences(part: Part) -> None:
    """What an engine adds to each of the others, with the interval: wholly above zero means surely better."""
    ours, *others = part.rankings
    table = Table(f"{ours} minus", *part.types, "all", title="Difference in nDCG@10 (95%)", title_justify="left")
    mine = part.values(ours)
    for name in others:
        theirs = part.values(name)
        by_key = {key: mine[key] - theirs[key] for key in mine}
        groups = [[by_key[key] for key in part.of_type(one)] for one in part.types]
        cells = [f"{mean(some):+.2f} ({low:+.2f}, {high:+.2f})" for some in groups for low, high in [interval(some)]]
        low, high = interval(list(by_key.values()))
        table.add_row(name, *cells, f"{mean(list(by_key.values())):+.3f} ({low:+.3f}, {high:+.3f})")
    if others:
        console.print(table)


def show_ablation(part: Part) -> None:
    """nDCG@10 of the embedded engine with one ingredient left out, and how many questions get worse and better."""
    table = Table("ingredients", *part.types, "all", "worse", "better", title=part.title, title_justify="left")
    base = part.values("everything")
    for name in part.rankings:
        values = part.values(name)
        by_type = [f"{mean([values[key] for key in part.of_type(one)]):.3f}" for one in part.types]
        worse = sum(values[key] < base[key] - 0.001 for key in base)
        better = sum(values[key] > base[key] + 0.001 for key in base)
        table.add_row(name, *by_type, f"{mean(list(values.values())):.4f}", str(worse), str(better))
    console.print(table)


def show_losses(part: Part) -> None:
    """The questions that lose most, with what stands first and what should."""
    ours = next(iter(part.rankings))
    values = part.values(ours)
    for query in sorted(part.asked, key=lambda one: values[one.id]):
        if values[query.id] < 0.75:
            first = [part.texts[key]["title"] for key in part.rankings[ours][query.id][:3]]
            best = [part.texts[key]["title"] for key, grade in part.judged[query.id].items() if grade > 1]
            console.print(f"{values[query.id]:.2f} {query.id} {query.text}\n   first: {first}\n   should: {best[:4]}")


def write_pool(file: Path, some: Sequence[Part]) -> None:
    """Write what nobody judged yet among the best ten of any system: one of each product, in no order."""
    shuffled = random.Random(18)
    with file.open("w", encoding="utf-8") as out:
        for part in some:
            for query in part.asked:
                lines = sorted(_unjudged(part, query))
                shuffled.shuffle(lines)
                out.writelines([f"# {query.id} {query.text}\n", *lines] if lines else [])


def _unjudged(part: Part, query: Query) -> set[str]:
    found: dict[str, str] = {}
    for key in (key for ranking in part.rankings.values() for key in ranking[query.id][:10]):
        text = part.texts[key]
        if key not in part.judged[query.id]:
            product = key if query.type == "place" else text["title"].casefold()
            place = f" [{text['municipality']}]" if query.type == "place" else ""
            found[product] = f"{key}\t{text['title']}{place} | {text['summary']} | {text['text']}\n"
    return set(found.values())


def answers_of(folder: Path, *options: str, again: bool) -> dict[str, Any]:
    """Ask in both exchanges, each in a process of its own; the smaller one first, so that one database will do."""
    answers = {}
    for world in (FIELD, ALL):
        file = folder / f"{world}.json"
        if not again:
            subprocess.run([sys.executable, "-m", "tests.relevance.world", world, str(file), *options], check=True)
        answers[world] = json.loads(file.read_text(encoding="utf-8"))
    return answers


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.relevance", description=__doc__)
    parser.add_argument("--half", choices=["tuning", "test", "second"])
    parser.add_argument("--pool", type=Path)
    parser.add_argument("--embedded-only", action="store_true")
    parser.add_argument("--ablation", action="store_true")
    parser.add_argument("--differences", action="store_true")
    parser.add_argument("--again", action="store_true")
    options = parser.parse_args()
    if not os.environ.get("ALGORITHM_REGISTER"):
        sys.exit(
            "Set ALGORITHM_REGISTER to the file of the open algorithm register: half of the questions are about it."
        )
    with tempfile.TemporaryDirectory() as folder:
        os.environ.setdefault("RELEVANCE_FOLDER", folder)
        chosen = [f"--{name.replace('_', '-')}" for name in ("embedded_only", "ablation") if getattr(options, name)]
        some = parts(answers_of(Path(os.environ["RELEVANCE_FOLDER"]), *chosen, again=options.again), options.half)
    if options.pool:
        write_pool(options.pool, some)
    for part in some:
        if options.ablation:
            show_ablation(part)
        else:
            show(part)
        if options.differences:
            show_losses(part)


if __name__ == "__main__":
    main()
