"""Pictures with a secret in every place of their wrapping where somebody could leave one."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO

from PIL import Image as Pillow
from PIL import ImageCms, PngImagePlugin

GPS, MAKER, ORIENTATION = 0x8825, 0x010F, 0x0112
PROFILE = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def drawn(width: int = 40, height: int = 20, mode: str = "RGB") -> Pillow.Image:
    """Soft colours, with a corner that tells which side is up."""
    picture = Pillow.linear_gradient("L").resize((width, height)).convert("RGB")
    picture.paste((200, 40, 40), (0, 0, width // 4, height // 4))
    if mode == "RGBA":
        picture.putalpha(Pillow.linear_gradient("L").rotate(90).resize((width, height)))
        return picture
    return picture.convert(mode)


def notes(secret: bytes, orientation: int = 1) -> Pillow.Exif:
    made = Pillow.Exif()
    made[MAKER], made[ORIENTATION] = secret.decode("ascii"), orientation
    made.get_ifd(GPS).update({1: "N", 2: (52.0, 5.0, 7.0), 3: "E", 4: (5.0, 7.0, 9.0)})
    return made


def xmp(secret: bytes) -> bytes:
    return b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>" + secret + b"</x:xmpmeta>"


def jpeg(secret: bytes, orientation: int = 1) -> bytes:
    """Exif, XMP, a comment, every application segment, and a film behind the picture."""
    written = BytesIO()
    drawn().save(
        written, "JPEG", quality=92, exif=notes(secret, orientation), xmp=xmp(secret), comment=secret,
        icc_profile=PROFILE,
    )  # fmt: skip
    plain = written.getvalue()
    segments = b"".join(
        bytes([0xFF, marker]) + struct.pack(">H", len(secret) + 2) + secret for marker in (*range(0xE3, 0xEE), 0xEF)
    )
    iptc = b"Photoshop 3.0\x008BIM\x04\x04\x00\x00" + struct.pack(">I", len(secret)) + secret
    segments += b"\xff\xed" + struct.pack(">H", len(iptc) + 2) + iptc
    return plain[:2] + segments + plain[2:] + b"\x00\x00\x00\x18ftypmp42" + secret


def mpo(secret: bytes, orientation: int = 1) -> bytes:
    written = BytesIO()
    second = drawn()
    second.encoderinfo = {"exif": notes(secret)}
    drawn().save(
        written, "MPO", quality=92, save_all=True, append_images=[second], exif=notes(secret, orientation),
        icc_profile=PROFILE,
    )  # fmt: skip
    return written.getvalue() + secret


def png(secret: bytes, orientation: int = 1, *, frames: int = 1) -> bytes:
    """Three kinds of text, Exif, XMP, a date, a private chunk, behind the pixels, behind the end."""
    words = PngImagePlugin.PngInfo()
    words.add_text("Author", secret.decode("ascii"))
    words.add_itxt("XML:com.adobe.xmp", xmp(secret).decode("ascii"))
    words.add_text("Comment", secret.decode("ascii"), zip=True)
    written = BytesIO()
    film = {"save_all": True, "append_images": _film(frames), "duration": 70, "loop": 2} if frames > 1 else {}
    drawn(mode="RGBA").save(
        written, "PNG", exif=notes(secret, orientation), pnginfo=words, icc_profile=PROFILE, **film
    )  # fmt: skip
    plain = written.getvalue()
    chunks = b"".join(_png_chunk(name, secret) for name in (b"tIME", b"prVt", b"sPLT", b"hIST", b"caNv"))
    end = plain.rindex(b"IEND") - 4
    return plain[:33] + chunks + plain[33:end] + _png_chunk(b"teSt", secret) + plain[end:] + secret


def _png_chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def _film(frames: int, width: int = 40, height: int = 20) -> list[Pillow.Image]:
    return [drawn(width, height, mode="RGBA").rotate(90 * number) for number in range(1, frames)]


def gif(secret: bytes, *, frames: int = 3) -> bytes:
    """A comment, a plain text, what two programs add, and behind the end."""
    written = BytesIO()
    film = [drawn(mode="P").rotate(90 * number) for number in range(1, frames)]
    drawn(mode="P").save(
        written, "GIF", save_all=True, append_images=film, duration=[70, 150, 220][:frames], loop=4, disposal=2,
        comment=secret,
    )  # fmt: skip
    plain = written.getvalue()
    size = bytes([len(secret)])
    added = b"\x21\xff\x0bXMP DataXMP" + size + secret + b"\0" + b"\x21\xff\x0bNETSCAPE2.0" + size + secret + b"\0"
    text = b"\x21\x01\x0c" + bytes(12) + size + secret + b"\0"
    end = len(plain) - 1
    return plain[:end] + added + text + b"\x21\xfe" + size + secret + b"\0" + plain[end:] + secret


def webp(secret: bytes, orientation: int = 1, *, frames: int = 1, lossless: bool = False) -> bytes:
    """Exif, XMP, a chunk of nobody, and behind the end."""
    written = BytesIO()
    film = (
        {"save_all": True, "append_images": _film(frames), "duration": [70, 150, 220][:frames], "loop": 3}
        if frames > 1
        else {}
    )
    drawn(mode="RGBA").save(
        written, "WEBP", lossless=lossless, quality=95, exif=notes(secret, orientation), xmp=xmp(secret),
        icc_profile=PROFILE, **film,
    )  # fmt: skip
    plain = written.getvalue() + b"JUNK" + struct.pack("<I", len(secret)) + secret + b"\0" * (len(secret) % 2)
    return plain[:4] + struct.pack("<I", len(plain) - 8) + plain[8:] + secret


def avif(secret: bytes, orientation: int = 1, *, frames: int = 1) -> bytes:
    written = BytesIO()
    film = {"save_all": True, "append_images": _film(frames, 80, 40), "duration": 100} if frames > 1 else {}
    drawn(80, 40).save(
        written, "AVIF", quality=92, exif=notes(secret, orientation), xmp=xmp(secret), icc_profile=PROFILE, **film
    )
    return written.getvalue() + struct.pack(">I", 8 + len(secret)) + b"free" + secret


def frames_of(content: bytes) -> list[tuple[Pillow.Image, int]]:
    """Every frame as one sees it, and how long it lasts."""
    with Pillow.open(BytesIO(content)) as picture:
        seen = []
        for number in range(1 if picture.format == "MPO" else getattr(picture, "n_frames", 1)):
            picture.seek(number)
            picture.load()
            seen.append((picture.convert("RGBA"), int(picture.info.get("duration") or 0)))
        return seen
