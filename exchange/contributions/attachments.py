"""Of a document that is kept nothing runs by itself, nothing is fetched from elsewhere, and no maker is named.

That is looked at, and taken out, in a process of its own with limits: `cleaner`.
"""

from __future__ import annotations

import subprocess
import sys
from io import BytesIO
from pathlib import Path, PurePath
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import InMemoryUploadedFile, UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .cleaner.reasons import Reason

# In seconds.
PATIENCE = 60
CLEANER = Path(__file__).parent / "cleaner" / "__main__.py"
# What is looked into.
LOOKED_INTO = frozenset({"pdf", "docx", "xlsx", "pptx", "odt", "ods", "odp"})

_REFUSALS: dict[Reason, Any] = {
    Reason.BROKEN: gettext_lazy(
        "Dit bestand is kapot, te groot om na te kijken of iets anders dan de naam zegt. Maak het opnieuw."
    ),
    Reason.LOCKED: gettext_lazy("Het bestand heeft een wachtwoord. Plaats het zonder."),
    Reason.MACROS: gettext_lazy("Er zitten macro's in dit bestand. Bewaar het zonder macro's en plaats het weer."),
    Reason.OBJECTS: gettext_lazy(
        "Er zit een ander bestand in dit bestand: een object, of de tabel achter een grafiek. Plak het als afbeelding, "
        "of plaats dat bestand apart."
    ),
    Reason.OUTSIDE: gettext_lazy(
        "Dit bestand haalt iets op van een andere plek: een afbeelding, een sjabloon of een ander bestand. Verbreek "
        "die koppelingen en voeg in wat je nodig hebt."
    ),
    Reason.FIELDS: gettext_lazy(
        "Er zit een veld in dit bestand dat een programma start of iets ophaalt. Maak er gewone tekst van."
    ),
    Reason.SCRIPTS: gettext_lazy(
        "Er zit een programma in deze PDF, of een formulier dat rekent. Druk hem af naar een nieuwe PDF."
    ),
    Reason.STARTS: gettext_lazy(
        "Er zit een knop of koppeling in dit bestand die een programma start. Haal die weg en plaats het weer."
    ),
    Reason.FILES: gettext_lazy("Er zitten andere bestanden in deze PDF. Plaats die apart, en de PDF zonder."),
}


def document_to_keep(file: UploadedFile[bytes]) -> UploadedFile[bytes]:
    """The document as it is kept: without who made it.

    Raises:
        ValidationError: something in it runs, is fetched or hides; or it takes too long to see. Says what to do.
    """
    extension = PurePath(file.name or "").suffix.lower().removeprefix(".")
    if extension not in LOOKED_INTO:
        return file
    file.seek(0)
    content = cleaned(file.read(), extension)
    return InMemoryUploadedFile(BytesIO(content), None, file.name, file.content_type, len(content), None)


def cleaned(content: bytes, extension: str) -> bytes:
    """A document without who made it.

    Raises:
        ValidationError: as for `document_to_keep`.
    """
    try:
        done = subprocess.run(
            [sys.executable, "-I", str(CLEANER), extension],
            input=content,
            capture_output=True,
            timeout=PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise ValidationError(_too_much()) from error
    if done.returncode in set(Reason):
        raise ValidationError(str(_REFUSALS[Reason(done.returncode)]))
    if done.returncode:
        raise ValidationError(_too_much())
    return done.stdout


def _too_much() -> str:
    return _("Het nakijken van dit bestand duurde te lang of vroeg te veel. Maak er kleinere bestanden van.")
