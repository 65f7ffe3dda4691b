"""What the address of the search page holds: the question, and what only a page knows.

All of it stands in the address and nothing in a session. So back, a bookmark and a mail show the same page, with and
without JavaScript, and nothing is kept of a visitor.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from exchange.initiatives.choosing import LOOKED_AT, PARAMETER, chosen
from exchange.initiatives.models import InitiativePage
from exchange.municipalities.models import Municipality

from .request import Problem, SearchRequest, parse
from .vocabulary import Vocabulary

# "About as large as": so much smaller and larger (design: domain.md).
SHARES = (0.7, 1.3)
# A municipality: as large as that one, more or less.
ABOUT = "about"
# The bounds that somebody typed, and everything together, where they are to be dropped.
RANGE = "inhabitants"
FILTERS = "filters"
# The page of the answer that somebody looks at: a form of filters leads to the first one, a tick does not.
AT = "at"


@dataclass(frozen=True)
class Choices:
    """What somebody asked and chose on the search page.

    Attributes:
        asked: the question with the filters as they were chosen.
        about: only municipalities about as large as this one.
        compared: what is ticked to be put side by side, in the order of ticking, as far as the reader may see it.
        left_out: so many that were ticked are not there, or not for this reader.
    """

    asked: SearchRequest
    about: Municipality | None = None
    compared: tuple[InitiativePage, ...] = ()
    left_out: int = 0

    @property
    def request(self) -> SearchRequest:
        """The question as an engine takes it: with the bounds that follow from the municipality."""
        if self.about is None or self.about.population is None:
            return self.asked
        low, high = bounds_about(self.about.population)
        lowest, highest = self.asked.inhabitants_min, self.asked.inhabitants_max
        return replace(
            self.asked,
            inhabitants_min=low if lowest is None else max(low, lowest),
            inhabitants_max=high if highest is None else min(high, highest),
        )

    def to_query(self) -> str:
        """All of it as the query string of an address."""
        pairs = [(ABOUT, self.about.code)] if self.about is not None else []
        pairs += [(PARAMETER, str(one.pk)) for one in self.compared]
        return "&".join(filter(None, (self.asked.to_query(), urlencode(pairs))))

    def without(self, what: str) -> Choices:
        """The same without one thing: `size=xl`, `size`, `initiatief=12`, `inhabitants`, `about` or `filters`."""
        name, _equals, value = what.partition("=")
        asked = self.asked
        if name == PARAMETER:
            return replace(self, compared=tuple(one for one in self.compared if str(one.pk) != value))
        if name == ABOUT:
            return replace(self, about=None, asked=asked.on_page(1))
        if name == FILTERS:
            return replace(self, about=None, asked=replace(asked.without_range(), filters={}))
        if name == RANGE:
            return replace(self, asked=asked.without_range())
        for one in [value] if value else asked.selected(name):
            asked = asked.with_value(name, one, chosen=False)
        return replace(self, asked=asked)


def bounds_about(population: int) -> tuple[int, int]:
    """From how many to how many inhabitants a municipality is about as large."""
    low, high = (round(population * share) for share in SHARES)
    return low, high


def read(request: HttpRequest, words: Vocabulary, *, stays: bool = False) -> tuple[Choices, list[Problem]]:
    """Read what somebody asked and chose; what cannot be read is left out, with a problem for each.

    Args:
        request: with all of it in its address.
        words: the values that filters know.
        stays: on the page of the answer that they look at.
    """
    given = request.GET.copy()
    if stays:
        _stay(given)
    asked, problems = parse(given, words)
    about = None
    if typed := given.get(ABOUT, "").strip():
        about = _municipality(typed, words)
        if about is None:
            problems.append(Problem(ABOUT, _("We kennen geen gemeente '%(value)s'.") % {"value": typed[:60]}))
    compared, left_out = chosen(request, LOOKED_AT)
    return Choices(asked, about, tuple(compared), left_out), problems


def _stay(given: QueryDict) -> None:
    if at := given.get(AT):
        given["page"] = at


def _municipality(typed: str, words: Vocabulary) -> Municipality | None:
    """Whom a name or code stands for; of several the first by name."""
    codes = words.gazetteer.municipalities(typed)
    return Municipality.objects.current().filter(pk__in=codes).order_by("name").first() if codes else None
