"""The documents that belong to a contribution, and what stands in them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel
from wagtail.documents.models import AbstractDocument
from wagtail.models import Orderable

from .document_texts import text_of
from .privacy import Finding


class DocumentText(models.Model):
    """What stands in a document that belongs to a contribution, as plain text; or why not all could be read."""

    document = models.OneToOneField("wagtaildocs.Document", on_delete=models.CASCADE, related_name="text")
    file_hash = models.CharField(max_length=40, blank=True, help_text="Of the file that was read.")
    text = models.TextField(blank=True)
    problem = models.CharField(max_length=200, blank=True, help_text="Why it could not be read; empty where it could.")

    def __str__(self) -> str:
        return str(self.document)

    @classmethod
    def read(cls, document: AbstractDocument) -> None:
        """Read a document and keep what it says; also that it could not be read, else it would be tried for ever."""
        text, problem = text_of(document)
        defaults = {"file_hash": document.file_hash, "text": text, "problem": problem}
        cls.objects.update_or_create(document=document, defaults=defaults)


class Attachment(Orderable):
    """A document that belongs to a contribution. Who may read the page may read the document."""

    contribution = ParentalKey("contributions.Contribution", on_delete=models.CASCADE, related_name="attachments")
    document = models.ForeignKey(
        "wagtaildocs.Document", verbose_name=_("document"), on_delete=models.CASCADE, related_name="attachments"
    )
    title = models.CharField(
        _("naam"),
        max_length=150,
        blank=True,
        help_text=_("Wat is het? Bijvoorbeeld: 'Draaiboek inloopspreekuur'. Leeg: de naam van het document."),
    )
    evaluated_by = models.CharField(
        _("onafhankelijk onderzocht door"),
        max_length=150,
        blank=True,
        help_text=_("Alleen voor onderzoek door een ander dan wie het doet. Bijvoorbeeld: 'Hogeschool Voorbeeld'."),
    )

    panels: ClassVar[list[Any]] = [FieldPanel("document"), FieldPanel("title"), FieldPanel("evaluated_by")]

    class Meta(Orderable.Meta):
        verbose_name = _("bijlage")
        verbose_name_plural = _("bijlagen")

    def __str__(self) -> str:
        return self.title or str(self.document)


def texts_of(attachments: Iterable[Attachment]) -> dict[int, DocumentText]:
    """What is read of attachments, by the number of the document."""
    read = DocumentText.objects.filter(document__in=[one.document_id for one in attachments])
    return {text.document_id: text for text in read}


def unreadable(rows: Iterable[models.Model]) -> list[Finding]:
    """A question for each attachment of which nobody but a person can see what is in it."""
    attachments = [row for row in rows if isinstance(row, Attachment)]
    read = texts_of(attachments)
    ask = _("Deze bijlage kunnen wij niet helemaal lezen. Kijk zelf of er geen namen, nummers of adressen in staan.")
    return [
        Finding("unread_attachment", str(ask), str(one), f"{one.document_id} {text.file_hash}", text.problem)
        for one in attachments
        if (text := read.get(one.document_id)) is not None and text.problem
    ]
