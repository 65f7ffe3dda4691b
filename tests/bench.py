"""`make bench`: what the project costs on top of what it stands on, as ratios within one run.

Every figure is the median of interleaved runs on this machine, next to the same work done raw: the request to
Elasticsearch as it goes over the wire, the SQL statements of the embedded engine, a plain `helpers.parallel_bulk`.
Seconds differ from machine to machine and from hour to hour; the ratios are what counts.
"""

from __future__ import annotations

import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from io import StringIO
from typing import Any

import django
from django.core.management import call_command
from django.db import connection
from rich.console import Console
from rich.table import Table

SIZES = (1_000, 10_000)
ROUNDS = 15
QUESTIONS = (
    "q=opvang",
    "q=opvang+vluchtelingen&size=s",
    "q=schulden&theme=bijstand-en-armoede&size=xs&size=s",
    "size=m",
)
PAGES = ("/", "/zoeken/?q=opvang", "/themas/inburgering/", "/gemeenten/waterhoven/")
# Synthetic texts: as long as those of the open algorithm register are in the middle.
WORDS_PER_TEXT = 150

console = Console(width=110)


@dataclass(frozen=True)
class Row:
    """One line of a table: what was done, and both medians in milliseconds."""

    name: str
    ours: float
    raw: float | None = None


def measure(*works: Callable[[], object], rounds: int = ROUNDS) -> list[float]:
    """The median of each in milliseconds; the works take turns, so that a slow moment hits all."""
    times: list[list[float]] = [[] for _ in works]
    for work in works:
        work()
    for _ in range(rounds):
        for taken, work in zip(times, works, strict=True):
            started = time.perf_counter()
            work()
            taken.append((time.perf_counter() - started) * 1000)
    return [statistics.median(taken) for taken in times]


def show(title: str, rows: Sequence[Row]) -> None:
    table = Table("what", "project, ms", "raw, ms", "ratio", title=title, title_justify="left")
    for row in rows:
        raw, ratio = ("", "") if row.raw is None else (f"{row.raw:.1f}", f"{row.ours / row.raw:.2f}")
        table.add_row(row.name, f"{row.ours:.1f}", raw, ratio)
    console.print(table)


# --- entries without pages


def add_entries(total: int) -> None:
    """Fill the projection up to a total with invented texts: the usual words often, the others seldom."""
    from exchange.municipalities.models import Municipality
    from exchange.themes.models import Theme
    from search.document import Document, Field, Text
    from search.models import Entry
    from search.projection import store
    from search.stemming import dictionary

    generator = random.Random(7)
    words = generator.sample(sorted(word for word in dictionary() if word.isalpha() and len(word) > 3), 20_000)
    words = ["opvang", "vluchtelingen", "schulden", "gemeente", "inwoners", *words]
    weights = [1 / (rank + 10) for rank in range(len(words))]
    towns = list(Municipality.objects.current())
    themes = [(theme.slug, theme.name) for theme in Theme.objects.exclude(broader=None)]

    def text(length: int) -> str:
        drawn = generator.choices(words, weights, k=length)
        return ". ".join(" ".join(drawn[start : start + 12]) for start in range(0, length, 12))

    start = 1_000_000 + Entry.objects.count()
    for first in range(start, start + total - Entry.objects.filter(is_listed=True).count(), 500):
        documents, entries = {}, []
        for page_id in range(first, min(first + 500, start + total - (start - 1_000_000))):
            town, (slug, name) = generator.choice(towns), generator.choice(themes)
            title, summary, body = text(6), text(25), text(WORDS_PER_TEXT)
            documents[page_id] = Document(
                kind="initiative", visibility="public", municipality=town.code, external_id="", title=title,
                summary=summary, path=f"/bench/{page_id}/", phase="running", confirmed_at=None, published_at=None,
                completeness=0.5,
                texts=(Text(Field.TITLE, title), Text(Field.SUMMARY, summary), Text(Field.THEMES, name),
                       Text(Field.PLACE, town.name), Text(Field.BODY, body)),
                values=(("kind", "initiative"), ("theme", slug), ("size", town.size or "s"), ("phase", "running"),
                        ("municipality", town.code), ("province", town.province_code)),
            )  # fmt: skip
            entries.append(Entry(page_id=page_id, version=1, is_listed=True, dirty=False))
        Entry.objects.bulk_create(entries)
        store(entries, documents)


