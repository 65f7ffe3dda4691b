"""The text of one document: read by the worker, or sooner where somebody offers what it belongs to."""

from __future__ import annotations

from django.utils.translation import gettext as _
from wagtail.documents.models import AbstractDocument

from .documents import UnreadableError, read_document


def text_of(document: AbstractDocument) -> tuple[str, str]:
    """The text of a document, and in words for its author what nobody can search of it; empty: all was read.

    It starts a process of its own that may take half a minute: never call this inside a transaction.
    """
    try:
        with document.file.open("rb") as file:
            content = file.read()
        document.get_file_hash()
    except OSError:
        return "", _("Het bestand is er niet meer. Plaats het opnieuw.")
    try:
        read = read_document(content, document.file_extension.lower())
    except UnreadableError as error:
        return "", str(error)
    if not read.lines:
        return "", _("Er staat geen tekst in: waarschijnlijk is het een scan. Niemand kan erin zoeken.")
    return read.text, read.cut or read.note
