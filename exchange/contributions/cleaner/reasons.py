"""Why a document is refused: the number with which the process ends, and what may be asked of a reader at most."""

from __future__ import annotations

from enum import IntEnum

# In bytes and seconds of the process that looks.
MEMORY = 1024 * 1024 * 1024
SECONDS = 30
# Of one part of a document with XML in it, in bytes unpacked.
LARGEST_PART = 64 * 1024 * 1024


class Reason(IntEnum):
    """Numbers that Python itself does not end with."""

    BROKEN = 10
    LOCKED = 11
    MACROS = 12
    OBJECTS = 13
    OUTSIDE = 14
    FIELDS = 15
    SCRIPTS = 16
    STARTS = 17
    FILES = 18


class RefusedError(Exception):
    """The document is not kept."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.name)
        self.reason = reason
