"""What lies nearest to a question in meaning, among what its reader may see."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from search.models import Encoding, EntryQuerySet

from . import choosing
from .adding import Near
from .encoder import EncoderError, Floats
from .matrix import Row, matrix_of

# The vectors of so many questions are kept in a process: people page, filter and ask the same.
_KEPT = 2000
# And of so many what is near them, ten megabytes.
_KEPT_ROWS = 200
LONGEST_QUESTION = 500
# So many of the nearest are looked up first.
FIRST = 200


def live() -> Encoding | None:
    """The encoding that is asked; None where there is none yet, or meaning is off."""
    if choosing.configured() is None:
        return None
    return Encoding.objects.filter(state=Encoding.State.LIVE).first()


def nearest_to(text: str, visible: EntryQuerySet, encoding: Encoding, number: int) -> list[Near]:
    """The nearest entries to a text; none while the encoder fails.

    What may not be told takes nobody's place. The database says of the first ones which may; where that leaves too few,
    most of what there is may not, and it is quick to say what may.

    Args:
        text: as it was typed.
        visible: what may be told.
        encoding: whose vectors to ask.
        number: so many.
    """
    matrix = matrix_of(encoding)
    try:
        rows = _first(_normal(text), encoding, matrix.version)
        found = _told(rows, visible)
        if len(found) < number and len(rows) == FIRST:
            seen = np.fromiter(visible.order_by().values_list("pk", flat=True), dtype=np.int64)
            found = _told(matrix.nearest(question_vector(text, encoding), FIRST, among=seen), visible)
    except EncoderError:
        # Said by who asked it, once.
        return []
    return found[:number]


@lru_cache(maxsize=_KEPT_ROWS)
def _first(text: str, encoding: Encoding, version: int) -> list[Row]:
    """The first ones, whoever asks: people page and filter. Kept until a vector is made."""
    return matrix_of(encoding).nearest(question_vector(text, encoding), FIRST)


def _told(rows: Sequence[Row], visible: EntryQuerySet) -> list[Near]:
    """Those of these that may be told now. A text that changed has another vector, or none yet."""
    there = visible.filter(pk__in=[row.entry for row in rows], vectors__in=[row.number for row in rows])
    titles = dict(there.order_by().values_list("pk", "folded_title"))
    return [Near(row.entry, row.closeness, titles[row.entry]) for row in rows if row.entry in titles]


def question_vector(text: str, encoding: Encoding) -> Floats:
    """The vector of a question.

    Raises:
        EncoderError: there is none, or it is of another model than the vectors of the entries.
    """
    return _vector(_normal(text), encoding.name, encoding.answered, encoding.dimensions)


def _normal(text: str) -> str:
    return " ".join(text.split())[:LONGEST_QUESTION]


@lru_cache(maxsize=_KEPT)
def _vector(text: str, name: str, answered: str, dimensions: int) -> Floats:
    with choosing.questions.asking():
        encoder = choosing.named(name)
        if encoder is None:
            raise EncoderError(f"There is no encoder {name} any more.")
        vectors = encoder.questions([text])
        if encoder.answered != answered or vectors.shape[1] != dimensions:
            raise EncoderError(f"The encoder answers as another model than {name}.")
    vector: Floats = vectors[0]
    return vector


def forget() -> None:
    """Ask the encoder anew: another one may be set."""
    _vector.cache_clear()
    _first.cache_clear()
