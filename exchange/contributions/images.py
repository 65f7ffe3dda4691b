"""What a camera writes in a picture (where, when, by whom) is taken out of every upload."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django.core.files.base import ContentFile
from PIL import Image as Pillow
from PIL import ImageOps
from wagtail.images.models import Image

# Formats that carry such notes, and that we write back as they were.
FORMATS = {"JPEG", "PNG", "WEBP"}
# What Pillow would write back with the pixels.
NOTES = ("exif", "xmp", "comment")


def strip_metadata(instance: Image, **kwargs: Any) -> None:
    """Write a new upload back without notes, turned the way the camera held it."""
    if instance.file is None or getattr(instance.file, "_committed", True):
        return
    upload = instance.file.file
    upload.seek(0)
    with Pillow.open(upload) as picture:
        if picture.format in FORMATS and (picture.getexif() or "xmp" in picture.info or "comment" in picture.info):
            kind = picture.format
            upright = ImageOps.exif_transpose(picture)
            for note in NOTES:
                upright.info.pop(note, None)
            written = BytesIO()
            upright.save(written, format=kind, quality=90)
            instance.file = ContentFile(written.getvalue(), name=instance.file.name)
            instance.width, instance.height = upright.size
            return
    upload.seek(0)
