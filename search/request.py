"""What somebody asked: parsed, validated and immutable; from and to the URL. Pure: it needs no database."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple, Protocol, TypeVar
from urllib.parse import urlencode

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from . import dutch
from .filters import FILTERS, PLACES
from .vocabulary import Vocabulary

MAX_QUERY = 500
MAX_WORDS = 40
MAX_HITS = 10_000
PAGE_SIZE = 20
MAX_PAGE_SIZE = 100
MAX_INHABITANTS = 100_000_000

Value = TypeVar("Value")


class Sort(models.TextChoices):
    RELEVANCE = "relevance", gettext_lazy("Best passend")
    NEWEST = "newest", gettext_lazy("Nieuwste eerst")
    CONFIRMED = "confirmed", gettext_lazy("Laatst bevestigd")


class Parameters(Protocol):
    """What a request gives: Django's `QueryDict`, or anything like it."""

    def getlist(self, key: str) -> Sequence[str]: ...


@dataclass(frozen=True)
class Problem:
    """Something in the question that cannot be answered: which parameter, and what to do about it."""

    parameter: str
    message: str


class Word(NamedTuple):
    """One word of a question: as typed, its stem, and those of its parts if it is a compound."""

    text: str
    stem: str
    parts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Words:
    """The words of a question: what is wanted, which phrases, and what must not be there.

    A question of only stop words has `text` but no words.
    """

    text: str = ""
    wanted: tuple[Word, ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()
    unwanted: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Something was typed, but nothing in it can be looked for."""
        return bool(self.text) and not self.wanted


_PART = re.compile(r'(-?)"([^"]*)"|(\S+)')


def parse_words(text: str) -> Words:
    """Read a question. Quotes make a phrase, a minus before a word leaves it out; broken quotes are just spaces."""
    wanted: list[Word] = []
    unwanted: list[str] = []
    phrases: list[tuple[str, ...]] = []
    cleaned = text.replace("“", '"').replace("”", '"').replace("„", '"')
    if cleaned.count('"') % 2:
        cleaned = cleaned[::-1].replace('"', " ", 1)[::-1]
    for minus, quoted, word in _PART.findall(cleaned):
        asked = word or quoted
        found = dutch.words(asked)
        if minus or (word.startswith("-") and len(word) > 1):
            unwanted += [token.stem for token in found]
            continue
        wanted += [Word(asked[token.start : token.end].lower(), token.stem, token.parts) for token in found]
        if quoted and len(found) > 1:
            phrases.append(tuple(token.stem for token in dutch.tokens(quoted)))
    # Words like *waarom* only when there are others: whoever asks for one of them means it.
    telling = [word for word in wanted if word.text not in dutch.question_words()]
    return Words(
        text=text.strip(), wanted=_first(telling or wanted), phrases=_first(phrases), unwanted=_first(unwanted)
    )


def _first(values: Iterable[Value]) -> tuple[Value, ...]:
    """Each value once, in order, and no more than a question of people has."""
    return tuple(dict.fromkeys(values))[:MAX_WORDS]


@dataclass(frozen=True)
class SearchRequest:
    """A question to an engine."""

    words: Words = Words()
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    inhabitants_min: int | None = None
    inhabitants_max: int | None = None
    sort: Sort = Sort.RELEVANCE
    page: int = 1
    page_size: int = PAGE_SIZE
    group_by_kind: bool = False
    # The page whose like is looked for, in the place of words.
    similar_to: int | None = None
    with_facets: bool = True
    with_reasons: bool = False

    @property
    def is_filtered(self) -> bool:
        return bool(self.filters) or self.inhabitants_min is not None or self.inhabitants_max is not None

    def selected(self, name: str) -> tuple[str, ...]:
        """The chosen values of a filter."""
        return self.filters.get(name, ())

    def with_value(self, name: str, value: str, *, chosen: bool) -> SearchRequest:
        """The same question with one value of one filter added or taken away, from its first page."""
        others = tuple(one for one in self.selected(name) if one != value)
        values = (*others, value) if chosen else others
        filters = {key: kept for key, kept in {**self.filters, name: values}.items() if kept}
        return replace(self, filters=filters, page=1)

    def without_range(self) -> SearchRequest:
        """The same question without bounds on inhabitants."""
        return replace(self, inhabitants_min=None, inhabitants_max=None, page=1)

    def on_page(self, page: int) -> SearchRequest:
        """The same question, another page of its answer."""
        return replace(self, page=page)

    def to_query(self) -> str:
        """The question as the query string of a URL; what is usual is left out."""
        pairs: list[tuple[str, object]] = []
        if self.words.text:
            pairs.append(("q", self.words.text))
        pairs += [(name, value) for name, values in self.filters.items() for value in values]
        for name in ("inhabitants_min", "inhabitants_max"):
            if (bound := getattr(self, name)) is not None:
                pairs.append((name, bound))
        if self.sort is not Sort.RELEVANCE:
            pairs.append(("sort", self.sort.value))
        if self.group_by_kind:
            pairs.append(("group", "kind"))
        if self.page > 1:
            pairs.append(("page", self.page))
        return urlencode(pairs)


def parse(parameters: Parameters, vocabulary: Vocabulary) -> tuple[SearchRequest, list[Problem]]:
    """Read a question from the parameters of a URL.

    Returns:
        The question without what could not be read, and a problem for each of those. The API refuses a question with
        problems; the page answers what is left and shows them.
    """
    problems: list[Problem] = []
    text = _single(parameters, "q")
    if len(text) > MAX_QUERY:
        problems.append(
            Problem("q", _("Je vraag is te lang: gebruik hoogstens %(limit)s tekens.") % {"limit": MAX_QUERY})
        )
        text = text[:MAX_QUERY]
    filters: dict[str, tuple[str, ...]] = {}
    for one in FILTERS:
        known = one.values(vocabulary)
        values: list[str] = []
        for value in filter(None, (part.strip() for part in parameters.getlist(one.name))):
            found = _places(value, vocabulary) if one.name in PLACES else (value,) if value in known else ()
            if not found:
                problems.append(
                    Problem(
                        one.name,
                        _("'%(value)s' bestaat niet bij '%(filter)s'. We zochten zonder dit filter.")
                        % {"value": value[:60], "filter": one.label},
                    )
                )
            values += found
        if values:
            filters[one.name] = tuple(dict.fromkeys(values))
    page_size = _number(parameters, "page_size", problems, lowest=1, highest=MAX_PAGE_SIZE) or PAGE_SIZE
    highest_page = MAX_HITS // page_size
    return SearchRequest(
        words=parse_words(text.replace("\x00", " ")),
        filters=filters,
        inhabitants_min=_number(parameters, "inhabitants_min", problems, lowest=0, highest=MAX_INHABITANTS),
        inhabitants_max=_number(parameters, "inhabitants_max", problems, lowest=0, highest=MAX_INHABITANTS),
        sort=_sort(parameters, problems),
        page=_number(parameters, "page", problems, lowest=1, highest=highest_page) or 1,
        page_size=page_size,
        group_by_kind=_single(parameters, "group") == "kind",
    ), problems


def _single(parameters: Parameters, name: str) -> str:
    values = parameters.getlist(name)
    return values[-1].strip() if values else ""


def _number(parameters: Parameters, name: str, problems: list[Problem], *, lowest: int, highest: int) -> int | None:
    text = _single(parameters, name)
    if not text:
        return None
    compact = text.replace(".", "").replace(" ", "")
    if compact.isascii() and compact.isdecimal() and len(compact) < 12 and lowest <= int(compact) <= highest:
        return int(compact)
    problems.append(
        Problem(
            name,
            _("'%(value)s' kan niet bij '%(name)s': geef een heel getal van %(lowest)s tot en met %(highest)s.")
            % {"value": text[:60], "name": name, "lowest": lowest, "highest": highest},
        )
    )
    return None


def _sort(parameters: Parameters, problems: list[Problem]) -> Sort:
    text = _single(parameters, "sort")
    if not text:
        return Sort.RELEVANCE
    if text in Sort.values:
        return Sort(text)
    problems.append(
        Problem("sort", _("Sorteren op '%(value)s' kan niet. Kies: %(values)s.") % {
            "value": text[:60], "values": ", ".join(Sort.values)
        })
    )  # fmt: skip
    return Sort.RELEVANCE


def _places(value: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    code = value.upper()
    if code in vocabulary.municipalities:
        return (code,)
    return vocabulary.successors.get(code, ())
