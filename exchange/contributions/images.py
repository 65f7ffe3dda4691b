"""Of a picture that comes in its pixels and colours are kept: not where, when and by whom it was made.

That is done in a process of its own with limits, before anything else looks at the picture; see `picture_writer`.
"""

from __future__ import annotations

import subprocess
import sys
from io import BytesIO
from pathlib import Path
from typing import Any, cast

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.db.models import Model
from django.forms import FileField
from django.utils.translation import gettext as _
from wagtail.images import get_image_model
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from .picture_writer import BROKEN, OTHER_KIND, TOO_MANY_PIXELS, TURNED_FILM

# In seconds.
PATIENCE = 60
WRITER = Path(__file__).parent / "picture_writer.py"


class UnreadablePictureError(Exception):
    """A picture that cannot be taken; says why, in words for who sent it."""


class BarePicture(InMemoryUploadedFile):
    """An upload of which only pixels and colours are left."""


def _refusals() -> dict[int, str]:
    million = settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS // 1_000_000
    return {
        TOO_MANY_PIXELS: _(
            "Deze afbeelding is te groot: hoogstens %(million)s miljoen beeldpunten, alle beelden van een film samen. "
            "Maak haar kleiner en plaats haar weer."
        )
        % {"million": million},
        TURNED_FILM: _("Deze film ligt op zijn kant. Bewaar hem rechtop en plaats hem weer."),
        OTHER_KIND: _("Dit is geen afbeelding die we kunnen lezen. Bewaar haar als JPG, PNG, GIF, WebP of AVIF."),
        BROKEN: _("Deze afbeelding is kapot of niet heel. Bewaar haar opnieuw en plaats haar weer."),
    }


def without_notes(content: bytes) -> bytes:
    """A picture as pixels and colour profile only, upright, in the format it had.

    Raises:
        UnreadablePictureError: it is broken, of another kind, has too many pixels, or takes too long.
    """
    try:
        done = subprocess.run(
            [sys.executable, "-I", str(WRITER), str(settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS)],
            input=content,
            capture_output=True,
            timeout=PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise UnreadablePictureError(_("Het lezen van deze afbeelding duurde te lang. Maak haar kleiner.")) from error
    if done.returncode:
        # Killed by a limit, or anything else: for who sent it that is a picture that is not whole.
        refusals = _refusals()
        raise UnreadablePictureError(refusals.get(done.returncode, refusals[BROKEN]))
    return done.stdout


class PictureField(WagtailImageField):
    """Takes a picture out of its wrapping before anything else looks at it, so that no large one is unpacked here."""

    def to_python(self, data: Any) -> Any:
        file = FileField.to_python(self, data)
        if file is None:
            return None
        self.check_image_file_size(file)
        file.seek(0)
        try:
            content = without_notes(file.read())
        except UnreadablePictureError as error:
            raise ValidationError(str(error), code="invalid_image") from error
        kind = getattr(file, "content_type", None)
        return super().to_python(BarePicture(BytesIO(content), None, file.name, kind, len(content), None))

    def check_image_pixel_size(self, f: Any) -> None:
        """They were counted before the picture was unpacked."""


class ImageForm(BaseImageForm):
    """The form of images in the admin, also of several at once and in the chooser."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # A field of the class would stay in the forms that leave the file out.
        if "file" in self.fields:
            field = self.fields["file"]
            self.fields["file"] = PictureField(label=field.label, required=field.required, widget=field.widget)


def strip_waiting(sender: type[Model], instance: Any, **kwargs: Any) -> None:
    """See to the same for a picture that was sent with others, and waits until its form is filled in."""
    if instance.for_content_type.model_class() is get_image_model():
        strip_metadata(sender, instance, **kwargs)


def strip_metadata(sender: type[Model], instance: Any, **kwargs: Any) -> None:
    """See to it that a new picture is kept without notes, by whatever way it comes.

    Raises:
        UnreadablePictureError: it cannot be taken.
    """
    file = instance.file
    if not file or isinstance(getattr(file, "_file", None), BarePicture):
        return
    if not file._committed:
        file.file.seek(0)
        instance.file = ContentFile(without_notes(file.file.read()), name=file.name)
    elif _is_new(sender, instance, kwargs.get("update_fields")):
        _clean_stored(instance)


def _is_new(sender: type[Model], instance: Any, updated: Any) -> bool:
    """Was its file put in the store by hand, and is this the first time it is kept here?"""
    if updated is not None and "file" not in updated:
        return False
    return not cast(Any, sender).objects.filter(pk=instance.pk, file=instance.file.name).exists()


def _clean_stored(instance: Any) -> None:
    store, name = instance.file.storage, instance.file.name
    with store.open(name) as stored:
        content = without_notes(stored.read())
    instance.file.close()
    store.delete(name)
    instance.file = store.save(name, ContentFile(content))
    instance.file_size, instance.file_hash = len(content), ""
