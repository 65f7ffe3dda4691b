"""The vectors of one encoding in this process, brought up to date when it is asked. 100,000 of them are 40 MB."""

from __future__ import annotations

import threading
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from search.models import Encoding, Vector

from .encoder import Floats
from .whole_numbers import closeness, from_bytes, lengths

_BATCH = 2000
Whole = NDArray[np.int64]


class Row(NamedTuple):
    """A vector: its number in the database, the entry it is of, and how close it is."""

    number: int
    entry: int
    closeness: float


class Matrix:
    """Vectors as they were when they were read. Who asks looks in the database which are still there, and for whom."""

    def __init__(self, encoding: int, dimensions: int) -> None:
        self._encoding, self._dimensions = encoding, dimensions
        self._lock = threading.Lock()
        self._rows = np.empty((0, dimensions), dtype=np.int8)
        self._lengths = np.empty(0, dtype=np.float32)
        self._numbers = np.empty(0, dtype=np.int64)
        self._entries = np.empty(0, dtype=np.int64)
        self._newest = 0

    def __len__(self) -> int:
        return len(self._rows)

    @property
    def version(self) -> int:
        """Another one after each change."""
        return self._newest

    def refresh(self) -> None:
        """Read what was made since; what it replaces goes."""
        with self._lock:
            new = Vector.objects.filter(encoding=self._encoding, pk__gt=self._newest).order_by("pk")
            found = list(new.values_list("pk", "entry_id", "numbers").iterator(chunk_size=_BATCH))
            if not found:
                return
            self._newest = found[-1][0]
            vectors = {entry: (pk, from_bytes(numbers, self._dimensions)) for pk, entry, numbers in found}
            readable = [(pk, entry, vector) for entry, (pk, vector) in vectors.items() if vector is not None]
            kept = ~np.isin(self._entries, list(vectors))
            rows = np.array([vector for *_, vector in readable], dtype=np.int8).reshape(-1, self._dimensions)
            numbers, entries = ([row[column] for row in readable] for column in (0, 1))
            self._rows = np.concatenate([self._rows[kept], rows])
            self._lengths = np.concatenate([self._lengths[kept], lengths(rows)])
            self._numbers = np.concatenate([self._numbers[kept], np.array(numbers, dtype=np.int64)])
            self._entries = np.concatenate([self._entries[kept], np.array(entries, dtype=np.int64)])

    def nearest(self, vector: Floats, number: int, among: Whole | None = None) -> list[Row]:
        """The nearest, nearest first.

        Args:
            vector: of length one.
            number: so many.
            among: only these entries; all when not given.
        """
        with self._lock:
            numbers, entries = self._numbers, self._entries
            close = closeness(self._rows, self._lengths, vector)
        at = np.arange(len(close)) if among is None else np.flatnonzero(np.isin(entries, among))
        if number < len(at):
            at = at[np.argpartition(-close[at], number - 1)[:number]]
        # Equals by their entry, so that every process tells them in the same order.
        order = at[np.lexsort((entries[at], -close[at]))]
        return [Row(int(numbers[one]), int(entries[one]), float(close[one])) for one in order]


@lru_cache(maxsize=2)
def _matrix(encoding: int, dimensions: int) -> Matrix:
    return Matrix(encoding, dimensions)


def matrix_of(encoding: Encoding) -> Matrix:
    """The vectors of an encoding as they are now."""
    matrix = _matrix(encoding.pk, encoding.dimensions)
    matrix.refresh()
    return matrix


def forget() -> None:
    """Read everything anew at the next question: in tests the database goes back and this would not."""
    _matrix.cache_clear()
