"""Of a picture that comes in nothing is kept but what one sees, by whatever way it comes."""

from __future__ import annotations

import subprocess
import sys
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from PIL import Image as Pillow
from PIL import ImageChops, ImageStat
from wagtail.images.models import Image
from wagtail.models import UploadedFile

from exchange.contributions import picture_writer
from exchange.contributions.images import UnreadablePictureError, without_notes
from exchange.sections.models import MunicipalityPage
from tests.contributions import pictures

SECRET = b"Aya Verzonnen, Geheimstraat 12"
Made = Callable[..., bytes]
STILL: dict[str, Made] = {
    "jpg": pictures.jpeg, "mpo.jpg": pictures.mpo, "png": pictures.png, "webp": pictures.webp, "avif": pictures.avif,
}  # fmt: skip
FILMS: dict[str, Made] = {
    "png": lambda secret: pictures.png(secret, frames=3),
    "gif": pictures.gif,
    "webp": lambda secret: pictures.webp(secret, frames=3),
    "avif": lambda secret: pictures.avif(secret, frames=3),
}
ALL = STILL | {f"film.{kind}": made for kind, made in FILMS.items()}


def cleaned(content: bytes) -> bytes:
    return picture_writer.write(content, settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS)


def difference(one: Pillow.Image, other: Pillow.Image) -> float:
    """The mean difference of the pixels, from 0 to 255."""
    assert one.size == other.size
    return max(ImageStat.Stat(ImageChops.difference(one.convert("RGB"), other.convert("RGB"))).mean)


@pytest.mark.parametrize("kind", ALL)
@hypothesis_settings(max_examples=8, deadline=None)
@given(secret=st.text("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 ,", min_size=12, max_size=60))
def test_a_secret_is_gone_from_every_place_of_the_wrapping(kind: str, secret: str) -> None:
    planted = f"Geheim:{secret}".encode()
    content = ALL[kind](planted)
    assert planted in content
    kept = cleaned(content)
    assert planted not in kept
    assert b"Exif" not in kept
    with Pillow.open(BytesIO(kept)) as picture:
        assert not picture.getexif()
        assert not {"xmp", "comment", "photoshop", "Author", "Comment", "mp"} & set(picture.info)


@pytest.mark.parametrize("kind", ALL)
def test_one_sees_what_one_saw_before_with_the_same_colours(kind: str) -> None:
    content = ALL[kind](SECRET)
    before, after = pictures.frames_of(content), pictures.frames_of(cleaned(content))
    assert [lasts for _, lasts in after] == [lasts for _, lasts in before]
    assert max(difference(one, other) for (one, _), (other, _) in zip(before, after, strict=True)) < 1.5
    with Pillow.open(BytesIO(content)) as old, Pillow.open(BytesIO(cleaned(content))) as new:
        assert new.info.get("icc_profile") == old.info.get("icc_profile")
        assert new.info.get("loop") == old.info.get("loop")
        assert new.format == ("JPEG" if old.format == "MPO" else old.format)


@pytest.mark.parametrize("kind", ["png", "film.png", "film.gif", "film.webp", "webp"])
def test_what_can_be_kept_bit_by_bit_is(kind: str) -> None:
    content = ALL[kind](SECRET)
    for (one, _), (other, _) in zip(pictures.frames_of(content), pictures.frames_of(cleaned(content)), strict=True):
        assert one.tobytes() == other.tobytes()


@pytest.mark.parametrize("kind", STILL)
@pytest.mark.parametrize("orientation", range(2, 9))
def test_a_picture_that_lay_on_its_side_stands_upright(kind: str, orientation: int) -> None:
    kept = cleaned(STILL[kind](SECRET, orientation))
    upright = cleaned(STILL[kind](SECRET))
    steps = {2: [0], 3: [3], 4: [1], 5: [5], 6: [4], 7: [6], 8: [2]}
    with Pillow.open(BytesIO(upright)) as picture, Pillow.open(BytesIO(kept)) as turned:
        expected = picture.transpose(Pillow.Transpose(steps[orientation][0]))
        assert difference(expected, turned) < 3
        assert "icc_profile" in turned.info


@pytest.mark.parametrize(
    "mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"]
)  # fmt: skip
def test_a_png_keeps_its_depth_and_what_shines_through(mode: str) -> None:
    picture = Pillow.new(mode, (9, 9), 40_000) if mode == "I;16" else pictures.drawn(9, 9, "RGBA").convert(mode)
    written = BytesIO()
    picture.save(written, "PNG", exif=pictures.notes(SECRET), **({"transparency": 3} if mode == "P" else {}))
    with Pillow.open(BytesIO(written.getvalue())) as before, Pillow.open(BytesIO(cleaned(written.getvalue()))) as after:
        assert (after.mode, after.tobytes()) == (before.mode, before.tobytes())
        assert after.info.get("transparency") == before.info.get("transparency")


