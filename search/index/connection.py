"""Reaching Elasticsearch: one lazy client for each process, short timeouts, and a breaker for when it is away."""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache

from django.conf import settings
from elasticsearch import ApiError, Elasticsearch, OrjsonSerializer, TransportError

logger = logging.getLogger(__name__)

# How long a reader may wait for Elasticsearch before the embedded engine answers, in seconds.
SEARCH_TIMEOUT = 2.0
# How long bulk requests of the worker may take, in seconds.
BULK_TIMEOUT = 60.0
# How long nobody tries again after a failure, in seconds.
COOL_DOWN = 10.0


class UnavailableError(Exception):
    """Elasticsearch is away, slow, full, or has no index of ours. Whoever gets this answers without it."""


class Breaker:
    """After a failure nobody waits for Elasticsearch for a while: one slow answer must not become thousands."""

    def __init__(self, *, cool_down: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._cool_down = cool_down
        self._clock = clock
        self._lock = threading.Lock()
        self._open_until = 0.0

    @property
    def is_open(self) -> bool:
        """Must Elasticsearch be left alone now?"""
        return self._clock() < self._open_until

    def failed(self) -> None:
        with self._lock:
            self._open_until = self._clock() + self._cool_down

    def succeeded(self) -> None:
        with self._lock:
            self._open_until = 0.0


breaker = Breaker(cool_down=COOL_DOWN)


def is_configured() -> bool:
    """Does this installation have an Elasticsearch?"""
    return bool(settings.ELASTICSEARCH_URL)


def client(*, timeout: float) -> Elasticsearch:
    """The client of this process, made at its first use: nothing at import, nothing shared over a fork."""
    return _client(settings.ELASTICSEARCH_URL, settings.ELASTICSEARCH_API_KEY, os.getpid()).options(
        request_timeout=timeout
    )


@cache
def _client(url: str, api_key: str, process: int) -> Elasticsearch:
    # Who asks decides whether to try again: a reader does not wait, the worker comes back by itself.
    return Elasticsearch(
        url, api_key=api_key or None, max_retries=0, retry_on_timeout=False, serializer=OrjsonSerializer()
    )


@contextmanager
def guarded() -> Iterator[None]:
    """Turn every failure of Elasticsearch into `UnavailableError`, and tell the breaker.

    Raises:
        UnavailableError: the breaker is open, or the server failed to answer.
    """
    if breaker.is_open:
        raise UnavailableError("Elasticsearch failed a moment ago.")
    try:
        yield
    except (ApiError, TransportError) as error:
        breaker.failed()
        logger.warning("Elasticsearch: %s", error)
        raise UnavailableError(str(error)) from error
    breaker.succeeded()
