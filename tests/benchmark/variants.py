"""Entries without pages, that read like contributions: as many as a measurement wants."""

from __future__ import annotations

import datetime
import random
import re
from itertools import accumulate

from django.db import transaction
from django.utils import timezone
from rich.progress import track

from exchange.contributions.searchable import Audience, Field, Text
from exchange.municipalities.models import Municipality
from exchange.themes.models import Theme
from search.document import Document
from search.lemmas import dictionary
from search.models import Entry
from search.projection import store

from .times import console

# About as long as the examples and as the texts of the open algorithm register are in the middle.
SENTENCES = 10
# So many words that the examples do not have.
OTHER_WORDS = 30_000
BATCH = 500
# Beyond the ids of pages.
FIRST_ID = 1_000_000
PHASES = ("idea", "pilot", "running", "running", "secured", "stopped")


class Variants:
    """Dutch that reads like contributions: sentences of the examples in another order, now and then with another word.

    So the usual words are as usual as in the examples, and the seldom ones grow in number with the entries.
    """

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        written = Entry.objects.filter(is_listed=True, pk__lt=FIRST_ID).order_by("pk")
        self._titles = [title for title in written.values_list("title", flat=True) if title]
        bodies = "\n".join(written.values_list("text__body", flat=True))
        self._sentences = [one.strip() for one in re.split(r"(?<=[.!?])\s+|\n", bodies) if len(one.split()) > 3]
        words = [word for word in sorted(dictionary()) if word.isalpha() and len(word) > 3]
        self._words = self.random.sample(words, OTHER_WORDS)
        # As words are in any language: the second half as usual as the first, and so on.
        self._weights = list(accumulate(1 / (rank + 10) for rank in range(len(self._words))))

    def title(self) -> str:
        return self._varied(self.random.choice(self._titles), 0.3)[:255]

    def sentences(self, number: int) -> str:
        return " ".join(self._varied(one, 0.05) for one in self.random.choices(self._sentences, k=number))

    def _varied(self, text: str, share: float) -> str:
        words = text.split()
        others = self.random.choices(self._words, cum_weights=self._weights, k=len(words))
        return " ".join(
            other if self.random.random() < share else word for word, other in zip(words, others, strict=True)
        )


def add_entries(total: int) -> None:
    """Fill the projection up to a total with variants of the examples."""

    variants, today = Variants(seed=total), timezone.localdate()
    towns = list(Municipality.objects.current())
    themes = [(theme.slug, theme.name) for theme in Theme.objects.exclude(broader=None)]
    missing = total - Entry.objects.filter(is_listed=True).count()
    start = FIRST_ID + Entry.objects.count()
    ids = range(start, start + missing)
    for first in track(range(0, missing, BATCH), description="Filling", console=console):
        documents = {}
        for page_id in ids[first : first + BATCH]:
            town, (slug, name) = variants.random.choice(towns), variants.random.choice(themes)
            phase = variants.random.choice(PHASES)
            title, summary, body = variants.title(), variants.sentences(1), variants.sentences(SENTENCES)
            documents[page_id] = Document(
                kind="initiative", visibility="public", municipality=town.code, external_id="", title=title,
                summary=summary, path=f"/bench/{page_id}/", phase=phase, confirmed_at=None,
                due_on=today + datetime.timedelta(days=variants.random.randrange(-120, 365)), published_at=None,
                completeness=round(variants.random.random(), 2),
                texts=(Text(Field.TITLE, title), Text(Field.SUMMARY, summary), Text(Field.THEMES, name),
                       Text(Field.PLACE, town.name), Text(Field.BODY, body)),
                values=tuple((name, value, Audience.PUBLIC) for name, value in (
                    ("kind", "initiative"), ("theme", slug), ("size", town.size or "s"), ("phase", phase),
                    ("runs_at_size", town.size or "s"), ("evidence", "described"), ("municipality", town.code),
                    ("province", town.province_code), ("region", town.safety_region_code),
                )),
            )  # fmt: skip
        entries = [Entry(page_id=page_id, version=1, is_listed=True, dirty=False) for page_id in documents]
        with transaction.atomic():
            Entry.objects.bulk_create(entries)
            store(entries, documents)
