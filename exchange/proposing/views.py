"""`/voorstel/?initiatief=12`: a council proposal about one or more initiatives, to download and finish."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language

from exchange.accounts.viewer import private, viewer_of
from exchange.contacts.reading import note_reading
from exchange.contributions.addresses import address_of
from exchange.initiatives.choosing import chosen

from . import docx, odt, pdf
from .blocks import Document
from .content import Subject, proposal
from .looking import own_of, subjects

# A proposal about more than this says nothing any more.
MOST = 6
DOCX, ODT, PDF = "docx", "odt", "pdf"
TYPES = {
    DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ODT: "application/vnd.oasis.opendocument.text",
    PDF: "application/pdf",
}


def offered() -> list[str]:
    """The formats that this machine can make."""
    return [DOCX, ODT, *([PDF] if pdf.is_available() else [])]


def propose(request: HttpRequest) -> HttpResponse:
    """What will be in it, and a button for each format; with `?soort=docx` the file itself."""
    initiatives, _left_out = chosen(request, MOST)
    about = subjects(initiatives, viewer_of(request))
    document = _document(request, about) if about else None
    kind = request.GET.get("soort", "")
    if not kind or document is None:
        context = {"initiatives": initiatives, "formats": offered(), "document": document}
        return private(render(request, "proposing/propose.html", context))
    if kind not in offered():
        raise Http404
    # The page names nobody; the file says how to reach people.
    note_reading(request, [person for subject in about for person in subject.people])
    response = HttpResponse(_write(document, kind), content_type=TYPES[kind])
    response["Content-Disposition"] = f'attachment; filename="{address_of(document.title) or kind}.{kind}"'
    response["X-Content-Type-Options"] = "nosniff"
    return private(response)


def _document(request: HttpRequest, about: list[Subject]) -> Document:
    return proposal(about, own_of(viewer_of(request)), timezone.localdate(), get_language() or "nl")


def _write(document: Document, kind: str) -> bytes:
    if kind == DOCX:
        return docx.write(document, settings.PROPOSAL_DOCX)
    if kind == ODT:
        return odt.write(document, settings.PROPOSAL_ODT)
    return pdf.write(document)
