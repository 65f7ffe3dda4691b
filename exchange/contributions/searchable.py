"""What search gets of a kind of contribution: the kind says it, and search, a higher room, reads it here.

What a contribution shows of others is looked up for a batch of pages at once (`look_up`), so that a batch takes few
queries. A room between a kind and search adds what it knows (`add_to_search`): search needs to know neither.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import get_language

from exchange.clean_text import clean_text

if TYPE_CHECKING:
    from django.db.models import Q

# The name of a filter and one of its values.
Value = tuple[str, str]


class Field(models.TextChoices):
    """The texts a contribution is found by."""

    TITLE = "title"
    SUMMARY = "summary"
    THEMES = "themes"
    SYNONYMS = "synonyms"
    KEYWORDS = "keywords"
    PLACE = "place"
    BODY = "body"
    RELATED = "related"
    ATTACHMENT = "attachment"


class Audience(models.TextChoices):
    """For whom a derived text counts. Members see what is public too."""

    PUBLIC = "public"
    MEMBERS = "members"


@dataclass(frozen=True)
class Text:
    """A text of a contribution, and for whom it counts. Clean, also where it came in before doors cleaned."""

    field: Field
    text: str
    audience: Audience = Audience.PUBLIC

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", clean_text(self.text))


@dataclass(frozen=True)
class Filter:
    """One filter: the parameter, the form, the facet, the index and the API follow from it.

    Attributes:
        name: the parameter in the URL, and the field of the projected values.
        label: what a reader sees above it.
        values: the values it knows, with their labels, given the vocabulary of search.
        order: where it stands among the others, from low to high.
        has_facet: whether it is offered and counted.
        is_derived: whether its values follow from other contributions, so that they may be for members only.
        is_dated: whether its values follow from a day when asked, instead of standing in the index.
    """

    name: str
    label: str | Promise
    values: Callable[[Any], Mapping[str, str]]
    order: int
    has_facet: bool = True
    is_derived: bool = False
    is_dated: bool = False


def by_choices(choices: type[models.TextChoices]) -> Callable[[Any], Mapping[str, str]]:
    """The values of a filter that knows these choices."""
    return lambda vocabulary: _labels(choices, get_language())


@cache
def _labels(choices: type[models.TextChoices], language: str | None) -> dict[str, str]:
    return {choice.value: str(choice.label) for choice in choices}


def nothing(*args: Any) -> tuple[Any, ...]:
    """Where a kind has nothing to say."""
    return ()


@dataclass(frozen=True)
class Searchable:
    """What search gets of a kind, besides what every contribution has.

    Attributes:
        texts: of a page, given what was looked up for its batch.
        values: of a page, what can be filtered on.
        filters: those that this kind brings; a name that two kinds bring is one filter.
        look_up: what a batch of pages shows of others; given to `texts` with each of them.
        joined: what is read in one query with the pages.
        prefetched: what is read with them in one query each.
        shows: its fields that point at a contribution of which it shows something.
        names: the paths of its fields to what it shows the name of, such as an organisation.
    """

    texts: Callable[[Any, Any], Iterable[Text]] = nothing
    values: Callable[[Any], Iterable[Value]] = nothing
    filters: tuple[Filter, ...] = ()
    look_up: Callable[[Sequence[Any]], Any] = nothing
    joined: tuple[str, ...] = ()
    prefetched: tuple[str, ...] = ()
    shows: tuple[str, ...] = ()
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Addition:
    """What another room adds to the pages of a kind: what follows from others.

    Attributes:
        values: of a page, given what was looked up for its batch: what can be filtered on, and for whom.
        look_up: what it needs for a batch of pages of the kind.
        shown_by: of the ids of any contributions, the clause of the pages of the kind that show something of those.
        filters: those that it brings.
    """

    values: Callable[[Any, Any], Iterable[tuple[str, str, Audience]]]
    look_up: Callable[[Sequence[Any]], Any]
    shown_by: Callable[[Sequence[int]], Q]
    filters: tuple[Filter, ...] = ()


_added: defaultdict[str, list[Addition]] = defaultdict(list)


def add_to_search(slug: str, addition: Addition) -> None:
    """Add to what search gets of a kind. Called once, when an app is ready."""
    if addition not in _added[slug]:
        _added[slug].append(addition)


def additions_to(slug: str) -> tuple[Addition, ...]:
    """What other rooms add to a kind."""
    return tuple(_added[slug])
