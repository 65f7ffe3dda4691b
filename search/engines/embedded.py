"""The engine that needs nothing installed: full text over the entries' stems in the project's own database.

Ranking is BM25 with boosted fields. The part of a weight that a word has by itself is stored (`search.document`); how
rare the word is, is asked when searching, among what the reader may see.
"""

from __future__ import annotations

import datetime
import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, When
from django.db.models.expressions import RawSQL

from exchange.contributions.freshness import last_before
from search.filters import CONFIRMED, RUNS_AT_SIZE, STORED_FACETS
from search.models import Audience, Entry, EntryQuerySet, EntryTerm, EntryValue, in_state
from search.ranking import factor
from search.request import Sort
from search.results import Results

from .answer import facets, hits, leading, shown
from .question import Question


class EmbeddedEngine:
    """Search in the database that is there anyway, SQLite or PostgreSQL."""

    name = "embedded"

    def answer(self, question: Question) -> Results:
        """Answer a question. What the reader may not see shows nowhere, not in a count either."""
        request, plan = question.request, question.plan
        found = _found(question)
        clauses = _clauses(question)
        matches = found.entries.filter(*clauses.values())
        start = (request.page - 1) * request.page_size
        counts = _disjunctive_counts(found.entries, clauses, question) if request.with_facets else {}
        entries = list(_in_order(matches, found, question, start))
        return Results(
            count=matches.count(),
            page=request.page,
            page_size=request.page_size,
            hits=hits(entries, found.scores, question),
            facets=facets(counts, question),
            engine=self.name,
            did_you_mean=plan.corrected,
            unknown=plan.unknown,
            full=leading(found.is_full.get(entry.pk, True) for entry in entries),
        )


@dataclass(frozen=True)
class _Found:
    """What a question finds, filters apart: the entries, and of each its score and whether it is a full answer."""

    entries: EntryQuerySet
    scores: Mapping[int, float]
    is_full: Mapping[int, bool]


def _found(question: Question) -> _Found:
    plan, visible = question.plan, question.visible
    if plan.is_impossible:
        return _Found(visible.none(), {}, {})
    if plan.without is not None:
        visible = visible.exclude(pk=plan.without)
    for stem in plan.unwanted:
        visible = visible.exclude(pk__in=_with_term(stem, question.heard))
    for phrase in plan.phrases:
        visible = visible.filter(stems__contains=f" {' '.join(phrase)} ")
    if not plan.needed:
        return _Found(visible, {}, {})
    rows = _matches(visible, question)
    full = [row for row in rows if row.number >= plan.all_needed]
    answers = full if len(full) >= question.enough else rows
    scores = {
        row.entry: row.score
        * factor(
            completeness=row.completeness,
            population=row.population,
            own=question.own_population,
            due_on=row.due_on,
            today=question.today,
            is_full=row.number >= plan.all_needed and answers is rows,
            runs_here=row.runs_here,
        )
        for row in answers
    }
    return _Found(
        Entry.objects.filter(pk__in=_these(scores)),
        scores,
        {row.entry: row.number >= plan.all_needed for row in answers},
    )


@dataclass(frozen=True)
class _Match:
    """An entry that has enough of the concepts: how many, and the score of its words."""

    entry: int
    number: int
    score: float
    completeness: float
    due_on: datetime.date | None
    population: int | None
    runs_here: bool


# Each row of `plan` is one stem of one alternative of one concept. An alternative is there when all its stems are; the
# best alternative of a concept counts.
_SQL = """
WITH plan (concept, alternative, term, weight, stems, needed, near) AS (VALUES {rows}),
there AS (
    SELECT term.entry_id, plan.concept, plan.alternative, MAX(plan.needed) AS needed, MAX(plan.near) AS near,
        SUM(plan.weight * term.weight) AS score
    FROM plan CROSS JOIN search_entryterm AS term
    WHERE term.term = plan.term AND term.audience IN ({audiences})
    GROUP BY term.entry_id, plan.concept, plan.alternative
    HAVING COUNT(DISTINCT term.term) = MAX(plan.stems)
),
best AS (
    SELECT entry_id, concept, MAX(needed) AS needed, MAX(near) AS near, MAX(score) AS score
    FROM there GROUP BY entry_id, concept
)
SELECT best.entry_id, SUM(best.needed), SUM(best.score), MAX(entry.completeness), MAX(entry.due_on),
    MAX(municipality.population), COUNT(here.id)
FROM best
JOIN ({visible}) AS entry ON entry.page_id = best.entry_id
LEFT JOIN municipalities_municipality AS municipality ON municipality.code = entry.municipality_id
LEFT JOIN search_entryvalue AS here ON here.entry_id = best.entry_id AND here.field = %s AND here.value = %s
    AND here.audience IN ({audiences})
GROUP BY best.entry_id
HAVING SUM(best.near) >= %s OR SUM(best.needed) >= %s
"""


