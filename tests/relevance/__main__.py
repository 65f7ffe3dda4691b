"""`make relevance`: the quality of search by type of question, next to plain Elasticsearch.

`--half tuning|test` measures one half; `--pool FILE` writes what still has to be judged; `--ablation` leaves out one
ingredient after the other. RELEVANCE_FOLDER keeps the filled database for the next time.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from io import StringIO
from pathlib import Path

import django
from django.core.management import call_command
from django.test import override_settings
from rich.console import Console
from rich.table import Table

from .judged import Query, expand, grades, queries
from .measures import interval, mean, ndcg, recall, success

Rankings = Mapping[str, Mapping[str, list[str]]]

console = Console(width=140)


def fill(corpus: str) -> None:
    """What was judged: the examples and the open register, published. The adoptions of examples came later."""
    from exchange.demo import content
    from home.bootstrap import bootstrap
    from search import known_words
    from search.models import Entry

    call_command("migrate", verbosity=0)
    bootstrap()
    content.fill()
    known_words.count()
    if Entry.objects.filter(is_listed=True).count() < 500:
        console.print("Importing the algorithm register ...")
        call_command("import_contributions", corpus, publish=True, open_sections=True, stdout=StringIO())
    call_command("search_index", "rebuild", stdout=StringIO())
    with override_settings(MEANING=True):
        call_command("search_index", "vectors", stdout=StringIO())


def systems(*, embedded_only: bool) -> dict[str, Callable[[str], list[int]]]:
    from django.db import connection

    from search.engines.elastic import ElasticEngine
    from search.engines.embedded import EmbeddedEngine
    from search.index.connection import BULK_TIMEOUT, client, is_configured

    from .systems import encoder_alone, of_engine, plain, with_meaning

    embedded = of_engine(EmbeddedEngine())
    found = {f"embedded, {connection.vendor}": embedded, "embedded and meaning": with_meaning(embedded)}
    found["encoder alone"] = encoder_alone
    if is_configured() and not embedded_only:
        es = client(timeout=BULK_TIMEOUT)
        found["elasticsearch"] = of_engine(ElasticEngine())
        found["elasticsearch and meaning"] = with_meaning(found["elasticsearch"])
        found |= {f"plain {analyzer}": plain(es, analyzer) for analyzer in ("standard", "dutch")}
    return found


def ask(asked: Sequence[Query], *, embedded_only: bool) -> dict[str, dict[str, list[str]]]:
    """By system, by question: the keys of what was found, best first."""
    from search.models import Entry

    keys = dict(Entry.objects.filter(is_listed=True).values_list("pk", "external_id"))
    return {
        name: {query.id: [keys[found] for found in system(query.text)] for query in asked}
        for name, system in systems(embedded_only=embedded_only).items()
    }


def judgements(asked: Sequence[Query]) -> dict[str, dict[str, int]]:
    """The grades of each question; equal products alike, but not where the place is part of the question."""
    from search.models import Entry

    products: defaultdict[str, list[str]] = defaultdict(list)
    for title, key in Entry.objects.filter(is_listed=True).values_list("title", "external_id"):
        products[title.casefold()].append(key)
    judged = grades()
    return {
        query.id: judged.get(query.id, {})
        if query.type == "place"
        else expand(judged.get(query.id, {}), products.values())
        for query in asked
    }


def show(asked: Sequence[Query], rankings: Rankings, judged: Mapping[str, Mapping[str, int]]) -> None:
    types = list(dict.fromkeys(query.type for query in asked))
    for title, measured in (("nDCG@10", ndcg), ("recall@20", recall), ("success@1", success)):
        table = Table("system", *types, "all", "95% interval", title=title, title_justify="left")
        for name, found in rankings.items():
            values = {query.id: measured(found[query.id], judged[query.id]) for query in asked}
            by_type = [mean([values[query.id] for query in asked if query.type == one]) for one in types]
            low, high = interval(list(values.values()))
            table.add_row(
                name,
                *(f"{value:.2f}" for value in by_type),
                f"{mean(list(values.values())):.3f}",
                f"{low:.3f} – {high:.3f}",
            )
        console.print(table)
    _show_differences(asked, rankings, judged, types)


def _show_differences(
    asked: Sequence[Query], rankings: Rankings, judged: Mapping[str, Mapping[str, int]], types: Sequence[str]
) -> None:
    """What an engine adds to plain `dutch`, with the interval of the difference: above zero means surely better."""
    if "plain dutch" not in rankings:
        return
    table = Table("minus plain dutch", *types, title="Difference in nDCG@10 (95% interval)", title_justify="left")
    base = rankings["plain dutch"]
    for name, found in rankings.items():
        if name.startswith("plain"):
            continue
        cells = []
        for one in types:
            ids = [query.id for query in asked if query.type == one]
            differences = [ndcg(found[key], judged[key]) - ndcg(base[key], judged[key]) for key in ids]
            low, high = interval(differences)
            cells.append(f"{mean(differences):+.2f} ({low:+.2f}, {high:+.2f})")
        table.add_row(name, *cells)
    console.print(table)


def show_ablation(asked: Sequence[Query], judged: Mapping[str, Mapping[str, int]]) -> None:
    """nDCG@10 of the embedded engine with one ingredient left out."""
    from search.engines.embedded import EmbeddedEngine
    from search.models import Entry

    from .ablation import ablations
    from .systems import of_engine

    keys = dict(Entry.objects.filter(is_listed=True).values_list("pk", "external_id"))
    types = list(dict.fromkeys(query.type for query in asked))
    table = Table("ingredients", *types, "all", title="nDCG@10, embedded engine", title_justify="left")
    for name, left_out in ablations().items():
        with left_out:
            system = of_engine(EmbeddedEngine())
            found = {query.id: [keys[page_id] for page_id in system(query.text)] for query in asked}
        values = {query.id: ndcg(found[query.id], judged[query.id]) for query in asked}
        by_type = [mean([values[query.id] for query in asked if query.type == one]) for one in types]
        table.add_row(name, *(f"{value:.2f}" for value in by_type), f"{mean(list(values.values())):.3f}")
    console.print(table)


def write_pool(file: Path, asked: Sequence[Query], rankings: Rankings, judged: Mapping[str, Mapping[str, int]]) -> None:
    """Write what nobody judged yet among the best ten of any system: one of each product."""
    from search.models import Entry

    shown = {entry.external_id: entry for entry in Entry.objects.filter(is_listed=True)}
    with file.open("w", encoding="utf-8") as out:
        for query in asked:
            seen: set[str] = set()
            lines = []
            for key in [key for found in rankings.values() for key in found[query.id][:10]]:
                entry = shown[key]
                product = key if query.type == "place" else entry.title.casefold()
                if key not in judged[query.id] and product not in seen:
                    seen.add(product)
                    place = f" [{entry.municipality}]" if query.type == "place" else ""
                    lines.append(f"{key}\t{entry.title}{place} | {' '.join(entry.summary.split())[:110]}\n")
            if lines:
                out.write(f"# {query.id} {query.text}\n")
                out.writelines(lines)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.relevance", description=__doc__)
    parser.add_argument("--half", choices=["tuning", "test"])
    parser.add_argument("--pool", type=Path)
    parser.add_argument("--embedded-only", action="store_true")
    parser.add_argument("--ablation", action="store_true")
    options = parser.parse_args()
    corpus = os.environ.get("ALGORITHM_REGISTER")
    if not corpus:
        sys.exit(
            "Set ALGORITHM_REGISTER to the file of the open algorithm register: half of the questions are about it."
        )
    fill(corpus)
    asked = [query for query in queries() if options.half in (None, query.half)]
    if options.ablation:
        show_ablation(asked, judgements(asked))
        return
    rankings = ask(asked, embedded_only=options.embedded_only)
    judged = judgements(asked)
    if options.pool:
        write_pool(options.pool, asked, rankings, judged)
    show(asked, rankings, judged)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "exchange.settings.test")
        os.environ["DATA_DIR"] = os.environ.get("RELEVANCE_FOLDER", folder)
        os.environ.setdefault("ELASTICSEARCH_INDEX", "samenwijzer-relevance")
        django.setup()
        main()
