"""Elasticsearch as well as one can make it with what it has itself, and the word lists of this project.

The built-in `dutch` stemmer with the base words of a dictionary before it, compounds decomposed over the words that
these texts have, synonyms, abbreviations and English where a question is read, most words needed across the fields, and
what was mistyped found by `fuzziness`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from itertools import chain
from typing import Any

from elasticsearch import Elasticsearch
from elasticsearch.helpers import bulk

from exchange.contributions.searchable import Field
from search import dutch
from search.document import BOOSTS
from search.folding import fold
from search.lemmas import dictionary, lemma
from search.models import WordGroup

INDEX = "samenwijzer-tuned"
# A subword of a compound, in letters. Shorter ones split words to pieces.
SHORTEST_PART, SHORTEST_COMPOUND = 4, 8
# Up to two words: all; of more, seven in ten.
LEAST = "2<70%"
MISTYPED, ANY = 0.4, 0.3

Texts = Mapping[int, Mapping[str, str]]


def tuned(es: Elasticsearch, texts: Texts, depth: int) -> Callable[[str], list[int]]:
    """Fill an index of its own, and ask it."""
    es.indices.delete(index=INDEX, ignore_unavailable=True)
    es.indices.create(index=INDEX, mappings=_mappings(), settings=_settings(texts))
    bulk(es, ({"_index": INDEX, "_id": page_id, **fields} for page_id, fields in texts.items()), refresh=True)

    def ask(text: str) -> list[int]:
        answer = es.search(index=INDEX, query=_query(text), size=depth, source=False)
        return [int(hit["_id"]) for hit in answer["hits"]["hits"]]

    return ask


def _query(text: str) -> dict[str, Any]:
    """Most words across the fields first; then, weighed low, any of them, and what may have been mistyped."""
    fields = [f"{field.value}^{boost}" for field, (boost, _) in BOOSTS.items()]
    most: dict[str, Any] = {"type": "cross_fields", "operator": "or", "minimum_should_match": LEAST}
    fuzzy: dict[str, Any] = {
        "type": "best_fields",
        "fuzziness": "AUTO",
        "prefix_length": 1,
        "boost": MISTYPED,
        "tie_breaker": 0.3,
    }
    ways: list[dict[str, Any]] = [most, {"type": "cross_fields", "boost": ANY}, fuzzy]
    return {"bool": {"should": [{"multi_match": {"query": text, "fields": fields, **way}} for way in ways]}}


def _mappings() -> dict[str, Any]:
    text = {"type": "text", "analyzer": "texts", "search_analyzer": "questions"}
    return {"properties": {field.value: text for field in Field}}


def _settings(texts: Texts) -> dict[str, Any]:
    words = set(dutch.folded_words("\n".join(chain.from_iterable(fields.values() for fields in texts.values()))))
    filters: dict[str, Any] = {
        "bases": {"type": "stemmer_override", "rules": sorted(_bases(words))},
        "dutch": {"type": "stemmer", "language": "dutch"},
        "stop": {"type": "stop", "stopwords": sorted(dutch.stop_words() | dutch.question_words())},
        "other_words": {"type": "synonym_graph", "lenient": True, "synonyms": sorted(_other_words())},
        "parts": {
            "type": "dictionary_decompounder", "word_list": sorted(_parts(words)), "only_longest_match": True,
            "min_subword_size": SHORTEST_PART, "min_word_size": SHORTEST_COMPOUND,
        },
    }  # fmt: skip
    read = ["lowercase", "asciifolding", "stop"]
    analyzers = {
        "texts": [*read, "parts", "bases", "dutch"],
        "questions": [*read, "other_words", "bases", "dutch"],
    }
    analysis = {name: {"type": "custom", "tokenizer": "standard", "filter": chain} for name, chain in analyzers.items()}
    return {"number_of_replicas": 0, "analysis": {"filter": filters, "analyzer": analysis}}


def _bases(words: Iterable[str]) -> Iterable[str]:
    """The dictionary's base word of every form that these texts have."""
    return (f"{word} => {base}" for word in words if (base := lemma(word)) and base != word)


def _parts(words: Iterable[str]) -> set[str]:
    """Words that these texts have by themselves: of all dictionary words too many stand inside others."""
    found = {word for word in words if len(word) >= SHORTEST_PART}
    return {word for word in found if word in dictionary() or lemma(word) in dictionary()}


def _other_words() -> set[str]:
    """The words that editors keep, as rules: those that mean the same both ways, the others one way."""
    leads: defaultdict[str, set[str]] = defaultdict(set)
    for group in WordGroup.objects.all():
        same = [fold(word) for word in group.word_list()]
        for word in same:
            leads[word] |= {word, *same, *map(fold, group.leads_to_list())}
    return {f"{word} => {', '.join(sorted(others))}" for word, others in leads.items()}
