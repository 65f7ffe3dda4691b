"""One engine that answers while another is away."""

from __future__ import annotations

from dataclasses import dataclass, replace

from exchange.accounts.viewer import Viewer
from search.index.connection import UnavailableError
from search.request import SearchRequest
from search.results import Results
from search.vocabulary import Vocabulary

from .elastic import ElasticEngine
from .embedded import EmbeddedEngine


@dataclass(frozen=True)
class FallbackEngine:
    """Elasticsearch; while it is away, the database, and the answer says so."""

    first: ElasticEngine
    second: EmbeddedEngine

    @property
    def name(self) -> str:
        return self.first.name

    def search(self, request: SearchRequest, *, viewer: Viewer, vocabulary: Vocabulary) -> Results:
        """Answer with the first engine, or with the second and `degraded` set."""
        try:
            return self.first.search(request, viewer=viewer, vocabulary=vocabulary)
        except UnavailableError:
            return replace(self.second.search(request, viewer=viewer, vocabulary=vocabulary), degraded=True)
