"""A virus scanner looks at what comes in, where there is one: ClamAV's `clamd`, asked over its own protocol.

A file goes along as a stream (`INSTREAM`), so the scanner needs no disk in common with us. The library for it had its
last version in 2014; the protocol is forty lines.
"""

from __future__ import annotations

import logging
import socket
import struct
from collections.abc import Iterable
from urllib.parse import urlsplit

from django.conf import settings

logger = logging.getLogger(__name__)

# In seconds, for each step.
PATIENCE = 30
LARGEST_ANSWER = 4096
PORT = 3310
_FOUND = " FOUND"


class ScannerAwayError(Exception):
    """The scanner does not answer, or not with what it found."""


def scan(chunks: Iterable[bytes]) -> str:
    """What the scanner calls what it found in a file; empty: nothing, or there is no scanner.

    Raises:
        ScannerAwayError: there is one, and it does not say.
    """
    if not settings.CLAMD_ADDRESS:
        return ""
    try:
        with _connected(settings.CLAMD_ADDRESS) as line:
            answer = _ask(line, chunks)
    except (OSError, ValueError) as error:
        logger.exception("The virus scanner is away: %s", settings.CLAMD_ADDRESS)
        raise ScannerAwayError from error
    said = answer.rpartition(":")[2]
    if said.endswith(_FOUND):
        return said.removesuffix(_FOUND).strip()
    if said.strip() != "OK":
        logger.error("The virus scanner could not look at a file: %s", answer)
        raise ScannerAwayError
    return ""


def _connected(address: str) -> socket.socket:
    """A connection to `tcp://host:3310` or `unix:///run/clamav/clamd.ctl`.

    Raises:
        OSError: nobody is there.
        ValueError: this is no address.
    """
    where = urlsplit(address)
    if where.scheme == "unix":
        line = socket.socket(socket.AF_UNIX)
        line.settimeout(PATIENCE)
        try:
            line.connect(where.path)
        except OSError:
            line.close()
            raise
        return line
    if where.scheme != "tcp" or not where.hostname:
        raise ValueError(address)
    return socket.create_connection((where.hostname, where.port or PORT), timeout=PATIENCE)


def _ask(line: socket.socket, chunks: Iterable[bytes]) -> str:
    line.sendall(b"zINSTREAM\0")
    try:
        for chunk in chunks:
            line.sendall(struct.pack(">I", len(chunk)) + chunk if chunk else b"")
        line.sendall(struct.pack(">I", 0))
    except (BrokenPipeError, ConnectionResetError):
        # It says why it hung up: such as a file that is larger than it takes.
        logger.warning("The virus scanner hung up")
    answer = b""
    while len(answer) < LARGEST_ANSWER and not answer.endswith(b"\0") and (more := line.recv(LARGEST_ANSWER)):
        answer += more
    return answer.decode(errors="replace").strip("\0\n ")
