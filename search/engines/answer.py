"""What both engines do alike: the clauses of a question, from entries to hits, and from counts to facets."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import takewhile
from typing import Any

from exchange.accounts.viewer import Viewer
from exchange.municipalities.alike import municipalities_like
from exchange.municipalities.models import Municipality
from search import dutch, word_groups
from search.concepts import Alternative, Concept, Plan, alternatives_of, plan
from search.filters import FACETS, LIKE, Filter
from search.highlight import highlight
from search.known_words import DatabaseKnownWords
from search.lexicon import Lexicon, Stems
from search.models import Audience, Entry, EntryQuerySet, EntryValue, KnownWord
from search.ranking import ENOUGH
from search.reasons import reasons
from search.request import SearchRequest, Sort
from search.results import Facet, FacetValue, Hit
from search.vocabulary import Vocabulary

# By value, by filter: how many entries have it.
Counts = Mapping[str, Mapping[str, int]]
INHABITANTS = "inhabitants"
# So many words tell what a page is about; one with so many of them is like it.
SIMILAR_WORDS = 15
SIMILAR_NEEDED = 4


def chosen(request: SearchRequest) -> dict[str, tuple[str, tuple[str, ...]]]:
    """Every filter that is set: by its name, the field to look in and the values of which one must be there."""
    clauses = {one.name: (one.name, request.selected(one.name)) for one in FACETS if request.selected(one.name)}
    if like := request.selected(LIKE):
        alike = {one.code for code in like for one in municipalities_like(code)}
        clauses[LIKE] = ("municipality", tuple(sorted(alike)))
    if request.inhabitants_min is not None or request.inhabitants_max is not None:
        places = Municipality.objects.current()
        if request.inhabitants_min is not None:
            places = places.filter(population__gte=request.inhabitants_min)
        if request.inhabitants_max is not None:
            places = places.filter(population__lte=request.inhabitants_max)
        clauses[INHABITANTS] = ("municipality", tuple(places.values_list("code", flat=True)))
    return clauses


def plan_of(request: SearchRequest, viewer: Viewer, vocabulary: Vocabulary) -> Plan:
    """What to look for: the words of the question with everything that may stand for them, for this reader."""
    if request.similar_to is not None:
        return _plan_of_similar(request.similar_to)
    if not request.words.wanted:
        return plan(request.words, Lexicon(), DatabaseKnownWords(viewer))
    lexicon = word_groups.lexicon()
    known = DatabaseKnownWords(viewer)
    # All at once: else every word would be a query.
    alternatives = (one for word in request.words.wanted for one in alternatives_of(word, lexicon))
    known.prepare(stem for one in alternatives for stem in one.stems)
    return plan(request.words, lexicon, known, _places(tuple(vocabulary.place_names())))


def _plan_of_similar(page_id: int) -> Plan:
    """The words that tell what a page is about: those that weigh much in it and stand in few others."""
    entry = Entry.objects.filter(pk=page_id).first()
    weights: Mapping[str, float] = entry.words.get(Audience.PUBLIC.value, {}) if entry is not None else {}
    heavy = sorted(weights, key=lambda stem: -weights[stem])[: 4 * SIMILAR_WORDS]
    shares = dict(KnownWord.objects.filter(stem__in=heavy, share__gt=0).values_list("stem", "share"))
    telling = sorted(shares, key=lambda stem: weights[stem] * math.log(shares[stem]))[:SIMILAR_WORDS]
    concepts = tuple(Concept(stem, (Alternative((stem,), weights[stem]),)) for stem in telling)
    needed = min(SIMILAR_NEEDED, len(concepts))
    return Plan(
        needed=concepts, near=concepts, all_needed=needed, some_needed=needed, without=page_id,
        is_impossible=not concepts,
    )  # fmt: skip


@lru_cache(maxsize=2)
def _places(names: tuple[str, ...]) -> frozenset[Stems]:
    return frozenset(tuple(token.stem for token in dutch.words(name)) for name in names)


def enough(request: SearchRequest) -> int:
    """So many full answers are enough; in another order than by relevance nothing that only comes near is mixed in."""
    return ENOUGH if request.sort is Sort.RELEVANCE else 1


def own_population(viewer: Viewer) -> int | None:
    """Inhabitants of the reader's own municipality; None for a visitor."""
    if not viewer.municipalities:
        return None
    own = Municipality.objects.filter(code__in=viewer.municipalities).order_by("code").first()
    return own.population if own is not None else None


def shown(entries: EntryQuerySet, request: SearchRequest) -> EntryQuerySet:
    """The entries with what is shown of them, without the columns that are only searched in."""
    unseen = ["stems"] if request.with_reasons else ["stems", "words"]
    joined: EntryQuerySet = entries.select_related("municipality").defer(*unseen)
    return joined


def hits(
    entries: Sequence[Entry], scores: Mapping[int, float], request: SearchRequest, plan: Plan, own: int | None
) -> tuple[Hit, ...]:
    """The hits of these entries, in this order.

    Args:
        entries: with their municipality.
        scores: by page id; higher fits better.
        request: what was asked: whether reasons are wanted.
        plan: what was looked for: to mark it, and to say why something stands here.
        own: inhabitants of the reader's municipality.
    """
    themes = defaultdict(list)
    of_entries = EntryValue.objects.filter(entry__in=entries, field="theme").order_by("value")
    for entry_id, slug in of_entries.values_list("entry_id", "value"):
        themes[entry_id].append(slug)
    return tuple(
        Hit(
            **_shown(entry, plan.marked),
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
            published_at=entry.published_at,
            score=round(scores.get(entry.page_id, 0.0), 4),
            reasons=tuple(reasons(entry, plan, own)) if request.with_reasons else (),
        )
        for entry in entries
        # A tombstone has no municipality; it is not listed, so never among what was found.
        if (place := entry.municipality) is not None
    )


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


def facets(counts: Counts, request: SearchRequest, vocabulary: Vocabulary) -> tuple[Facet, ...]:
    """Every facet with all values that occur, and those that were chosen; in the order of the vocabulary."""
    return tuple(
        Facet(
            name=one.name,
            label=str(one.label),
            values=tuple(_values(one, counts.get(one.name, {}), request.selected(one.name), vocabulary)),
        )
        for one in FACETS
    )


def _values(
    one: Filter, counts: Mapping[str, int], selected: Sequence[str], vocabulary: Vocabulary
) -> Iterable[FacetValue]:
    for value, label in one.values(vocabulary).items():
        if value in counts or value in selected:
            yield FacetValue(
                value=value,
                label=label,
                count=counts.get(value, 0),
                selected=value in selected,
                is_narrower=one.name == "theme" and value in vocabulary.broader,
            )
