"""The words that lead to other words: read for a question, and laid out at the start from files.

What an editor changes holds from the next question on, because the question is widened and not the index. The words of
a theme are another matter: those are part of what is projected.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import product
from pathlib import Path

from django.db.models import Count, Max

from exchange.themes.models import join_lines

from .lexicon import Lexicon, Stems, build, stems_of
from .models import DroppedWords, WordGroup

DATA = Path(__file__).parent / "data"
Origin, Source = WordGroup.Origin, WordGroup.Source
# What one group says: words that mean the same, what those also lead to, and how much that counts.
Said = tuple[list[str], list[str], float]
# The files of before, and their columns: words that mean the same, and what they lead to.
FILES = (
    ("synonyms.tsv", Origin.SYNONYM, ("words",), "leads_to", Source.OWN),
    ("abbreviations.tsv", Origin.ABBREVIATION, ("short", "full"), "", Source.PUBLIC),
    ("english.tsv", Origin.ENGLISH, ("english",), "dutch", Source.OWN),
)
SOURCED = "sourced_words.tsv"


def lexicon() -> Lexicon:
    """The lexicon of now; one query tells whether something changed since the last question."""
    return _lexicon(str(WordGroup.objects.aggregate(number=Count("pk"), last=Max("changed_at"))))


@lru_cache(maxsize=2)
def _lexicon(stamp: str) -> Lexicon:
    return lexicon_of(WordGroup.objects.all())


def lexicon_of(groups: Iterable[WordGroup]) -> Lexicon:
    """What these groups say together. Where an editor says it one way, no file says it the other way."""
    said: dict[bool, list[Said]] = {True: [], False: []}
    for group in groups:
        is_editors = group.source == Source.EDITOR
        said[is_editors].append((group.word_list(), group.leads_to_list(), group.weight))
    against = _against(said[True])
    return build([*said[True], *(part for one in said[False] for part in _without(one, against))])


def _against(said: Iterable[Said]) -> set[tuple[Stems, Stems]]:
    """The other way round of what is said one way only: from which word to which."""
    ways = {
        (stems_of(word), stems_of(other))
        for words, leads_to, _weight in said
        for word, other in product(words, (*words, *leads_to))
    }
    return {(other, word) for word, other in ways} - ways


def _without(one: Said, against: set[tuple[Stems, Stems]]) -> Iterator[Said]:
    """What a group says without the ways that somebody is against."""
    words, leads_to, weight = one
    all_of_them = [(word, stems_of(word)) for word in (*words, *leads_to)]
    if not against or not any(way in against for way in product((s for _, s in all_of_them), repeat=2)):
        yield one
        return
    for word, stems in all_of_them[: len(words)]:
        yield [word], [other for other, led_to in all_of_them if (stems, led_to) not in against], weight


def load(folder: Path = DATA) -> int:
    """Add the groups that are not there yet; what an editor changed or threw away is left alone.

    Returns:
        How many were added.
    """
    there = {
        *WordGroup.objects.exclude(key="").values_list("key", flat=True),
        *DroppedWords.objects.values_list("key", flat=True),
    }
    new = {group.key: group for group in from_files(folder) if group.key not in there}
    WordGroup.objects.bulk_create(new.values())
    return len(new)


def from_files(folder: Path = DATA) -> Iterator[WordGroup]:
    """What all the files say."""
    for name, origin, columns, leads_to, source in FILES:
        for row in _rows(folder / name):
            words = [word for column in columns for word in row[column].split(";")]
            yield WordGroup(
                key=f"{origin}:{words[0]}"[:200],
                origin=origin,
                words=join_lines(words),
                leads_to=join_lines((row.get(leads_to) or "").split(";")),
                source=source,
            )
    yield from sourced(folder)


def sourced(folder: Path = DATA) -> Iterator[WordGroup]:
    """The checked list: each row with its direction, its source and its theme."""
    for row in _rows(folder / SOURCED):
        others, is_both = row["other"].split(";"), row["direction"] == "both"
        yield WordGroup(
            key=f"sourced:{row['direction']}:{row['word']}"[:200],
            origin=row["kind"],
            words=join_lines([row["word"], *others] if is_both else [row["word"]]),
            leads_to=join_lines([] if is_both else others),
            source=row["source"],
            theme=row["theme"],
        )


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))
