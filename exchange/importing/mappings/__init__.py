"""Other sources: how their rows become rows of ours."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from exchange.importing.files import Record

from . import algorithm_register


@dataclass(frozen=True)
class Mapping:
    """A source: the columns that tell it, and a function from its rows to ours (None: not for us)."""

    signature: frozenset[str]
    to_columns: Callable[[dict[str, str]], dict[str, str] | None]


MAPPINGS: dict[str, Mapping] = {
    "algorithm-register": Mapping(algorithm_register.SIGNATURE, algorithm_register.to_columns),
}


def recognise(records: Sequence[Record]) -> str | None:
    """The source that these rows are from, by their columns; None where they have ours."""
    first = next((record for record in records if not record.error), None)
    if first is None or "municipality" in first.values:
        return None
    columns = set(first.values)
    return next((name for name, mapping in MAPPINGS.items() if mapping.signature <= columns), None)
