"""Prints the rows of a table that comes in by a pipe, as JSON. Run by `reading` only, in a process of its own.

It limits its own memory and time, and trusts nothing of the file: whatever that does, it does to this process.
"""

from __future__ import annotations

import io
import json
import resource
import struct
import sys
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

from . import delimited, headings, json_lines
from .encodings import NotTextError, UnknownEncodingError, decode
from .headings import Columns, Found, Row
from .lines import Limits, Refusal, RefusedError, Sheet

# What begins an Office file with a password, and one of before 2007.
_OLD_OFFICE = bytes.fromhex("d0cf11e0a1b11ae1")
# A zip that unpacks to more than this is a bomb, not a list.
UNPACKED = 200 * 1024 * 1024
_DAMAGED = (
    zipfile.BadZipFile, zlib.error, struct.error, KeyError, ValueError, IndexError, OverflowError, EOFError, OSError,
    NotImplementedError, RuntimeError,
)  # fmt: skip


def main(request: str) -> None:
    """Read a table from the standard input and print it.

    Args:
        request: as JSON the extension, the columns and the limits.
    """
    asked = json.loads(request)
    limits = Limits(**asked["limits"])
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory, limits.memory))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.seconds, limits.seconds))
    columns = Columns(**asked["columns"])
    try:
        answer = read(sys.stdin.buffer.read(), asked["extension"], columns, limits)
    except RefusedError as error:
        answer = {"refused": error.why.value, "values": error.values}
    except (MemoryError, SystemError):
        # Libraries in C end with the second where memory ends.
        answer = {"refused": Refusal.TOO_LARGE.value, "values": {}}
    sys.stdout.write(json.dumps(answer))


def read(content: bytes, extension: str, columns: Columns, limits: Limits) -> dict[str, Any]:
    """What a table holds: its rows, its encoding or sheet, and which sheets were not read.

    Raises:
        RefusedError: it cannot be read as a whole.
    """
    if extension in {"xlsx", "ods"}:
        return _answer(_from_sheets(content, extension, columns, limits), "")
    text, encoding = _text(content)
    if extension == "jsonl":
        return _answer(Found(list(json_lines.rows_of(text, columns, limits)), "", [], 0), encoding)
    lines = delimited.lines_of(text, lambda cells: len(columns.known(cells)))
    return _answer(headings.rows_of(iter([Sheet("", lines, is_grid=False)]), columns, limits), encoding)


def _answer(found: Found, encoding: str) -> dict[str, Any]:
    return {
        "rows": list(map(_as_json, found.rows)),
        "sheet": found.sheet,
        "others": found.others,
        "hidden": found.hidden,
        "encoding": encoding,
    }


def _as_json(row: Row) -> list[Any]:
    return [row.line, row.values, row.fault, row.about or {}]


def _text(content: bytes) -> tuple[str, str]:
    try:
        found = decode(content)
    except NotTextError as error:
        raise RefusedError(Refusal.NO_TEXT) from error
    except UnknownEncodingError as error:
        raise RefusedError(Refusal.ENCODING) from error
    # Two programs after each other each put their own mark in front.
    return found.text.lstrip("\ufeff"), found.encoding


def _from_sheets(content: bytes, extension: str, columns: Columns, limits: Limits) -> Found:
    # Only here: most files are text, and these take long to load.
    from lxml import etree

    if content.startswith(_OLD_OFFICE):
        raise RefusedError(Refusal.LOCKED)
    try:
        _check_packed(content)
        return headings.rows_of(_sheets(io.BytesIO(content), extension), columns, limits)
    except (*_DAMAGED, etree.LxmlError) as error:
        # libxml says it in words where its memory ends.
        is_full = isinstance(error, etree.LxmlError) and "memory" in str(error).lower()
        raise RefusedError(Refusal.TOO_LARGE if is_full else Refusal.DAMAGED) from error


def _sheets(content: io.BytesIO, extension: str) -> Iterator[Sheet]:
    from . import opendocument, workbook

    return workbook.sheets_of(content) if extension == "xlsx" else opendocument.sheets_of(content)


def _check_packed(content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        if sum(one.file_size for one in packed.infolist()) > UNPACKED:
            raise RefusedError(Refusal.TOO_LARGE)
        if any(one.flag_bits & 0x1 for one in packed.infolist()):
            raise RefusedError(Refusal.LOCKED)
        if "META-INF/manifest.xml" in packed.namelist() and b"encryption-data" in packed.read("META-INF/manifest.xml"):
            raise RefusedError(Refusal.LOCKED)
