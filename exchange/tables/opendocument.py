"""Sheets out of an OpenDocument file (.ods), as a person sees them: the file holds what each cell shows."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import replace
from typing import IO, Any

from lxml import etree

from .lines import Fault, Line, Sheet, failed
from .merged import Merged, filled

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
# One cell may stand for a million; nobody reads more than so many of them.
_MOST_REPEATED = 1000
_UNSEEN = frozenset({"collapse", "filter"})


def sheets_of(content: IO[bytes]) -> Iterator[Sheet]:
    """The sheets that can be seen, in their order.

    Raises:
        zipfile.BadZipFile, KeyError, ValueError, lxml.etree.LxmlError: it is damaged, or no OpenDocument.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    root = etree.fromstring(zipfile.ZipFile(content).read("content.xml"), parser)
    hidden = {
        style.get(f"{_STYLE}name")
        for style in root.iter(f"{_STYLE}style")
        if any(one.get(f"{_TABLE}display") == "false" for one in style)
    }
    for table in root.iterfind(f"{_OFFICE}body/{_OFFICE}spreadsheet/{_TABLE}table"):
        if table.get(f"{_TABLE}style-name") not in hidden:
            merged: Merged = {}
            hidden = set(_hidden_columns(table))
            yield Sheet(table.get(f"{_TABLE}name", ""), filled(_lines(table, merged), merged), hidden=hidden)


def _lines(table: Any, merged: Merged) -> Iterator[Line]:
    number = 1
    for row in table.iter(f"{_TABLE}table-row"):
        repeated = _repeated(row, "rows")
        line = _line(row, number, merged)
        for at in range(min(repeated, _MOST_REPEATED) if line.has_words else 0):
            yield replace(line, number=number + at)
        number += repeated


def _hidden_columns(table: Any) -> Iterator[int]:
    at = 0
    for column in table.iter(f"{_TABLE}table-column"):
        repeated = _repeated(column, "columns")
        if column.get(f"{_TABLE}visibility") in _UNSEEN:
            yield from range(at, at + min(repeated, _MOST_REPEATED))
        at += repeated


def _repeated(element: Any, what: str) -> int:
    return max(1, int(element.get(f"{_TABLE}number-{what}-repeated", "1")))


def _line(row: Any, number: int, merged: Merged) -> Line:
    line = Line(number, {}, is_hidden=row.get(f"{_TABLE}visibility") in _UNSEEN)
    column = 0
    for cell in row.iterchildren(f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
        repeated = _repeated(cell, "columns")
        text = _shown(cell)
        fault = _fault(cell, text)
        for at in range(column, column + min(repeated, _MOST_REPEATED)) if text or fault else ():
            line.cells[at] = text
            if fault:
                line.faults[at] = fault
        spanned = int(cell.get(f"{_TABLE}number-rows-spanned", "1"))
        if spanned > 1:
            merged[number, column] = number + spanned - 1
        column += repeated
    return line


def _shown(cell: Any) -> str:
    if cell.get(f"{_OFFICE}value-type") == "date":
        return str(cell.get(f"{_OFFICE}date-value", "")).replace("T", " ").removesuffix(" 00:00:00")
    return "\n".join(_words(paragraph) for paragraph in cell.iterchildren(f"{_TEXT}p"))


def _words(element: Any) -> str:
    """The text of a paragraph: repeated spaces, tabs and line ends are elements, a comment is not of it."""
    text = element.text or ""
    for child in element:
        if child.tag == f"{_TEXT}s":
            text += " " * min(int(child.get(f"{_TEXT}c", "1")), _MOST_REPEATED)
        elif child.tag in (f"{_TEXT}tab", f"{_TEXT}line-break"):
            text += "\t" if child.tag.endswith("tab") else "\n"
        elif child.tag != f"{_OFFICE}annotation":
            text += _words(child)
        text += child.tail or ""
    return text


def _fault(cell: Any, text: str) -> Fault | None:
    if failed(text):
        return Fault.FORMULA
    is_empty = not text and cell.get(f"{_OFFICE}value-type") is None
    return Fault.UNCALCULATED if is_empty and cell.get(f"{_TABLE}formula") is not None else None