def test_a_print_in_four_colours_keeps_them() -> None:
    written = BytesIO()
    pictures.drawn(mode="CMYK").save(written, "JPEG", quality=92, comment=SECRET)
    kept = cleaned(written.getvalue())
    assert SECRET not in kept
    with Pillow.open(BytesIO(written.getvalue())) as before, Pillow.open(BytesIO(kept)) as after:
        assert after.mode == "CMYK"
        assert difference(before, after) < 1.5


def test_what_stands_behind_a_colour_profile_goes() -> None:
    written = BytesIO()
    pictures.drawn().save(written, "JPEG", icc_profile=pictures.PROFILE + SECRET)
    kept = cleaned(written.getvalue())
    assert SECRET not in kept
    with Pillow.open(BytesIO(kept)) as picture:
        assert picture.info["icc_profile"] == pictures.PROFILE


def test_a_secret_behind_the_packed_pixels_goes() -> None:
    content = pictures.png(b"x" * 20)
    at = content.index(b"IDAT")
    length = int.from_bytes(content[at - 4 : at], "big")
    data = content[at + 4 : at + 4 + length] + SECRET
    packed = len(data).to_bytes(4, "big") + b"IDAT" + data + zlib.crc32(b"IDAT" + data).to_bytes(4, "big")
    changed = content[: at - 4] + packed + content[at + 8 + length :]
    kept = cleaned(changed)
    assert SECRET not in kept
    assert difference(pictures.frames_of(content)[0][0], pictures.frames_of(kept)[0][0]) == 0


# --- what is refused


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_notes_that_are_broken_go_and_the_picture_stays(kind: str) -> None:
    written = BytesIO()
    Pillow.new("RGB", (8, 8), "red").save(written, kind, exif=b"Exif\0\0Geheimstraat 1")
    assert b"Geheim" in written.getvalue()
    assert b"Geheim" not in cleaned(written.getvalue())


def black_png(side: int) -> bytes:
    written = BytesIO()
    Pillow.new("1", (side, side)).save(written, "PNG")
    return written.getvalue()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "geen afbeelding"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "geen afbeelding"),
        (b"II*\0" + bytes(40), "geen afbeelding"),
        (pictures.jpeg(SECRET)[:900], "kapot"),
        (pictures.png(SECRET)[:900], "kapot"),
        (pictures.gif(SECRET)[:-400], "kapot"),
        (pictures.webp(SECRET)[:400], "kapot"),
        (pictures.png(SECRET, 6, frames=3), "op zijn kant"),
        (black_png(11_300), "hoogstens 30 miljoen"),
    ],
    ids=["empty", "svg", "tiff", "half-jpeg", "half-png", "half-gif", "half-webp", "turned-film", "bomb"],
)
def test_what_cannot_be_taken_is_refused_with_the_reason(content: bytes, said: str) -> None:
    with pytest.raises(UnreadablePictureError, match=said):
        without_notes(content)


# Pillow warns of what is hurt and goes on; it does so in a process of its own, where a warning is no error.
@pytest.mark.filterwarnings("ignore::UserWarning")
@hypothesis_settings(max_examples=60, deadline=None)
@given(kind=st.sampled_from(sorted(ALL)), data=st.data())
def test_a_picture_with_a_hurt_byte_is_written_or_refused_and_breaks_nothing(kind: str, data: st.DataObject) -> None:
    content = bytearray(ALL[kind](SECRET))
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    try:
        kept = cleaned(bytes(content))
    except SystemExit as refused:
        kept, ended = b"", refused.code
    else:
        ended = 0
    assert ended in {
        0, picture_writer.TOO_MANY_PIXELS, picture_writer.TURNED_FILM, picture_writer.OTHER_KIND, picture_writer.BROKEN,
    }  # fmt: skip
    assert bool(kept) == (ended == 0)


def test_memory_stays_small_for_the_largest_picture_and_for_one_that_is_too_large() -> None:
    """Measured in the process that unpacks; the web process never does so with one that is too large."""
    code = (
        "import sys,resource,subprocess;c=sys.stdin.buffer.read();"
        f"d=subprocess.run([sys.executable,'-I',{str(Path(picture_writer.__file__))!r},'30000000'],input=c,capture_output=True);"
        "print(d.returncode,resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss//1024)"
    )
    written = BytesIO()
    Pillow.new("RGBA", (5400, 5400)).save(written, "PNG", compress_level=1)
    for content, code_expected, most in ((written.getvalue(), 0, 400), (black_png(11_300), 3, 120)):
        done = subprocess.run([sys.executable, "-c", code], input=content, capture_output=True, check=True)
        ended, megabytes = map(int, done.stdout.split())
        assert ended == code_expected
        assert megabytes < most


