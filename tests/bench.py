"""`make bench`: what the project costs on top of what it stands on, as ratios within one run.

Every figure is the median of interleaved runs on this machine, next to the same work done raw: the request to
Elasticsearch as it goes over the wire, the SQL statements of the embedded engine, a plain `helpers.parallel_bulk`.
Seconds differ from machine to machine and from hour to hour; the ratios are what counts.
"""

from __future__ import annotations

import os
import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from io import StringIO
from typing import Any
from unittest import mock

import django
from django.core.management import call_command
from django.db import connection
from rich.console import Console
from rich.table import Table

SIZES = (1_000, 10_000)
ROUNDS = 40
QUESTIONS = (
    "q=opvang",
    "q=vluchtelingenopvang",
    "q=opvang+vluchtelingen&size=s",
    "q=hoe+krijg+je+inwoners+met+schulden+aan+tafel",
    "q=traffic+lights",
    "q=mantelzrog",
    "q=schulden&theme=bijstand-en-armoede&size=xs&size=s",
    "size=m",
)
PAGES = ("/", "/zoeken/?q=opvang", "/themas/inburgering/", "/gemeenten/waterhoven/")
# Synthetic texts: as long as those of the open algorithm register are in the middle.
WORDS_PER_TEXT = 150

console = Console(width=110)


@dataclass(frozen=True)
class Times:
    """How long something took, in milliseconds: half of the times at most `p50`, nineteen in twenty at most `p95`."""

    p50: float
    p95: float


@dataclass(frozen=True)
class Row:
    """One line of a table: what was done, how long it took, and how long the same took raw."""

    name: str
    ours: Times
    raw: Times | None = None


def measure(*works: Callable[[], object], rounds: int = ROUNDS) -> list[Times]:
    """How long each took; the works take turns, so that a slow moment hits all."""
    times: list[list[float]] = [[] for _ in works]
    for work in works:
        work()
    for _ in range(rounds):
        for taken, work in zip(times, works, strict=True):
            started = time.perf_counter()
            work()
            taken.append((time.perf_counter() - started) * 1000)
    return [
        Times(statistics.median(taken), sorted(taken)[min(len(taken) - 1, int(len(taken) * 0.95))]) for taken in times
    ]


def show(title: str, rows: Sequence[Row]) -> None:
    table = Table(
        "what", "p50, ms", "p95, ms", "raw p50", "raw p95", "p50 ×", "p95 ×", title=title, title_justify="left"
    )
    for row in rows:
        cells = [f"{row.ours.p50:.1f}", f"{row.ours.p95:.1f}"]
        if row.raw is not None:
            cells += [f"{row.raw.p50:.1f}", f"{row.raw.p95:.1f}"]
            cells += [f"{row.ours.p50 / row.raw.p50:.2f}", f"{row.ours.p95 / row.raw.p95:.2f}"]
        table.add_row(row.name, *cells)
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


def _send(bodies: Sequence[dict[str, Any]]) -> None:
    from search.index.connection import client
    from search.index.generations import alias

    for body in bodies:
        client(timeout=30).search(index=alias(), **{"from_" if key == "from" else key: body[key] for key in body})


def _bodies(query: str) -> list[dict[str, Any]]:
    """The requests that a question sends to Elasticsearch, as they go over the wire."""
    from django.test import Client
    from elasticsearch.dsl import Search

    sent: list[dict[str, Any]] = []
    execute = Search.execute

    def noted(search: Search[Any]) -> Any:
        sent.append(search.to_dict())
        return execute(search)

    with mock.patch.object(Search, "execute", noted):
        _ask(Client(), query, "elasticsearch")
    return sent


def _bare(query: str) -> list[dict[str, Any]]:
    """What somebody would send who only wants words looked up."""
    from django.http import QueryDict

    text = QueryDict(query).get("q") or ""
    looked_up = {"multi_match": {"query": text, "fields": ["words.public", "phrases"]}} if text else {"match_all": {}}
    return [{"query": looked_up, "size": 20, "_source": False}]


def bench_search(total: int) -> None:
    """The API, with all facets and highlights, next to the same work raw; and what the facets cost of it."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from search.index.connection import is_configured

    visitor = Client()
    for name in ("embedded", "elasticsearch"):
        if name == "elasticsearch" and not is_configured():
            continue
        rows, bare = [], []
        for query in QUESTIONS:
            with _engine(name):
                ours = partial(_ask, visitor, query, name)
                if name == "embedded":
                    with CaptureQueriesContext(connection) as queries:
                        ours()
                    raw = partial(_execute, [one["sql"] for one in queries])
                    mine, theirs = measure(ours, raw)
                else:
                    bodies, plain = _bodies(query), _bare(query)
                    mine, theirs, other, no_facets = measure(
                        ours,
                        partial(_send, bodies),
                        partial(_send, plain),
                        partial(_send, [{key: body[key] for key in body if key != "aggs"} for body in bodies]),
                    )
                    bare.append(Row(f"{query}, raw", theirs, other))
                    bare.append(Row(f"{query}, raw without facets", no_facets, other))
                rows.append(Row(query, mine, theirs))
        show(f"The API on {name}, {total:,} entries, next to the same requests raw", rows)
        if bare:
            show(f"The raw requests next to a bare multi_match, {total:,} entries", bare)


def _ask(visitor: Any, query: str, engine: str) -> None:
    answer = visitor.get(f"/api/v1/search?{query}")
    if answer.status_code != 200 or answer.json()["engine"] != engine:
        raise RuntimeError(f"{query}: {answer.status_code} {answer.content[:200]!r}")


@contextmanager
def _engine(name: str) -> Iterator[None]:
    """Ask one engine only."""
    from django.test import override_settings

    if name == "elasticsearch":
        yield
    else:
        with override_settings(ELASTICSEARCH_URL=""):
            yield


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

    mine, theirs = measure(lambda: rebuild(es), raw, rounds=2)
    show(
        "Rebuild next to helpers.parallel_bulk of documents that are in memory",
        [Row(f"{total:,} entries", mine, theirs)],
    )


def bench_pages(total: int) -> None:
    from django.test import Client

    visitor = Client()
    rows = [Row(path, measure(partial(visitor.get, path))[0]) for path in PAGES]
    show(f"Pages for a visitor, {total:,} entries", rows)


def main(sizes: Sequence[int]) -> None:
    from search import known_words

    console.print("Placing the examples ...")
    call_command("demo", no_serve=True, stdout=StringIO())
    for total in sizes:
        console.print(f"Filling the projection to {total:,} entries ...")
        add_entries(total)
        known_words.count()
        from search.index.connection import is_configured

        if is_configured():
            call_command("search_index", "rebuild", index_only=True)
        bench_search(total)
        bench_pages(total)
        bench_rebuild(total)
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        console.print(f"Memory of this process, at most: {memory:.0f} MiB.\n")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "exchange.settings.test")
        os.environ["DATA_DIR"] = folder
        os.environ.setdefault("ELASTICSEARCH_INDEX", "samenwijzer-bench")
        django.setup()
        if not os.environ.get("ELASTICSEARCH_URL"):
            sys.stderr.write("Without ELASTICSEARCH_URL only the embedded engine is measured.\n")
        main([int(size) for size in sys.argv[1:]] or SIZES)
