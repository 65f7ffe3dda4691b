"""What filling the index costs, next to `helpers.parallel_bulk` of documents that are in memory."""

from __future__ import annotations

from functools import partial

from elasticsearch import Elasticsearch
from elasticsearch.dsl import Index
from elasticsearch.helpers import parallel_bulk

from search.index.connection import BULK_TIMEOUT, client
from search.index.mapping import SETTINGS, EntryDocument, document_of
from search.index.rebuild import rebuild
from search.models import Entry

from .times import Times, Work, measure

RAW = "parallel_bulk"
_NAME = "samenwijzer-bench-raw"


def measure_rebuild(*, rounds: int) -> dict[str, Times]:
    """Fill a whole index both ways."""
    es = client(timeout=BULK_TIMEOUT)
    entries = Entry.objects.filter(version__gt=0).select_related("municipality").prefetch_related("values")
    actions = [
        {"_index": _NAME, "_id": entry.pk, "_source": document_of(entry)} for entry in entries.iterator(chunk_size=1000)
    ]
    works: dict[str, Work] = {"rebuild": partial(rebuild, es), RAW: partial(_raw, es, actions)}
    return measure(works, rounds=rounds)


def _raw(es: Elasticsearch, actions: list[dict[str, object]]) -> None:
    index = Index(_NAME)
    index.settings(**SETTINGS, refresh_interval="-1")
    index.document(EntryDocument)
    index.create(using=es)
    for _answer in parallel_bulk(es, actions, chunk_size=500):
        pass
    es.indices.refresh(index=_NAME)
    es.indices.delete(index=_NAME)
