"""The engines behind search, and which one answers. No engine's own types leave its file."""

from __future__ import annotations

from typing import Protocol

from search.index.connection import is_configured
from search.results import Results

from .elastic import ElasticEngine
from .embedded import EmbeddedEngine
from .fallback import FallbackEngine
from .question import Question


class Engine(Protocol):
    """What every engine can do."""

    @property
    def name(self) -> str: ...

    def answer(self, question: Question) -> Results:
        """Answer a question for one reader. What the reader may not see shows nowhere, not in a count either."""
        ...


def engine() -> Engine:
    """The engine that answers: Elasticsearch where there is one, with the database to fall back on."""
    embedded = EmbeddedEngine()
    return FallbackEngine(first=ElasticEngine(), second=embedded) if is_configured() else embedded
