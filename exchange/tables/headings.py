"""Which line of a table names its columns, and what it calls them; from lines of cells to rows by name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Any

from exchange.clean_text import clean_line, clean_text

from .lines import Fault, Limits, Line, Refusal, RefusedError, Sheet, within

# So many lines with words may stand above the names of the columns: a title, an explanation.
_TOP = 25
# So many columns of ours make a list; a sheet with fewer may be of something else, such as names.
_SEVERAL = 3
_MOST_SHEETS = 100
_BETWEEN = re.compile(r"[\s_\-'’‘*:.]+")
# What a maker of a form explains behind the name: Titel (verplicht).
_EXPLAINED = re.compile(r"(?<=\S)\s*[(\[].*$")


@dataclass(frozen=True)
class Columns:
    """What columns a reader knows. All are as `plain` makes them.

    Args:
        names: from the name of a column as people may type it to the name that it has here.
        others: what else people call them; it counts where the name itself is not there.
        needed: columns without which it is no table of ours.
    """

    names: Mapping[str, str]
    others: Mapping[str, str] = field(default_factory=dict)
    needed: Collection[str] = ()

    def named(self, headings: Iterable[str]) -> list[str]:
        """What each heading is called here; one that is not known stays as it is."""
        cleaned = [clean_line(heading) for heading in headings]
        taken = {self.names[plain(one)] for one in cleaned if plain(one) in self.names}
        names = []
        for heading in cleaned:
            name = self.names.get(plain(heading))
            if name is None and (other := self.others.get(plain(heading))) and other not in taken:
                name = other
                taken.add(other)
            names.append(name or heading)
        return names

    def known(self, headings: Iterable[str]) -> set[str]:
        """The columns that these headings name."""
        return set(self.named(headings)) & set(self.names.values())


@dataclass(frozen=True)
class Row:
    """A line as values by column, with what is wrong with it: the fault, and what its message is about."""

    line: int
    values: dict[str, str]
    fault: Fault | None = None
    about: dict[str, Any] | None = None
    is_hidden: bool = False


@dataclass(frozen=True)
class Found:
    """The rows, the sheet they stand on and the names of the others; how many rows are hidden in it."""

    rows: list[Row]
    sheet: str
    others: list[str]
    hidden: int


@dataclass(frozen=True)
class _Begun:
    """A sheet of which the top is read: where its columns are named, and how many of them we know."""

    sheet: Sheet
    top: list[Line]
    rest: Iterator[Line]
    at: int | None
    known: int


@dataclass(frozen=True)
class _Head:
    """The names of the columns, by where they stand."""

    names: dict[int, str]
    known: frozenset[str]
    is_grid: bool


def plain(heading: str) -> str:
    """A heading however it was typed: without capitals, spaces, dashes, signs and what is explained in brackets."""
    return _BETWEEN.sub("", _EXPLAINED.sub("", clean_line(heading)).casefold())


def rows_of(sheets: Iterator[Sheet], columns: Columns, limits: Limits) -> Found:
    """The rows of the sheet that has the columns: the first that has several of ours, else the one that has most.

    Raises:
        RefusedError: there are no rows, no sheet has the columns, or there is too much.
    """
    begun = [_begin(sheet, columns, limits) for sheet in islice(sheets, _MOST_SHEETS)]
    fitting = [one for one in begun if one.at is not None]
    chosen = next((one for one in fitting if one.known >= _SEVERAL), None)
    chosen = chosen or max(fitting, key=lambda one: one.known, default=None)
    if chosen is None or chosen.at is None:
        raise _refusal(begun, columns)
    head = _head(chosen.top[chosen.at], columns, chosen.sheet, limits)
    lines = chain(chosen.top[chosen.at + 1 :], chosen.rest)
    found = (_row(line, head) for line in lines if not _is_head(line, head, columns))
    rows = list(islice((row for row in found if row is not None), limits.rows + 1))
    if len(rows) > limits.rows:
        raise RefusedError(Refusal.TOO_MANY_ROWS, most=limits.rows)
    others = [one.sheet.name for one in begun if one is not chosen]
    return Found(rows, chosen.sheet.name, others, sum(row.is_hidden for row in rows))


def _begin(sheet: Sheet, columns: Columns, limits: Limits) -> _Begun:
    lines = within(sheet.lines, limits)
    top = list(islice(lines, _TOP))
    at = _where(top, columns)
    return _Begun(sheet, top, lines, at, 0 if at is None else len(columns.known(top[at].cells.values())))


def _refusal(begun: list[_Begun], columns: Columns) -> RefusedError:
    """Why there are no rows, with what stands on the first sheet with words."""
    words, sheet = next(((_words(one.top), one.sheet.name) for one in begun if _words(one.top)), ("", ""))
    if not words:
        return RefusedError(Refusal.EMPTY)
    return RefusedError(Refusal.NO_COLUMNS, needed=", ".join(columns.needed), found=words, sheet=sheet)


def _where(top: list[Line], columns: Columns) -> int | None:
    """The line that names most known columns, and those that are needed; of equal ones the first."""
    found = [columns.known(line.cells.values()) for line in top]
    fitting = [at for at, names in enumerate(found) if set(columns.needed) <= names]
    return max(fitting, key=lambda at: (len(found[at]), -at), default=None)


def _words(top: list[Line]) -> str:
    return clean_line(", ".join(cell for cell in top[0].cells.values() if cell.strip()))[:200] if top else ""


def _head(line: Line, columns: Columns, sheet: Sheet, limits: Limits) -> _Head:
    headings = {at: cell for at, cell in sorted(line.cells.items()) if clean_line(cell)}
    if len(headings) > limits.columns:
        raise RefusedError(Refusal.TOO_MANY_COLUMNS, most=limits.columns)
    names = _seen(dict(zip(headings, columns.named(headings.values()), strict=True)), sheet)
    counted = Counter(names.values())
    known = frozenset(counted.keys() & set(columns.names.values()))
    for at, name in names.items():
        if counted[name] > 1 and name in known:
            places = ", ".join(_place(one, sheet) for one, other in names.items() if other == name)
            raise RefusedError(Refusal.DOUBLE_COLUMN, name=clean_line(headings[at]), places=places, line=line.number)
        if counted[name] > 1:
            names[at] = f"{name} ({_place(at, sheet)})"
    return _Head(names, known, sheet.is_grid)


def _seen(names: dict[int, str], sheet: Sheet) -> dict[int, str]:
    """The columns without those that are hidden while another of that name is seen."""
    seen = {name for at, name in names.items() if at not in sheet.hidden}
    return {at: name for at, name in names.items() if at not in sheet.hidden or name not in seen}


def _is_head(line: Line, head: _Head, columns: Columns) -> bool:
    """Does a line name the columns once more: in another language, or on the next page?"""
    named = dict(zip(line.cells, columns.named(line.cells.values()), strict=True))
    same = sum(head.names.get(at) == name and name in head.known for at, name in named.items())
    return same > 1 and same == sum(bool(text.strip()) for text in line.cells.values())


def _place(at: int, sheet: Sheet) -> str:
    """A column as the program shows it: a letter in a sheet, a number in text."""
    return letters(at) if sheet.is_grid else str(at + 1)


def letters(at: int) -> str:
    """The letters of a column: 0 is A, 26 is AA."""
    text = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        text = chr(65 + rest) + text
    return text


def _row(line: Line, head: _Head) -> Row | None:
    """The row of a line; None where nothing stands under the names of columns."""
    values = {name: clean_text(line.cells.get(at, "")) for at, name in head.names.items()}
    beyond = {at: text for at, text in line.cells.items() if at not in head.names and text.strip()}
    if line.fault is not None:
        return Row(line.number, values, line.fault, {})
    if beyond and not head.is_grid and max(beyond) > max(head.names):
        about = {"cells": max(beyond) + 1, "columns": max(head.names) + 1}
        return Row(line.number, values, Fault.TOO_MANY_CELLS, about)
    faults = {head.names[at]: fault for at, fault in line.faults.items() if head.names.get(at) in head.known}
    if not any(text.strip() for text in values.values()) and not faults:
        return None
    # A note beside the table is a column that we do not know.
    values |= {f"({letters(at)})": clean_text(text) for at, text in list(beyond.items())[:5]}
    for name, fault in faults.items():
        return Row(line.number, values, fault, {"name": name, "value": values[name][:40]}, line.is_hidden)
    return Row(line.number, values, is_hidden=line.is_hidden)
