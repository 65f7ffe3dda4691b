"""Making the vectors of entries: in batches, by whoever comes first, and again where a worker was killed.

A new model fills an encoding of its own. Readers ask the one before until the new one lacks nothing; then that goes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from pathlib import Path

import numpy as np
from django.db import transaction
from django.db.models import Exists, OuterRef

from exchange.contributions.choices import Visibility
from search.models import Encoding, Entry, EntryQuerySet, Vector

from . import choosing
from .encoder import Encoder, EncoderError, Floats, RefusedError, text_of
from .matrix import matrix_of
from .whole_numbers import digest, to_bytes

BATCH = 32
_OTHER_SUBJECTS = Path(__file__).parent / "other_subjects.txt"


def lacking(encoding: Encoding) -> EntryQuerySet:
    """The entries without a vector. Where a text changes its vector goes at once, so none is of an older text."""
    return Entry.objects.filter(~Exists(Vector.objects.filter(encoding=encoding, entry=OuterRef("pk"))), is_listed=True)


def forget_changed(entries: Iterable[Entry]) -> None:
    """Remove the vectors of texts that these entries do not have any more, as part of what changes them."""
    now = {entry.pk: digest(entry.title, entry.summary) if entry.is_listed else "" for entry in entries}
    known = Vector.objects.filter(entry__in=list(now)).values_list("pk", "entry_id", "digest")
    gone = [pk for pk, entry, made_of in known if now[entry] != made_of]
    if gone:
        Vector.objects.filter(pk__in=gone).delete()


def make(*, on_made: Callable[[int], object] = bool) -> int:
    """Make all vectors that lack.

    Args:
        on_made: told after each batch how many entries it had.

    Returns:
        How many were made.

    Raises:
        EncoderError: the encoder fails; what was made stays.
    """
    # Whatever left them there: then there are as many vectors as entries only where none lacks.
    Vector.objects.filter(entry__is_listed=False).delete()
    total = 0
    while made := make_some():
        total += made
        on_made(made)
    return total


def make_some() -> int:
    """Make the vectors of one batch of entries; where none lacks any more, let readers ask them.

    Returns:
        How many were made; 0 when there is nothing to do.

    Raises:
        EncoderError: the encoder fails, or failed a moment ago.
    """
    encoder = choosing.configured()
    if encoder is None:
        return 0
    encoding = Encoding.objects.filter(name=encoder.name).first()
    made = _make_batch(encoder, encoding, choosing.passages) + _keep_former(encoder)
    if not made and encoding is not None and not _is_settled(encoding):
        _go_live(encoding, encoder)
    return made


def _is_settled(encoding: Encoding) -> bool:
    others = Encoding.objects.exclude(pk=encoding.pk)
    return encoding.state == Encoding.State.LIVE and not others.exists()


def _keep_former(encoder: Encoder) -> int:
    """While another model is on its way, what is new is found by the one before too, as long as that answers."""
    encoding = Encoding.objects.filter(state=Encoding.State.LIVE).exclude(name=encoder.name).first()
    before = choosing.named(encoding.name) if encoding is not None else None
    if encoding is None or before is None or before.name != encoding.name:
        return 0
    try:
        return _make_batch(before, encoding, choosing.former)
    except EncoderError:
        # Said by who asked it, once.
        return 0


def _make_batch(encoder: Encoder, encoding: Encoding | None, guard: choosing.Guard) -> int:
    if encoding is not None and _has_as_many(encoding):
        return 0
    wanted = lacking(encoding) if encoding is not None else Entry.objects.filter(is_listed=True)
    rows = list(wanted.order_by("pk").values_list("pk", "title", "summary")[:BATCH])
    if not rows:
        return 0
    with guard.asking():
        vectors = _vectors(encoder, [text_of(title, summary) for _, title, summary in rows])
        found = [vector for vector in vectors if vector is not None]
        if encoding is None and not found:
            raise EncoderError("The encoder refuses every text.")
        encoding = encoding or _begin(encoder, len(found[0]))
        if found and (len(found[0]) != encoding.dimensions or encoder.answered != encoding.answered):
            raise EncoderError(
                f"The encoder answers as another model than it did before: {encoder.answered or encoder.name}. "
                "Give EMBEDDINGS_MODEL another name, then vectors are made anew."
            )
    made = {
        pk: (digest(title, summary), b"" if vector is None else to_bytes(vector[np.newaxis])[0].tobytes())
        for (pk, title, summary), vector in zip(rows, vectors, strict=True)
    }
    _store(encoding, made)
    return len(rows)


def _has_as_many(encoding: Encoding) -> bool:
    """Are there as many vectors as entries? Two counts, because the worker asks every few seconds whether any lacks."""
    return Vector.objects.filter(encoding=encoding).count() == Entry.objects.filter(is_listed=True).count()


def _begin(encoder: Encoder, dimensions: int) -> Encoding:
    values = {"dimensions": dimensions, "answered": encoder.answered}
    return Encoding.objects.get_or_create(name=encoder.name, defaults=values)[0]


def _vectors(encoder: Encoder, texts: Sequence[str]) -> list[Floats | None]:
    """A vector for each text; none for what the encoder refuses, so that one text does not hold up the others."""
    try:
        return list(encoder.passages(texts))
    except RefusedError:
        return [_vector(encoder, text) for text in texts]


def _vector(encoder: Encoder, text: str) -> Floats | None:
    try:
        vector: Floats = encoder.passages([text])[0]
    except RefusedError:
        return None
    return vector


@transaction.atomic
def _store(encoding: Encoding, made: dict[int, tuple[str, bytes]]) -> None:
    """Write these vectors, but for what changed meanwhile.

    One after the other: whoever reads what has a higher number than what it knows would miss one that comes later.
    """
    if not Encoding.objects.select_for_update().filter(pk=encoding.pk).exists():
        return
    locked = Entry.objects.select_for_update().filter(pk__in=list(made), is_listed=True).order_by("pk")
    now = {entry.pk: digest(entry.title, entry.summary) for entry in locked.only("pk", "title", "summary")}
    Vector.objects.bulk_create(
        [
            Vector(entry_id=pk, encoding=encoding, digest=made_of, numbers=numbers)
            for pk, (made_of, numbers) in sorted(made.items())
            if now.get(pk) == made_of
        ],
        ignore_conflicts=True,
    )


def _go_live(encoding: Encoding, encoder: Encoder) -> None:
    """Let readers ask this encoding; the one before goes."""
    measure(encoding, encoder)
    with transaction.atomic():
        # Locked: whoever stores vectors of one that goes waits, and finds it gone.
        others = Encoding.objects.select_for_update().exclude(pk=encoding.pk)
        Encoding.objects.filter(pk__in=[one.pk for one in others]).delete()
        Encoding.objects.filter(pk=encoding.pk).update(state=Encoding.State.LIVE)


# --- how near is near


def measure_again() -> None:
    """Measure what is live again: what there is has changed.

    Raises:
        EncoderError: the encoder fails.
    """
    encoding = Encoding.objects.filter(state=Encoding.State.LIVE).first()
    encoder = choosing.named(encoding.name) if encoding is not None else None
    if encoding is not None and encoder is not None and encoder.name == encoding.name:
        measure(encoding, encoder)


def measure(encoding: Encoding, encoder: Encoder) -> None:
    """Measure how near questions come that are about nothing here: nearer than that is near. Differs by model.

    Raises:
        EncoderError: the encoder fails.
    """
    with choosing.passages.asking():
        # One by one, as people ask: a server that is quick enough for them is quick enough for this.
        vectors = [encoder.questions([text])[0] for text in _other_subjects()]
    public = Entry.objects.filter(is_listed=True, visibility=Visibility.PUBLIC).values_list("pk", flat=True)
    among = np.fromiter(public, dtype=np.int64)
    nearest = [matrix_of(encoding).nearest(vector, 1, among=among) for vector in vectors]
    tops = [rows[0].closeness for rows in nearest if rows] or [0.0]
    floor, surely = np.quantile(tops, [0.75, 0.95])
    Encoding.objects.filter(pk=encoding.pk).update(floor=float(floor), surely=float(surely))


@cache
def _other_subjects() -> tuple[str, ...]:
    return tuple(_OTHER_SUBJECTS.read_text(encoding="utf-8").splitlines())
