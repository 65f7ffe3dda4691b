"""What runs, starts or hides something in a PDF; and who made it, taken out. QPDF reads it all, also what is packed."""

from __future__ import annotations

import io
from typing import Any

import pikepdf

from .reasons import Reason, RefusedError

_ACTIONS = {
    "/JavaScript": Reason.SCRIPTS, "/Launch": Reason.STARTS, "/ImportData": Reason.STARTS, "/GoToE": Reason.FILES,
}  # fmt: skip
_SUBTYPES = {"/FileAttachment": Reason.FILES, "/RichMedia": Reason.SCRIPTS, "/3D": Reason.SCRIPTS}
_KEYS = {"/JS": Reason.SCRIPTS, "/JavaScript": Reason.SCRIPTS, "/XFA": Reason.SCRIPTS, "/EmbeddedFiles": Reason.FILES,
         "/EF": Reason.FILES}  # fmt: skip
_MADE_BY = ("/Author", "/Company", "/Manager", "/SourceModified")
_SIGNED = 1
# What pictures and pages are made of: no action stands directly in it, but a dictionary may.
_DEEPEST = 40


def cleaned(content: bytes) -> bytes:
    """Look through a PDF. Returns it without who made it.

    Raises:
        RefusedError: something in it runs, starts, or is a file of its own; or it cannot be read.
    """
    try:
        with pikepdf.open(io.BytesIO(content)) as document:
            for one in document.objects:
                _look(one)
            return _without_makers(document, content)
    except pikepdf.PasswordError as error:
        raise RefusedError(Reason.LOCKED) from error
    except pikepdf.PdfError as error:
        raise RefusedError(Reason.BROKEN) from error


def _look(value: Any, depth: int = 0) -> None:
    """Look through one object, and through what stands in it; what it refers to has its own turn."""
    if depth > _DEEPEST:
        raise RefusedError(Reason.BROKEN)
    if isinstance(value, pikepdf.Array):
        for one in value.as_list():
            _look_inside(one, depth)
    elif isinstance(value, pikepdf.Dictionary | pikepdf.Stream):
        _look_at_keys(value)
        for key in list(value.keys()):
            _look_inside(value.get(key), depth)


def _look_inside(value: Any, depth: int) -> None:
    if isinstance(value, pikepdf.Object) and not value.is_indirect:
        _look(value, depth + 1)


def _look_at_keys(value: Any) -> None:
    for key, reason in _KEYS.items():
        if key in value:
            raise RefusedError(reason)
    for key, kinds in (("/S", _ACTIONS), ("/Subtype", _SUBTYPES)):
        name = str(value.get(key, ""))
        if name in kinds:
            raise RefusedError(kinds[name])


def _without_makers(document: pikepdf.Pdf, content: bytes) -> bytes:
    form = document.Root.get("/AcroForm")
    is_signed = form is not None and bool(int(form.get("/SigFlags", 0)) & _SIGNED)
    if is_signed or document.is_encrypted:
        # With anything changed a signature no longer holds; and what has a lock keeps it.
        return content
    changed = [key for key in _MADE_BY if key in document.docinfo]
    for key in changed:
        del document.docinfo[key]
    if _forget_in_xmp(document) | _forget_in_notes(document) or changed:
        out = io.BytesIO()
        document.save(out)
        return out.getvalue()
    return content


def _forget_in_xmp(document: pikepdf.Pdf) -> bool:
    if "/Metadata" not in document.Root:
        return False
    with document.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as said:
        named = [
            key for key in said if key.endswith(("}creator", "}Author", "}Company", "}Manager", "}LastModifiedBy"))
        ]
        for key in named:
            del said[key]
    return bool(named)


def _forget_in_notes(document: pikepdf.Pdf) -> bool:
    """The name on a note; of a field of a form `/T` is its own name."""
    found = False
    for page in document.pages:
        for note in page.get("/Annots", []):
            if note.get("/Subtype") != "/Widget" and "/T" in note:
                del note["/T"]
                found = True
    return found
