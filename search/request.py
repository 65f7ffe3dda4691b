"""What somebody asked: parsed, validated and immutable; from and to the URL. Pure: it needs no database."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import NamedTuple, TypeVar
from urllib.parse import urlencode

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from exchange.clean_text import clean_text
from exchange.contributions.searchable import Filter

from . import dutch
from .filters import PLACES, filters
from .spelling import Parameters, Spelled, whole_number
from .vocabulary import Vocabulary

MAX_QUERY = 500
MAX_WORDS = 40
MAX_TYPED = 100
MAX_HITS = 10_000
PAGE_SIZE = 20
MAX_PAGE_SIZE = 100
MAX_INHABITANTS = 100_000_000

Value = TypeVar("Value")


class Sort(models.TextChoices):
    RELEVANCE = "relevance", gettext_lazy("Best passend")
    NEWEST = "newest", gettext_lazy("Nieuwste eerst")
    CONFIRMED = "confirmed", gettext_lazy("Laatst bevestigd")


@dataclass(frozen=True)
class Problem:
    """Something in the question that cannot be answered: which parameter, and what to do about it."""

    parameter: str
    message: str


class Word(NamedTuple):
    """One word of a question: as typed, its stem, those of its parts if it is a compound, and its base word.

    `at` is its place among all words that were typed, stop words too.
    """

    text: str
    stem: str
    parts: tuple[str, ...] = ()
    base: str = ""
    at: int = -1


@dataclass(frozen=True)
class Words:
    """The words of a question: what is wanted, which phrases, and what must not be there.

    A question of only stop words has `text` but no words.
    """

    text: str = ""
    wanted: tuple[Word, ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()
    unwanted: tuple[str, ...] = ()
    # All words as they were typed, stop words too.
    typed: tuple[str, ...] = ()

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
    typed: list[str] = []
    for minus, quoted, word in _PART.findall(_even_quotes(clean_text(text))):
        asked = word or quoted
        found = dutch.tokens(asked)
        telling = [token for token in found if not token.is_stop_word]
        if minus or (word.startswith("-") and len(word) > 1):
            unwanted += [token.stem for token in telling]
            continue
        wanted += _wanted(asked, found, len(typed))
        typed += [asked[token.start : token.end] for token in found]
        if quoted and len(telling) > 1:
            phrases.append(tuple(token.stem for token in found))
    # Words like *waarom* only when there are others: whoever asks for one of them means it.
    told = [word for word in wanted if word.text not in dutch.question_words()]
    return Words(
        text=clean_text(text).strip(),
        wanted=_each_once(told or wanted),
        phrases=_first(phrases),
        unwanted=_first(unwanted),
        typed=tuple(typed[:MAX_TYPED]),
    )


def _even_quotes(text: str) -> str:
    plain = text.replace("“", '"').replace("”", '"').replace("„", '"')
    return plain[::-1].replace('"', " ", 1)[::-1] if plain.count('"') % 2 else plain


def _wanted(asked: str, found: Sequence[dutch.Token], before: int) -> Iterable[Word]:
    for at, token in enumerate(found, start=before):
        if not token.is_stop_word:
            yield Word(asked[token.start : token.end].lower(), token.stem, token.parts, token.base, at)


def _each_once(words: Iterable[Word]) -> tuple[Word, ...]:
    """Each word once, where it was typed first."""
    found: dict[str, Word] = {}
    for word in words:
        found.setdefault(word.text, word)
    return tuple(found.values())[:MAX_WORDS]


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


def parse(given: Parameters, vocabulary: Vocabulary, *, exact: bool = False) -> tuple[SearchRequest, list[Problem]]:
    """Read a question from the parameters of a URL.

    Args:
        given: the parameters, in either spelling (`search/spelling.py`).
        exact: as programs write it: a whole number is digits only and nothing is empty. People may write
            `20.000` and leave fields of a form empty.

    Returns:
        The question without what could not be read, and a problem for each of those. The API refuses a question with
        problems; the page answers what is left and shows them.
    """
    problems: list[Problem] = []
    parameters = Spelled(given, exact=exact)
    text = parameters.single("q") or ""
    if len(text) > MAX_QUERY:
        problems.append(
            Problem("q", _("Je vraag is te lang: gebruik hoogstens %(limit)s tekens.") % {"limit": MAX_QUERY})
        )
        text = text[:MAX_QUERY]
    chosen = {one.name: _chosen(one, parameters, vocabulary, problems) for one in filters()}
    inhabitants = partial(_number, parameters, problems=problems, bounds=range(MAX_INHABITANTS + 1), exact=exact)
    page_size = _number(parameters, "page_size", problems, range(1, MAX_PAGE_SIZE + 1), exact=True) or PAGE_SIZE
    pages = range(1, MAX_HITS // page_size + 1)
    return SearchRequest(
        words=parse_words(text.replace("\x00", " ")),
        filters={name: values for name, values in chosen.items() if values},
        inhabitants_min=inhabitants("inhabitants_min"),
        inhabitants_max=inhabitants("inhabitants_max"),
        sort=_sort(parameters, problems),
        page=_number(parameters, "page", problems, pages, exact=True) or 1,
        page_size=page_size,
        group_by_kind=parameters.single("group") == "kind",
    ), problems


def _chosen(one: Filter, parameters: Spelled, vocabulary: Vocabulary, problems: list[Problem]) -> tuple[str, ...]:
    """The values of one filter that exist, each once."""
    known = one.values(vocabulary)
    values: list[str] = []
    for value in parameters.values(one.name):
        found = _places(value, vocabulary) if one.name in PLACES else (value,) if value in known else ()
        if not found:
            message = _("'%(value)s' bestaat niet bij '%(filter)s'.") % {"value": value[:60], "filter": one.label}
            problems.append(Problem(parameters.spelling(one.name), message))
        values += found
    return tuple(dict.fromkeys(values))


def _number(parameters: Spelled, name: str, problems: list[Problem], bounds: range, *, exact: bool) -> int | None:
    text = parameters.single(name)
    if text is None:
        return None
    number = whole_number(text, exact=exact)
    # Asked of nothing, a range compares with each of its numbers in turn: a hundred million.
    if number is not None and number in bounds:
        return number
    spelling = parameters.spelling(name)
    problems.append(
        Problem(
            spelling,
            _("'%(value)s' kan niet bij '%(name)s': geef een heel getal van %(lowest)s tot en met %(highest)s.")
            % {"value": text[:60], "name": spelling, "lowest": bounds[0], "highest": bounds[-1]},
        )
    )
    return None


def _sort(parameters: Spelled, problems: list[Problem]) -> Sort:
    text = parameters.single("sort")
    if text is None:
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
    return vocabulary.successors.get(code) or vocabulary.gazetteer.municipalities(value)
