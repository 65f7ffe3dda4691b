"""What a camera writes in a picture is taken out of every upload."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from PIL import Image as Pillow
from wagtail.images.models import Image

pytestmark = pytest.mark.django_db
ORIENTATION, GPS, MAKER = 0x0112, 0x8825, 0x010F


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_place_and_maker_are_gone_and_the_picture_is_upright(kind: str) -> None:
    notes = Pillow.Exif()
    notes[MAKER], notes[ORIENTATION] = "Camera van Noor", 6
    notes.get_ifd(GPS).update({1: "N", 2: (52.0, 5.0, 7.0), 3: "E", 4: (5.0, 7.0, 9.0)})
    written = BytesIO()
    Pillow.new("RGB", (40, 20), "red").save(written, format=kind, exif=notes)
    assert b"Camera van Noor" in written.getvalue()
    name = f"foto.{kind.lower()}"
    image = Image.objects.create(title="Foto", file=ContentFile(written.getvalue(), name=name))
    with image.file.open("rb") as file:
        saved = file.read()
    assert b"Camera van Noor" not in saved
    with Pillow.open(BytesIO(saved)) as picture:
        assert not picture.getexif()
        assert (picture.format, picture.size) == (kind, (20, 40))
    assert (image.width, image.height) == (20, 40)


def test_colours_and_what_shines_through_stay() -> None:
    notes = Pillow.Exif()
    notes[MAKER] = "Camera van Noor"
    drawn = Pillow.new("RGBA", (4, 4), (200, 30, 30, 255))
    drawn.putpixel((0, 0), (0, 0, 0, 0))
    written = BytesIO()
    drawn.quantize().save(written, format="PNG", exif=notes)
    image = Image.objects.create(title="Tekening", file=ContentFile(written.getvalue(), name="palet.png"))
    with image.file.open("rb") as file:
        saved = file.read()
    assert b"Camera van Noor" not in saved
    with Pillow.open(BytesIO(saved)) as picture:
        assert picture.convert("RGBA").tobytes() == drawn.tobytes()


def test_a_picture_without_notes_stays_as_it_was() -> None:
    written = BytesIO()
    Pillow.new("RGBA", (8, 8), (1, 2, 3, 4)).save(written, format="PNG")
    image = Image.objects.create(title="Tekening", file=ContentFile(written.getvalue(), name="tekening.png"))
    with image.file.open("rb") as file:
        assert file.read() == written.getvalue()
