"""The engine that needs nothing installed: full text over the entries' stems in the project's own database.

The database gives rows by index: where the words stand, and the facts of what may be an answer. Scoring, narrowing and
counting are done here, in pure functions: a database that groups and sorts the same rows takes several times as long
(decision 0023).
"""

from __future__ import annotations

import datetime
import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Case, F, QuerySet, TextField, Value, When
from django.db.models.expressions import Combinable, RawSQL
from django.db.models.functions import Cast, Concat

from exchange.contributions.freshness import Freshness, last_before, period
from exchange.contributions.searchable import Audience
from search.filter_values import Counts, count, failing, filter_value
from search.filters import CONFIRMED
from search.models import Entry, EntryQuerySet, EntryTerm
from search.ranking import Facts
from search.request import Sort
from search.results import Results
from search.scoring import Postings, Scores, score

from .answer import counted_facets, hits, leading, shown
from .question import Question


class EmbeddedEngine:
    """Search in the database that is there anyway, SQLite or PostgreSQL."""

    name = "embedded"

    def answer(self, question: Question) -> Results:
        """Answer a question. What the reader may not see shows nowhere, not in a count either."""
        request, plan = question.request, question.plan
        found = _found(question)
        wanted = {
            name: {filter_value(where, value) for value in values} for name, (where, values) in question.chosen.items()
        }
        matches, nearly = _narrowed(found.candidates, wanted)
        listed = _page([one.page_id for one in matches], found.scores, question)
        entries = shown(question.visible, request).in_bulk(listed)
        return Results(
            count=len(matches),
            page=request.page,
            page_size=request.page_size,
            hits=hits(
                [entries[page_id] for page_id in listed if page_id in entries],
                found.scores,
                question,
                is_near=found.full is not None,
            ),
            facets=counted_facets(_disjunctive_counts(matches, nearly) if request.with_facets else {}, question),
            engine=self.name,
            did_you_mean=plan.corrected,
            unknown=plan.unknown,
            is_by_meaning=plan.is_impossible and question.may_come_near,
            full=leading(found.full is None or page_id in found.full for page_id in listed),
        )


class _Candidate(NamedTuple):
    """What is known of an entry that may be an answer. `values` are the filter values that the reader may know."""

    page_id: int
    completeness: float
    # As text: few days stand in many entries.
    due_on: str | None
    population: int | None
    values: str


@dataclass(frozen=True)
class _Found:
    """What a question finds, filters apart.

    Attributes:
        candidates: in no order.
        scores: by page; empty where there are no words to score.
        full: the pages with a full answer; None where there is nothing else.
    """

    candidates: Sequence[_Candidate] = ()
    scores: Mapping[int, float] = field(default_factory=dict)
    full: Collection[int] | None = None


def _found(question: Question) -> _Found:
    plan = question.plan
    if plan.is_impossible and not question.may_come_near:
        return _Found()
    entries = _filtered(question)
    if not plan.needed and not plan.is_impossible:
        return _Found(_candidates(entries, question))
    seen = {page_id for (page_id,) in _rows(entries.order_by().values_list("pk"))}
    scores = score(plan, _postings(plan.stems, question.heard, seen))
    full = scores.full(plan)
    if not question.may_come_near or len(full) >= question.enough:
        candidates = _candidates(entries.filter(pk__in=_these(full)), question)
        return _Found(candidates, _ranked(candidates, scores, question))
    found = full | scores.coming_near(plan, question.enough) | question.meant.pages
    candidates = _candidates(entries.filter(pk__in=_these(found)), question)
    return _Found(candidates, _ranked(candidates, scores, question, above=full, meant=question.meant.scores), full)


def _filtered(question: Question) -> EntryQuerySet:
    """What the reader may see, without what was asked not to be there."""
    plan, entries = question.plan, question.visible
    if plan.without is not None:
        entries = entries.exclude(pk=plan.without)
    for stem in plan.unwanted:
        entries = entries.exclude(pk__in=_terms([stem], question.heard).values("entry_id"))
    for phrase in plan.phrases:
        entries = entries.filter(text__stems__contains=f" {' '.join(phrase)} ")
    return entries


def _terms(stems: Collection[str], heard: Sequence[Audience]) -> QuerySet[EntryTerm]:
    return EntryTerm.objects.filter(term__in=stems, audience__in=heard).order_by()


def _postings(stems: Collection[str], heard: Sequence[Audience], seen: Collection[int]) -> Postings:
    """Where these stems stand among what is seen. A reader's weight of a stem is the sum over the audiences."""
    postings: defaultdict[str, dict[int, float]] = defaultdict(dict)
    if not stems:
        return postings
    for term, entry, weight in _rows(_terms(sorted(stems), heard).values_list("term", "entry_id", "weight")):
        if entry in seen:
            entries = postings[term]
            entries[entry] = entries.get(entry, 0.0) + weight
    return postings


