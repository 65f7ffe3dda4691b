"""The text of attachments: read by the worker, in a process of its own with limits on size, time and memory.

A document is somebody else's data: it may be broken, encrypted, huge or a trap. Whatever it does, it does to that
process; the contribution stays as it is, and its writers see in the admin why a document cannot be searched.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from django.db.models import F, Q
from django.utils.translation import gettext as _
from wagtail.documents import get_document_model
from wagtail.documents.models import AbstractDocument

from exchange.contributions.models import Contribution, DocumentText

from .projection import mark_dirty

# In bytes, seconds and characters.
LARGEST = 30 * 1024 * 1024
PATIENCE = 30
LONGEST = 200_000
READER = Path(__file__).parent / "document_reader.py"
AT_ONCE = 20


def extract_pending() -> int:
    """Read the documents that belong to contributions and were not read yet, or changed since.

    Returns:
        How many were read, or tried.
    """
    documents = get_document_model().objects.filter(attachments__isnull=False)
    stale = documents.filter(Q(text=None) | ~Q(text__file_hash=F("file_hash"))).distinct()[:AT_ONCE]
    number = 0
    for document in stale:
        text, problem = read(document)
        # Also of what could not be read: else it would be tried for ever.
        defaults = {"file_hash": document.file_hash, "text": text, "problem": problem}
        DocumentText.objects.update_or_create(document=document, defaults=defaults)
        using = Contribution.objects.filter(attachments__document=document)
        mark_dirty(using.values_list("pk", flat=True))
        number += 1
    return number


def read(document: AbstractDocument) -> tuple[str, str]:
    """The text of one document.

    Returns:
        The text and no problem, or no text and the problem in words for its author.
    """
    if document.file_extension.lower() not in {"pdf", "docx", "odt"}:
        return "", _("Alleen tekst in PDF, DOCX en ODT is te doorzoeken.")
    try:
        with document.file.open("rb") as file:
            if document.file.size > LARGEST:
                return "", _("Het bestand is te groot om te doorzoeken: hoogstens 30 MB.")
            content = file.read()
        document.get_file_hash()
    except OSError:
        return "", _("Het bestand is er niet meer. Plaats het opnieuw.")
    return run_reader(content, document.file_extension.lower())


def run_reader(content: bytes, extension: str) -> tuple[str, str]:
    """Read the content of a document in a process of its own."""
    try:
        done = subprocess.run(
            [sys.executable, "-I", str(READER), extension],
            input=content,
            capture_output=True,
            timeout=PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return "", _("Het lezen van dit bestand duurde te lang.")
    if done.returncode == 0:
        return done.stdout.decode("utf-8", "replace").replace("\x00", "")[:LONGEST], ""
    if b"encrypted" in done.stderr:
        return "", _("Het bestand heeft een wachtwoord. Plaats het zonder.")
    return "", _("Het bestand is kapot of geen echt document. Maak het opnieuw en plaats het weer.")
