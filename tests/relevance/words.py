"""`python -m tests.relevance.words`: what the other words add, by source and rule by rule.

The questions are those of the relevance set and those of `other_words.tsv`, which were written before the list was.
`--pool FILE` writes what nobody judged yet; `--friends FILE` writes, for the word of each rule, what it brings first
and what came first without it, to be read by eye. RELEVANCE_FOLDER keeps the filled database for the next time.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from unittest import mock

import django
from rich.console import Console
from rich.table import Table

from .judged import Query, grades, of_file, queries
from .measures import mean, ndcg

if TYPE_CHECKING:
    from collections.abc import Iterator

    from search.models import WordGroup

Ask = Callable[[str], list[str]]
Grades = Mapping[str, Mapping[str, int]]
OTHER = "other_words"
# So much nearer to 1 or to 0 counts as moved.
MOVED = 0.0005
FIRST = 5

console = Console(width=140, emoji=False)


@dataclass(frozen=True)
class Effect:
    """What is lost when something is left out: by question, the nDCG@10 with it less that without."""

    name: str
    by_question: Mapping[str, float]

    @property
    def total(self) -> float:
        return sum(self.by_question.values())

    @property
    def moved(self) -> dict[str, float]:
        return {key: value for key, value in self.by_question.items() if abs(value) > MOVED}


@dataclass(frozen=True)
class Set:
    """The questions, the grades of what answers them, and the engine to ask."""

    questions: Sequence[Query]
    judged: Grades
    ask: Ask

    def values(self, groups: Iterable[WordGroup], asked: Iterable[Query] | None = None) -> dict[str, float]:
        """By question its nDCG@10 with these groups of words alone."""
        with words_are(groups):
            return {
                query.id: ndcg(self.ask(query.text), self.judged[query.id])
                for query in (self.questions if asked is None else asked)
            }


@contextmanager
def words_are(groups: Iterable[WordGroup]) -> Iterator[None]:
    """Ask with these groups of words alone."""
    from search import word_groups

    with mock.patch("search.word_groups.lexicon", return_value=word_groups.lexicon_of(groups)):
        yield


def read_set() -> Set:
    from search.engines.embedded import EmbeddedEngine
    from search.models import Entry

    from .judged import expand, judgements
    from .systems import of_engine

    keys = dict(Entry.objects.filter(is_listed=True).values_list("pk", "external_id"))
    system = of_engine(EmbeddedEngine())
    asked = [query for query in queries() if not query.is_of_field]
    titles = dict(Entry.objects.filter(is_listed=True).values_list("external_id", "title"))
    products: defaultdict[str, list[str]] = defaultdict(list)
    for key, title in titles.items():
        products[title.casefold()].append(key)
    own = of_file(f"{OTHER}.tsv")
    judged = grades(f"{OTHER}_judged.tsv")
    of_own = {query.id: expand(judged.get(query.id, {}), products.values()) for query in own}
    return Set([*asked, *own], judgements(asked, titles) | of_own, lambda text: [keys[one] for one in system(text)])


def touched(group: WordGroup, questions: Iterable[Query]) -> list[Query]:
    """The questions that a group may change: those with one of its words, as a word or as a part."""
    from search import dutch
    from search.lexicon import stems_of

    words = [set(stems_of(word)) for word in group.word_list()]
    found = []
    for query in questions:
        has = {stem for token in dutch.tokens(query.text) for stem in (token.stem, *token.parts)}
        if any(word and word <= has for word in words):
            found.append(query)
    return found


def effects(the_set: Set, groups: Sequence[WordGroup], base: Mapping[str, float]) -> list[Effect]:
    """Of each rule, what falls without it."""
    found = []
    for group in groups:
        asked = touched(group, the_set.questions)
        if not asked:
            continue
        without = the_set.values([one for one in groups if one is not group], asked)
        found.append(Effect(f"{group.key}", {key: base[key] - value for key, value in without.items()}))
    return found


def by_source(the_set: Set, groups: Sequence[WordGroup], base: Mapping[str, float]) -> None:
    """What falls without all of one source, over the relevance set and over the questions in other words."""
    types = list(dict.fromkeys(query.half for query in the_set.questions))
    table = Table("left out", "rules", *types, "better with", "worse with", title="nDCG@10 less without it")
    kinds = {f"{one.key.partition(':')[0]}: {one.source}" for one in groups}
    for name in ("everything", "the checked list", *sorted(kinds)):
        kept = [one for one in groups if not _is_of(one, name)]
        without = the_set.values(kept)
        change = {query.id: base[query.id] - without[query.id] for query in the_set.questions}
        cells = [mean([change[q.id] for q in the_set.questions if q.half == one]) for one in types]
        better, worse = (sum(1 for value in change.values() if sign * value > MOVED) for sign in (1, -1))
        row = (name, str(len(groups) - len(kept)), *(f"{cell:+.3f}" for cell in cells), str(better), str(worse))
        table.add_row(*row)
    console.print(table)


def _is_of(group: WordGroup, name: str) -> bool:
    kind = group.key.partition(":")[0]
    return name == "everything" or name == f"{kind}: {group.source}" or (name[:4] == "the " and kind == "sourced")


def show(found: Sequence[Effect]) -> None:
    """The rules that move something, those that harm first."""
    moving = sorted((one for one in found if one.moved), key=lambda one: one.total)
    table = Table("rule", "sum", "questions", title=f"{len(found)} rules touch a question, {len(moving)} move one")
    for one in moving:
        questions = ", ".join(f"{key} {value:+.2f}" for key, value in one.moved.items())
        table.add_row(one.name, f"{one.total:+.3f}", questions)
    console.print(table)


def write_pool(file: Path, the_set: Set, groups: Sequence[WordGroup]) -> None:
    """What is among the best ten with or without the checked list, and was not judged for a question in other words."""
    from search.models import Entry

    shown = {one.external_id: one for one in Entry.objects.filter(is_listed=True)}
    own = [query for query in the_set.questions if query.half == "other"]
    kept = [one for one in groups if not _is_of(one, "the checked list")]
    found: defaultdict[str, list[str]] = defaultdict(list)
    for some in (groups, kept):
        with words_are(some):
            for query in own:
                found[query.id] += the_set.ask(query.text)[:10]
    with file.open("w", encoding="utf-8") as out:
        for query in own:
            titles: set[str] = set()
            out.write(f"# {query.id} {query.text}\n")
            for key in found[query.id]:
                title = shown[key].title.casefold()
                if key not in the_set.judged[query.id] and title not in titles:
                    titles.add(title)
                    out.write(f"{key}\t{shown[key].title} | {' '.join(shown[key].summary.split())[:100]}\n")


def write_friends(file: Path, the_set: Set, groups: Sequence[WordGroup]) -> None:
    """For the word of each rule of the list: what it finds first, and what it found without that rule."""
    from search.models import Entry

    shown = dict(Entry.objects.filter(is_listed=True).values_list("external_id", "title"))
    with file.open("w", encoding="utf-8") as out:
        for group in groups:
            if not _is_of(group, "the checked list"):
                continue
            word = group.word_list()[0]
            with words_are(groups):
                now = [shown[key] for key in the_set.ask(word)]
            with words_are([one for one in groups if one is not group]):
                before = [shown[key] for key in the_set.ask(word)]
            if now[:FIRST] != before[:FIRST]:
                others = ", ".join([*group.word_list()[1:], *group.leads_to_list()])
                titles = [list(dict.fromkeys(some))[:FIRST] for some in (now, before)]
                out.write(f"{word} -> {others} [{len(before)} -> {len(now)}]\n")
                out.writelines(f"   {sign} {' | '.join(some)}\n" for sign, some in zip("+-", titles, strict=True))


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.relevance.words", description=__doc__)
    parser.add_argument("--pool", type=Path)
    parser.add_argument("--friends", type=Path)
    options = parser.parse_args()
    corpus = os.environ.get("ALGORITHM_REGISTER")
    if not corpus:
        sys.exit("Set ALGORITHM_REGISTER to the file of the open algorithm register.")
    from search import word_groups

    from .world import ALL, fill

    fill(corpus, ALL)
    the_set, groups = read_set(), list(word_groups.from_files())
    if options.pool:
        write_pool(options.pool, the_set, groups)
    elif options.friends:
        write_friends(options.friends, the_set, groups)
    else:
        base = the_set.values(groups)
        by_source(the_set, groups, base)
        show(effects(the_set, groups, base))


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "exchange.settings.test")
        os.environ["DATA_DIR"] = os.environ.get("RELEVANCE_FOLDER", folder)
        os.environ.setdefault("ELASTICSEARCH_INDEX", "samenwijzer-relevance")
        django.setup()
        main()
