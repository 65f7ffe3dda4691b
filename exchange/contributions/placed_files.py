"""Which files readers get: those of placed pages. What readers get changes only after somebody read along."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from wagtail.documents.models import Document

from .attached import Attachment
from .models import Contribution


def of_no_placed_page(files: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
    """Those of these documents or images that no placed page shows."""
    if issubclass(files.model, Document):
        placed = Attachment.objects.filter(contribution__live=True).values("document")
    else:
        placed = Contribution.objects.filter(live=True).exclude(image=None).values("image")
    return files.exclude(pk__in=placed)
