"""From a row of text to a checked contribution. Pure: what stands in the database comes along as a `Lookup`."""

from __future__ import annotations

import datetime
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar
from urllib.parse import urlsplit

from django.db import models
from django.utils.translation import gettext as _

from exchange.contributions.choices import Kind
from exchange.contributions.forms import MAX_THEMES, SUMMARY_LENGTH
from exchange.contributions.models import TITLE_LENGTH
from exchange.contributions.text import first_sentences
from exchange.initiatives.bands import Phase

COLUMNS = (
    "external_id", "kind", "municipality", "department", "title", "summary", "text", "themes", "tags", "status",
    "start", "end", "source_url",
)  # fmt: skip
KINDS = (Kind.INITIATIVE, Kind.LESSON, Kind.CONTACT)

Choice = TypeVar("Choice", bound=models.TextChoices)


class BadRowError(ValueError):
    """The row cannot be imported; the message says why, in words that a person can act on.

    Args:
        values: what stands at the places in the message.
    """

    def __init__(self, message: str, **values: object) -> None:
        super().__init__(message % values if values else message)


@dataclass(frozen=True)
class Lookup:
    """What rows refer to, each by the words that may stand in a file (lower case).

    `municipalities` gives codes: one, or several where a dissolved municipality was divided.
    """

    municipalities: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    themes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Row:
    """A checked row: municipality by code, themes by slug."""

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
    phase: Phase
    start: datetime.date | None
    end: datetime.date | None
    source_url: str

    def values(self) -> dict[str, Any]:
        """The fields that go to the page, as JSON can hold them."""
        values: dict[str, Any] = {
            "title": self.title,
            "summary": self.summary,
            "text": self.text,
            "themes": sorted(self.themes),
            "tags": sorted(self.tags),
            "source_url": self.source_url,
        }
        if self.kind is Kind.INITIATIVE:
            values |= {
                "status": self.phase.value,
                "start": self.start.isoformat() if self.start else "",
                "end": self.end.isoformat() if self.end else "",
            }
        return values


def check(line: int, values: Mapping[str, str], lookup: Lookup, *, default_theme: str = "") -> Row:
    """Check one row.

    Raises:
        BadRowError: something is missing or wrong.
    """
    cells = {name: _clean(values.get(name, "")) for name in COLUMNS}
    kind = _choice(cells["kind"], Kind, "kind", default=Kind.INITIATIVE)
    if kind not in KINDS:
        raise BadRowError(_("kind: %(value)s kan niet worden geïmporteerd"), value=kind.value)
    title = " ".join(cells["title"].split())
    if not title:
        raise BadRowError(_("title: ontbreekt"))
    if len(title) > TITLE_LENGTH:
        raise BadRowError(_("title: %(number)s tekens, hoogstens %(most)s"), number=len(title), most=TITLE_LENGTH)
    summary = " ".join(cells["summary"].split())
    if len(summary) > SUMMARY_LENGTH:
        raise BadRowError(_("summary: %(number)s tekens, hoogstens %(most)s"), number=len(summary), most=SUMMARY_LENGTH)
    if not summary and not cells["text"]:
        raise BadRowError(_("text: ontbreekt, en er is ook geen summary"))
    start, end = _date(cells["start"], "start"), _date(cells["end"], "end")
    if start and end and end < start:
        raise BadRowError(_("end: ligt voor start"))
    return Row(
        line=line,
        external_id=_external_id(cells["external_id"], kind, title),
        kind=kind,
        municipality=_municipality(cells["municipality"], lookup),
        department=" ".join(cells["department"].split()),
        title=title,
        summary=summary or first_sentences(cells["text"], SUMMARY_LENGTH),
        text=cells["text"],
        themes=_themes(cells["themes"], lookup, default_theme),
        tags=tuple(dict.fromkeys(_parts(cells["tags"]))),
        phase=_choice(cells["status"], Phase, "status", default=Phase.RUNNING),
        start=start,
        end=end,
        source_url=_url(cells["source_url"]),
    )


def _clean(text: str) -> str:
    return text.replace("\x00", "").replace("\r\n", "\n").strip()


def _parts(text: str) -> list[str]:
    return [" ".join(part.split()) for part in text.split(";") if part.strip()]


def _external_id(text: str, kind: Kind, title: str) -> str:
    """The id at the source; where there is none, one that follows from kind and title, so a second run finds it."""
    if len(text) > 100:
        raise BadRowError(_("external_id: meer dan 100 tekens"))
    if text:
        return text
    return f"title-{hashlib.sha256(f'{kind.value}:{title.lower()}'.encode()).hexdigest()[:20]}"


def _municipality(text: str, lookup: Lookup) -> str:
    if not text:
        raise BadRowError(_("municipality: ontbreekt"))
    codes = lookup.municipalities.get(text.lower(), ())
    if not codes:
        raise BadRowError(_("municipality: '%(value)s' is geen code of naam van een gemeente"), value=text)
    if len(codes) > 1:
        raise BadRowError(
            _("municipality: '%(value)s' is verdeeld over %(codes)s; kies er een"), value=text, codes=", ".join(codes)
        )
    return codes[0]


def _themes(text: str, lookup: Lookup, default: str) -> tuple[str, ...]:
    slugs = []
    for part in _parts(text):
        slug = lookup.themes.get(part.lower())
        if slug is None:
            raise BadRowError(_("themes: '%(value)s' bestaat niet"), value=part)
        slugs.append(slug)
    unique = tuple(dict.fromkeys(slugs))
    if len(unique) > MAX_THEMES:
        raise BadRowError(_("themes: %(number)s, hoogstens %(most)s"), number=len(unique), most=MAX_THEMES)
    return unique or ((default,) if default else ())


def _choice(text: str, choices: type[Choice], name: str, *, default: Choice) -> Choice:
    if not text:
        return default
    for choice in choices:
        if text.lower() in (choice.value.lower(), str(choice.label).lower()):
            return choice
    raise BadRowError(
        _("%(name)s: '%(value)s' is geen van %(values)s"), name=name, value=text, values=", ".join(choices.values)
    )


_DUTCH_DATE = re.compile(r"(\d{1,2})[-/](\d{1,2})[-/](\d{4})")


def _date(text: str, name: str) -> datetime.date | None:
    """A date as 2026-03-01 or as people write it here, 1-3-2026."""
    if not text:
        return None
    try:
        if dutch := _DUTCH_DATE.fullmatch(text):
            day, month, year = map(int, dutch.groups())
            return datetime.date(year, month, day)
        return datetime.date.fromisoformat(text[:10])
    except ValueError as error:
        raise BadRowError(
            _("%(name)s: '%(value)s' is geen datum; schrijf 2026-03-01"), name=name, value=text
        ) from error


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
