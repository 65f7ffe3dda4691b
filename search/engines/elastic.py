"""The engine of a large exchange: Elasticsearch finds, ranks and counts; the rows say what may be shown.

Elasticsearch answers with ids, scores and counts. What stands on the page comes from the entries, asked for again with
the reader's rights: an index that lags behind can show too little, never what somebody withdrew.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from elasticsearch.dsl import A, MultiSearch, Q, Search
from elasticsearch.dsl.query import Query

from exchange.accounts.viewer import Viewer
from exchange.contributions.choices import Visibility
from exchange.contributions.freshness import Freshness, period
from exchange.contributions.searchable import Audience, Filter
from exchange.contributions.visibility import sight
from search.alternatives import PARTLY, Alternative
from search.concepts import Concept
from search.document import STEPS
from search.filter_values import Counts
from search.filters import CONFIRMED, derived, facets
from search.index.connection import SEARCH_TIMEOUT, UnavailableError, client, guarded
from search.index.generations import alias
from search.models import Generation
from search.ranking import LAST, Complete, HasValue, Ingredient, IsFull, Near, NotDueBy
from search.request import Sort
from search.results import Results

from .answer import counted_facets, hits, leading, shown
from .question import Question

# More values than any filter has: Elasticsearch gives ten unless told.
_ALL_VALUES = 2000
# What tells a full answer from one that comes near: the name of the clause, and of their count.
_FULL = "full"


class ElasticEngine:
    """Search in Elasticsearch."""

    name = "elasticsearch"

    def answer(self, question: Question) -> Results:
        """Answer a question. What the reader may not see shows nowhere, not in a count either.

        Raises:
            search.index.connection.UnavailableError: Elasticsearch is away, too slow, behind, or has no index yet.
        """
        live = Generation.objects.filter(state=Generation.State.LIVE)
        if not live.filter(behind_since=None).exists():
            # An index that no row knows is of another version, or of another database. One that takes no writes would
            # count what was withdrawn.
            raise UnavailableError("There is no index of ours that has everything.")
        request, plan = question.request, question.plan
        with guarded():
            found, is_near = _ask(question)
        is_scored = bool(plan.needed) or is_near
        scores = {int(hit["_id"]): (hit["_score"] or 0.0) if is_scored else 0.0 for hit in found["hits"]["hits"]}
        entries = shown(question.visible, request).in_bulk(list(scores))
        full = {int(hit["_id"]) for hit in found["hits"]["hits"] if _FULL in hit.get("matched_queries", [])}
        listed = [entries[page_id] for page_id in scores if page_id in entries]
        return Results(
            count=found["hits"]["total"]["value"],
            page=request.page,
            page_size=request.page_size,
            hits=hits(listed, scores, question, is_near=is_near),
            facets=counted_facets(_counts(found), question),
            engine=self.name,
            did_you_mean=plan.corrected,
            unknown=plan.unknown,
            is_by_meaning=plan.is_impossible and is_near,
            full=leading(not is_near or entry.pk in full for entry in listed),
        )


def _ask(question: Question) -> tuple[dict[str, Any], bool]:
    """Ask for full answers, and where those are few, for what comes near too. Returns the answer, and which it is.

    How many full answers there are is counted whatever the filters: those must not change what is found.
    """
    if not question.may_come_near:
        return _request(question).execute().to_dict(), False
    if question.plan.is_impossible:
        return _request(question, near=math.inf).execute().to_dict(), True
    # Both at once: a second round trip only where something may come near.
    both: MultiSearch[Any] = MultiSearch(using=client(timeout=SEARCH_TIMEOUT), index=alias())
    found, near = both.add(_request(question)).add(_nearest(question)).execute()
    if found.aggregations[_FULL].doc_count >= question.enough:
        return found.to_dict(), False
    told = [hit.meta.score for hit in near.hits]
    return _request(question, near=question.plan.near_enough(told, question.enough)).execute().to_dict(), True


def _nearest(question: Question) -> Search[Any]:
    """How much the answers tell that come nearest: decides from where on something comes near."""
    clauses = [*_allowed(question), *_not_without(question)]
    told = Q("bool", filter=clauses, must=[_told(question.plan.near, question.heard)])
    search: Search[Any] = Search()
    return search.params(allow_partial_search_results=False).source(False).query(told)[: question.enough]


def _request(question: Question, *, near: float | None = None) -> Search[Any]:
    """The request to Elasticsearch: one page of hits, and every facet counted with all other filters applied.

    Args:
        question: what is asked.
        near: what comes near tells so much at least; None for full answers alone.
    """
    request = question.request
    clauses = {
        name: _in_state(values, question) if field == CONFIRMED else _with_value(field, values, question)
        for name, (field, values) in question.chosen.items()
    }
    start = (request.page - 1) * request.page_size
    base: Search[Any] = Search(using=client(timeout=SEARCH_TIMEOUT), index=alias())
    search: Search[Any] = (
        base.params(allow_partial_search_results=False)
        .source(False)
        .query(_words(question, near))
        .post_filter(Q("bool", filter=list(clauses.values())))
        .sort(*_order(request.sort))
        .extra(track_total_hits=True, track_scores=True)
    )[
        # Half an answer is no answer: then the database does it.
        start : start + request.page_size
    ]
    if near is None:
        search.aggs.bucket(_FULL, "filter", Q("match_all"))
    if request.with_facets:
        # Those without a choice are counted together: one filter instead of ten.
        untouched = [one for one in facets() if one.name not in clauses]
        search.aggs.bucket("untouched", _counted(clauses, untouched, question))
        for one in facets():
            if one.name in clauses:
                others = {name: clause for name, clause in clauses.items() if name != one.name}
                search.aggs.bucket(one.name, _counted(others, [one], question))
    return search


def _counted(clauses: Mapping[str, Query], facets: Sequence[Filter], question: Question) -> Any:
    """The values of these facets with their counts, where all of these clauses hold."""
    counted = A("filter", Q("bool", filter=list(clauses.values())))
    for one in facets:
        if one.is_dated:
            states = {state: _in_state([state], question).to_dict() for state in Freshness.values}
            counted.bucket(one.name, "filters", filters=states)
        else:
            for place in _places(one.name, question):
                counted.bucket(f"{place}.{one.name}", "terms", field=f"{place}.{one.name}", size=_ALL_VALUES)
    return counted


def _places(name: str, question: Question) -> list[str]:
    """Where the values of a filter stand for this reader. No value of a document stands in both, so counts add up."""
    return ["values", "member_values"] if name in derived() and Audience.MEMBERS in question.heard else ["values"]


def _with_value(name: str, values: Sequence[str], question: Question) -> Query:
    each = [Q("terms", **{f"{place}.{name}": values}) for place in _places(name, question)]
    return each[0] if len(each) == 1 else Q("bool", should=each)


def _in_state(states: Sequence[str], question: Question) -> Query:
    """In one of these states of freshness today."""
    periods = (period(Freshness(state), question.today) for state in states)
    return Q("bool", should=[Q("range", due_on={"gte": first, "lte": last}) for first, last in periods])


def _words(question: Question, near: float | None) -> Query:
    """What an entry must have for this reader, filters apart; the score says how well it fits."""
    plan = question.plan
    filters = _found(question, near)
    if not plan.needed and near is None:
        # Nothing to score: newest first, and below them what nobody confirmed for long.
        last = _due_by(question.ranking(is_near=False).stays)
        return Q("bool", filter=filters, should=[Q("constant_score", filter=~last)])
    words = Q(
        "bool",
        filter=filters,
        should=[
            *(_concept(concept, question.heard) for concept in (*plan.needed, *plan.extra)),
            # Weighs nothing; a hit tells that it has this.
            *([Q("constant_score", filter=_full(question), boost=0, _name=_FULL)] if near is not None else []),
            *(_meant(question) if near is not None else []),
        ],
    )
    return _ranked(words, question, is_near=near is not None)


def _ranked(words: Query, question: Question, *, is_near: bool) -> Query:
    """The score of the words times what `search.ranking` says."""
    ranking = question.ranking(is_near=is_near)
    adds = [{"weight": 1.0}, *(_function(one, question) for one in ranking.adds)]
    ranked = Q("function_score", query=words, functions=adds, score_mode="sum")
    return Q("boosting", positive=ranked, negative=_due_by(ranking.stays), negative_boost=LAST)


def _function(ingredient: Ingredient, question: Question) -> dict[str, Any]:
    """An ingredient of the ranking, for Elasticsearch."""
    match ingredient.measure:
        case Complete():
            function = {"field_value_factor": {"field": "completeness", "missing": 0}}
        case NotDueBy() as measure:
            function = {"filter": (~_due_by(measure)).to_dict()}
        case HasValue(name, value):
            function = {"filter": _with_value(name, [value], question).to_dict()}
        case IsFull():
            function = {"filter": _full(question).to_dict()}
        case Near() as measure:
            function = {"script_score": {"script": _nearness(measure)}}
    return function | {"weight": ingredient.weight}


def _due_by(measure: NotDueBy) -> Query:
    """Had it to be confirmed by that day: the opposite of the measure."""
    return Q("range", due_on={"lte": measure.day})


def _nearness(measure: Near) -> dict[str, Any]:
    """Half as many inhabitants is as far as twice as many: measured on the logarithm."""
    script = (
        "doc['population'].size() == 0 ? 0 : "
        "Math.exp(-params.ln2 * Math.pow(Math.log(doc['population'].value / params.own) / params.half, 2))"
    )
    values = {"own": float(measure.inhabitants), "half": math.log(measure.half), "ln2": math.log(2)}
    return {"source": script, "params": values}


def _found(question: Question, near: float | None) -> list[Query]:
    """The clauses that decide what is found, without a score."""
    plan = question.plan
    if plan.is_impossible and near is None:
        return [Q("match_none")]
    clauses = [*_allowed(question), *_not_without(question)]
    if near is not None:
        clauses.append(Q("bool", should=_ways(question, near), minimum_should_match=1))
    elif plan.needed:
        clauses.append(_full(question))
    return clauses


def _ways(question: Question, near: float) -> list[Query]:
    """The ways in which something may be found: a full answer, one that comes near, one that is near in meaning."""
    plan = question.plan
    ways = [_full(question), _telling(plan.near, near, question.heard)] if plan.needed else []
    return [*ways, Q("terms", page_id=sorted(question.meant.pages))]


def _meant(question: Question) -> list[Query]:
    """What meaning adds to the score of the words."""
    return [
        Q("constant_score", filter=Q("term", page_id=page_id), boost=score)
        for page_id, score in question.meant.scores.items()
    ]


def _allowed(question: Question) -> list[Query]:
    return [Q("term", is_listed=True), *_visible_to(question.viewer)]


def _not_without(question: Question) -> list[Query]:
    """What was asked to be there as a phrase, or not to be there."""
    plan = question.plan
    clauses: list[Query] = [Q("match_phrase", phrases=" ".join(phrase)) for phrase in plan.phrases]
    if plan.without is not None:
        clauses.append(~Q("term", page_id=plan.without))
    return clauses + [~_has((stem,), question.heard) for stem in plan.unwanted]


def _full(question: Question) -> Query:
    plan = question.plan
    if plan.all_needed > plan.told_by_all:
        return Q("match_none")
    return _telling(plan.needed, plan.all_needed, question.heard, is_whole=True)


def _telling(concepts: Sequence[Concept], least: float, heard: Sequence[Audience], *, is_whole: bool = False) -> Query:
    """The entries of which the concepts tell at least so much."""
    return Q("function_score", query=_told(concepts, heard, is_whole=is_whole), min_score=least)


def _told(concepts: Sequence[Concept], heard: Sequence[Audience], *, is_whole: bool = False) -> Query:
    """Scores how much the concepts tell that an entry has."""
    each = []
    for concept in concepts:
        ways = [_any_of(concept.whole, concept.tells, heard)]
        if concept.parts and not is_whole:
            ways.append(_any_of(concept.parts, concept.tells * PARTLY, heard))
        each.append(ways[0] if len(ways) == 1 else Q("dis_max", queries=ways))
    return Q("bool", should=each, minimum_should_match=1)


def _any_of(alternatives: Sequence[Alternative], tells: float, heard: Sequence[Audience]) -> Query:
    if not alternatives:
        # Only a part of the word stands anywhere. A clause without conditions would hold for every entry.
        return Q("match_none")
    has = [_has(one.stems, heard) for one in alternatives]
    return Q("constant_score", filter=Q("bool", should=has, minimum_should_match=1), boost=tells)


def _has(stems: Sequence[str], heard: Sequence[Audience]) -> Query:
    """All of these stems stand in the entry, in whatever text."""
    each = [Q("bool", should=[Q("term", **{f"words.{one.value}": stem}) for one in heard]) for stem in stems]
    return each[0] if len(each) == 1 else Q("bool", filter=each)


def _concept(concept: Concept, heard: Sequence[Audience]) -> Query:
    """The best of what may stand for a word."""
    return Q("dis_max", queries=[_alternative(one, heard) for one in concept.alternatives])


def _alternative(alternative: Alternative, heard: Sequence[Audience]) -> Query:
    words = [_word(stem, heard, counts) for stem, counts in zip(alternative.stems, alternative.factors, strict=True)]
    return words[0] if len(words) == 1 else Q("bool", must=words)


def _word(stem: str, heard: Sequence[Audience], counts: float) -> Query:
    """A stem in whatever text: how much it counts times what it weighs there."""
    each = [Q("term", **{f"words.{one.value}": {"value": stem, "boost": counts / STEPS}}) for one in heard]
    return each[0] if len(each) == 1 else Q("bool", should=each, minimum_should_match=1)


def _visible_to(viewer: Viewer) -> list[Query]:
    """What the reader sees, as a clause of Elasticsearch."""
    sees = sight(viewer)
    if sees.everything:
        return []
    allowed: Query = Q("terms", visibility=sorted(sees.anywhere))
    if sees.own:
        allowed = allowed | Q("term", visibility=Visibility.OWN.value) & Q("terms", owner=sorted(sees.own))
    return [allowed]


def _order(sort: Sort) -> list[Any]:
    newest = [{"published_at": {"order": "desc", "missing": "_last"}}, {"page_id": "desc"}]
    if sort is Sort.NEWEST:
        return newest
    if sort is Sort.CONFIRMED:
        return [{"confirmed_at": {"order": "desc", "missing": "_last"}}, *newest]
    return ["_score", *newest]


def _counts(answer: Mapping[str, Any]) -> Counts:
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    names = {one.name for one in facets()}
    for group in answer.get("aggregations", {}).values():
        for key, counted in group.items():
            if (name := key.rpartition(".")[-1]) in names:
                counts[name].update(_by_value(counted["buckets"]))
    return {name: dict(found) for name, found in counts.items()}


def _by_value(buckets: Any) -> dict[str, int]:
    """Counts by value: terms come as a list, the states of freshness by name, also those that nothing is in."""
    if isinstance(buckets, dict):
        return {value: bucket["doc_count"] for value, bucket in buckets.items() if bucket["doc_count"]}
    return {bucket["key"]: bucket["doc_count"] for bucket in buckets}
