"""A small encoder at a real address: texts about the same subject lie close together. It can be made to fail."""

from __future__ import annotations

import contextlib
import hashlib
import json
import math
import re
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

# Words about one subject, none of which has anything in common with the others but that.
SUBJECTS = (
    ("vervoer", "auto", "rijbewijs", "wagen", "chauffeur", "dorpstaxi", "ritten", "buurtauto"),
    ("eten", "koken", "maaltijd", "soep", "keuken", "aanschuiven"),
    ("tuin", "planten", "moestuin", "zaaien", "groente"),
    ("muziek", "koor", "zingen", "lied", "piano"),
)
DIMENSIONS = 48


def vector(text: str) -> list[float]:
    """Each subject is an axis; every other word a weak direction of its own."""
    numbers = [0.0] * DIMENSIONS
    for word in re.findall(r"\w+", text.lower()):
        for axis, subject in enumerate(SUBJECTS):
            numbers[axis] += 4.0 if word in subject else 0.0
        for at, byte in enumerate(hashlib.sha256(word.encode()).digest()):
            numbers[len(SUBJECTS) + at] += (byte - 127.5) / 800
    length = math.hypot(*numbers) or 1.0
    return [number / length for number in numbers] if any(numbers) else [1.0, *numbers[1:]]


class EncoderServer:
    """What it does is what its attributes say."""

    def __init__(self) -> None:
        self.model = "fake"
        self.asked: list[dict[str, Any]] = []
        self.status = 200
        self.delay = 0.0
        # Sent instead of an answer, where there is one.
        self.instead: bytes | None = None
        # How long its vectors are, and a word that it refuses.
        self.dimensions = DIMENSIONS
        self.refuses = ""
        # After so many requests it is gone.
        self.dies_after: int | None = None
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self.address = f"http://127.0.0.1:{self._server.server_port}"

    def serve(self) -> None:
        self._server.serve_forever(poll_interval=0.05)

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def texts(self) -> list[str]:
        """Everything it was asked for."""
        return [text for body in self.asked for text in body["input"]]

    def answer(self, body: dict[str, Any]) -> tuple[int, bytes]:
        self.asked.append(body)
        time.sleep(self.delay)
        if self.dies_after is not None and len(self.asked) > self.dies_after:
            return 503, b""
        if self.refuses and any(self.refuses in text for text in body["input"]):
            return 413, b"{}"
        if self.status != 200 or self.instead is not None:
            return self.status, self.instead or b""
        rows = [
            {"index": index, "embedding": (vector(text) * 4)[: self.dimensions]}
            for index, text in enumerate(body["input"])
        ]
        return 200, json.dumps({"data": rows[::-1], "model": self.model}).encode()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        encoder = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                body |= {"path": self.path, "key": self.headers.get("Authorization", "")}
                status, content = encoder.answer(body)
                # Who asks may have gone.
                with contextlib.suppress(OSError):
                    self.send_response(status)
                    self.send_header("Content-Length", str(len(content)))
                    self.end_headers()
                    self.wfile.write(content)

            def log_message(self, format: str, *args: object) -> None:
                """Nothing: a test says what it asked."""

        return Handler


@contextlib.contextmanager
def encoder_server() -> Iterator[EncoderServer]:
    server = EncoderServer()
    thread = threading.Thread(target=server.serve, daemon=True)
    thread.start()
    yield server
    server.stop()
    thread.join(timeout=5)
