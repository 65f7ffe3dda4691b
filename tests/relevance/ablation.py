"""What each ingredient adds: the same questions with one of them left out.

What is done to a question is left out while it is asked. What is done to the texts too (base words, how much a field
weighs) asks for all of them to be projected again, in a transaction that is undone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import replace
from functools import partial
from typing import Any
from unittest import mock

from django.db import transaction

from exchange.municipalities.models import Municipality
from search import compounds, document, dutch, known_words, rarity, relatives, stemming, word_groups
from search.document import BOOSTS
from search.engines.question import Question
from search.known_words import DatabaseKnownWords
from search.lexicon import Lexicon, build
from search.models import Entry, WordGroup
from search.projection import project
from search.ranking import Ranking, ranking

Origin = WordGroup.Origin
# As a reader of a municipality of this size would see it: for a visitor no municipality is near.
A_READER_OF = "GM0344"
# What counts for a visitor too.
RANKED = ("completeness", "freshness", "full answer")
# What keeps what it read: a word is read otherwise while something is left out.
_KEPT = (
    dutch._read, stemming.stem, stemming.base_word, compounds.split, compounds._cover, compounds._without_link,
    relatives.relatives, rarity._frequencies, rarity.in_dutch, word_groups._lexicon,
)  # fmt: skip

Left = AbstractContextManager[object]


def ablations() -> dict[str, Left]:
    """By what is left out: something to ask the questions in."""
    patch = mock.patch
    return {
        "everything": ExitStack(),
        # Other words.
        "without other words at all": patch("search.word_groups.lexicon", return_value=Lexicon()),
        **{f"without {origin.label}": _without_words(origin) for origin in Origin},
        "without words of one family": patch("search.alternatives.relatives", return_value=()),
        # Words themselves.
        "without mending mistakes": patch.object(DatabaseKnownWords, "corrections", return_value=()),
        "without parts of compounds (questions)": _read_without("search.dutch.split", return_value=()),
        "without one part alone": patch("search.concepts.partly", return_value=[]),
        "with words that only ask": patch("search.dutch.question_words", return_value=frozenset()),
        "without places": patch("search.places.Gazetteer.find", return_value=()),
        # What is found.
        "without what comes near": patch("search.engines.question.ENOUGH", 0),
        "without filling up to ten": patch("search.concepts.NEAREST", 0.3),
        "rarity here alone": patch("search.rarity.in_dutch", return_value=1.0),
        "rarity in Dutch alone": patch("search.concepts.tells", side_effect=lambda one, share: rarity.in_dutch(one)),
        "usual words needed too": patch("search.concepts.GENERAL", 0.0),
        "only usual words may be a full answer": patch("search.concepts._lacks_what_tells", return_value=False),
        # Ranking.
        **{f"without {name} in ranking": _ranked_without(name) for name in RANKED},
        "for a reader of a municipality": _for_a_reader(),
        "for that reader, without closeness": _for_a_reader("closeness"),
        "for that reader, without runs here": _for_a_reader("runs here"),
        # Texts too.
        "texts: projected again": _texts(),
        "texts: without the list of forms": _texts(patch("search.stemming.lemma", return_value=None)),
        "texts: the stemmer alone": _texts(patch("search.stemming.base_word", side_effect=lambda word: word)),
        "texts: without parts of compounds": _texts(patch("search.dutch.split", return_value=())),
        "texts: a part counts as a word": _texts(patch("search.document.PART_OF_COMPOUND", 1.0)),
        "texts: all fields weigh the same": _texts(
            patch("search.document.BOOSTS", {field: (1.0, length) for field, (_weight, length) in BOOSTS.items()})
        ),
        "texts: without length": _texts(patch.object(document, "B", 0.0)),
        "texts: without the words of themes": _texts(_no_field("synonyms")),
        "texts: without keywords": _texts(_no_field("keywords")),
    }  # fmt: skip


def _no_field(name: str) -> Left:
    weights = {field: (0.0 if field.value == name else weight, length) for field, (weight, length) in BOOSTS.items()}
    return mock.patch("search.document.BOOSTS", weights)


def _without_words(origin: str) -> Left:
    groups = partial(WordGroup.objects.exclude, origin=origin)

    def others() -> Lexicon:
        return build((group.word_list(), group.leads_to_list(), group.weight) for group in groups())

    return mock.patch("search.word_groups.lexicon", side_effect=_once(others))


def _once(make: Callable[[], Lexicon]) -> Callable[[], Lexicon]:
    made: list[Lexicon] = []

    def get() -> Lexicon:
        if not made:
            made.append(make())
        return made[0]

    return get


def _ranked_without(name: str) -> Left:
    def others(**reader: Any) -> Ranking:
        whole = ranking(**reader)
        return replace(whole, adds=tuple(one for one in whole.adds if one.name != name))

    return mock.patch("search.engines.question.ranking", side_effect=others)


@contextmanager
def _for_a_reader(left_out: str = "") -> Iterator[None]:
    own = Municipality.objects.get(code=A_READER_OF)
    with mock.patch.object(Question, "own", own), _ranked_without(left_out):
        yield


@contextmanager
def _read_without(target: str, **how: Any) -> Iterator[None]:
    _forget()
    with mock.patch(target, **how):
        yield
    _forget()


def _forget() -> None:
    for kept in _KEPT:
        kept.cache_clear()


@contextmanager
def _texts(left_out: Left | None = None) -> Iterator[None]:
    """Project all texts again without it; afterwards everything stands as it stood."""
    with transaction.atomic(), left_out or ExitStack():
        _forget()
        Entry.objects.update(digest="")
        project(Entry.objects.filter(is_listed=True).values_list("pk", flat=True))
        known_words.count()
        yield
        transaction.set_rollback(True)
    _forget()
    known_words._words.cache_clear()
