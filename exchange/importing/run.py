"""A whole import: rows in batches, each batch one transaction, so it can be stopped and run again at any moment."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from django.core.exceptions import ValidationError
from django.db import InterfaceError, OperationalError, transaction
from django.utils.translation import gettext as _
from wagtail.models import Page

from exchange.accounts.models import User
from exchange.sections.models import MunicipalityPage
from exchange.sections.opening import add_department, open_section
from exchange.themes.models import Theme

from . import lookup
from .files import Record
from .rows import BadRowError, Lookup, Row, check, columns
from .writing import write

logger = logging.getLogger(__name__)

BATCH = 50


@dataclass(frozen=True)
class Options:
    """How to import."""

    publish: bool = False
    open_sections: bool = False
    dry_run: bool = False
    default_theme: str = ""
    # Who imports for the own section; None: taken over from elsewhere.
    writer: User | None = None


@dataclass(frozen=True)
class RowError:
    """A row that was left out: its line in the file, its id, and why."""

    line: int
    external_id: str
    reason: str


@dataclass(frozen=True)
class KeptField:
    """A field that the source changed and a person too: the person's text stays."""

    line: int
    external_id: str
    fields: tuple[str, ...]


@dataclass
class Report:
    outcomes: Counter[str] = field(default_factory=Counter)
    errors: list[RowError] = field(default_factory=list)
    kept: list[KeptField] = field(default_factory=list)
    unknown_columns: set[str] = field(default_factory=set)


def run(
    records: Iterable[Record],
    options: Options,
    *,
    progress: Callable[[int], None] = lambda done: None,
    before: Iterable[Record] = (),
) -> Report:
    """Import records.

    Args:
        records: rows of a file, perhaps after a mapping.
        options: how.
        progress: called after each batch with the number of rows in it.
        before: rows of the same file that were done before: an id of theirs does not come twice.

    Raises:
        ValueError: the default theme does not exist.
    """
    words = lookup.load()
    themes = {theme.slug: theme for theme in Theme.objects.all()}
    if options.default_theme and options.default_theme not in themes:
        raise ValueError(f"No theme has the slug {options.default_theme!r}.")
    report = Report()
    sections = _Sections(options)
    seen = _keys(before, words, options)
    rows = iter(records)
    while batch := list(islice(rows, BATCH)):
        with transaction.atomic():
            for record in batch:
                _import(record, words, themes, sections, seen, report, options)
            if options.dry_run:
                transaction.set_rollback(True)
                sections.forget()
        progress(len(batch))
    return report


def _keys(records: Iterable[Record], words: Lookup, options: Options) -> dict[tuple[str, str], int]:
    """On which line each id stands."""
    keys: dict[tuple[str, str], int] = {}
    for record in records:
        try:
            row = check(record.line, record.values, words, default_theme=options.default_theme)
        except BadRowError:
            continue
        keys.setdefault((row.municipality, row.external_id), row.line)
    return keys


def _import(
    record: Record,
    words: Lookup,
    themes: dict[str, Theme],
    sections: _Sections,
    seen: dict[tuple[str, str], int],
    report: Report,
    options: Options,
) -> None:
    report.unknown_columns |= set(record.values) - set(columns()) - {""}
    external_id = record.values.get("external_id", "")
    try:
        if record.error:
            raise BadRowError(record.error)
        row = check(record.line, record.values, words, default_theme=options.default_theme)
        key = (row.municipality, row.external_id)
        if key in seen:
            raise BadRowError(_("external_id: staat al op regel %(line)s, voor dezelfde gemeente"), line=seen[key])
        with transaction.atomic():
            written = write(row, sections.find(row), themes, publish=options.publish, writer=options.writer)
    except (BadRowError, ValidationError) as error:
        reason = _reason(error)
    except (OperationalError, InterfaceError):
        # The database itself: not this row, but the whole step is tried again.
        raise
    except Exception:
        logger.exception("Line %s of an import failed", record.line)
        reason = our_fault()
    else:
        seen[key] = record.line
        report.outcomes[written.outcome.value] += 1
        if written.kept:
            report.kept.append(KeptField(record.line, row.external_id, written.kept))
        return
    sections.forget()
    report.errors.append(RowError(record.line, external_id, reason))


def our_fault() -> str:
    """Why a row is left out that stumbled over a mistake of ours."""
    return _("door een fout van ons lukte deze rij niet; meld het ons, dan herstellen we het")


def _reason(error: BadRowError | ValidationError) -> str:
    if isinstance(error, ValidationError):
        return "; ".join(error.messages)
    return str(error)


class _Sections:
    """The pages that rows belong under, each looked up once."""

    def __init__(self, options: Options) -> None:
        self.options = options
        self.found: dict[tuple[str, str], Page] = {}

    def find(self, row: Row) -> Page:
        key = (row.municipality, row.department.lower())
        if key not in self.found:
            self.found[key] = self._look_up(row)
        return self.found[key]

    def forget(self) -> None:
        """After a roll-back: what was added may be gone."""
        self.found.clear()

    def _look_up(self, row: Row) -> Page:
        page = MunicipalityPage.objects.filter(municipality=row.municipality).first()
        if page is None:
            raise BadRowError(
                _("municipality: %(code)s heeft nog geen pagina; draai `manage.py bootstrap`"), code=row.municipality
            )
        section: Page = page
        if row.department:
            department = page.get_children().filter(title__iexact=row.department).first()
            if department is None and not self.options.open_sections:
                raise BadRowError(
                    _("department: '%(name)s' bestaat niet; voeg de afdeling eerst toe (of gebruik --open-sections)"),
                    name=row.department,
                )
            section = add_department(page, row.department)
        if self.options.open_sections:
            open_section(section)
        return section


def mapped(records: Iterable[Record], mapping: Callable[[dict[str, str]], dict[str, str] | None]) -> Iterator[Record]:
    """Rows of another source as rows of ours; those that the mapping leaves out are not for us."""
    for record in records:
        if record.error:
            yield record
            continue
        values = mapping(record.values)
        if values is not None:
            yield Record(record.line, values)
