"""What is compared: the engines of the exchange, Elasticsearch as one gets it, and a small encoder by itself.

Elasticsearch has the same texts in the same fields with the same weights, asked with one `multi_match`, analysed by
`standard` and by `dutch`; and as well as one can make it (`tuned.py`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from django.http import QueryDict
from django.test import override_settings
from elasticsearch import Elasticsearch
from elasticsearch.helpers import bulk

from exchange.accounts.viewer import VISITOR
from exchange.contributions.searchable import Audience
from search import vocabulary
from search.document import BOOSTS
from search.engines import Engine
from search.engines.question import Question
from search.meaning.nearest import live, nearest_to
from search.models import Entry
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


def with_meaning(system: System) -> System:
    """The same with the vectors of the encoder that is there."""

    def ask(text: str) -> list[int]:
        with override_settings(MEANING=True):
            return system(text)

    return ask


def encoder_alone(text: str) -> list[int]:
    """What lies nearest in meaning, whatever its words."""
    with override_settings(MEANING=True):
        encoding = live()
        visible = Entry.objects.visible_to(VISITOR)
        return [one.page_id for one in nearest_to(text, visible, encoding, DEPTH)] if encoding else []


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
