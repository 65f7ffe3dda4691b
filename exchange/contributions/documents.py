"""The text of a document: read in a process of its own with limits on size, time and memory.

A document is somebody else's data: it may be broken, encrypted, huge or a trap. Whatever it does, it does to that
process; the contribution stays as it is, and its writer is told why the document cannot be read.
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

# What can be read.
READABLE = frozenset({"pdf", "docx", "odt"})
# In bytes, seconds and characters.
LARGEST = 30 * 1024 * 1024
PATIENCE = 30
LONGEST = 200_000
READER = Path(__file__).parent / "document_reader.py"


class UnreadableError(Exception):
    """A document that cannot be read; says why, in words for its author."""


@dataclass(frozen=True)
class Line:
    """A line or paragraph of a document."""

    text: str
    is_heading: bool = False


def read_lines(content: bytes, extension: str) -> list[Line]:
    """Read the content of a document in a process of its own.

    Args:
        extension: `pdf`, `docx` or `odt`.

    Raises:
        UnreadableError: it is of another kind, too large, locked, broken, or takes too long.
    """
    if extension not in READABLE:
        raise UnreadableError(_("Alleen tekst in PDF, DOCX en ODT kunnen we lezen."))
    if len(content) > LARGEST:
        raise UnreadableError(_("Het bestand is te groot om te lezen: hoogstens 30 MB."))
    try:
        done = subprocess.run(
            [sys.executable, "-I", str(READER), extension],
            input=content,
            capture_output=True,
            timeout=PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise UnreadableError(_("Het lezen van dit bestand duurde te lang.")) from error
    if b"encrypted" in done.stderr and done.returncode:
        raise UnreadableError(_("Het bestand heeft een wachtwoord. Plaats het zonder."))
    if done.returncode:
        raise UnreadableError(_("Het bestand is kapot of geen echt document. Maak het opnieuw en plaats het weer."))
    return [Line(text.replace("\x00", ""), is_heading) for text, is_heading in json.loads(done.stdout)]


def text_of(lines: list[Line]) -> str:
    """The plain text of a document, no longer than is worth keeping."""
    return "\n".join(line.text for line in lines)[:LONGEST]