def _candidates(entries: EntryQuerySet, question: Question) -> list[_Candidate]:
    """The facts of these entries."""
    known: list[Combinable] = [F("values"), Value(" ")]
    if Audience.MEMBERS in question.heard:
        known += [F("member_values"), Value(" ")]
    # The state of freshness is of today: a filter value like the others, that stands nowhere.
    states = [
        When(due_on__range=period(state, question.today), then=Value(filter_value(CONFIRMED, state)))
        for state in Freshness
    ]
    values = Concat(*known, Case(*states, default=Value("")), output_field=TextField())
    columns = ("pk", "completeness", Cast("due_on", TextField()), "municipality__population", values)
    return [_Candidate._make(row) for row in _rows(entries.order_by().values_list(*columns))]


def _rows(queryset: QuerySet[Any, Any]) -> list[tuple[Any, ...]]:
    """The rows of a query as the database gives them: Django's conversions cost more than the query."""
    with connection.cursor() as cursor:
        cursor.execute(*queryset.query.sql_with_params())
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows


def _ranked(
    candidates: Iterable[_Candidate],
    scores: Scores,
    question: Question,
    *,
    above: Collection[int] = (),
    meant: Mapping[int, float] = {},
) -> dict[int, float]:
    """The score of the words times what else moves an entry up.

    Args:
        candidates: what to rank.
        scores: of their words.
        question: for whom, and by which day.
        above: full answers, to stand above the others.
        meant: what meaning adds to the score of the words.
    """
    ranking = question.ranking(is_near=bool(above))
    return {
        one.page_id: (scores.words.get(one.page_id, 0.0) + meant.get(one.page_id, 0.0))
        * ranking.factor(_facts(one, is_full=one.page_id in above))
        for one in candidates
    }


def _facts(one: _Candidate, *, is_full: bool) -> Facts:
    return Facts(one.completeness, one.population, _day(one.due_on), one.values, is_full)


@lru_cache(maxsize=10_000)
def _day(text: str | None) -> datetime.date | None:
    return datetime.date.fromisoformat(text) if text else None


def _page(ids: Sequence[int], scores: Mapping[int, float], question: Question) -> list[int]:
    """One page of these, in the order that was asked."""
    request = question.request
    start = (request.page - 1) * request.page_size
    end = start + request.page_size
    if not scores or request.sort is not Sort.RELEVANCE:
        return [page_id for (page_id,) in _rows(_in_order(ids, question)[start:end])]
    ranked = sorted((scores[page_id] for page_id in ids), reverse=True)
    on_page = ranked[start:end]
    if not on_page:
        return []
    # With all that score as its first or last one: equals stand as everywhere, newest first.
    equals = [page_id for page_id in ids if on_page[-1] <= scores[page_id] <= on_page[0]]
    above = ranked.index(on_page[0])
    ordered = sorted((page_id for (page_id,) in _rows(_in_order(equals, question))), key=lambda one: -scores[one])
    return ordered[start - above : end - above]


def _in_order(ids: Iterable[int], question: Question) -> QuerySet[Any, Any]:
    """These, in the order that was asked; by relevance that of equals."""
    newest = (F("published_at").desc(nulls_last=True), "-pk")
    if question.request.sort is Sort.CONFIRMED:
        order: list[Any] = [F("confirmed_at").desc(nulls_last=True), *newest]
    elif question.request.sort is Sort.RELEVANCE and not question.plan.needed:
        order = [_last_ones(question.today), *newest]
    else:
        order = [*newest]
    return Entry.objects.filter(pk__in=_these(ids)).order_by(*order).values_list("pk")


def _last_ones(today: datetime.date) -> Case:
    """Puts what nobody confirmed for long below the rest."""
    return Case(When(due_on__lte=last_before(today), then=1), default=0)


def _these(page_ids: Iterable[int]) -> RawSQL:
    """Many ids as one parameter: a database takes only so many."""
    ids = sorted(page_ids)
    if connection.vendor == "postgresql":
        return RawSQL("SELECT unnest(%s::bigint[])", [ids])
    return RawSQL("SELECT value FROM json_each(%s)", [json.dumps(ids)])


def _narrowed(
    candidates: Sequence[_Candidate], wanted: Mapping[str, set[str]]
) -> tuple[Sequence[_Candidate], Mapping[str, list[_Candidate]]]:
    """Those that meet every filter, and by filter those that fail only that one."""
    if not wanted:
        return candidates, {}
    matches: list[_Candidate] = []
    nearly: dict[str, list[_Candidate]] = {name: [] for name in wanted}
    for one in candidates:
        failed = failing(one.values, wanted)
        if not failed:
            matches.append(one)
        elif len(failed) == 1:
            nearly[failed[0]].append(one)
    return matches, nearly


def _disjunctive_counts(matches: Iterable[_Candidate], nearly: Mapping[str, Iterable[_Candidate]]) -> Counts:
    """Count every facet with all *other* filters applied: what fails only its own filter counts there too."""
    counts = count(one.values for one in matches)
    for name, others in nearly.items():
        of_these = counts.setdefault(name, {})
        for value, number in count(one.values for one in others).get(name, {}).items():
            of_these[value] = of_these.get(value, 0) + number
    return counts
