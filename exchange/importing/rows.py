"""From a row of text to a checked contribution. Pure: what stands in the database comes along as a `Lookup`."""

from __future__ import annotations

import datetime
import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from django.db import models
from django.utils.translation import gettext as _

from exchange.clean_text import clean_line, clean_text
from exchange.contributions.forms import MAX_THEMES, SUMMARY_LENGTH
from exchange.contributions.kinds import Kind, choices, kind_of, kinds, page_class
from exchange.contributions.models import TITLE_LENGTH
from exchange.contributions.text import first_sentences
from exchange.municipalities.names import codes_of

from .dates import date_in

# What every kind has; the rest a kind says itself (`Kind.imported`).
COMMON = (
    "external_id", "kind", "municipality", "department", "title", "summary", "text", "themes", "tags", "source_url",
)  # fmt: skip

# What a row without a kind is.
DEFAULT_KIND = "initiative"
# In characters; and how many keywords say something.
TEXT_LENGTH = 50_000
TAG_LENGTH = 100
MOST_TAGS = 20


class BadRowError(ValueError):
    """The row cannot be imported; the message says why, in words that a person can act on.

    Args:
        values: what stands at the places in the message.
    """

    def __init__(self, message: str, **values: object) -> None:
        super().__init__(message % values if values else message)


@dataclass(frozen=True)
class Lookup:
    """What rows refer to, each by the words that may stand in a file.

    `municipalities`: by code in small letters and by `names.key`, the codes: one, or several where a dissolved one
    was divided or two carry the name. `themes`: by `word`, the slug.
    """

    municipalities: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    themes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Row:
    """A checked row: municipality by code, themes by slug. `own`: the columns of its kind, as JSON can hold them."""

    line: int
    external_id: str
    kind: Kind
    municipality: str
    department: str
    title: str
    summary: str
    text: str
    themes: tuple[str, ...]
    tags: tuple[str, ...]
    source_url: str
    own: Mapping[str, str]

    def values(self) -> dict[str, Any]:
        """The fields that go to the page, as JSON can hold them."""
        return {
            "title": self.title,
            "summary": self.summary,
            "themes": sorted(self.themes),
            "tags": sorted(self.tags),
            "source_url": self.source_url,
            **self.own,
        }


def own_fields(kind: Kind) -> Mapping[str, str]:
    """The fields of a page by the columns that its kind alone has."""
    return kind.imported or {}


@cache
def columns() -> tuple[str, ...]:
    """Every column that a file may have."""
    own = [column for kind in kinds() for column in own_fields(kind)]
    return tuple(dict.fromkeys([*COMMON, *own]))


def check(line: int, values: Mapping[str, str], lookup: Lookup, *, default_theme: str = "") -> Row:
    """Check one row.

    Raises:
        BadRowError: something is missing or wrong.
    """
    cells = {name: clean_text(values.get(name, "")).strip() for name in columns()}
    kind = _kind(cells["kind"])
    title = clean_line(cells["title"])
    if not title:
        raise BadRowError(_("title: ontbreekt"))
    if len(title) > TITLE_LENGTH:
        raise BadRowError(_("title: %(number)s tekens, hoogstens %(most)s"), number=len(title), most=TITLE_LENGTH)
    summary = clean_line(cells["summary"])
    if len(summary) > SUMMARY_LENGTH:
        raise BadRowError(_("summary: %(number)s tekens, hoogstens %(most)s"), number=len(summary), most=SUMMARY_LENGTH)
    if not summary and not cells["text"]:
        raise BadRowError(_("text: ontbreekt, en er is ook geen summary"))
    if len(cells["text"]) > TEXT_LENGTH:
        number = len(cells["text"])
        raise BadRowError(_("text: %(number)s tekens, hoogstens %(most)s"), number=number, most=TEXT_LENGTH)
    start, end = _date(cells["start"], "start"), _date(cells["end"], "end")
    if start and end and end < start:
        raise BadRowError(_("end: ligt voor start"))
    return Row(
        line=line,
        external_id=_external_id(cells["external_id"], kind, title),
        kind=kind,
        municipality=_municipality(cells["municipality"], lookup),
        department=clean_line(cells["department"]),
        title=title,
        summary=summary or first_sentences(cells["text"], SUMMARY_LENGTH),
        text=cells["text"],
        themes=_themes(cells["themes"], lookup, default_theme),
        tags=_tags(cells["tags"]),
        source_url=_url(cells["source_url"]),
        own=_own(kind, cells),
    )


def word(text: str) -> str:
    """A word as it is looked up: whatever its capitals and the form of its letters."""
    return clean_line(text).casefold()


