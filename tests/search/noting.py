"""Every request that is sent to Elasticsearch, to look at or to send again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest import mock

from elasticsearch.dsl import Search


@contextmanager
def noted() -> Iterator[list[dict[str, Any]]]:
    """Note the bodies of the searches that are sent inside."""
    bodies: list[dict[str, Any]] = []
    execute = Search.execute

    def note(search: Search[Any]) -> Any:
        bodies.append(search.to_dict())
        return execute(search)

    with mock.patch.object(Search, "execute", note):
        yield bodies
