"""Sheets out of an Excel file (.xlsx), as a person sees them in Excel.

Read cell by cell as they stand in the file. What the file says of its own size is not believed, a stray cell far away
costs nothing, and a formula that failed or was never calculated is told from one that gives nothing: the libraries for
Excel files that were tried (openpyxl, calamine) do one of these each.
"""

from __future__ import annotations

import datetime
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from posixpath import join, normpath
from typing import IO, Any

from lxml import etree
from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format, is_timedelta_format
from openpyxl.utils import column_index_from_string
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, from_excel

from .lines import Fault, Line, Sheet
from .merged import Merged, filled

_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_RELATION = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_CELL = re.compile(r"([A-Z]{1,3})(\d+)")
_MERGED = re.compile(rb'mergeCell\s+ref="([A-Z]{1,3})(\d{1,7}):[A-Z]{1,3}(\d{1,7})"')
# A format of only zeros, perhaps with fixed words around: 0000, "GM"0000.
_ZEROS = re.compile(r'((?:"[^"]*"|\\.)*)(0+)((?:"[^"]*"|\\.)*)')
_DECIMALS = re.compile(r"\.(0+)")
_CHUNK = 1024 * 1024
_MOST_MERGED = 10_000
_COLUMN = re.compile(rb"<(?:\w+:)?col\s([^>]*)>")
_ATTRIBUTE = re.compile(rb'(min|max|hidden)="(\w+)"')
_MOST_HIDDEN = 1000


@dataclass(frozen=True)
class _Book:
    """What all sheets share: texts, formats of numbers by style, and the day that serials count from."""

    texts: list[str]
    formats: list[str]
    epoch: datetime.datetime


def sheets_of(content: IO[bytes]) -> Iterator[Sheet]:
    """The sheets that can be seen, in their order.

    Raises:
        zipfile.BadZipFile, KeyError, ValueError, lxml.etree.LxmlError: it is damaged, or no Excel file.
    """
    archive = zipfile.ZipFile(content)
    path = _workbook_path(archive)
    relations = _relations(archive, path)
    workbook = _xml(archive, path)
    properties = workbook.find("{*}workbookPr")
    is_mac = properties is not None and properties.get("date1904") in {"1", "true"}
    book = _Book(
        texts=_texts(archive, _target(relations, "/sharedStrings")),
        formats=_formats(archive, _target(relations, "/styles")),
        epoch=MAC_EPOCH if is_mac else WINDOWS_EPOCH,
    )
    for sheet in workbook.iterfind("{*}sheets/{*}sheet"):
        kind, target = relations.get(sheet.get(_RELATION) or sheet.get(_STRICT_RELATION) or "", ("", ""))
        if sheet.get("state", "visible") == "visible" and kind.endswith("/worksheet"):
            hidden: set[int] = set()
            yield Sheet(sheet.get("name", ""), _lines(archive, target, book, hidden), hidden=hidden)


def _workbook_path(archive: zipfile.ZipFile) -> str:
    return _target(_relations(archive, ""), "/officeDocument") or "xl/workbook.xml"


def _relations(archive: zipfile.ZipFile, path: str) -> dict[str, tuple[str, str]]:
    """What a part refers to: kind and path, by id."""
    folder, _slash, name = path.rpartition("/")
    root = _xml(archive, join(folder, "_rels", f"{name}.rels"))
    return {
        one.get("Id", ""): (one.get("Type", ""), normpath(join("/", folder, one.get("Target", ""))).lstrip("/"))
        for one in root
        if isinstance(one.tag, str)
    }


def _target(relations: dict[str, tuple[str, str]], kind: str) -> str:
    return next((path for name, path in relations.values() if name.endswith(kind)), "")


def _xml(archive: zipfile.ZipFile, path: str) -> Any:
    return etree.fromstring(archive.read(path), etree.XMLParser(resolve_entities=False, no_network=True))


def _elements(source: IO[bytes], *names: str) -> Iterator[Any]:
    """Elements one by one; each is forgotten when the next one comes."""
    tags = tuple(f"{{*}}{name}" for name in names)
    for _event, element in etree.iterparse(
        source, tag=tags, resolve_entities=False, no_network=True, huge_tree=True, events=("end",)
    ):
        yield element
        element.clear()
        while element.getprevious() is not None:
            del element.getparent()[0]


def _texts(archive: zipfile.ZipFile, path: str) -> list[str]:
    if not path:
        return []
    with archive.open(path) as source:
        return [_text_in(element) for element in _elements(source, "si")]


def _text_in(element: Any) -> str:
    """The text of an element, without how it is pronounced."""
    parts = element.iterfind(".//{*}t")
    return _unescaped("".join(one.text or "" for one in parts if not one.getparent().tag.endswith("}rPh")))


