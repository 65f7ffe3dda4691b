"""Lines out of text in which a sign parts the cells: CSV in all the ways in which programs and people write it."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Generator, Iterator

from .encodings import BROKEN
from .lines import Fault, Line, failed

DELIMITERS = ";,\t|"
# Excel's own way to say which sign parts the cells, on a line before the columns.
_SAYS = re.compile(r'\ufeff?"?sep=(.|\\t)"?[;,\t|]*\r?\n?', re.IGNORECASE)
# No cell holds this; where it is found within one, a quotation mark was never closed.
_END = "\x00end\x00"
# After so many quotation marks that are never closed it is no table.
_MOST_OPEN = 50


def lines_of(text: str, columns_in: Callable[[list[str]], int]) -> Iterator[Line]:
    """The lines of a text.

    Args:
        columns_in: how many known columns are named by these cells; it tells which sign parts them.
    """
    text = text.replace("\x00", "")
    # Lines end with LF, CR or both, and with nothing else: U+2028 is a sign within a cell.
    physical = list(io.StringIO(text, newline=""))
    start, delimiter = 0, ""
    if physical and (says := _SAYS.fullmatch(physical[0])):
        start, delimiter = 1, says[1].replace("\\t", "\t")
    delimiter = delimiter or _delimiter(physical, columns_in)
    csv.field_size_limit(len(text) + 1024)
    for _ in range(_MOST_OPEN):
        opened = yield from _until_open_quote(physical, start, delimiter)
        if opened is None:
            return
        start = opened + 1
    for at in range(start, len(physical)):
        yield Line(at + 1, {0: physical[at]}, fault=Fault.OPEN_QUOTE)


def _delimiter(physical: list[str], columns_in: Callable[[list[str]], int]) -> str:
    """The sign that gives most known columns on some line at the top, else most cells on the first."""
    top = [line for line in physical[:200] if line.strip('\r\n\t ;,|\ufeff"')][:20]
    if not top:
        return ";"

    def fits(delimiter: str) -> tuple[int, int]:
        rows = list(csv.reader(top, delimiter=delimiter, skipinitialspace=True))
        return max(map(columns_in, rows), default=0), len(rows[0])

    return max(DELIMITERS, key=fits)


def _until_open_quote(physical: list[str], start: int, delimiter: str) -> Generator[Line, None, int | None]:
    """Lines from `start` on; returns the index of a line where a quotation mark opens that is never closed."""
    ends = physical[-1:] and not physical[-1].endswith(("\r", "\n"))
    rest = [*physical[start:], *(["\n"] if ends else []), f"{_END}\n"]
    # A quotation mark counts behind a space too; no cell needs the spaces before its words.
    rows = csv.reader(rest, delimiter=delimiter, skipinitialspace=True)
    at = 0
    for cells in rows:
        first, at = start + at, rows.line_num
        if cells == [_END]:
            return None
        if cells and _END in cells[-1]:
            yield Line(first + 1, {0: physical[first]}, fault=Fault.OPEN_QUOTE)
            return first
        yield _line(first + 1, cells)
    return None


def _line(number: int, cells: list[str]) -> Line:
    faults = {}
    for at, cell in enumerate(cells):
        if BROKEN.search(cell):
            faults[at] = Fault.BROKEN
        elif failed(cell):
            faults[at] = Fault.FORMULA
    return Line(number, {at: BROKEN.sub("\ufffd", cell) for at, cell in enumerate(cells)}, faults)
