"""What search gets of a kind of contribution: the kind says it, and search, a higher room, reads it here.

What a contribution shows of others is looked up for a batch of pages at once (`look_up`), so that a batch takes few
queries. A room between a kind and search adds what it knows (`add_to_search`): search needs to know neither.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import models

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


def nothing(*args: Any) -> tuple[Any, ...]:
    """Where a kind has nothing to say."""
    return ()


@dataclass(frozen=True)
class Searchable:
    """What search gets of a kind, besides what every contribution has.

    Attributes:
        texts: of a page, given what was looked up for its batch.
        values: of a page, what can be filtered on.
        look_up: what a batch of pages shows of others; given to `texts` with each of them.
        joined: what is read in one query with the pages.
        prefetched: what is read with them in one query each.
        shows: its fields that point at a contribution of which it shows something.
        names: the paths of its fields to what it shows the name of, such as an organisation.
    """

    texts: Callable[[Any, Any], Iterable[Text]] = nothing
    values: Callable[[Any], Iterable[Value]] = nothing
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
    """

    values: Callable[[Any, Any], Iterable[tuple[str, str, Audience]]]
    look_up: Callable[[Sequence[Any]], Any]
    shown_by: Callable[[Sequence[int]], Q]


_added: defaultdict[str, list[Addition]] = defaultdict(list)


def add_to_search(slug: str, addition: Addition) -> None:
    """Add to what search gets of a kind. Called once, when an app is ready."""
    if addition not in _added[slug]:
        _added[slug].append(addition)


def additions_to(slug: str) -> tuple[Addition, ...]:
    """What other rooms add to a kind."""
    return tuple(_added[slug])
