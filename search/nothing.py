"""What to do when nothing was found: which filter to take away, which signs to leave out, whom to ask."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from exchange.accounts.viewer import Viewer
from exchange.contacts.models import ContactPage

from .choices import ABOUT, FILTERS, RANGE, Choices
from .filters import filters
from .models import Entry
from .request import SearchRequest, parse_words

# So many filters are tried without; each is a question.
MOST_TRIED = 6
_MINUS = re.compile(r'(?:^|(?<=\s))-(?:"[^"]*"|\S+)')

Count = Callable[[SearchRequest], int]


@dataclass(frozen=True)
class WayOut:
    """A filter to take away: what it is called, how to name it in an address, and how many there are then."""

    label: str
    drop: str
    count: int


@dataclass(frozen=True)
class Nothing:
    """Why there may be nothing, and what helps.

    Attributes:
        ways: filters without which there is something, those that give most first.
        without_filters: how many there are without any filter.
        plainer: the question without quotes and without words to leave out, where that finds something.
        is_letter: one sign was typed.
        is_empty: this reader may see nothing at all here.
        has_contacts: there is somebody to ask.
    """

    ways: tuple[WayOut, ...] = ()
    without_filters: int = 0
    plainer: str = ""
    is_letter: bool = False
    is_empty: bool = False
    has_contacts: bool = False


def look(choices: Choices, viewer: Viewer, count: Count) -> Nothing:
    """Find out what helps.

    Args:
        choices: what was asked and gave nothing.
        viewer: the reader.
        count: how many a question finds.
    """
    kinds = set(Entry.objects.visible_to(viewer).order_by().values_list("kind", flat=True).distinct())
    if not kinds:
        return Nothing(is_empty=True)
    ways = tuple(sorted(_ways(choices, count), key=lambda one: -one.count))
    words = choices.asked.words
    return Nothing(
        ways=ways,
        without_filters=_count_without(choices, FILTERS, count) if choices.request.is_filtered and not ways else 0,
        plainer=_plainer(choices, count),
        is_letter=len(words.text) == 1,
        has_contacts=ContactPage.kind.slug in kinds,
    )


def _ways(choices: Choices, count: Count) -> Iterable[WayOut]:
    for drop, label in _set(choices)[:MOST_TRIED]:
        if found := _count_without(choices, drop, count):
            yield WayOut(label, drop, found)


def _set(choices: Choices) -> list[tuple[str, str]]:
    """The filters that are set: how an address names each, and what people call it."""
    asked = choices.asked
    found = [(one.name, str(one.label)) for one in filters() if asked.selected(one.name)]
    if choices.about is not None:
        found.append((ABOUT, _("Ongeveer zo groot als %(name)s") % {"name": choices.about.name}))
    if asked.without_range() != asked.on_page(1):
        found.append((RANGE, _("Inwoners")))
    return found


def _count_without(choices: Choices, drop: str, count: Count) -> int:
    return count(choices.without(drop).request)


def _plainer(choices: Choices, count: Count) -> str:
    text = choices.asked.words.text
    plain = " ".join(_MINUS.sub(" ", text).replace('"', " ").split())
    if not plain or plain == text:
        return ""
    asked = replace(choices.request, words=parse_words(plain), page=1)
    return plain if count(asked) else ""
