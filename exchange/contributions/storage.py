"""Files are there whole or not at all: a disk that is full half-way leaves nothing behind."""

from __future__ import annotations

import os
import secrets
from pathlib import Path, PurePosixPath
from typing import Any

from django.core.files.storage import FileSystemStorage


class WholeFileStorage(FileSystemStorage):
    """Writes a file under a name that nobody looks for, and gives it its own when all of it is there."""

    def _save(self, name: str, content: Any) -> str:
        waiting = str(PurePosixPath(name).with_name(f".{secrets.token_hex(16)}.part"))
        try:
            self._write(waiting, content)
            return self._named(name, Path(self.path(waiting)))
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
