"""Files are there whole or not at all: a disk that is full half-way leaves nothing behind."""

from __future__ import annotations

import errno
import os
import secrets
from pathlib import Path, PurePosixPath
from typing import Any

from django.core.files.storage import FileSystemStorage
from django.db import DatabaseError

# The disk is full, or what somebody may use of it.
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
# The same from PostgreSQL (its state 53100) and SQLite.
_FULL_STATE, _FULL_WORDS = "53100", "disk is full"


def is_full_disk(error: BaseException | None) -> bool:
    """Does an error, or one that it came from, say that there is no room?"""
    while error is not None:
        if isinstance(error, OSError) and error.errno in _FULL:
            return True
        if getattr(error, "sqlstate", None) == _FULL_STATE:
            return True
        if isinstance(error, DatabaseError) and _FULL_WORDS in str(error):
            return True
        error = error.__cause__ or error.__context__
    return False


class WholeFileStorage(FileSystemStorage):
    """Writes a file under a name that nobody looks for, and gives it its own when all of it is there."""

    def _save(self, name: str, content: Any) -> str:
        waiting = str(PurePosixPath(name).with_name(f".{secrets.token_hex(16)}.part"))
        try:
            self._write(waiting, content)
            return self._named(name, Path(self.path(waiting)))
        finally:
            Path(self.path(waiting)).unlink(missing_ok=True)

    def replace(self, name: str, content: Any) -> None:
        """Put another file in the place of one, in one step: who reads it has the old one or the new one."""
        waiting = str(PurePosixPath(name).with_name(f".{secrets.token_hex(16)}.part"))
        try:
            self._write(waiting, content)
            Path(self.path(waiting)).replace(self.path(name))
        finally:
            Path(self.path(waiting)).unlink(missing_ok=True)

    def _write(self, name: str, content: Any) -> None:
        parent: Any = super()
        parent._save(name, content)

    def _named(self, name: str, waiting: Path) -> str:
        """Give the file its name, or the next one that is free: two at once may want the same."""
        while True:
            try:
                os.close(os.open(self.path(name), os.O_CREAT | os.O_EXCL))
            except FileExistsError:
                name = self.get_available_name(name)
            else:
                waiting.replace(self.path(name))
                return str(PurePosixPath(name))
