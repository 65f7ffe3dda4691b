"""What makes vectors of texts, and what counts as a vector. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
# What is told of an entry: longer texts say no more to a small model, and some servers refuse them.
LONGEST = 1000


class EncoderError(Exception):
    """The encoder is away, slow, or answers something that is no vector. Whoever gets this goes on with words alone."""


class RefusedError(EncoderError):
    """The encoder works, but refuses this text."""


class Encoder(Protocol):
    """Makes vectors of texts, of length one, each a row. Texts that mean the same lie close together."""

    @property
    def name(self) -> str:
        """Stored with each vector: those of another name cannot be compared with these."""
        ...

    @property
    def answered(self) -> str:
        """The model that made the last vectors, as it calls itself: a server may have another one than was asked."""
        ...

    def questions(self, texts: Sequence[str]) -> Floats:
        """The vectors of what people ask.

        Raises:
            EncoderError: there are none.
        """
        ...

    def passages(self, texts: Sequence[str]) -> Floats:
        """The vectors of what is asked about.

        Raises:
            EncoderError: there are none.
        """
        ...


def checked(answer: object, number: int) -> Floats:
    """So many vectors, made as long as one.

    Args:
        answer: rows of numbers, or whatever a server sent instead.
        number: how many there must be.

    Raises:
        EncoderError: it is something else, such as rows of different lengths, or what is no number.
    """
    try:
        rows = np.asarray(answer, dtype=np.float32)
    except (TypeError, ValueError, OverflowError) as error:
        raise EncoderError("The encoder answers something that is no list of vectors.") from error
    if rows.ndim != 2 or len(rows) != number or not rows.shape[1]:
        raise EncoderError(f"The encoder answers {rows.shape} numbers where {number} vectors were asked.")
    lengths = np.linalg.norm(rows.astype(np.float64), axis=1, keepdims=True)
    if not np.isfinite(lengths).all() or not lengths.all():
        raise EncoderError("The encoder answers a vector without a direction.")
    found: Floats = (rows / lengths).astype(np.float32)
    return found


def text_of(title: str, summary: str) -> str:
    """What of an entry becomes a vector: only what every reader of it may read."""
    return f"{title}. {summary}"[:LONGEST]
