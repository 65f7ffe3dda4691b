"""Asking one engine or the other: whatever holds for search holds for both."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from elasticsearch import Elasticsearch
from pytest_django import Settings

from search.index.rebuild import rebuild
from search.meaning import choosing, matrix, nearest, themes

from .encoders import EncoderServer, encoder_server

Ask = Callable[..., dict[str, Any]]


@pytest.fixture(params=["embedded", "elasticsearch"])
def engine_name(request: pytest.FixtureRequest, db: None) -> str:
    """The engine that answers in this test; where it is Elasticsearch, there is one."""
    name: str = request.param
    if name == "elasticsearch":
        request.getfixturevalue("elasticsearch")
    return name


@pytest.fixture
def build(request: pytest.FixtureRequest, engine_name: str) -> Callable[[], None]:
    """Fill the index with what is there now, where the engine has one."""

    def fill() -> None:
        if engine_name == "elasticsearch":
            client: Elasticsearch = request.getfixturevalue("elasticsearch")
            rebuild(client)

    return fill


@pytest.fixture
def ask(engine_name: str, build: Callable[[], None]) -> Ask:
    """Ask the API as a visitor; the index is built at the first question."""
    is_built = False

    def search(**parameters: Any) -> dict[str, Any]:
        nonlocal is_built
        if not is_built:
            build()
            is_built = True
        response = Client().get("/api/v1/search", {"page_size": 100} | parameters)
        assert response.status_code == 200, response.content
        answer: dict[str, Any] = response.json()
        assert (answer["engine"], answer["degraded"]) == (engine_name, False)
        return answer

    return search


@pytest.fixture
def encoder(settings: Settings) -> Iterator[EncoderServer]:
    """Meaning is on, with a small encoder at an address."""
    with encoder_server() as server:
        settings.MEANING = True
        settings.EMBEDDINGS_URL = server.address
        settings.EMBEDDINGS_MODEL = "fake"
        settings.EMBEDDINGS_STYLE = "plain"
        forget_vectors()
        yield server
        forget_vectors()


def forget_vectors() -> None:
    """What a process keeps: the next test has another database and another encoder."""
    for one in (nearest, matrix, choosing, themes):
        one.forget()
