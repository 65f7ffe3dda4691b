"""The parts of a zipped document, and the same document with some of them written anew."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass

from .reasons import LARGEST_PART, Reason, RefusedError


@dataclass(frozen=True)
class Parts:
    """A document that is open. `names`: of its parts, in their order."""

    packed: zipfile.ZipFile

    @property
    def names(self) -> list[str]:
        return self.packed.namelist()

    def read(self, name: str) -> bytes:
        """One part.

        Raises:
            RefusedError: it is too large to look through.
        """
        if self.packed.getinfo(name).file_size > LARGEST_PART:
            raise RefusedError(Reason.BROKEN)
        return self.packed.read(name)


def opened(content: bytes) -> Parts:
    """Open a document.

    Raises:
        RefusedError: it is no zip, has a password, or two parts of one name: what is read twice may differ.
    """
    try:
        packed = zipfile.ZipFile(io.BytesIO(content))
    except zipfile.BadZipFile as error:
        raise RefusedError(Reason.BROKEN) from error
    if any(one.flag_bits & 0x1 for one in packed.infolist()):
        raise RefusedError(Reason.LOCKED)
    names = [name.lower() for name in packed.namelist()]
    if len(names) != len(set(names)):
        raise RefusedError(Reason.BROKEN)
    return Parts(packed)


def rewritten(parts: Parts, changed: Mapping[str, bytes]) -> bytes:
    """The document with these parts in the place of the ones it has; the others as they are packed, in their order."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for one in parts.packed.infolist():
            content = changed[one.filename] if one.filename in changed else parts.packed.read(one.filename)
            made.writestr(_like(one), content, compress_type=one.compress_type)
    return out.getvalue()


def _like(one: zipfile.ZipInfo) -> zipfile.ZipInfo:
    # Without when it was packed, and by which system: only its name.
    return zipfile.ZipInfo(one.filename)
