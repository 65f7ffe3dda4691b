"""The engine that needs nothing installed: full text over the entries' stems in the project's own database.

Ranking is BM25 with boosted fields. The part of a weight that a word has by itself is stored (`search.document`); how
rare the word is, is asked when searching, among what the reader may see.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.db.models import Case, Count, F, FloatField, OuterRef, Q, QuerySet, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce

from exchange.accounts.viewer import Viewer
from exchange.municipalities.models import Municipality
from search.filters import FACETS, Filter
from search.highlight import highlight
from search.models import Audience, Entry, EntryQuerySet, EntryTerm, EntryValue, audiences
from search.request import SearchRequest, Sort, Words
from search.results import Facet, FacetValue, Hit, Results
from search.vocabulary import Vocabulary


class EmbeddedEngine:
    """Search in the database that is there anyway, SQLite or PostgreSQL."""

    name = "embedded"

    def search(self, request: SearchRequest, *, viewer: Viewer, vocabulary: Vocabulary) -> Results:
        heard = audiences(viewer)
        visible = Entry.objects.visible_to(viewer)
        found = _matching(visible, request.words, heard)
        matches = found.filter(*_clauses(request).values())
        count = matches.count()
        ranked = _ranked(matches, request, visible, heard)
        start = (request.page - 1) * request.page_size
        entries = list(ranked.select_related("municipality")[start : start + request.page_size])
        return Results(
            count=count,
            page=request.page,
            page_size=request.page_size,
            hits=tuple(_hits(entries, request.words)),
            facets=tuple(_facets(found, request, vocabulary)),
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
    clauses = {
        one.name: Q(pk__in=_with_value(one.name, request.selected(one.name)))
        for one in FACETS
        if request.selected(one.name)
    }
    if request.inhabitants_min is not None or request.inhabitants_max is not None:
        places = Municipality.objects.current()
        if request.inhabitants_min is not None:
            places = places.filter(population__gte=request.inhabitants_min)
        if request.inhabitants_max is not None:
            places = places.filter(population__lte=request.inhabitants_max)
        clauses["inhabitants"] = Q(pk__in=_with_value("municipality", places.values_list("code", flat=True)))
    return clauses


def _with_value(name: str, values: Iterable[str] | QuerySet[Municipality, str]) -> QuerySet[EntryValue, int]:
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


def _hits(entries: Sequence[Entry], words: Words) -> Iterable[Hit]:
    themes = defaultdict(list)
    of_entries = EntryValue.objects.filter(entry__in=entries, field="theme").order_by("value")
    for entry_id, slug in of_entries.values_list("entry_id", "value"):
        themes[entry_id].append(slug)
    for entry in entries:
        place = entry.municipality
        if place is None:
            continue  # A tombstone: not listed, so never among the hits.
        yield Hit(
            id=entry.page_id,
            kind=entry.kind,
            external_id=entry.external_id,
            title=entry.title,
            path=entry.path,
            summary=entry.summary,
            highlights=highlight(entry.body, frozenset(words.ranked)),
            municipality_code=place.code,
            municipality_name=place.name,
            is_invented=place.is_invented,
            size=place.size or "",
            themes=tuple(themes[entry.page_id]),
            phase=entry.phase,
            confirmed_at=entry.confirmed_at,
            published_at=entry.published_at,
            score=round(getattr(entry, "score", 0.0), 4),
        )


def _facets(found: EntryQuerySet, request: SearchRequest, vocabulary: Vocabulary) -> Iterable[Facet]:
    """Count every facet with all other filters applied: those without a choice together, the others each alone."""
    clauses = _clauses(request)
    untouched = [one.name for one in FACETS if one.name not in clauses]
    counts = _counts(found.filter(*clauses.values()), untouched)
    for name in clauses:
        others = [clause for other, clause in clauses.items() if other != name]
        if name != "inhabitants":
            counts |= _counts(found.filter(*others), [name])
    for one in FACETS:
        yield _facet(one, counts.get(one.name, {}), request.selected(one.name), vocabulary)


def _counts(entries: EntryQuerySet, names: Sequence[str]) -> dict[str, dict[str, int]]:
    counts: dict[str, dict[str, int]] = {}
    values = EntryValue.objects.filter(field__in=names, entry__in=entries.order_by().values("pk")).order_by()
    for name, value, count in (
        values.values("field", "value").annotate(n=Count("pk")).values_list("field", "value", "n")
    ):
        counts.setdefault(name, {})[value] = count
    return counts


def _facet(one: Filter, counts: dict[str, int], selected: Sequence[str], vocabulary: Vocabulary) -> Facet:
    """All values that occur, and those that were chosen; in the order of the vocabulary."""
    values = [
        FacetValue(value=value, label=label, count=counts.get(value, 0), selected=value in selected)
        for value, label in one.values(vocabulary).items()
        if value in counts or value in selected
    ]
    return Facet(name=one.name, label=str(one.label), values=tuple(values))
