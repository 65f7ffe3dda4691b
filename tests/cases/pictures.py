"""Pictures: nothing but what is seen is kept of an upload."""

from __future__ import annotations

from io import BytesIO

from PIL import Image

from .world import World

SECRETS = (b"Geheimstraat", b"Aya Verzonnen")


def _kept(world: World, name: str) -> bytes:
    """The picture that is kept, which holds no secret and no place."""
    kept = world.picture(name)
    assert kept is not None, "refused"
    for secret in SECRETS:
        assert secret not in kept, secret
    with Image.open(BytesIO(kept)) as picture:
        assert not picture.getexif()
    return kept


def image_animated_webp(world: World) -> None:
    kept = world.picture("film.webp")
    if kept is not None:
        with Image.open(BytesIO(kept)) as picture:
            assert getattr(picture, "n_frames", 1) == 3
            assert not picture.getexif()


def image_avif_gps(world: World) -> None:
    kept = _kept(world, "foto.avif")
    assert b"Exif" not in kept


def image_colour_profile(world: World) -> None:
    with Image.open(BytesIO(world.file("foto.jpg").read())) as before:
        profile = before.info["icc_profile"]
    with Image.open(BytesIO(_kept(world, "foto.jpg"))) as picture:
        assert picture.info.get("icc_profile") == profile


def image_gif_comment_and_motion_photo(world: World) -> None:
    for name in ("foto.gif", "foto.jpg"):
        kept = world.picture(name)
        assert kept is None or not any(secret in kept for secret in SECRETS)


def image_iptc_only(world: World) -> None:
    _kept(world, "foto.jpg")


def image_mpo_gps(world: World) -> None:
    kept = _kept(world, "foto.jpg")
    assert b"Exif" not in kept
