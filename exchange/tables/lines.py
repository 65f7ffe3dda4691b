"""What a table is on its way in: lines of cells, with what is wrong with a cell beside it; and the limits on it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum

# What Excel and LibreOffice show where a formula failed, in Dutch and English.
_FAILED = re.compile(
    r"#(?:N/A|N/B|REF!|VERW!|VALUE!|WAARDE!|NAME\?|NAAM\?|DIV/0!|DEEL/0!|NUM!|GETAL!|NULL!|LEEG!|SPILL!|OVERLOOP!"
    r"|CALC!|BEREKENEN!|FIELD!|VELD!|BLOCKED!|GEBLOKKEERD!|CONNECT!|VERBINDING!|UNKNOWN!|ONBEKEND!|BUSY!)|Err:\d{3}"
)


class Fault(StrEnum):
    """What can be wrong with a cell or a line."""

    FORMULA = "formula"
    UNCALCULATED = "uncalculated"
    BROKEN = "broken"
    TOO_LONG = "too long"
    OPEN_QUOTE = "open quote"
    NOT_JSON = "not json"
    NO_OBJECT = "no object"
    TWICE = "twice"
    NO_TEXT = "no text"
    TOO_MANY_CELLS = "too many cells"


class Refusal(StrEnum):
    """Why a file cannot be read as a whole."""

    EMPTY = "empty"
    NO_TEXT = "no text"
    ENCODING = "encoding"
    DAMAGED = "damaged"
    LOCKED = "locked"
    NO_COLUMNS = "no columns"
    DOUBLE_COLUMN = "double column"
    TOO_MANY_ROWS = "too many rows"
    TOO_MUCH_TEXT = "too much text"
    TOO_MANY_COLUMNS = "too many columns"
    TOO_LARGE = "too large"


class RefusedError(Exception):
    """The file cannot be read; `values` are for the message."""

    def __init__(self, why: Refusal, **values: object) -> None:
        super().__init__(why)
        self.why = why
        self.values = values


@dataclass(frozen=True)
class Limits:
    """How much is read of one file: rows, columns, characters of a cell and of all cells, seconds and bytes."""

    rows: int = 2000
    columns: int = 200
    cell: int = 100_000
    characters: int = 20_000_000
    seconds: int = 25
    memory: int = 1024 * 1024 * 1024


@dataclass(frozen=True)
class Line:
    """One line: where it stands, its cells by column (from 0), and what is wrong with some of them.

    `fault` is for the line as a whole. Columns that are not there are empty.
    """

    number: int
    cells: dict[int, str]
    faults: dict[int, Fault] = field(default_factory=dict)
    fault: Fault | None = None
    is_hidden: bool = False

    @property
    def has_words(self) -> bool:
        """Does anything stand in it?"""
        return self.fault is not None or bool(self.faults) or any(text.strip() for text in self.cells.values())


@dataclass(frozen=True)
class Sheet:
    """A table that can be seen, with its name; CSV has none. In a grid columns cannot shift, in text they can.

    Attributes:
        hidden: the columns that cannot be seen; known once the first line is read.
    """

    name: str
    lines: Iterable[Line]
    is_grid: bool = True
    hidden: set[int] = field(default_factory=set)


def failed(text: str) -> bool:
    """Is this what a program for sheets shows for a formula that failed?"""
    return _FAILED.fullmatch(text.strip()) is not None


def within(lines: Iterable[Line], limits: Limits) -> Iterator[Line]:
    """The lines that say something; what is too long in them is named.

    Raises:
        RefusedError: it is more than may be read of one file.
    """
    characters = 0
    for line in lines:
        if not line.has_words:
            continue
        characters += sum(map(len, line.cells.values()))
        if characters > limits.characters:
            raise RefusedError(Refusal.TOO_MUCH_TEXT, most=limits.characters)
        long = {at for at, text in line.cells.items() if len(text) > limits.cell}
        if long:
            cells = {at: text[: limits.cell] for at, text in line.cells.items()}
            line = replace(line, cells=cells, faults=line.faults | dict.fromkeys(long, Fault.TOO_LONG))
        yield line
