"""The engines behind search, and which one answers. No engine's own types leave its file."""

from __future__ import annotations

from typing import Protocol

from exchange.accounts.viewer import Viewer
from search.request import SearchRequest
from search.results import Results
from search.vocabulary import Vocabulary

from .embedded import EmbeddedEngine


class Engine(Protocol):
    """What every engine can do."""

    name: str

    def search(self, request: SearchRequest, *, viewer: Viewer, vocabulary: Vocabulary) -> Results:
        """Answer a question for one reader. What the reader may not see shows nowhere, not in a count either."""
        ...


def engine() -> Engine:
    """The engine that answers."""
    return EmbeddedEngine()
