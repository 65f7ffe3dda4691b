"""The words that lead to other words, as platform editors keep them: read for a question, and laid out at the start.

What an editor changes holds from the next question on, because the question is widened and not the index. The words of
a theme are another matter: those are part of what is projected.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from django.db.models import Count, Max

from exchange.themes.models import join_lines

from .lexicon import Lexicon, build
from .models import WordGroup

DATA = Path(__file__).parent / "data"
Origin = WordGroup.Origin
# The files, and their columns: words that mean the same, and what they lead to.
FILES = (
    ("synonyms.tsv", Origin.SYNONYM, ("words",), "leads_to"),
    ("abbreviations.tsv", Origin.ABBREVIATION, ("short", "full"), ""),
    ("english.tsv", Origin.ENGLISH, ("english",), "dutch"),
)


def lexicon() -> Lexicon:
    """The lexicon of now; one query tells whether something changed since the last question."""
    return _lexicon(str(WordGroup.objects.aggregate(number=Count("pk"), last=Max("changed_at"))))


@lru_cache(maxsize=2)
def _lexicon(stamp: str) -> Lexicon:
    return build((group.word_list(), group.leads_to_list(), group.weight) for group in WordGroup.objects.all())


def load(folder: Path = DATA) -> int:
    """Add the groups that are not there yet; what an editor changed is left alone.

    Returns:
        How many were added.
    """
    there = set(WordGroup.objects.exclude(key="").values_list("key", flat=True))
    new = {group.key: group for group in _groups(folder) if group.key not in there}
    WordGroup.objects.bulk_create(new.values())
    return len(new)


def _groups(folder: Path) -> Iterator[WordGroup]:
    for name, origin, columns, leads_to in FILES:
        with (folder / name).open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file, delimiter="\t"):
                words = [word for column in columns for word in row[column].split(";")]
                yield WordGroup(
                    key=f"{origin}:{words[0]}"[:200],
                    origin=origin,
                    words=join_lines(words),
                    leads_to=join_lines((row.get(leads_to) or "").split(";")),
                )
