"""The text of one document: read by the worker, or sooner where somebody offers what it belongs to."""

from __future__ import annotations

from django.utils.translation import gettext as _
from wagtail.documents.models import AbstractDocument

from .documents import UnreadableError, read_lines, text_of


def read_document(document: AbstractDocument) -> tuple[str, str]:
    """The text of a document and no problem, or no text and the problem in words for its author.

    It starts a process of its own that may take half a minute: never call this inside a transaction.
    """
    try:
        with document.file.open("rb") as file:
            content = file.read()
        document.get_file_hash()
    except OSError:
        return "", _("Het bestand is er niet meer. Plaats het opnieuw.")
    try:
        return text_of(read_lines(content, document.file_extension.lower())), ""
    except UnreadableError as error:
        return "", str(error)
