"""What filling the index costs, next to `helpers.parallel_bulk` of documents that are in memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from elasticsearch import Elasticsearch
from elasticsearch.dsl import Index
from elasticsearch.helpers import parallel_bulk

from search.index.connection import BULK_TIMEOUT, client
from search.index.mapping import SETTINGS, entry_document
from search.index.push import actions, batches
from search.index.rebuild import rebuild
from search.models import Entry

from .times import Times, Work, measure

RAW = "parallel_bulk of documents in memory"
RAW_ROWS = "parallel_bulk of the same rows"
_NAME = "samenwijzer-bench-raw"


def measure_rebuild(*, rounds: int) -> dict[str, Times]:
    """Fill a whole index each way."""
    es = client(timeout=BULK_TIMEOUT)
    in_memory = list(_documents())
    works: dict[str, Work] = {
        "rebuild": partial(rebuild, es),
        RAW_ROWS: lambda: _raw(es, _documents()),
        RAW: partial(_raw, es, in_memory),
    }
    return measure(works, rounds=rounds)


def _documents() -> Iterator[dict[str, object]]:
    """The documents as a rebuild makes them, and nothing kept of which arrived."""
    for batch in batches(Entry.objects.filter(version__gt=0)):
        for action in actions(batch):
            yield {"_index": _NAME, "_id": action["_id"], "_source": action["_source"]}


def _raw(es: Elasticsearch, documents: Iterable[dict[str, object]]) -> None:
    index = Index(_NAME)
    index.settings(**SETTINGS, refresh_interval="-1")
    index.document(entry_document())
    index.create(using=es)
    for _answer in parallel_bulk(es, documents, chunk_size=500):
        pass
    es.indices.refresh(index=_NAME)
    es.indices.delete(index=_NAME)
