"""Read rows from a file: CSV, Excel or JSON lines. A row that cannot be read is a bad row, not the end."""

from __future__ import annotations

import csv
import datetime
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
from django.utils.translation import gettext as _
from openpyxl.utils.exceptions import InvalidFileException


class UnreadableFileError(ValueError):
    """The file as a whole cannot be read; the message says what to do."""


@dataclass(frozen=True)
class Record:
    """One row as it stands in the file. `error` is set where the row itself could not be read."""

    line: int
    values: dict[str, str]
    error: str = ""


def read(path: Path) -> Iterator[Record]:
    """Read a file by its extension.

    Raises:
        UnreadableFileError: not a file of a known kind, damaged, or without a row of column names.
        OSError: the file cannot be opened.
    """
    readers = {".csv": _csv, ".xlsx": _xlsx, ".jsonl": _jsonl}
    reader = readers.get(path.suffix.lower())
    if reader is None:
        raise UnreadableFileError(_("Geef een bestand dat eindigt op %(endings)s.") % {"endings": ", ".join(readers)})
    return reader(path)


def _csv(path: Path) -> Iterator[Record]:
    text = _decode(path)
    first = text.partition("\n")[0]
    # Excel in Dutch writes semicolons.
    delimiter = max(";,\t", key=first.count)
    rows = csv.reader(text.splitlines(keepends=True), delimiter=delimiter)
    try:
        names = [name.strip() for name in next(rows)]
    except StopIteration:
        raise UnreadableFileError(_("Het bestand is leeg.")) from None
    line = rows.line_num + 1
    for cells in rows:
        if any(cell.strip() for cell in cells):
            yield _record(line, names, cells)
        line = rows.line_num + 1


def _decode(path: Path) -> str:
    """UTF-8, or what Excel on Windows writes."""
    data = path.read_bytes()
    if b"\x00" in data:
        raise UnreadableFileError(_("Dit is geen tekstbestand. Bewaar het als CSV (UTF-8)."))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _xlsx(path: Path) -> Iterator[Record]:
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
        rows = book.worksheets[0].iter_rows(values_only=True)
        names = [str(name or "").strip() for name in next(rows)]
    except StopIteration:
        raise UnreadableFileError(_("Het eerste blad is leeg.")) from None
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, IndexError) as error:
        raise UnreadableFileError(_("Het bestand is kapot of geen Excel-bestand (.xlsx).")) from error
    for line, cells in enumerate(rows, start=2):
        if any(cell is not None for cell in cells):
            yield _record(line, names, [_text(cell) for cell in cells])


def _jsonl(path: Path) -> Iterator[Record]:
    with path.open(encoding="utf-8-sig", errors="replace") as file:
        for line, text in enumerate(file, start=1):
            if not text.strip():
                continue
            try:
                values = json.loads(text)
            except ValueError as error:
                yield Record(line, {}, _("geen JSON: %(error)s") % {"error": error})
                continue
            if isinstance(values, dict):
                yield Record(line, {str(name): _text(value) for name, value in values.items()})
            else:
                yield Record(line, {}, _("geen JSON-object"))


def _record(line: int, names: list[str], cells: list[str]) -> Record:
    values = dict(zip(names, cells, strict=False))
    if any(cell.strip() for cell in cells[len(names) :]):
        return Record(
            line,
            values,
            _("%(cells)s cellen, maar er zijn %(columns)s kolommen") % {"cells": len(cells), "columns": len(names)},
        )
    return Record(line, values)


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime.datetime | datetime.date):
        return value.isoformat()[:10]
    if isinstance(value, list):
        return ";".join(_text(one) for one in value)
    return str(value)
