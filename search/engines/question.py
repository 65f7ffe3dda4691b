"""A question as both engines take it: what to look for, for whom, and which filters are set."""

from __future__ import annotations

import datetime
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from django.utils import timezone

from exchange.accounts.viewer import Viewer
from exchange.contributions.searchable import Audience
from exchange.municipalities.alike import municipalities_like
from exchange.municipalities.models import Municipality
from search import word_groups
from search.alternatives import Alternative, alternatives_of
from search.concepts import Concept, Plan, plan
from search.dutch import folded_words
from search.filters import LIKE, facets
from search.known_words import DatabaseKnownWords
from search.lexicon import Lexicon
from search.meaning.adding import NEAREST, NOTHING, Added, added
from search.meaning.nearest import live, nearest_to
from search.models import Entry, EntryQuerySet, EntryTerm, KnownWord, audiences
from search.ranking import ENOUGH, FULL, FULL_THERE, Ranking, ranking
from search.request import SearchRequest, Sort
from search.vocabulary import Vocabulary

INHABITANTS = "inhabitants"
# So many words tell what a page is about; one with so many of them is like it.
SIMILAR_WORDS = 15
SIMILAR_NEEDED = 4
# Of so many letters is a word that has a meaning.
SHORTEST = 3
# What follows from the words and the reader, whatever the filters.
_OF_THE_WORDS = ("plan", "heard", "visible", "today", "own", "meant")


@dataclass(frozen=True)
class Question:
    """What one reader asks. Read once, also where a second engine answers."""

    request: SearchRequest
    viewer: Viewer
    vocabulary: Vocabulary

    @cached_property
    def plan(self) -> Plan:
        """The words of the question with everything that may stand for them, for this reader."""
        if self.request.similar_to is not None:
            return _plan_of_similar(self.request.similar_to)
        words, known = self.request.words, DatabaseKnownWords(self.viewer)
        if not words.wanted:
            return plan(words, Lexicon(), known)
        lexicon = word_groups.lexicon()
        # All at once: else every word would be a query.
        alternatives = (one for word in words.wanted for one in alternatives_of(word, lexicon))
        known.prepare(stem for one in alternatives for stem in one.stems)
        return plan(words, lexicon, known, self.vocabulary.gazetteer)

    @cached_property
    def meant(self) -> Added:
        """What meaning adds to what words find; decided by what this reader may see alone, whatever the filters.

        Nothing where words say exactly what is wanted: a place, a phrase, what must not be there, or another order.
        """
        request, plan = self.request, self.plan
        words = request.words
        is_exact = plan.has_place or plan.without is not None or bool(words.phrases or words.unwanted)
        if is_exact or request.sort is not Sort.RELEVANCE or not _says_something(request):
            return NOTHING
        encoding = live()
        if encoding is None:
            return NOTHING
        least = encoding.surely if plan.is_impossible else encoding.floor
        near = nearest_to(words.text, self.visible, encoding, NEAREST)
        return added(near, plan.told_by_all, least, f" {' '.join(folded_words(words.text))}")

    @cached_property
    def heard(self) -> Sequence[Audience]:
        """Whose texts count for this reader."""
        return audiences(self.viewer)

    @cached_property
    def visible(self) -> EntryQuerySet:
        """The entries that this reader may see."""
        return Entry.objects.visible_to(self.viewer)

    @cached_property
    def today(self) -> datetime.date:
        """The day by which is judged what is still fresh."""
        return timezone.localdate()

    @cached_property
    def own(self) -> Municipality | None:
        """The reader's own municipality; None for a visitor."""
        return Municipality.objects.own(self.viewer.municipalities)

    def with_filters(self, request: SearchRequest) -> Question:
        """The same words for the same reader with other filters: what was read for them is not read again."""
        other = replace(self, request=request)
        other.__dict__.update({name: value for name, value in self.__dict__.items() if name in _OF_THE_WORDS})
        return other

    @property
    def own_size(self) -> str:
        """Its size class; empty for a visitor."""
        return self.own.size.value if self.own is not None and self.own.size is not None else ""

    @property
    def own_population(self) -> int | None:
        """Its inhabitants; None for a visitor."""
        return self.own.population if self.own is not None else None

    @property
    def enough(self) -> int:
        """So many full answers are enough; in another order than by relevance nothing else is mixed in."""
        return ENOUGH if self.request.sort is Sort.RELEVANCE else 1

    @property
    def may_come_near(self) -> bool:
        """Is there anything that has not all of it, and yet comes near?"""
        return self.plan.without is None and bool(self.plan.near or self.meant.pages)

    def ranking(self, *, is_near: bool) -> Ranking:
        """What counts for this reader besides words; `is_near`: where others than full answers are found too."""
        full = FULL_THERE if self.plan.has_place else FULL
        return ranking(today=self.today, own=self.own_population, own_size=self.own_size, full=full if is_near else 1.0)

    @cached_property
    def chosen(self) -> dict[str, tuple[str, tuple[str, ...]]]:
        """Every filter that is set: by its name, the field to look in and the values of which one must be there."""
        request = self.request
        selected = ((one.name, request.selected(one.name)) for one in facets())
        clauses = {name: (name, values) for name, values in selected if values}
        if like := request.selected(LIKE):
            alike = {one.code for code in like for one in municipalities_like(code)}
            clauses[LIKE] = ("municipality", tuple(sorted(alike)))
        if request.inhabitants_min is not None or request.inhabitants_max is not None:
            clauses[INHABITANTS] = ("municipality", _in_range(request.inhabitants_min, request.inhabitants_max))
        return clauses


def _says_something(request: SearchRequest) -> bool:
    """Is there a word in it? Of signs, numbers and single letters a meaning is made up."""
    return any(len(word.text) >= SHORTEST and word.text.isalpha() for word in request.words.wanted)


def _in_range(low: int | None, high: int | None) -> tuple[str, ...]:
    """The municipalities with so many inhabitants, ends included."""
    places = Municipality.objects.current()
    if low is not None:
        places = places.filter(population__gte=low)
    if high is not None:
        places = places.filter(population__lte=high)
    return tuple(places.values_list("code", flat=True))


def _plan_of_similar(page_id: int) -> Plan:
    """The words that tell what a page is about: those that weigh much in it and stand in few others."""
    terms = EntryTerm.objects.filter(entry=page_id, audience=Audience.PUBLIC)
    weights = dict(terms.values_list("term", "weight"))
    heavy = sorted(weights, key=lambda stem: -weights[stem])[: 4 * SIMILAR_WORDS]
    shares = dict(KnownWord.objects.filter(stem__in=heavy, share__gt=0).values_list("stem", "share"))
    telling = sorted(shares, key=lambda stem: weights[stem] * math.log(shares[stem]))[:SIMILAR_WORDS]
    concepts = tuple(
        Concept(stem, (Alternative((stem,), weights[stem], factors=(-math.log(shares[stem]) * weights[stem],)),))
        for stem in telling
    )
    needed = min(SIMILAR_NEEDED, len(concepts))
    return Plan(
        needed=concepts, near=concepts, all_needed=needed, some_needed=needed, without=page_id,
        is_impossible=not concepts,
    )  # fmt: skip
