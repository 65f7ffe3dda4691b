"""Rows out of a file: CSV, Excel, OpenDocument or JSON lines. A row that cannot be read is a bad row, not the end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path, PurePath

from django.utils.translation import gettext as _

from exchange.tables.formulas import as_typed
from exchange.tables.headings import Columns, plain
from exchange.tables.lines import Limits
from exchange.tables.reading import Record, Table, UnreadableFileError, check_ending
from exchange.tables.reading import read as read_table

from .rows import columns

__all__ = [
    "BY_COMMAND",
    "ERROR_COLUMNS",
    "Record",
    "Table",
    "UnreadableFileError",
    "error_rows",
    "read",
    "read_content",
    "remarks",
]

# What our own file of rows that were left out begins with. By the second it is known when it comes back, from whatever
# program and in whatever form; people take the first away.
ERROR_COLUMNS = ("line", "reason")
_REASON = ERROR_COLUMNS[1]
# Who has a shell may give more at once, and wait longer.
BY_COMMAND = Limits(rows=200_000, characters=500_000_000, cell=1_000_000, seconds=600, memory=4 * 1024 * 1024 * 1024)
# What people call the columns where nobody told them our names.
_OTHERS = {
    "external_id": ("nummer", "extern id", "id"),
    "kind": ("soort", "type"),
    "municipality": ("gemeente", "gemeentecode", "gemeentenaam", "naam gemeente"),
    "department": ("afdeling", "team"),
    "title": ("titel", "naam", "naam initiatief", "naam van het initiatief", "initiatief", "name"),
    "summary": ("samenvatting", "korte omschrijving", "korte beschrijving"),
    "text": ("tekst", "beschrijving", "omschrijving", "toelichting", "description"),
    "themes": ("thema's", "thema", "theme"),
    "tags": ("trefwoorden", "trefwoord", "keywords", "tag"),
    "status": ("fase", "phase"),
    "start": ("begin", "startdatum", "begindatum", "start date", "ingangsdatum"),
    "end": ("eind", "einde", "einddatum", "end date"),
    "source_url": ("bron", "link", "url", "website", "webadres"),
}
# Encodings that had to be guessed, by what Excel calls them.
ENCODINGS = {"cp1252": "CSV (Windows)", "mac_roman": "CSV (Macintosh)", "cp850": "CSV (MS-DOS)"}


@cache
def _columns() -> Columns:
    return Columns(
        names={plain(name): name for name in columns()},
        others={plain(other): name for name, others in _OTHERS.items() for other in others},
        needed=("title",),
    )


def read(path: Path, limits: Limits = BY_COMMAND) -> Table:
    """Read a file by its extension.

    Raises:
        UnreadableFileError: not a file of a known kind, damaged, without our columns, or too much.
        OSError: the file cannot be opened.
    """
    check_ending(ending_of(path.name))
    return read_content(path.read_bytes(), path.name, limits)


def read_content(content: bytes, name: str, limits: Limits) -> Table:
    """Read the content of a file.

    Raises:
        UnreadableFileError: not a file of a known kind, damaged, without our columns, or too much.
    """
    table = read_table(content, ending_of(name), _columns(), limits)
    if all(_REASON in record.values for record in table.records):
        return replace(table, records=[_as_typed(record) for record in table.records])
    return table


def ending_of(name: str) -> str:
    """The extension of a file, without its dot."""
    return PurePath(name).suffix.removeprefix(".")


def _as_typed(record: Record) -> Record:
    """A row of our own file of mistakes, without what we added to it."""
    values = {name: as_typed(value) for name, value in record.values.items() if name not in ERROR_COLUMNS}
    return replace(record, values=values)


def error_rows(records: Iterable[Record], reasons: Mapping[int, str]) -> Iterator[list[str]]:
    """The rows that were left out, with their own columns and why, so that they can be mended and sent again.

    Args:
        reasons: why, by line.
    """
    left_out = [record for record in records if record.line in reasons]
    columns = list(dict.fromkeys(name for record in left_out for name in record.values))
    yield [*ERROR_COLUMNS, *columns]
    for record in left_out:
        yield [str(record.line), reasons[record.line], *(record.values.get(name, "") for name in columns)]


def remarks(table: Table) -> Iterator[str]:
    """What a person should know of how the file was read."""
    if table.others:
        yield _("We lazen het blad '%(sheet)s'. Niet gelezen: %(others)s.") % {
            "sheet": table.sheet,
            "others": ", ".join(table.others),
        }
    if table.hidden:
        yield _("Rijen die in je bestand verborgen zijn, lazen we ook: %(number)s.") % {"number": table.hidden}
    if table.encoding in ENCODINGS:
        yield _("Het bestand was bewaard als %(kind)s. Kijk of letters als é en ë goed staan.") % {
            "kind": ENCODINGS[table.encoding]
        }
