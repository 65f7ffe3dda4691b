"""Cleaning what is stored already: files that came before uploads were cleaned name their makers and places still.

A file keeps its name, so that what links to it goes on. It is replaced in one step: whoever stops this half-way has old
files and clean ones, and nothing between.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from wagtail.documents.models import Document
from wagtail.images.models import Image

from .attached import DocumentText
from .attachments import LOOKED_INTO, cleaned
from .images import UnreadablePictureError, without_notes


class Outcome(StrEnum):
    CLEANED = "cleaned"
    WAS_CLEAN = "was clean"
    REFUSED = "could not be cleaned"


@dataclass(frozen=True)
class Cleaned:
    """What became of a file. `why`: in words, where it stays as it was."""

    number: int
    title: str
    outcome: Outcome
    why: str = ""


def documents(*, after: int = 0, dry_run: bool = False) -> Iterator[Cleaned]:
    """Clean the stored documents, in the order of their numbers.

    Args:
        after: begin behind this number.
        dry_run: only look.
    """
    for document in Document.objects.filter(pk__gt=after).order_by("pk").iterator():
        extension = document.file_extension.lower()
        if extension in LOOKED_INTO:
            yield _clean(document, partial(cleaned, extension=extension), dry_run=dry_run)


def images(*, after: int = 0, dry_run: bool = False) -> Iterator[Cleaned]:
    """The same for pictures. Each is written anew, so this is no thing to do every day."""
    for image in Image.objects.filter(pk__gt=after).order_by("pk").iterator():
        found = _clean(image, without_notes, dry_run=dry_run)
        if found.outcome is Outcome.CLEANED and not dry_run:
            # Smaller ones were made of what it was.
            image.renditions.all().delete()
        yield found


def _clean(file: Any, clean: Callable[[bytes], bytes], *, dry_run: bool) -> Cleaned:
    try:
        with file.file.storage.open(file.file.name) as stored:
            before = stored.read()
        after = clean(before)
    except OSError:
        return Cleaned(file.pk, file.title, Outcome.REFUSED, _("Het bestand is er niet meer. Plaats het opnieuw."))
    except UnreadablePictureError as error:
        return Cleaned(file.pk, file.title, Outcome.REFUSED, str(error))
    except ValidationError as error:
        return Cleaned(file.pk, file.title, Outcome.REFUSED, " ".join(error.messages))
    if after == before:
        return Cleaned(file.pk, file.title, Outcome.WAS_CLEAN)
    if not dry_run:
        _replace(file, after)
    return Cleaned(file.pk, file.title, Outcome.CLEANED)


def _replace(file: Any, content: bytes) -> None:
    file.file.storage.replace(file.file.name, ContentFile(content))
    # As Wagtail counts it.
    digest = hashlib.sha1(content, usedforsecurity=False).hexdigest()
    type(file).objects.filter(pk=file.pk).update(file_size=len(content), file_hash=digest)
    if isinstance(file, Document):
        # The text is the same: nobody is asked about it anew.
        DocumentText.objects.filter(document=file, file_hash=file.file_hash).update(file_hash=digest)
