"""A document as PDF/UA: tagged, with a language and headings. Needs Pango from the system (docs/installation.md)."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.template.loader import render_to_string

from .blocks import Bullets, Document, Heading, Paragraph

# How a template tells one kind of block from another.
_KINDS: dict[type, str] = {Heading: "heading", Paragraph: "paragraph", Bullets: "bullets"}


@cache
def _writer() -> Any:
    try:
        import weasyprint
    except OSError:
        # Pango is not there. The other two formats need nothing from the system.
        return None
    return weasyprint


def is_available() -> bool:
    """Can this machine make PDFs?"""
    return _writer() is not None


def write(document: Document) -> bytes:
    """The file. Nothing is fetched: the text stands alone.

    Raises:
        RuntimeError: Pango is not there; ask `is_available` first.
    """
    weasyprint = _writer()
    if weasyprint is None:
        raise RuntimeError("Pango is not installed: no PDF can be made.")
    blocks = [(_KINDS.get(type(block), "table"), block) for block in document.blocks]
    html = render_to_string("proposing/document.html", {"document": document, "blocks": blocks})
    made: bytes = weasyprint.HTML(string=html, url_fetcher=_fetch_nothing).write_pdf(pdf_variant="pdf/ua-1")
    return made


def _fetch_nothing(url: str, *args: Any, **kwargs: Any) -> Any:
    raise ValueError(f"A proposal needs nothing from elsewhere: {url}")
