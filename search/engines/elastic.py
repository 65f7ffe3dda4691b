"""The engine of a large exchange: Elasticsearch finds, ranks and counts; the rows say what may be shown.

Elasticsearch answers with ids, scores and counts. What stands on the page comes from the entries, asked for again with
the reader's rights: an index that lags behind can show too little, never what somebody withdrew.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from elasticsearch.dsl import A, Q, Search
from elasticsearch.dsl.query import Query

from exchange.accounts.viewer import Viewer
from exchange.contributions.choices import Visibility
from search.concepts import Alternative, Concept, Plan
from search.filters import FACETS
from search.index.connection import SEARCH_TIMEOUT, UnavailableError, client, guarded
from search.index.generations import alias
from search.index.mapping import SCALE, STEPS
from search.models import Audience, Entry, Generation, audiences
from search.ranking import CLOSENESS, COMPLETENESS, FULL, HALF_FACTOR
from search.request import SearchRequest, Sort
from search.results import Results
from search.vocabulary import Vocabulary

from .answer import chosen, enough, facets, hits, leading, own_population, plan_of, shown

# What brings scores to those of the database.
_BOOST = SCALE / STEPS
# More values than any filter has: Elasticsearch gives ten unless told.
_ALL_VALUES = 2000
# The name of the clause that tells a full answer from one that comes near.
_FULL = "full"


class ElasticEngine:
    """Search in Elasticsearch."""

    name = "elasticsearch"

    def search(self, request: SearchRequest, *, viewer: Viewer, vocabulary: Vocabulary) -> Results:
        """Answer a question for one reader.

        Raises:
            search.index.connection.UnavailableError: Elasticsearch is away, too slow, or has no index yet.
        """
        if not Generation.objects.filter(state=Generation.State.LIVE).exists():
            # An index that no row knows is of another version, or of another database.
            raise UnavailableError("There is no index of ours yet.")
        plan = plan_of(request, viewer, vocabulary)
        with guarded():
            is_near = _too_few(plan, viewer, request)
            answer = build(request, viewer, plan, is_near=is_near).execute().to_dict()
        scores = {int(hit["_id"]): hit["_score"] or 0.0 for hit in answer["hits"]["hits"]}
        entries = shown(Entry.objects.visible_to(viewer), request).in_bulk(list(scores))
        full = {int(hit["_id"]) for hit in answer["hits"]["hits"] if _FULL in hit.get("matched_queries", [])}
        listed = [entries[page_id] for page_id in scores if page_id in entries]
        return Results(
            count=answer["hits"]["total"]["value"],
            page=request.page,
            page_size=request.page_size,
            hits=hits(listed, scores, request, plan, own_population(viewer)),
            facets=facets(_counts(answer), request, vocabulary),
            engine=self.name,
            did_you_mean=plan.corrected,
            unknown=plan.unknown,
            full=leading(not is_near or entry.pk in full for entry in listed),
        )


def _search() -> Search[Any]:
    # Half an answer is no answer: then the database does it.
    found: Search[Any] = Search(using=client(timeout=SEARCH_TIMEOUT), index=alias())
    return found.params(allow_partial_search_results=False).source(False)


def requests(request: SearchRequest, viewer: Viewer, vocabulary: Vocabulary) -> list[Search[Any]]:
    """Every request that a question takes: how many full answers there are, where that decides, and the answer."""
    plan = plan_of(request, viewer, vocabulary)
    counted = [_count(plan, viewer, request)] if _may_come_near(plan) else []
    return [*counted, build(request, viewer, plan, is_near=_too_few(plan, viewer, request))]


def _may_come_near(plan: Plan) -> bool:
    return len(plan.needed) > plan.some_needed


def _count(plan: Plan, viewer: Viewer, request: SearchRequest) -> Search[Any]:
    search = _search().query(Q("bool", filter=_found(plan, viewer, is_near=False)))
    counted: Search[Any] = search.extra(size=0, track_total_hits=enough(request))
    return counted


def _too_few(plan: Plan, viewer: Viewer, request: SearchRequest) -> bool:
    """Are there fewer full answers than a reader wants? Whatever the filters: those must not change what is found."""
    if not _may_come_near(plan):
        return False
    answer = _count(plan, viewer, request).execute().to_dict()
    return bool(answer["hits"]["total"]["value"] < enough(request))


def build(request: SearchRequest, viewer: Viewer, plan: Plan, *, is_near: bool) -> Search[Any]:
    """The request to Elasticsearch: one page of hits, and every facet counted with all other filters applied."""
    clauses = {name: Q("terms", **{f"values.{field}": values}) for name, (field, values) in chosen(request).items()}
    start = (request.page - 1) * request.page_size
    search: Search[Any] = (
        _search()
        .query(_question(plan, viewer, is_near=is_near))
        .post_filter(Q("bool", filter=list(clauses.values())))
        .sort(*_order(request.sort))
        .extra(track_total_hits=True, track_scores=True)
    )[start : start + request.page_size]
    for one in FACETS if request.with_facets else ():
        others = [clause for name, clause in clauses.items() if name != one.name]
        counted = A("filter", Q("bool", filter=others))
        counted.bucket("values", "terms", field=f"values.{one.name}", size=_ALL_VALUES)
        search.aggs.bucket(one.name, counted)
    return search


def _question(plan: Plan, viewer: Viewer, *, is_near: bool) -> Query:
    """What an entry must have for this reader, filters apart; the score says how well it fits."""
    heard = audiences(viewer)
    words = Q(
        "bool",
        filter=_found(plan, viewer, is_near=is_near),
        should=[
            *(_concept(concept, heard) for concept in (*plan.needed, *plan.extra)),
            # Weighs nothing; a hit tells that it has this.
            *([Q("constant_score", filter=_full(plan, viewer), boost=0, _name=_FULL)] if is_near else []),
        ],
    )
    return Q("function_score", query=words, functions=_factors(plan, viewer, is_near=is_near), score_mode="sum")


def _factors(plan: Plan, viewer: Viewer, *, is_near: bool) -> list[dict[str, Any]]:
    """The same as `search.ranking.factor`, for Elasticsearch."""
    factors: list[dict[str, Any]] = [
        {"weight": 1.0},
        {"field_value_factor": {"field": "completeness", "factor": COMPLETENESS, "missing": 0}},
    ]
    if is_near:
        factors.append({"filter": _full(plan, viewer).to_dict(), "weight": FULL - 1})
    if own := own_population(viewer):
        # Half as many inhabitants is as far as twice as many: measured on the logarithm.
        script = (
            "doc['population'].size() == 0 ? 0 : "
            "Math.exp(-params.ln2 * Math.pow(Math.log(doc['population'].value / params.own) / params.half, 2))"
        )
        values = {"own": float(own), "half": math.log(HALF_FACTOR), "ln2": math.log(2)}
        factors.append({"script_score": {"script": {"source": script, "params": values}}, "weight": CLOSENESS})
    return factors


def _found(plan: Plan, viewer: Viewer, *, is_near: bool) -> list[Query]:
    """The clauses that decide what is found, without a score."""
    clauses: list[Query] = [Q("term", is_listed=True), *_visible_to(viewer)]
    if plan.is_impossible:
        return [Q("match_none")]
    if plan.needed:
        clauses.append(_full(plan, viewer))
        if is_near:
            near = Q("bool", should=_having(plan.near, viewer), minimum_should_match=plan.some_needed)
            clauses[-1] = near | clauses[-1]
    clauses += [Q("match_phrase", phrases=" ".join(phrase)) for phrase in plan.phrases]
    if plan.without is not None:
        clauses.append(~Q("term", page_id=plan.without))
    clauses += [~_has((stem,), audiences(viewer)) for stem in plan.unwanted]
    return clauses


def _full(plan: Plan, viewer: Viewer) -> Query:
    return Q("bool", should=_having(plan.needed, viewer), minimum_should_match=plan.all_needed)


def _having(concepts: Sequence[Concept], viewer: Viewer) -> list[Query]:
    heard = audiences(viewer)
    return [
        Q("bool", should=[_has(one.stems, heard) for one in concept.alternatives], minimum_should_match=1)
        for concept in concepts
    ]


def _has(stems: Sequence[str], heard: Sequence[Audience]) -> Query:
    """All of these stems stand in the entry, in whatever text."""
    each = [Q("bool", should=[Q("term", **{f"words.{one.value}": stem}) for one in heard]) for stem in stems]
    return each[0] if len(each) == 1 else Q("bool", filter=each)


def _concept(concept: Concept, heard: Sequence[Audience]) -> Query:
    """The best of what may stand for a word."""
    return Q("dis_max", queries=[_alternative(one, heard) for one in concept.alternatives])


def _alternative(alternative: Alternative, heard: Sequence[Audience]) -> Query:
    words = [_word(stem, heard, alternative.weight) for stem in alternative.stems]
    return words[0] if len(words) == 1 else Q("bool", must=words)


def _word(stem: str, heard: Sequence[Audience], weight: float) -> Query:
    """A stem in whatever text: how rare it is times what it weighs there."""
    each = [Q("term", **{f"words.{one.value}": {"value": stem, "boost": round(weight * _BOOST, 2)}}) for one in heard]
    return each[0] if len(each) == 1 else Q("bool", should=each, minimum_should_match=1)


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
        for name, counted in answer.get("aggregations", {}).items()
    }
