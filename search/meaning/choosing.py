"""Which encoder there is: the one at `EMBEDDINGS_URL`, else the one in the process where it is installed, else none."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings

from search.index.connection import Breaker

from . import by_address, in_process
from .encoder import Encoder, EncoderError, RefusedError

logger = logging.getLogger(__name__)

# How long nobody asks an encoder that failed, in seconds: a slow one must not slow every question.
COOL_DOWN = 30.0


def configured() -> Encoder | None:
    """The encoder that vectors are made with; None where there is none, or meaning is switched off."""
    if not settings.MEANING:
        return None
    if settings.EMBEDDINGS_URL:
        return by_address.AddressEncoder(
            settings.EMBEDDINGS_URL,
            settings.EMBEDDINGS_MODEL,
            key=settings.EMBEDDINGS_KEY,
            style=settings.EMBEDDINGS_STYLE,
        )
    return in_process.ProcessEncoder() if in_process.is_installed() else None


def named(name: str) -> Encoder | None:
    """The encoder by which vectors of that name can be asked: the one that is set, or the one that was before."""
    now = configured()
    if now is None or now.name == name:
        return now
    if name.startswith(in_process.PACKAGE):
        before = in_process.ProcessEncoder()
        return before if in_process.is_installed() and before.name == name else None
    url = settings.EMBEDDINGS_URL
    return by_address.named(name, url, key=settings.EMBEDDINGS_KEY) if url else None


class Guard:
    """Leaves an encoder alone for a while after it failed, and says so once, until it answers again."""

    def __init__(self, breaker: Breaker) -> None:
        self._breaker = breaker
        self._lock = threading.Lock()
        self._said = ""

    @contextmanager
    def asking(self) -> Iterator[None]:
        """Ask an encoder inside this.

        Raises:
            EncoderError: it fails, or failed a moment ago.
        """
        if self._breaker.is_open:
            raise EncoderError("The encoder failed a moment ago.")
        try:
            yield
        except RefusedError:
            raise
        except EncoderError as error:
            self._breaker.failed()
            self._say(str(error))
            raise
        self._breaker.succeeded()
        self._say("")

    def reset(self) -> None:
        """As if nothing had happened."""
        self._breaker.succeeded()
        self._said = ""

    def _say(self, failure: str) -> None:
        with self._lock:
            before, self._said = self._said, failure
        if failure and not before:
            logger.warning("%s Search goes on with words alone.", failure)
        elif before and not failure:
            logger.info("The encoder answers again.")


# Apart, because the worker asks for much at once and a reader does not wait for that, and because a model that goes
# may be away already.
questions = Guard(Breaker(cool_down=COOL_DOWN))
passages = Guard(Breaker(cool_down=COOL_DOWN))
former = Guard(Breaker(cool_down=COOL_DOWN))


def forget() -> None:
    """Ask every encoder again: another one may be set."""
    for guard in (questions, passages, former):
        guard.reset()