def _parts(text: str) -> list[str]:
    """What semicolons and line ends part; commas where there is none of those."""
    parts = re.split(r"[;\n]", text)
    return [line for part in (parts if len(parts) > 1 else text.split(",")) if (line := clean_line(part))]


def _tags(text: str) -> tuple[str, ...]:
    """Each keyword once, as it was written first."""
    tags: dict[str, str] = {}
    for part in filter(None, (part.strip("# ") for part in _parts(text))):
        if len(part) > TAG_LENGTH:
            raise BadRowError(_("tags: '%(value)s…' is langer dan %(most)s tekens"), value=part[:30], most=TAG_LENGTH)
        tags.setdefault(word(part), part)
    if len(tags) > MOST_TAGS:
        raise BadRowError(_("tags: %(number)s, hoogstens %(most)s"), number=len(tags), most=MOST_TAGS)
    return tuple(tags.values())


def _external_id(text: str, kind: Kind, title: str) -> str:
    """The id at the source; where there is none, one that follows from kind and title, so a second run finds it."""
    if len(text) > 100:
        raise BadRowError(_("external_id: meer dan 100 tekens"))
    if text:
        return text
    return f"title-{hashlib.sha256(f'{kind.slug}:{title.lower()}'.encode()).hexdigest()[:20]}"


def _municipality(text: str, lookup: Lookup) -> str:
    if not text:
        raise BadRowError(_("municipality: ontbreekt"))
    codes = codes_of(text, lookup.municipalities)
    if not codes:
        raise BadRowError(_("municipality: '%(value)s' is geen code of naam van een gemeente"), value=text)
    if len(codes) > 1:
        raise BadRowError(
            _("municipality: '%(value)s' kan %(codes)s zijn; kies er een"), value=text, codes=", ".join(codes)
        )
    return codes[0]


def _themes(text: str, lookup: Lookup, default: str) -> tuple[str, ...]:
    slugs = []
    # The name of a theme may hold a comma itself.
    for part in [text] if word(text) in lookup.themes else _parts(text):
        slug = lookup.themes.get(word(part))
        if slug is None:
            raise BadRowError(_("themes: '%(value)s' bestaat niet"), value=part)
        slugs.append(slug)
    unique = tuple(dict.fromkeys(slugs))
    if len(unique) > MAX_THEMES:
        raise BadRowError(_("themes: %(number)s, hoogstens %(most)s"), number=len(unique), most=MAX_THEMES)
    return unique or ((default,) if default else ())


def _kind(text: str) -> Kind:
    slug = _choice(text or DEFAULT_KIND, choices(), "kind")
    kind = kind_of(slug)
    if kind is None or kind.imported is None:
        raise BadRowError(_("kind: %(value)s kan niet worden geïmporteerd"), value=slug)
    return kind


def _own(kind: Kind, cells: Mapping[str, str]) -> dict[str, str]:
    """What stands in the columns that this kind has for itself."""
    fields = page_class(kind)._meta
    return {column: _cell(fields.get_field(name), column, cells[column]) for column, name in own_fields(kind).items()}


def _cell(field: Any, column: str, text: str) -> str:
    """The text of a cell as its field takes it: a day as ISO 8601, a choice by its value."""
    if isinstance(field, models.DateField):
        day = _date(text, column)
        return day.isoformat() if day else ""
    if field.choices:
        return _choice(text or str(field.get_default()), field.choices, column)
    return text


def _choice(text: str, choices: Iterable[tuple[str, Any]], name: str) -> str:
    """The value of a choice, by its value or its label."""
    known = list(choices)
    for value, label in known:
        if word(text) in (word(value), word(str(label))):
            return value
    values = ", ".join(value for value, _label in known)
    raise BadRowError(_("%(name)s: '%(value)s' is geen van %(values)s"), name=name, value=text, values=values)


def _date(text: str, name: str) -> datetime.date | None:
    if not text:
        return None
    found = date_in(text)
    if found is None:
        raise BadRowError(_("%(name)s: '%(value)s' is geen datum; schrijf 2026-03-01"), name=name, value=text)
    return found


def _url(text: str) -> str:
    if not text:
        return ""
    try:
        parts = urlsplit(text)
    except ValueError as error:
        raise BadRowError(_("source_url: '%(value)s' is geen adres"), value=text) from error
    if parts.scheme not in {"http", "https"} or not parts.netloc or len(text) > 500:
        raise BadRowError(_("source_url: '%(value)s' is geen adres dat begint met https://"), value=text)
    return text
