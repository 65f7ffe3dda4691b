"""A wire to a server that can be cut, or go silent: so that a real server can be away in the middle of a test."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator
from enum import Enum, auto
from urllib.parse import urlsplit


class State(Enum):
    WORKS = auto()
    CUT = auto()
    SILENT = auto()
    # It answers that it has too much to do.
    BUSY = auto()


_TOO_MANY = (
    b"HTTP/1.1 429 Too Many Requests\r\nX-Elastic-Product: Elasticsearch\r\nContent-Type: application/json\r\n"
    b"Content-Length: 14\r\nConnection: close\r\n\r\n"
    b'{"status":429}'
)


class Wire:
    """Passes on what comes in at `address`, while its state is WORKS."""

    def __init__(self, target: str) -> None:
        parts = urlsplit(target)
        self._target = (parts.hostname or "127.0.0.1", parts.port or 9200)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._open: list[socket.socket] = []
        self.address = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self.state = State.WORKS
        self.connections = 0

    def turn(self, state: State) -> None:
        """Cut it, silence it or mend it; what was open is closed."""
        self.state = state
        while self._open:
            _close(self._open.pop())

    def serve(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                near, _ = self._listener.accept()
                self.connections += 1
                self._open.append(near)
                if self.state is State.CUT:
                    _close(near)
                elif self.state is State.BUSY:
                    near.recv(65536)
                    near.sendall(_TOO_MANY)
                    _close(near)
                elif self.state is State.WORKS:
                    try:
                        far = socket.create_connection(self._target)
                    except OSError:
                        _close(near)
                        continue
                    self._open.append(far)
                    for source, sink in ((near, far), (far, near)):
                        threading.Thread(target=_pass_on, args=(source, sink), daemon=True).start()

    def close(self) -> None:
        # Shutting down wakes the thread that waits for a connection.
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self.turn(State.CUT)


def _pass_on(source: socket.socket, sink: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while data := source.recv(65536):
            sink.sendall(data)
    _close(source)
    _close(sink)


def _close(one: socket.socket) -> None:
    with contextlib.suppress(OSError):
        one.shutdown(socket.SHUT_RDWR)
    one.close()


@contextlib.contextmanager
def wire_to(target: str) -> Iterator[Wire]:
    wire = Wire(target)
    thread = threading.Thread(target=wire.serve, daemon=True)
    thread.start()
    yield wire
    wire.close()
    thread.join(timeout=5)