# --- what is measured


def _execute(statements: Sequence[str]) -> None:
    with connection.cursor() as cursor:
        for sql in statements:
            cursor.execute(sql)
            cursor.fetchall()


def _send(body: dict[str, Any]) -> None:
    from search.index.connection import client
    from search.index.generations import alias

    client(timeout=10).search(index=alias(), **{"from_" if key == "from" else key: body[key] for key in body})


def bench_search(total: int) -> None:
    from django.http import QueryDict
    from django.test.utils import CaptureQueriesContext

    from exchange.accounts.viewer import VISITOR
    from search import vocabulary
    from search.engines.answer import plan_of
    from search.engines.elastic import ElasticEngine, build
    from search.engines.embedded import EmbeddedEngine
    from search.index.connection import is_configured
    from search.request import parse

    words = vocabulary.load()
    for name, engine in (("embedded", EmbeddedEngine()), ("elasticsearch", ElasticEngine())):
        if name == "elasticsearch" and not is_configured():
            continue
        rows = []
        for query in QUESTIONS:
            asked, _ = parse(QueryDict(query), words)

            ours = partial(engine.search, asked, viewer=VISITOR, vocabulary=words)
            if name == "embedded":
                with CaptureQueriesContext(connection) as queries:
                    ours()
                raw = partial(_execute, [one["sql"] for one in queries])
            else:
                raw = partial(_send, build(asked, VISITOR, plan_of(asked, VISITOR, words), is_near=False).to_dict())
            mine, theirs = measure(ours, raw)
            rows.append(Row(query, mine, theirs))
        show(f"Search, {name}, {total:,} entries", rows)


def bench_rebuild(total: int) -> None:
    from elasticsearch.dsl import Index
    from elasticsearch.helpers import parallel_bulk

    from search.index.connection import BULK_TIMEOUT, client, is_configured
    from search.index.mapping import SETTINGS, EntryDocument, document_of
    from search.index.rebuild import rebuild
    from search.models import Entry

    if not is_configured():
        return
    es = client(timeout=BULK_TIMEOUT)
    entries = Entry.objects.filter(version__gt=0).prefetch_related("values")
    documents = [(entry.pk, document_of(entry)) for entry in entries.iterator(chunk_size=1000)]

    def raw() -> None:
        index = Index("samenwijzer-bench-raw")
        index.settings(**SETTINGS, refresh_interval="-1")
        index.document(EntryDocument)
        index.create(using=es)
        actions = ({"_index": "samenwijzer-bench-raw", "_id": pk, "_source": document} for pk, document in documents)
        for _ in parallel_bulk(es, actions, chunk_size=500):
            pass
        es.indices.refresh(index="samenwijzer-bench-raw")
        es.indices.delete(index="samenwijzer-bench-raw")

    mine, theirs = measure(lambda: rebuild(es), raw, rounds=3)
    show(
        "Rebuild next to helpers.parallel_bulk of documents that are in memory",
        [Row(f"{total:,} entries", mine, theirs)],
    )


def bench_pages(total: int) -> None:
    from django.test import Client

    visitor = Client()
    rows = [Row(path, measure(partial(visitor.get, path))[0]) for path in PAGES]
    show(f"Pages for a visitor, {total:,} entries", rows)


def main() -> None:
    console.print("Placing the examples ...")
    call_command("demo", no_serve=True, stdout=StringIO())
    for total in SIZES:
        console.print(f"Filling the projection to {total:,} entries ...")
        add_entries(total)
        from search.index.connection import is_configured

        if is_configured():
            call_command("search_index", "rebuild", index_only=True)
        bench_search(total)
        bench_pages(total)
        bench_rebuild(total)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "exchange.settings.test")
        os.environ["DATA_DIR"] = folder
        os.environ.setdefault("ELASTICSEARCH_INDEX", "samenwijzer-bench")
        django.setup()
        if not os.environ.get("ELASTICSEARCH_URL"):
            sys.stderr.write("Without ELASTICSEARCH_URL only the embedded engine is measured.\n")
        main()
