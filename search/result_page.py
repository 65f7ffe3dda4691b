"""What the search page shows: made here, so that its templates only have to write it down."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from exchange.accounts.viewer import Viewer
from exchange.initiatives.choosing import SIDE_BY_SIDE
from exchange.municipalities.models import Municipality
from exchange.municipalities.numbers import grouped

from . import filter_groups, nothing, sections
from .choices import ABOUT, RANGE, Choices, bounds_about
from .engines import engine
from .engines.question import Question
from .filters import LIKE, facets, filters
from .models import Entry, PinnedResult, key_of
from .request import MAX_HITS, SearchRequest, Sort
from .results import Hit, Results
from .vocabulary import Vocabulary

# What stands beside the hits and changes with them.
PARTS = (
    "aantal", "aantal-filters", "voorbeelden", "ongeveer", "bereik", "gekozen-aantal", "gekozen-lijst", "meenemen",
    "volgen", "lijst-size",
)  # fmt: skip


@dataclass(frozen=True)
class Chip:
    """Something that is chosen, and how an address names it to take it away."""

    filter: str
    label: str
    drop: str


@dataclass(frozen=True)
class AsLarge:
    """The switches for municipalities like one: the reader's own, or the one that a visitor chose.

    Attributes:
        municipality: which one; None while a visitor has not chosen.
        is_own: whether it is the reader's own.
        low: inhabitants from which another is about as large.
        high: inhabitants up to which another is about as large.
        is_about: whether only those about as large are shown.
        is_like: whether only those like it are shown.
        typed: what a visitor typed.
    """

    municipality: Municipality | None = None
    is_own: bool = False
    low: int = 0
    high: int = 0
    is_about: bool = False
    is_like: bool = False
    typed: str = ""


@dataclass(frozen=True)
class Pages:
    """Where in the answer one is; never beyond what the API answers."""

    number: int
    last: int
    previous: int | None
    next: int | None


def context(request: HttpRequest, choices: Choices, question: Question, results: Results) -> dict[str, Any]:
    """Everything that the templates of the search page need."""
    viewer, words = question.viewer, question.vocabulary
    full = len(results.hits) if results.full is None else results.full
    size, *groups = filter_groups.groups(results.facets, _opened(request), words.gazetteer)
    pinned = _pinned(choices.asked, viewer)
    return {
        "choices": choices,
        "asked": choices.asked,
        # With the bounds that follow from a municipality: what a feed and a weekly mail keep.
        "asked_in_full": choices.request.to_query(),
        "results": results,
        "full": results.hits[:full],
        "near": results.hits[full:],
        "all_examples": _all_examples(results.hits, pinned),
        "pinned": pinned,
        "sections": sections.named_by(choices.request, words),
        "size": size,
        "groups": groups,
        "parts": _parts(groups),
        "as_large": _as_large(request, choices, question.own),
        "sorts": [{"value": sort.value, "label": sort.label, "selected": sort is choices.asked.sort} for sort in Sort],
        "chips": _chips(choices, words),
        "pages": _pages(choices.asked, results),
        "compared_ids": {one.pk for one in choices.compared},
        "compared_elsewhere": _elsewhere(choices, results.hits),
        "most": SIDE_BY_SIDE,
        "nothing": None if results.hits else nothing.look(choices, viewer, _counter(question)),
    }


def _parts(groups: list[filter_groups.Group]) -> str:
    """Which parts beside the hits htmx fills anew: inside what is there, so that what was opened stays open."""
    parts = [*PARTS, *(f"lijst-{group.name}" for group in groups)]
    return ",".join(f"#{part}:innerHTML" for part in parts)


def _counter(question: Question) -> nothing.Count:
    """How many a question finds that is like this one, with other filters or other words."""

    def count(asked: SearchRequest) -> int:
        asked = replace(asked, page_size=1, page=1, with_facets=False)
        is_narrowed = asked.words == question.request.words
        return engine().answer(question.with_filters(asked) if is_narrowed else replace(question, request=asked)).count

    return count


def _opened(request: HttpRequest) -> filter_groups.Opened:
    typed = {one.name: request.GET.get(f"find_{one.name}", "") for one in facets()}
    return filter_groups.Opened(frozenset(request.GET.getlist("open")), typed)


def _all_examples(hits: tuple[Hit, ...], pinned: list[Entry]) -> bool:
    """Is everything on this page an example? Then it is said once."""
    places = [entry.municipality for entry in pinned if entry.municipality is not None]
    return bool(hits) and all(hit.is_invented for hit in hits) and all(place.is_invented for place in places)


def _elsewhere(choices: Choices, hits: tuple[Hit, ...]) -> list[int]:
    """What is ticked and not on this page of hits: the form takes it along."""
    here = {hit.id for hit in hits}
    return [one.pk for one in choices.compared if one.pk not in here]


def _as_large(request: HttpRequest, choices: Choices, own: Municipality | None) -> AsLarge:
    place = own or choices.about
    if place is None or place.population is None:
        return AsLarge(typed=request.GET.get(ABOUT, "").strip())
    low, high = bounds_about(place.population)
    return AsLarge(
        place,
        own is not None,
        low,
        high,
        choices.about == place,
        place.code in choices.asked.selected(LIKE),
        place.name,
    )


def _pinned(asked: SearchRequest, viewer: Viewer) -> list[Entry]:
    """What platform editors put on top for this question, as far as the reader may see it."""
    if not asked.words.wanted or asked.page > 1:
        return []
    pins = PinnedResult.objects.filter(stems=key_of(asked.words.text)).order_by("position", "pk")
    ids = list(pins.values_list("page_id", flat=True))
    entries = Entry.objects.visible_to(viewer).select_related("municipality").in_bulk(ids)
    return [entries[page_id] for page_id in ids if page_id in entries]


def _chips(choices: Choices, words: Vocabulary) -> list[Chip]:
    """What is chosen, each with how to take it away."""
    asked = choices.asked
    chips = [
        Chip(str(one.label), one.values(words).get(value, value), f"{one.name}={value}")
        for one in filters()
        for value in asked.selected(one.name)
    ]
    if choices.about is not None:
        chips.insert(0, Chip(_("Ongeveer zo groot als"), choices.about.name, ABOUT))
    if asked.inhabitants_min is not None or asked.inhabitants_max is not None:
        chips.append(Chip(_("Inwoners"), _range(asked.inhabitants_min, asked.inhabitants_max), RANGE))
    return chips


def _range(low: int | None, high: int | None) -> str:
    if high is None:
        return _("vanaf %(low)s") % {"low": grouped(low or 0)}
    return _("%(low)s tot en met %(high)s") % {"low": grouped(low or 0), "high": grouped(high)}


def _pages(asked: SearchRequest, results: Results) -> Pages:
    last = min(results.last_page, MAX_HITS // asked.page_size)
    return Pages(
        number=asked.page,
        last=last,
        previous=asked.page - 1 if asked.page > 1 else None,
        next=asked.page + 1 if asked.page < last else None,
    )
