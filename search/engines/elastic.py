"""The engine of a large exchange: Elasticsearch finds, ranks and counts; the rows say what may be shown.

Elasticsearch answers with ids, scores and counts. What stands on the page comes from the entries, asked for again with
the reader's rights: an index that lags behind can show too little, never what somebody withdrew.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from elasticsearch.dsl import A, Q, Search
from elasticsearch.dsl.query import Query

from exchange.accounts.viewer import Viewer
from exchange.contributions.choices import Visibility
from search.document import BOOSTS, PART_OF_COMPOUND
from search.filters import FACETS
from search.index.connection import SEARCH_TIMEOUT, client, guarded
from search.index.generations import alias
from search.models import Audience, Entry, audiences
from search.request import SearchRequest, Sort, Words
from search.results import Results
from search.vocabulary import Vocabulary

from .answer import chosen, facets, hits

# Elasticsearch wants weights of at least 1; only how they compare counts.
_SCALE = 1 / (PART_OF_COMPOUND * min(boost for boost, _ in BOOSTS.values()))
# More values than any filter has: Elasticsearch gives ten unless told.
_ALL_VALUES = 2000


class ElasticEngine:
    """Search in Elasticsearch."""

    name = "elasticsearch"

    def search(self, request: SearchRequest, *, viewer: Viewer, vocabulary: Vocabulary) -> Results:
        """Answer a question for one reader.

        Raises:
            search.index.connection.UnavailableError: Elasticsearch is away, too slow, or has no index yet.
        """
        search = build(request, viewer)
        with guarded():
            answer = search.execute().to_dict()
        scores = {int(hit["_id"]): hit["_score"] or 0.0 for hit in answer["hits"]["hits"]}
        entries = Entry.objects.visible_to(viewer).select_related("municipality").in_bulk(list(scores))
        return Results(
            count=answer["hits"]["total"]["value"],
            page=request.page,
            page_size=request.page_size,
            hits=hits([entries[page_id] for page_id in scores if page_id in entries], scores, request),
            facets=facets(_counts(answer), request, vocabulary),
            engine=self.name,
        )


def build(request: SearchRequest, viewer: Viewer) -> Search[Any]:
    """The request to Elasticsearch: one page of hits, and every facet counted with all other filters applied."""
    clauses = {name: Q("terms", **{f"values.{field}": values}) for name, (field, values) in chosen(request).items()}
    start = (request.page - 1) * request.page_size
    search: Search[Any] = (
        Search(using=client(timeout=SEARCH_TIMEOUT), index=alias())
        .query(_question(request.words, viewer))
        .post_filter(Q("bool", filter=list(clauses.values())))
        .sort(*_order(request.sort))
        .extra(track_total_hits=True, track_scores=True)
        # Half an answer is no answer: then the database does it.
        .params(allow_partial_search_results=False)
        .source(False)
    )[start : start + request.page_size]
    for one in FACETS:
        others = [clause for name, clause in clauses.items() if name != one.name]
        counted = A("filter", Q("bool", filter=others))
        counted.bucket("values", "terms", field=f"values.{one.name}", size=_ALL_VALUES)
        search.aggs.bucket(one.name, counted)
    return search


def _question(words: Words, viewer: Viewer) -> Query:
    """What an entry must have for this reader, filters apart; the score says how well it fits."""
    heard = audiences(viewer)
    if words.is_empty:
        return Q("match_none")
    must = [_word(stem, heard) for stem in words.wanted]
    must += [Q("match_phrase", phrases=" ".join(phrase)) for phrase in words.phrases]
    return Q(
        "bool",
        must=must,
        should=[_word(stem, heard) for stem in words.compounds],
        must_not=[_word(stem, heard) for stem in words.unwanted],
        filter=[Q("term", is_listed=True), *_visible_to(viewer)],
    )


def _word(stem: str, heard: Sequence[Audience]) -> Query:
    """A stem anywhere, its counts in all fields weighed together (BM25F); inside a compound it weighs less."""
    fields = {field.value: boost for field, (boost, _) in BOOSTS.items()}
    if Audience.MEMBERS in heard:
        fields[Audience.MEMBERS.value] = fields["related"]
    weighed = [f"words.{name}^{boost * _SCALE:.2f}" for name, boost in fields.items()]
    weighed += [f"parts.{name}^{boost * _SCALE * PART_OF_COMPOUND:.2f}" for name, boost in fields.items()]
    return Q("combined_fields", query=stem, fields=weighed)


def _visible_to(viewer: Viewer) -> list[Query]:
    """The same rule as `exchange.contributions.visibility.allowed`, as a clause of Elasticsearch."""
    if viewer.is_administrator:
        return []
    seen = [Visibility.PUBLIC.value, *([Visibility.MEMBERS.value] if viewer.is_member else [])]
    allowed: Query = Q("terms", visibility=seen)
    if viewer.municipalities:
        own = Q("term", visibility=Visibility.OWN.value) & Q("terms", owner=sorted(viewer.municipalities))
        allowed = allowed | own
    return [allowed]


def _order(sort: Sort) -> list[Any]:
    newest = [{"published_at": {"order": "desc", "missing": "_last"}}, {"page_id": "desc"}]
    if sort is Sort.NEWEST:
        return newest
    if sort is Sort.CONFIRMED:
        return [{"confirmed_at": {"order": "desc", "missing": "_last"}}, *newest]
    return ["_score", *newest]


def _counts(answer: Mapping[str, Any]) -> dict[str, dict[str, int]]:
    return {
        name: {bucket["key"]: bucket["doc_count"] for bucket in counted["values"]["buckets"]}
        for name, counted in answer["aggregations"].items()
    }
