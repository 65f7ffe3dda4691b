"""What may be uploaded: not too much, what its name says it is, and nothing that runs by itself."""

from __future__ import annotations

import logging
import zipfile
from pathlib import PurePath
from typing import Any

from django.core.exceptions import RequestDataTooBig, ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.db.models import Model
from django.utils.translation import gettext as _
from wagtail.documents import get_document_model
from wagtail.documents.forms import BaseDocumentForm

from .attachments import document_to_keep
from .documents import LARGEST
from .scanning import ScannerAwayError, scan

logger = logging.getLogger(__name__)

# A whole request, in bytes: one file of the largest size, and the fields beside it.
LARGEST_REQUEST = LARGEST + 1024 * 1024
# A zip that unpacks to more than this is a bomb, not a report.
UNPACKED = 200 * 1024 * 1024
PACKED = frozenset({"docx", "odt", "xlsx", "ods", "pptx", "odp"})
TEXTS = frozenset({"csv", "txt"})
# Where Office and OpenDocument keep programs.
_MACROS = ("vbaproject.bin", "vbadata.xml")
_MACRO_FOLDERS = ("basic/", "scripts/")


class LimitedUploadHandler(FileUploadHandler):
    """Refuses a request that is too large before anything of it is written to disk."""

    def handle_raw_input(self, input_data: Any, *args: Any) -> None:
        content_length: int = args[1]
        if content_length > LARGEST_REQUEST:
            raise RequestDataTooBig

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None


def check_document(file: UploadedFile[bytes]) -> None:
    """See whether a file is what its name says.

    Raises:
        ValidationError: it is too large, something else, a zip bomb, has programs in it, or a virus; says what to do.
    """
    if (file.size or 0) > LARGEST:
        raise ValidationError(_("Het bestand is te groot: hoogstens 30 MB."))
    extension = PurePath(file.name or "").suffix.lower().removeprefix(".")
    file.seek(0)
    try:
        if extension in PACKED:
            _check_packed(file)
        elif extension == "pdf" and b"%PDF-" not in file.read(1024):
            raise ValidationError(_("Dit is geen echt PDF-bestand. Maak het opnieuw en plaats het weer."))
        elif extension in TEXTS and b"\x00" in file.read(64 * 1024):
            raise ValidationError(_("Dit is geen tekstbestand. Plaats een bestand met alleen tekst."))
        _scan(file)
    finally:
        file.seek(0)


def _scan(file: UploadedFile[bytes]) -> None:
    file.seek(0)
    try:
        found = scan(file.chunks())
    except ScannerAwayError as error:
        message = _(
            "We kunnen bestanden nu niet op virussen nakijken. Er is niets bewaard: probeer het over een kwartier weer."
        )
        raise ValidationError(message) from error
    if found:
        logger.warning("The virus scanner stopped a file: %s", found)
        message = _("De virusscanner houdt dit bestand tegen (%(name)s). Vraag je ICT-afdeling om hulp.")
        raise ValidationError(message % {"name": found})


def _check_packed(file: UploadedFile[bytes]) -> None:
    try:
        with zipfile.ZipFile(file) as packed:
            names = [one.filename.lower() for one in packed.infolist()]
            unpacked = sum(one.file_size for one in packed.infolist())
    except zipfile.BadZipFile as error:
        message = _("Dit bestand is kapot, heeft een wachtwoord of is iets anders dan de naam zegt.")
        raise ValidationError(message) from error
    if unpacked > UNPACKED:
        raise ValidationError(_("Dit bestand wordt bij het uitpakken te groot. Maak er kleinere bestanden van."))
    if any(name.endswith(_MACROS) or name.startswith(_MACRO_FOLDERS) for name in names):
        raise ValidationError(_("Er zitten macro's in dit bestand. Bewaar het zonder macro's en plaats het weer."))


def clean_waiting(sender: type[Model], instance: Any, **kwargs: Any) -> None:
    """See to the same for a document that was sent with others, and waits until its form is filled in."""
    file = instance.file
    if instance.for_content_type.model_class() is get_document_model() and file and not file._committed:
        kept = document_to_keep(file.file)
        kept.seek(0)
        instance.file = ContentFile(kept.read(), name=file.name)


class DocumentForm(BaseDocumentForm):
    """The form of the documents in the admin, also of several at once and in the chooser: looks inside first."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            self.fields["file"].help_text = _(
                "We halen de naam van de maker eruit, ook bij opmerkingen. "
                "Een bestand met een handtekening of een slot laten we zoals het is."
            )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if isinstance(file, UploadedFile):
            check_document(file)
            return document_to_keep(file)
        return file
