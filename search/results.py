"""What an engine answers: plain data, the same from every engine."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.utils.safestring import SafeString


@dataclass(frozen=True)
class Hit:
    """One contribution that was found. `highlights` are escaped HTML with only `<mark>` in it."""

    id: int
    kind: str
    external_id: str
    title: str
    path: str
    summary: str
    highlights: tuple[SafeString, ...]
    municipality_code: str
    municipality_name: str
    is_invented: bool
    size: str
    # The classes of the municipalities where it runs, as far as the reader may see.
    runs_at_sizes: tuple[str, ...]
    themes: tuple[str, ...]
    phase: str
    confirmed_at: datetime.date | None
    # Nobody confirmed it in time.
    is_marked: bool
    published_at: datetime.datetime | None
    score: float
    # The attachment that the highlights are from; empty where they are from the contribution itself.
    document: str = ""
    # Why it stands here, for people.
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True)
class FacetValue:
    value: str
    label: str
    count: int
    selected: bool
    # Falls under the value before it in the list: a narrower theme.
    is_narrower: bool = False


@dataclass(frozen=True)
class Facet:
    """The values of one filter with their counts, each counted with every *other* filter applied."""

    name: str
    label: str
    values: tuple[FacetValue, ...]

    @property
    def has_choice(self) -> bool:
        """Was one of its values chosen?"""
        return any(value.selected for value in self.values)


@dataclass(frozen=True)
class Results:
    """An answer: one page of hits, and the facets of all of them."""

    count: int
    page: int
    page_size: int
    hits: tuple[Hit, ...]
    facets: tuple[Facet, ...]
    engine: str
    degraded: bool = False
    # The question as it was probably meant; what that gives is part of the answer.
    did_you_mean: str | None = None
    # Words that no contribution has: the answer is to the other ones.
    unknown: tuple[str, ...] = ()
    # No word of the question is known: what was found is only like it.
    is_by_meaning: bool = False
    # So many hits at the beginning of this page have all that was asked; the others come near.
    full: int | None = None

    @property
    def last_page(self) -> int:
        """The number of the last page; 1 when there is nothing."""
        return max(1, -(-self.count // self.page_size))
