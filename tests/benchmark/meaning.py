"""What meaning costs: the API with it and with words alone, in one run."""

from __future__ import annotations

from collections import defaultdict
from functools import partial

import numpy as np
from django.test import Client, override_settings

from search.engines.elastic import ElasticEngine
from search.index.connection import is_configured
from search.meaning import choosing, making, nearest
from search.meaning.whole_numbers import to_bytes
from search.models import Encoding, Vector

from .questions import ask
from .times import Times, Work, console, measure, show

WORDS, MEANING, FIRST = "words alone", "and meaning", "and meaning, a question that nobody asked before"
# Whole questions and other words, of which words find little, beside what is asked most.
QUESTIONS = (
    "q=opvang",
    "q=hoe+krijg+je+inwoners+met+schulden+aan+tafel",
    "q=opvang+vluchtelingen&size=s",
    "q=wat+doe+je+als+een+gezin+met+hulp+naar+een+andere+plaats+vertrekt",
    "q=wie+kookt+er+voor+oude+mensen+zonder+kinderen+of+partner",
    "q=dorpstaxi",
    "q=traffic+lights",
    "q=mantelzrog",
)
BATCH = 1000
# So many are made; the others are like these.
EXAMPLES = 96


def measure_meaning(total: int, *, rounds: int) -> dict[str, Times]:
    """Ask the same with and without, in turn. Without an encoder there is nothing to measure.

    Returns:
        The times of all questions together, by the way they were asked.
    """
    if not _fill():
        console.print("There is no encoder here: what meaning costs is not measured.")
        return {}
    together: defaultdict[str, Times] = defaultdict(lambda: Times(()))
    engine = ElasticEngine.name if is_configured() else "embedded"
    for query in QUESTIONS:
        works: dict[str, Work] = {
            WORDS: partial(_ask, query, engine, meaning=False),
            MEANING: partial(_ask, query, engine, meaning=True),
            FIRST: partial(_ask, query, engine, meaning=True, is_new=True),
        }
        for name, taken in measure(works, rounds=rounds).items():
            together[name] += taken
    show(f"What meaning costs, {engine}, {total:,} entries", together, next_to=(WORDS,))
    return dict(together)


def _ask(query: str, engine: str, *, meaning: bool, is_new: bool = False) -> None:
    if is_new:
        nearest.forget()
    with override_settings(MEANING=meaning):
        ask(Client(), query, engine)


@override_settings(MEANING=True)
def _fill() -> bool:
    """A vector for each entry: those of the examples, each moved a little, for making them would take hours."""
    encoder = choosing.configured()
    if encoder is None:
        return False
    while Vector.objects.count() < EXAMPLES:
        making.make_some()
    encoding = Encoding.objects.get()
    examples = encoding.vectors.order_by("pk").values_list("numbers", flat=True)[:EXAMPLES]
    known = [np.frombuffer(bytes(one), dtype=np.int8) for one in examples]
    lot = np.random.default_rng(7)
    lacking = list(making.lacking(encoding).values_list("pk", flat=True))
    for start in range(0, len(lacking), BATCH):
        ids = lacking[start : start + BATCH]
        rows = np.array([known[pk % len(known)] for pk in ids], dtype=np.float32)
        moved = to_bytes((rows + lot.normal(0, 25, rows.shape)).astype(np.float32))
        Vector.objects.bulk_create(
            Vector(entry_id=pk, encoding=encoding, digest="", numbers=row.tobytes())
            for pk, row in zip(ids, moved, strict=True)
        )
    # Lets readers ask them.
    making.make()
    return True
