"""What both engines do alike: from entries to hits, and from counts to facets."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import takewhile
from typing import Any

from django.db.models import Q

from search.filters import FACETS, RUNS_AT_SIZE, Filter
from search.highlight import highlight
from search.models import Entry, EntryQuerySet, EntryValue
from search.ranking import is_marked
from search.reasons import reasons
from search.request import SearchRequest
from search.results import Facet, FacetValue, Hit

from .question import Question

# By value, by filter: how many entries have it.
Counts = Mapping[str, Mapping[str, int]]


# What is shown of an entry; the columns that are only searched in are large.
_SHOWN = (
    "kind", "external_id", "title", "summary", "path", "phase", "confirmed_at", "due_on", "published_at",
    "completeness", "body", "attachments",
    "municipality__name", "municipality__population", "municipality__is_invented",
)  # fmt: skip


def shown(entries: EntryQuerySet, request: SearchRequest) -> EntryQuerySet:
    """The entries with what is shown of them."""
    columns = (*_SHOWN, "words") if request.with_reasons else _SHOWN
    joined: EntryQuerySet = entries.select_related("municipality").only(*columns)
    return joined


def hits(entries: Sequence[Entry], scores: Mapping[int, float], question: Question) -> tuple[Hit, ...]:
    """The hits of these entries, in this order.

    Args:
        entries: with their municipality.
        scores: by page id; higher fits better.
        question: what was asked: to mark it, and to say why something stands here.
    """
    marked = question.plan.marked
    themes = defaultdict(list)
    runs_here: set[int] = set()
    wanted = Q(field="theme")
    if question.own_size and question.request.with_reasons:
        wanted |= Q(field=RUNS_AT_SIZE, value=question.own_size, audience__in=question.heard)
    of_entries = EntryValue.objects.filter(wanted, entry__in=entries)
    # In order here: a database that is asked to sort looks through all themes of all entries.
    for entry_id, name, value in sorted(of_entries.values_list("entry_id", "field", "value")):
        if name == RUNS_AT_SIZE:
            runs_here.add(entry_id)
        else:
            themes[entry_id].append(value)
    return tuple(
        Hit(
            **_shown(entry, marked),
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
            themes=tuple(themes[entry.page_id]),
            phase=entry.phase,
            confirmed_at=entry.confirmed_at,
            is_marked=is_marked(entry.due_on, question.today),
            published_at=entry.published_at,
            score=round(scores.get(entry.page_id, 0.0), 4),
            reasons=_reasons(entry, question, runs_here=entry.page_id in runs_here),
        )
        for entry in entries
        # A tombstone has no municipality; it is not listed, so never among what was found.
        if (place := entry.municipality) is not None
    )


def _reasons(entry: Entry, question: Question, *, runs_here: bool) -> tuple[str, ...]:
    if not question.request.with_reasons:
        return ()
    return tuple(reasons(entry, question.plan, question.own_population, question.today, runs_here=runs_here))


def leading(are_full: Iterable[bool]) -> int:
    """How many at the beginning are full answers."""
    return sum(1 for _ in takewhile(bool, are_full))


def _shown(entry: Entry, stems: frozenset[str]) -> dict[str, Any]:
    """The sentences that show why something was found: of the contribution, else of the first document that has any."""
    if not stems:
        return {"highlights": ()}
    if found := highlight(entry.body, stems):
        return {"highlights": found}
    for name, text in entry.attachments:
        if found := highlight(text, stems):
            return {"highlights": found, "document": name}
    return {"highlights": ()}


def facets(counts: Counts, question: Question) -> tuple[Facet, ...]:
    """Every facet with all values that occur, and those that were chosen; in the order of the vocabulary."""
    return tuple(
        Facet(
            name=one.name,
            label=str(one.label),
            values=tuple(_values(one, counts.get(one.name, {}), question)),
        )
        for one in FACETS
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
