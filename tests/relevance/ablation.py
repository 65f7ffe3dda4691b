"""What each ingredient adds: the same questions with one of them left out of the reading of a question.

What is done to the texts themselves (base words, stems, parts in the index) stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from unittest import mock

from search import dutch
from search.known_words import DatabaseKnownWords
from search.lexicon import Lexicon


def ablations() -> dict[str, AbstractContextManager[object]]:
    """By what is left out: something to ask the questions in."""
    return {
        "everything": mock.patch("search.concepts.MOST_CONCEPTS", 12),
        "without other words (synonyms, abbreviations, English)": mock.patch(
            "search.word_groups.lexicon", return_value=Lexicon()
        ),
        "without parts of compounds": _without_parts(),
        "without mending mistakes": mock.patch.object(DatabaseKnownWords, "corrections", return_value=()),
        "without what comes near": mock.patch("search.engines.question.ENOUGH", 0),
        "without places": mock.patch("search.places.Gazetteer.find", return_value=()),
        "with usual words needed": mock.patch("search.concepts.GENERAL", 0.0),
        "rarity here alone": mock.patch("search.rarity.in_dutch", return_value=1.0),
        "without one part alone": mock.patch("search.concepts.partly", return_value=[]),
        "without words of one family": mock.patch("search.alternatives.relatives", return_value=()),
        "with words that only ask": mock.patch("search.dutch.question_words", return_value=frozenset()),
    }


@contextmanager
def _without_parts() -> Iterator[None]:
    dutch._read.cache_clear()
    with mock.patch("search.dutch.split", return_value=()):
        yield
    dutch._read.cache_clear()
