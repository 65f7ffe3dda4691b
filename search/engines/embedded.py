"""The engine that needs nothing installed: full text over the entries' stems in the project's own database.

Ranking is BM25 with boosted fields. The part of a weight that a word has by itself is stored (`search.document`); how
rare the word is, is asked when searching, among what the reader may see.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from django.db.models import Case, Count, F, FloatField, OuterRef, Q, QuerySet, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce

from exchange.accounts.viewer import Viewer
from search.filters import FACETS
from search.models import Audience, Entry, EntryQuerySet, EntryTerm, EntryValue, audiences
from search.request import SearchRequest, Sort, Words
from search.results import Results
from search.vocabulary import Vocabulary

from .answer import INHABITANTS, chosen, facets, hits


class EmbeddedEngine:
    """Search in the database that is there anyway, SQLite or PostgreSQL."""

    name = "embedded"

    def search(self, request: SearchRequest, *, viewer: Viewer, vocabulary: Vocabulary) -> Results:
        heard = audiences(viewer)
        visible = Entry.objects.visible_to(viewer)
        found = _matching(visible, request.words, heard)
        clauses = _clauses(request)
        matches = found.filter(*clauses.values())
        ranked = _ranked(matches, request, visible, heard)
        start = (request.page - 1) * request.page_size
        entries = list(ranked.select_related("municipality")[start : start + request.page_size])
        return Results(
            count=matches.count(),
            page=request.page,
            page_size=request.page_size,
            hits=hits(entries, {entry.page_id: getattr(entry, "score", 0.0) for entry in entries}, request),
            facets=facets(_disjunctive_counts(found, clauses), request, vocabulary),
            engine=self.name,
        )


def _matching(entries: EntryQuerySet, words: Words, heard: Sequence[Audience]) -> EntryQuerySet:
    """The entries with all words of a question. Only stop words or signs: nothing."""
    if words.is_empty:
        return entries.none()
    for stem in words.wanted:
        entries = entries.filter(pk__in=_with_term(stem, heard))
    for stem in words.unwanted:
        entries = entries.exclude(pk__in=_with_term(stem, heard))
    for phrase in words.phrases:
        entries = entries.filter(stems__contains=f" {' '.join(phrase)} ")
    return entries


def _with_term(stem: str, heard: Sequence[Audience]) -> QuerySet[EntryTerm, int]:
    return EntryTerm.objects.filter(term=stem, audience__in=heard).values_list("entry_id", flat=True)


def _clauses(request: SearchRequest) -> dict[str, Q]:
    """One clause for each filter that is set, by its name."""
    return {name: Q(pk__in=_with_value(field, values)) for name, (field, values) in chosen(request).items()}


def _with_value(name: str, values: Sequence[str]) -> QuerySet[EntryValue, int]:
    return EntryValue.objects.filter(field=name, value__in=values).values_list("entry_id", flat=True)


def _ranked(
    matches: EntryQuerySet, request: SearchRequest, visible: EntryQuerySet, heard: Sequence[Audience]
) -> EntryQuerySet:
    score = _score(request.words.ranked, visible, heard)
    scored: EntryQuerySet = matches.annotate(score=score)
    newest = F("published_at").desc(nulls_last=True)
    if request.sort is Sort.NEWEST:
        return scored.order_by(newest, "-pk")
    if request.sort is Sort.CONFIRMED:
        return scored.order_by(F("confirmed_at").desc(nulls_last=True), newest, "-pk")
    return scored.order_by(F("score").desc(), newest, "-pk")


def _score(stems: Sequence[str], visible: EntryQuerySet, heard: Sequence[Audience]) -> Coalesce | Value:
    """The sum over the words of their weight in the entry times their rarity."""
    if not stems:
        return Value(0.0, output_field=FloatField())
    rarity = _rarity(stems, visible, heard)
    weighed = Case(*(When(term=stem, then=F("weight") * rarity[stem]) for stem in stems), output_field=FloatField())
    own_terms = EntryTerm.objects.filter(entry=OuterRef("pk"), term__in=stems, audience__in=heard)
    total = own_terms.order_by().values("entry").annotate(total=Sum(weighed)).values("total")
    return Coalesce(Subquery(total), 0.0, output_field=FloatField())


def _rarity(stems: Sequence[str], visible: EntryQuerySet, heard: Sequence[Audience]) -> dict[str, float]:
    """How much finding a word says: BM25's inverse document frequency, among what the reader may see."""
    terms = EntryTerm.objects.filter(term__in=stems, audience__in=heard, entry__in=visible)
    counts = dict(terms.order_by().values("term").annotate(n=Count("entry", distinct=True)).values_list("term", "n"))
    total = visible.count()
    return {stem: math.log(1 + (total - counts.get(stem, 0) + 0.5) / (counts.get(stem, 0) + 0.5)) for stem in stems}


def _disjunctive_counts(found: EntryQuerySet, clauses: Mapping[str, Q]) -> dict[str, dict[str, int]]:
    """Count every facet with all other filters applied: those without a choice together, the others each alone."""
    untouched = [one.name for one in FACETS if one.name not in clauses]
    counts = _counts(found.filter(*clauses.values()), untouched)
    for name in clauses:
        if name != INHABITANTS:
            others = [clause for other, clause in clauses.items() if other != name]
            counts |= _counts(found.filter(*others), [name])
    return counts


def _counts(entries: EntryQuerySet, names: Sequence[str]) -> dict[str, dict[str, int]]:
    counts: dict[str, dict[str, int]] = {}
    values = EntryValue.objects.filter(field__in=names, entry__in=entries.order_by().values("pk")).order_by()
    for name, value, count in (
        values.values("field", "value").annotate(n=Count("pk")).values_list("field", "value", "n")
    ):
        counts.setdefault(name, {})[value] = count
    return counts
