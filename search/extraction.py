"""The text of attachments, read by the worker, so that what stands in a document is found too."""

from __future__ import annotations

from django.db.models import F, Q
from wagtail.documents import get_document_model

from exchange.contributions.attached import DocumentText
from exchange.contributions.models import Contribution

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
        DocumentText.read(document)
        using = Contribution.objects.filter(attachments__document=document)
        mark_dirty(using.values_list("pk", flat=True))
        number += 1
    return number