def _unescaped(text: str) -> str:
    """Excel writes a sign that XML does not take as _x000D_, and `_x000D_` itself as _x005F_x000D_."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def _formats(archive: zipfile.ZipFile, path: str) -> list[str]:
    """The format of numbers of each style."""
    if not path:
        return []
    root = _xml(archive, path)
    own = {one.get("numFmtId"): one.get("formatCode", "") for one in root.iterfind("{*}numFmts/{*}numFmt")}
    ids = (one.get("numFmtId", "0") for one in root.iterfind("{*}cellXfs/{*}xf"))
    return [own.get(number) or BUILTIN_FORMATS.get(int(number), "General") for number in ids]


def _lines(archive: zipfile.ZipFile, path: str, book: _Book, hidden: set[int]) -> Iterator[Line]:
    with archive.open(path) as source:
        hidden |= _hidden_columns(source.read(_CHUNK))
    with archive.open(path) as source:
        merged = _merged(source)
    with archive.open(path) as source:
        yield from filled(_own_lines(source, book), merged)


def _own_lines(source: IO[bytes], book: _Book) -> Iterator[Line]:
    number = 0
    for row in _elements(source, "row"):
        number = int(float(row.get("r") or number + 1))
        line = Line(number, {}, is_hidden=row.get("hidden") in {"1", "true"})
        column = -1
        for cell in row.iterfind("{*}c"):
            found = _CELL.fullmatch(cell.get("r", ""))
            column = column_index_from_string(found[1]) - 1 if found else column + 1
            _read(cell, column, line, book)
        yield line


def _read(cell: Any, column: int, line: Line, book: _Book) -> None:
    text, fault = _shown(cell, book)
    if fault is not None:
        line.faults[column] = fault
    if text or fault:
        line.cells[column] = text


def _shown(cell: Any, book: _Book) -> tuple[str, Fault | None]:
    """What a person sees in a cell, and what is wrong with it."""
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        return _text_in(cell), None
    value = cell.findtext("{*}v")
    if value is None or value == "":
        is_formula = kind != "str" and cell.find("{*}f") is not None
        return "", Fault.UNCALCULATED if is_formula else None
    if kind == "e":
        return value, Fault.FORMULA
    return _value(value, kind, int(cell.get("s", "0")), book), None


def _value(value: str, kind: str, style: int, book: _Book) -> str:
    if kind == "s":
        return book.texts[int(value)]
    if kind == "str":
        return _unescaped(value)
    if kind == "b":
        return "WAAR" if value in {"1", "true"} else "ONWAAR"
    if kind == "d":
        return value.replace("T", " ").removesuffix(" 00:00:00")
    code = book.formats[style] if style < len(book.formats) else "General"
    # A whole number stands in the file whole, also where it is longer than Excel counts with.
    return (
        str(int(value))
        if code in {"General", "0", "@"} and value.isdecimal()
        else _number(float(value), code, book.epoch)
    )


def _number(number: float, code: str, epoch: datetime.datetime) -> str:
    """A number in its format, as far as it changes what it says: dates, zeros in front, parts of a hundred."""
    if is_date_format(code) and not is_timedelta_format(code):
        try:
            return str(from_excel(number, epoch)).removesuffix(" 00:00:00")
        except (OverflowError, ValueError):
            return _plain(number)
    section = code.partition(";")[0]
    if (zeros := _ZEROS.fullmatch(section)) and number == int(number):
        before, after = (re.sub(r'["\\]', "", zeros[at]) for at in (1, 3))
        return f"{before}{int(number):0{len(zeros[2])}d}{after}"
    if "%" in section:
        decimals = _DECIMALS.search(section)
        return f"{number * 100:.{len(decimals[1]) if decimals else 0}f}%".replace(".", ",")
    return _plain(number)


def _plain(number: float) -> str:
    """As Excel keeps it: fifteen digits, and no point where there is nothing behind it."""
    return f"{Decimal(f'{number:.15g}'):f}"


def _hidden_columns(beginning: bytes) -> set[int]:
    """Columns that cannot be seen; they are said before the rows."""
    hidden: set[int] = set()
    for column in _COLUMN.findall(beginning.partition(b"sheetData")[0]):
        said = dict(_ATTRIBUTE.findall(column))
        if said.get(b"hidden") in {b"1", b"true"}:
            hidden |= set(range(int(said[b"min"]) - 1, min(int(said[b"max"]), _MOST_HIDDEN)))
    return hidden


def _merged(source: IO[bytes]) -> Merged:
    """Cells that were merged downwards; they stand at the end of a sheet, behind all its rows."""
    found: Merged = {}
    rest = b""
    while chunk := source.read(_CHUNK):
        rest = rest[-100:] + chunk
        for column, top, bottom in _MERGED.findall(rest):
            if top != bottom and len(found) < _MOST_MERGED:
                found[int(top), column_index_from_string(column.decode()) - 1] = int(bottom)
    return found
