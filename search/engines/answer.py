"""What both engines do alike: from entries to hits, and from counts to facets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import takewhile
from typing import Any

from exchange.contributions.searchable import Filter
from exchange.municipalities.models import Municipality
from exchange.municipalities.size import SizeClass
from search import filters
from search.filter_values import RUNS_AT_SIZE, Counts, by_filter
from search.highlight import highlight
from search.models import Entry, EntryQuerySet
from search.ranking import is_marked
from search.reasons import reasons
from search.request import SearchRequest
from search.results import Facet, FacetValue, Hit

from .question import Question

# What is shown of an entry; the columns that are only searched in are large.
_SHOWN = (
    "kind", "external_id", "title", "summary", "path", "phase", "confirmed_at", "due_on", "published_at",
    "completeness", "values", "member_values", "text__body", "text__attachments",
    "municipality__name", "municipality__population", "municipality__is_invented",
)  # fmt: skip


def shown(entries: EntryQuerySet, request: SearchRequest) -> EntryQuerySet:
    """The entries with what is shown of them."""
    columns = (*_SHOWN, "text__words", "text__member_words") if request.with_reasons else _SHOWN
    joined: EntryQuerySet = entries.select_related("municipality", "text").only(*columns)
    return joined


def hits(
    entries: Sequence[Entry], scores: Mapping[int, float], question: Question, *, is_near: bool = False
) -> tuple[Hit, ...]:
    """The hits of these entries, in this order.

    Args:
        entries: with their municipality and text.
        scores: by page id; higher fits better.
        question: what was asked: to mark it, and to say why something stands here.
        is_near: whether there is more among them than full answers; only then meaning was asked.
    """
    close = question.meant.close if is_near else frozenset()
    # A tombstone has no municipality; it is not listed, so never among what was found.
    return tuple(
        _hit(entry, entry.municipality, scores.get(entry.page_id, 0.0), question, is_close=entry.page_id in close)
        for entry in entries
        if entry.municipality is not None
    )


def _hit(entry: Entry, place: Municipality, score: float, question: Question, *, is_close: bool) -> Hit:
    values = by_filter(entry.values_for(question.heard))
    runs_at = values.get(RUNS_AT_SIZE, [])
    return Hit(
        **_shown(entry, question.plan.marked),
        id=entry.page_id,
        kind=entry.kind,
        external_id=entry.external_id,
        title=entry.title,
        path=entry.path,
        summary=entry.summary,
        municipality_code=place.code,
        municipality_name=place.name,
        is_invented=place.is_invented,
        size=place.size or "",
        runs_at_sizes=tuple(size for size in SizeClass.values if size in runs_at),
        themes=tuple(values.get("theme", ())),
        phase=entry.phase,
        confirmed_at=entry.confirmed_at,
        is_marked=is_marked(entry.due_on, question.today),
        published_at=entry.published_at,
        score=round(score, 4),
        reasons=_reasons(entry, question, runs_here=question.own_size in runs_at, is_close=is_close),
    )


def _reasons(entry: Entry, question: Question, *, runs_here: bool, is_close: bool) -> tuple[str, ...]:
    if not question.request.with_reasons:
        return ()
    has = entry.text.stems_for(question.heard)
    own, today = question.own_population, question.today
    return tuple(reasons(entry, question.plan, own, today, has=has, runs_here=runs_here, is_close=is_close))


def leading(are_full: Iterable[bool]) -> int:
    """How many at the beginning are full answers."""
    return sum(1 for _ in takewhile(bool, are_full))


def _shown(entry: Entry, stems: frozenset[str]) -> dict[str, Any]:
    """The sentences that show why something was found: of the contribution, else of the first document that has any."""
    if not stems:
        return {"highlights": ()}
    if found := highlight(entry.text.body, stems):
        return {"highlights": found}
    for name, text in entry.text.attachments:
        if found := highlight(text, stems):
            return {"highlights": found, "document": name}
    return {"highlights": ()}


def counted_facets(counts: Counts, question: Question) -> tuple[Facet, ...]:
    """Every facet with all values that occur, and those that were chosen; in the order of the vocabulary."""
    return tuple(
        Facet(
            name=one.name,
            label=str(one.label),
            values=tuple(_values(one, counts.get(one.name, {}), question)),
        )
        for one in filters.facets()
    )


def _values(one: Filter, counts: Mapping[str, int], question: Question) -> Iterable[FacetValue]:
    selected, vocabulary = question.request.selected(one.name), question.vocabulary
    for value, label in one.values(vocabulary).items():
        if value in counts or value in selected:
            yield FacetValue(
                value=value,
                label=label,
                count=counts.get(value, 0),
                selected=value in selected,
                is_narrower=one.name == "theme" and value in vocabulary.broader,
            )