# --- every way in


def stored(image: Image | UploadedFile) -> bytes:
    with image.file.open("rb") as file:
        content: bytes = file.read()
        return content


pytestmark = pytest.mark.django_db


def original_files() -> list[Path]:
    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


def form(name: str, content: bytes) -> dict[str, object]:
    return {"title": "Foto", "file": SimpleUploadedFile(name, content), "tags": ""}


def test_the_admin_keeps_pixels_only_and_so_when_the_file_is_replaced(
    waterhoven: MunicipalityPage, signed_in: Callable[..., Client]
) -> None:
    client = signed_in("editor", "GM9901")
    assert client.post(reverse("wagtailimages:add"), form("a.jpg", pictures.mpo(SECRET))).status_code == 302
    image = Image.objects.get()
    assert SECRET not in stored(image)
    assert (image.file_size, image.width, image.height) == (len(stored(image)), 40, 20)
    first = image.file.path
    address = reverse("wagtailimages:edit", args=[image.pk])
    assert client.post(address, form("b.jpg", pictures.jpeg(SECRET, 6))).status_code == 302
    image = Image.objects.get()
    assert (image.width, image.height) == (20, 40)
    assert image.file.path != first
    assert not any(SECRET in path.read_bytes() for path in original_files())


# Wagtail leaves the file of a size it made to the collector.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_several_at_once_and_the_chooser_do_the_same(
    waterhoven: MunicipalityPage, signed_in: Callable[..., Client]
) -> None:
    client = signed_in("editor", "GM9901")
    many = {"title": "Foto", "files[]": SimpleUploadedFile("a.png", pictures.png(SECRET))}
    assert client.post(reverse("wagtailimages:add_multiple"), many).json()["success"]
    # Without a title the file waits until its form is filled in.
    waiting = {"title": "", "files[]": SimpleUploadedFile("b.gif", pictures.gif(SECRET))}
    answer = client.post(reverse("wagtailimages:add_multiple"), waiting).json()
    assert answer["success"]
    assert SECRET not in stored(UploadedFile.objects.get())
    number = answer["uploaded_file_id"]
    later = reverse("wagtailimages:create_multiple_from_uploaded_image", args=[number])
    assert client.post(later, {f"uploaded-image-{number}-title": "Film"}).json()["success"]
    assert Image.objects.filter(title="Film").exists()
    sent = form("c.webp", pictures.webp(SECRET))
    chosen = {f"image-chooser-upload-{name}": value for name, value in sent.items()}
    assert client.post(reverse("wagtailimages_chooser:create"), chosen).status_code == 200
    assert Image.objects.count() == 3
    assert not any(SECRET in path.read_bytes() for path in original_files())


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("foto.png", pictures.jpeg(SECRET)), ("foto.jpg", pictures.jpeg(SECRET)[:900]),
        ("groot.png", black_png(11_300)),
        ("foto.tiff", b"II*\0" + bytes(40)), ("foto.heic", b"\0\0\0\x18ftypheic" + bytes(40)),
        ("foto.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"), ("foto.ico", b"\0\0\1\0" + bytes(40)),
    ],
)  # fmt: skip
def test_the_admin_refuses_what_it_cannot_clean_and_says_why(
    name: str, content: bytes, waterhoven: MunicipalityPage, signed_in: Callable[..., Client]
) -> None:
    client = signed_in("editor", "GM9901")
    answer = client.post(reverse("wagtailimages:add"), form(name, content))
    assert answer.status_code == 200
    assert answer.context["form"].errors["file"]
    assert not Image.objects.exists()


def test_a_program_that_keeps_an_image_keeps_pixels_only() -> None:
    image = Image.objects.create(title="Foto", file=ContentFile(pictures.jpeg(SECRET, 6), name="foto.jpg"))
    assert SECRET not in stored(image)
    assert (image.width, image.height) == (20, 40)
    by_hand = Image(title="Foto")
    by_hand.file.save("hand.jpg", ContentFile(pictures.jpeg(SECRET)), save=False)
    by_hand.save()
    assert SECRET not in stored(by_hand)
    assert not any(SECRET in path.read_bytes() for path in original_files())
    before = stored(by_hand)
    by_hand.title = "Andere naam"
    by_hand.save()
    assert stored(Image.objects.get(pk=by_hand.pk)) == before


def test_every_kind_that_is_taken_can_be_cleaned() -> None:
    kinds = {"jpg": "JPEG"} | {kind: kind.upper() for kind in ("avif", "gif", "jpeg", "png", "webp")}
    assert {kinds[one] for one in settings.WAGTAILIMAGES_EXTENSIONS} <= set(picture_writer.WRITERS)
