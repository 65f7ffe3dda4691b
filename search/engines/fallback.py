"""One engine that answers while another is away."""

from __future__ import annotations

from dataclasses import dataclass, replace

from search.index.connection import UnavailableError
from search.results import Results

from .elastic import ElasticEngine
from .embedded import EmbeddedEngine
from .question import Question


@dataclass(frozen=True)
class FallbackEngine:
    """Elasticsearch; while it is away, the database, and the answer says so."""

    first: ElasticEngine
    second: EmbeddedEngine

    @property
    def name(self) -> str:
        return self.first.name

    def answer(self, question: Question) -> Results:
        """Answer with the first engine, or with the second and `degraded` set."""
        try:
            return self.first.answer(question)
        except UnavailableError:
            return replace(self.second.answer(question), degraded=True)