def _matches(visible: EntryQuerySet, question: Question) -> list[_Match]:
    """The entries that have enough of what is needed."""
    plan, heard = question.plan, question.heard
    rarity = _rarity(sorted(plan.stems), visible, heard)
    values: list[Any] = []
    for number, concept in enumerate((*plan.needed, *plan.extra)):
        counts = [int(concept in plan.needed), int(concept in plan.near)]
        for place, alternative in enumerate(concept.alternatives):
            for stem in alternative.stems:
                weight = alternative.weight * rarity[stem]
                values += [number, place, stem, weight, len(set(alternative.stems)), *counts]
    columns = ("page_id", "completeness", "due_on", "municipality_id")
    sql, parameters = visible.values(*columns).order_by().query.sql_with_params()
    row = "(%s, %s, %s, %s, %s, %s, %s)"
    if connection.vendor == "postgresql":
        row = "(%s::int, %s::int, %s::varchar, %s::float8, %s::int, %s::int, %s::int)"
    statement = _SQL.format(
        rows=", ".join([row] * (len(values) // 7)), audiences=", ".join(["%s"] * len(heard)), visible=sql
    )
    with connection.cursor() as cursor:
        heard_values = [one.value for one in heard]
        here = [RUNS_AT_SIZE, question.own_size, *heard_values]
        cursor.execute(statement, [*values, *heard_values, *parameters, *here, plan.some_needed, plan.all_needed])
        return [
            _Match(entry, int(number), score, completeness, _day(due_on), population, bool(runs))
            for entry, number, score, completeness, due_on, population, runs in cursor.fetchall()
        ]


def _day(value: Any) -> datetime.date | None:
    """A day as a database gives it to a query of our own: SQLite knows them as text."""
    return datetime.date.fromisoformat(value) if isinstance(value, str) else value


def _these(page_ids: Iterable[int]) -> RawSQL:
    """Many ids as one parameter: a database takes only so many."""
    ids = sorted(page_ids)
    if connection.vendor == "postgresql":
        return RawSQL("SELECT unnest(%s::bigint[])", [ids])
    return RawSQL("SELECT value FROM json_each(%s)", [json.dumps(ids)])


def _with_term(stem: str, heard: Sequence[Audience]) -> QuerySet[EntryTerm, int]:
    return EntryTerm.objects.filter(term=stem, audience__in=heard).values_list("entry_id", flat=True)


def _clauses(question: Question) -> dict[str, Q]:
    """One clause for each filter that is set, by its name."""
    return {
        name: in_state(values, question.today)
        if field == CONFIRMED
        else Q(pk__in=_with_value(field, values, question.heard))
        for name, (field, values) in question.chosen.items()
    }


def _with_value(name: str, values: Sequence[str], heard: Sequence[Audience]) -> QuerySet[EntryValue, int]:
    found = EntryValue.objects.filter(field=name, value__in=values, audience__in=heard)
    return found.values_list("entry_id", flat=True)


def _in_order(matches: EntryQuerySet, found: _Found, question: Question, start: int) -> Iterable[Entry]:
    """One page of the matches, in the order that was asked."""
    request = question.request
    end = start + request.page_size
    newest = F("published_at").desc(nulls_last=True)
    joined = shown(matches, request)
    if request.sort is Sort.CONFIRMED:
        return joined.order_by(F("confirmed_at").desc(nulls_last=True), newest, "-pk")[start:end]
    if request.sort is Sort.NEWEST:
        return joined.order_by(newest, "-pk")[start:end]
    if not found.scores:
        return joined.order_by(_last_ones(question.today), newest, "-pk")[start:end]
    # Equal scores: newest first, as everywhere.
    ids = matches.order_by(newest, "-pk").values_list("pk", flat=True)
    best = sorted(ids, key=lambda page_id: -found.scores[page_id])[start:end]
    entries = joined.in_bulk(best)
    return [entries[page_id] for page_id in best]


def _last_ones(today: datetime.date) -> Case:
    """Puts what nobody confirmed for long below the rest."""
    return Case(When(due_on__lte=last_before(today), then=1), default=0)


def _rarity(stems: Sequence[str], visible: EntryQuerySet, heard: Sequence[Audience]) -> dict[str, float]:
    """How much finding a word says: BM25's inverse document frequency, among what the reader may see."""
    # Asked of each row: gathering all that the reader may see would take longer than the words.
    seen = Exists(visible.filter(pk=OuterRef("entry")))
    terms = EntryTerm.objects.filter(seen, term__in=stems, audience__in=heard)
    counts = dict(terms.order_by().values("term").annotate(n=Count("entry", distinct=True)).values_list("term", "n"))
    total = visible.count()
    return {stem: math.log(1 + (total - counts.get(stem, 0) + 0.5) / (counts.get(stem, 0) + 0.5)) for stem in stems}


def _disjunctive_counts(
    found: EntryQuerySet, clauses: Mapping[str, Q], question: Question
) -> dict[str, dict[str, int]]:
    """Count every facet with all other filters applied: those without a choice together, the others each alone."""
    untouched = [name for name in STORED_FACETS if name not in clauses]
    counts = _counts(found.filter(*clauses.values()), untouched, question.heard)
    for name in clauses.keys() & STORED_FACETS:
        counts |= _counts(_without(found, clauses, name), [name], question.heard)
    return counts | {CONFIRMED: _without(found, clauses, CONFIRMED).states(question.today)}


def _without(found: EntryQuerySet, clauses: Mapping[str, Q], name: str) -> EntryQuerySet:
    """What is found with every filter but this one."""
    return found.filter(*(clause for other, clause in clauses.items() if other != name))


def _counts(entries: EntryQuerySet, names: Sequence[str], heard: Sequence[Audience]) -> dict[str, dict[str, int]]:
    counts: dict[str, dict[str, int]] = {}
    listed = entries.order_by().values("pk")
    values = EntryValue.objects.filter(field__in=names, audience__in=heard, entry__in=listed).order_by()
    for name, value, count in (
        values.values("field", "value").annotate(n=Count("pk")).values_list("field", "value", "n")
    ):
        counts.setdefault(name, {})[value] = count
    return counts
