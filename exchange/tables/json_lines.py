"""Rows out of JSON lines: on each line an object with a value for each column; or out of one list of such objects."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from math import isfinite
from typing import Any

from exchange.clean_text import clean_line, clean_text

from .headings import Columns, Row
from .lines import Fault, Limits, Refusal, RefusedError


class _TwiceError(ValueError):
    """A name stands twice in an object."""


def rows_of(text: str, columns: Columns, limits: Limits) -> Iterator[Row]:
    """The rows of a text.

    Raises:
        RefusedError: there is too much.
    """
    characters = 0
    for count, (number, line) in enumerate(_objects(text), start=1):
        characters += len(line)
        if count > limits.rows:
            raise RefusedError(Refusal.TOO_MANY_ROWS, most=limits.rows)
        if characters > limits.characters:
            raise RefusedError(Refusal.TOO_MUCH_TEXT, most=limits.characters)
        yield _row(number, line, columns, limits)


def _objects(text: str) -> Iterator[tuple[int, str]]:
    """What stands on each line that says something; of one list over all lines each part, with its first line."""
    if _is_list(text):
        yield from _parts(text)
        return
    for number, line in enumerate(io.StringIO(text, newline=""), start=1):
        if line.strip():
            # As it stood in a list.
            yield number, line.strip().removesuffix(",")


def _is_list(text: str) -> bool:
    """Is it no JSON lines but one list, as many programs write it?"""
    try:
        return text.lstrip().startswith("[") and bool(json.loads(text))
    except (ValueError, RecursionError):
        return False


def _parts(text: str) -> Iterator[tuple[int, str]]:
    """The parts of a list that is whole."""
    decoder, at, line, counted = json.JSONDecoder(), text.index("[") + 1, 1, 0
    while at < len(text):
        if text[at] in "], \t\r\n":
            at += 1
            continue
        end = decoder.raw_decode(text, at)[1]
        line, counted = line + text.count("\n", counted, at), at
        yield line, text[at:end]
        at = end


def _row(number: int, line: str, columns: Columns, limits: Limits) -> Row:
    try:
        found = json.loads(line, object_pairs_hook=lambda pairs: _object(pairs, columns), parse_constant=_no_number)
    except _TwiceError as error:
        return Row(number, {}, Fault.TWICE, {"name": str(error)})
    except (ValueError, RecursionError) as error:
        return Row(number, {}, Fault.NOT_JSON, {"error": clean_line(str(error))[:200]})
    if not isinstance(found, dict):
        return Row(number, {}, Fault.NO_OBJECT, {})
    values: dict[str, str] = {}
    for name, value in found.items():
        try:
            values[name] = clean_text(_text(value))
        except TypeError:
            return Row(number, values, Fault.NO_TEXT, {"name": name})
        if len(values[name]) > limits.cell:
            values[name] = values[name][: limits.cell]
            return Row(number, values, Fault.TOO_LONG, {"name": name, "value": values[name][:40]})
    return Row(number, values)


def _object(pairs: list[tuple[str, Any]], columns: Columns) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for name, (_key, value) in zip(columns.named(key for key, _value in pairs), pairs, strict=True):
        if name in values:
            raise _TwiceError(name)
        values[name] = value
    return values


def _no_number(name: str) -> None:
    """Python writes NaN and Infinity, which is no JSON and no value of a row.

    Raises:
        ValueError: always.
    """
    raise ValueError(name)


def _text(value: Any) -> str:
    """A value as text; a list is its parts.

    Raises:
        TypeError: it is an object of its own, or larger than any number.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return ";".join(_text(one) for one in value)
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, str | int) or (isinstance(value, float) and isfinite(value)):
        return str(value)
    raise TypeError(type(value).__name__)
