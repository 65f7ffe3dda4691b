"""The text of attachments, read by the worker, so that what stands in a document is found too."""

from __future__ import annotations

from django.db.models import F, Q
from django.utils.translation import gettext as _
from wagtail.documents import get_document_model
from wagtail.documents.models import AbstractDocument

from exchange.contributions.documents import UnreadableError, read_document
from exchange.contributions.models import Contribution, DocumentText

from .projection import mark_dirty

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
        text, problem = _read(document)
        # Also of what could not be read: else it would be tried for ever.
        defaults = {"file_hash": document.file_hash, "text": text, "problem": problem}
        DocumentText.objects.update_or_create(document=document, defaults=defaults)
        using = Contribution.objects.filter(attachments__document=document)
        mark_dirty(using.values_list("pk", flat=True))
        number += 1
    return number


def _read(document: AbstractDocument) -> tuple[str, str]:
    """The text of one document, and in words for its author what nobody can search of it; empty: all was read."""
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
