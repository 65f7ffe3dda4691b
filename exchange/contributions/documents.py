"""The text of a document: read in a process of its own with limits on size, time and memory.

A document is somebody else's data: it may be broken, encrypted, huge or a trap. Whatever it does, it does to that
process; the contribution stays as it is, and its writer is told why the document cannot be read, or how far it was.
"""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from exchange.clean_text import clean_text
from exchange.tables.encodings import BROKEN, NotTextError, UnknownEncodingError, decode

from .reader.limits import CHARACTERS, PAGES, PARAGRAPHS

# What is text as it stands, and what can be read.
PLAIN = frozenset({"txt", "csv"})
READABLE = frozenset({"pdf", "docx", "odt"}) | PLAIN
# In bytes and seconds; the characters of a text that is kept or made into a card.
LARGEST = 30 * 1024 * 1024
PATIENCE = 20
LONGEST = CHARACTERS
READER = Path(__file__).parent / "reader" / "__main__.py"


class UnreadableError(Exception):
    """A document that cannot be read; says why, in words for its author."""


@dataclass(frozen=True)
class Line:
    """A line or paragraph of a document; an item of a list begins with a dash or its number."""

    text: str
    is_heading: bool = False
    is_title: bool = False


@dataclass(frozen=True)
class DocumentLines:
    """What was read of a document.

    Attributes:
        cut: which limit was met, in words for its author; empty where all was read.
        note: what else its author should know.
    """

    lines: tuple[Line, ...]
    cut: str = ""
    note: str = ""

    @property
    def text(self) -> str:
        """Its plain text, no longer than is worth keeping."""
        return "\n".join(line.text for line in self.lines)[:LONGEST]


def read_document(content: bytes, extension: str) -> DocumentLines:
    """Read the content of a document in a process of its own, as far as its limits go.

    Args:
        extension: one of `READABLE`.

    Raises:
        UnreadableError: it is of another kind, too large, locked, broken, or takes too long.
    """
    if extension not in READABLE:
        raise UnreadableError(_("Alleen tekst in PDF, DOCX, ODT, TXT en CSV kunnen we lezen."))
    if len(content) > LARGEST:
        raise UnreadableError(_("Het bestand is te groot om te lezen: hoogstens 30 MB."))
    if extension in PLAIN:
        return _read_plain(content)
    answer = _ask_reader(content, extension)
    if problem := answer.get("problem"):
        raise UnreadableError(_problem(problem))
    lines = [
        Line(clean_text(text).strip(), is_heading=level is not None, is_title=level == 0)
        for text, level in answer["lines"]
    ]
    met = answer["met"]
    is_whole = not met or met == "pictures"
    left_out = [*answer["unread"], *(["pictures"] if met == "pictures" else [])]
    note = " ".join(_left_out(code) for code in left_out) if is_whole else ""
    return DocumentLines(tuple(line for line in lines if line.text), cut="" if is_whole else _cut(met), note=note)


def _read_plain(content: bytes) -> DocumentLines:
    """A file of text: each line as it stands. Bytes that no encoding explains are left out."""
    try:
        text = BROKEN.sub("", decode(content).text)
    except (NotTextError, UnknownEncodingError) as error:
        raise UnreadableError(_problem("broken")) from error
    lines = [clean_text(line).strip() for line in text[:LONGEST].splitlines()]
    cut = "characters" if len(text) > LONGEST else "paragraphs" if len(lines) > PARAGRAPHS else ""
    return DocumentLines(tuple(Line(line) for line in lines[:PARAGRAPHS] if line), cut=_cut(cut))


def _ask_reader(content: bytes, extension: str) -> dict[str, Any]:
    """What the process that reads says; its end is an answer too."""
    try:
        done = subprocess.run(
            [sys.executable, "-I", str(READER), extension],
            input=content,
            capture_output=True,
            timeout=PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return {"problem": "time"}
    if done.returncode in {-signal.SIGXCPU, -signal.SIGKILL}:
        return {"problem": "time"}
    if done.returncode:
        # What reads a PDF ends at once where it gets no memory.
        return {"problem": "memory" if done.returncode < 0 else "broken"}
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def _problem(code: str) -> str:
    """Why nothing can be told of a document."""
    problems = {
        "encrypted": _("Het bestand heeft een wachtwoord. Plaats het zonder."),
        "unpacked": _("Het bestand wordt bij het uitpakken te groot. Maak er kleinere bestanden van."),
        "memory": _("Het bestand vraagt te veel om te lezen. Maak het opnieuw, of maak er kleinere bestanden van."),
        "time": _("Het lezen van dit bestand duurde te lang. Maak er kleinere bestanden van."),
        "xfa": _(
            "Dit formulier kan alleen Adobe Acrobat tonen. Druk het daar af naar een nieuwe PDF, of plak de tekst."
        ),
        "broken": _("Het bestand is kapot of geen echt document. Maak het opnieuw en plaats het weer."),
    }
    return problems[code]


def _left_out(code: str) -> str:
    """What is in a document and cannot be told."""
    return {
        "pictures": _("Een deel van de bladzijden is een plaatje. De tekst daarop lezen we niet."),
        "hidden": _("Er staat verborgen tekst in. Die lezen we niet: haal hem weg, of maak hem zichtbaar."),
        "inside": _("Er zit een ander document in. Dat lezen we niet: plak de tekst erin."),
    }[code]


def _cut(code: str) -> str:
    """Which limit was met; empty for none."""
    limits = {
        "paragraphs": _("Er staan meer dan %(most)s alinea's in dit bestand; verder lezen we niet."),
        "characters": _("Er staan meer dan %(most)s tekens in dit bestand; verder lezen we niet."),
        "pages": _("Dit bestand heeft meer dan %(most)s bladzijden; verder lezen we niet."),
        "complex": _("De opmaak van dit bestand is te ingewikkeld; verder lezen we niet."),
    }
    most = {"paragraphs": PARAGRAPHS, "characters": CHARACTERS, "pages": PAGES}
    return limits[code] % {"most": f"{most.get(code, 0):,}".replace(",", ".")} if code else ""
