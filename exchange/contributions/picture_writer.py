"""Writes a picture that comes in back as pixels and colour profile only: `python -I picture_writer.py 30000000 < file`.

Run by `images` only, in a process of its own: a picture is somebody else's data. It limits its own memory and time.
The argument is how many pixels all frames together may have. What can be kept bit by bit is (PNG, GIF, WebP); a JPEG
and an AVIF are written anew, the JPEG with the tables it had. Ends with one of the numbers below where it refuses.
"""

import io
import resource
import struct
import sys
import zlib
from collections.abc import Iterable, Iterator

from PIL import Image, ImageCms, ImageOps, JpegImagePlugin, UnidentifiedImageError

MEMORY = 1536 * 1024 * 1024
SECONDS = 40
TOO_MANY_PIXELS, TURNED_FILM, OTHER_KIND, BROKEN = 3, 4, 5, 6
KINDS = ("JPEG", "PNG", "GIF", "WEBP", "AVIF")
_ORIENTATION = 0x0112
_STEP = 16 * 1024
Chunk = tuple[bytes, bytes]

# Of PNG: what says how pixels look, and how long it may be. Pixels, frames and profile have functions of their own.
_PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_PNG_KEPT = {
    b"IHDR": 13, b"PLTE": 768, b"tRNS": 256, b"sRGB": 1, b"gAMA": 4, b"cHRM": 32, b"sBIT": 4, b"cICP": 4, b"acTL": 8,
}  # fmt: skip
_GIF_LOOPS = (b"NETSCAPE2.0", b"ANIMEXTS1.0")
_WEBP_KEPT = (b"ANIM", b"ALPH", b"VP8 ", b"VP8L")
_WEBP_ICC, _WEBP_ALPHA, _WEBP_FILM = 0x20, 0x10, 0x02


def profile_of(content: bytes | None) -> bytes | None:
    """A colour profile without what stands behind it; None where it is none."""
    if not content or len(content) < 128 or content[36:40] != b"acsp":
        return None
    profile = content[: int.from_bytes(content[:4], "big")]
    try:
        ImageCms.ImageCmsProfile(io.BytesIO(profile))
    except OSError:
        return None
    return profile


def jpeg(picture: Image.Image, content: bytes) -> bytes:
    """A JPEG with the tables it had: of what one sees nothing is lost. Of several pictures in one, the first."""
    tables = {} if not isinstance(picture, JpegImagePlugin.JpegImageFile) else picture.quantization
    sampling = max(JpegImagePlugin.get_sampling(picture), 0)
    # Tables with large numbers cannot be written back in a plain JPEG.
    fine = bool(tables) and all(value < 256 for table in tables.values() for value in table)
    quality = {"qtables": tables} if fine else {"quality": 95}
    progressive = bool(picture.info.get("progressive"))
    return _written(picture, "JPEG", subsampling=sampling, progressive=progressive, optimize=True, **quality)


def avif(picture: Image.Image, content: bytes) -> bytes:
    """An AVIF written anew with all its frames."""
    frames, lasting = [], []
    for number in range(getattr(picture, "n_frames", 1)):
        picture.seek(number)
        picture.load()
        lasting.append(int(picture.info.get("duration") or 0))
        frames.append(picture.copy() if number else picture)
    film = {"save_all": True, "append_images": _bare(frames[1:]), "duration": lasting} if len(frames) > 1 else {}
    picture.seek(0)
    return _written(picture, "AVIF", quality=90, speed=8, max_threads=1, **film)


def png(picture: Image.Image, content: bytes) -> bytes:
    """A PNG of the same pixels, at the depth they had."""
    if is_turned(picture):
        return _written(picture, "PNG")
    return _PNG_SIGNATURE + b"".join(_png_chunk(*one) for one in _png_cleaned(_png_chunks(content)))


def gif(picture: Image.Image, content: bytes) -> bytes:
    """The blocks of a GIF that make up its frames, and how often they are shown."""
    return b"".join(_gif_blocks(content))


def webp(picture: Image.Image, content: bytes) -> bytes:
    """The chunks of a WebP that make up its frames."""
    if is_turned(picture):
        is_lossless = any(name == b"VP8L" for name, _ in _riff_chunks(content[12:]))
        return _written(picture, "WEBP", lossless=is_lossless, quality=95, exact=True)
    body = b"WEBP" + b"".join(_riff_chunk(*one) for one in _webp_cleaned(content[12:]))
    return b"RIFF" + struct.pack("<I", len(body)) + body


def is_turned(picture: Image.Image) -> bool:
    """Did the camera lie on its side, and say so in its notes?"""
    try:
        return picture.getexif().get(_ORIENTATION, 1) not in (0, 1)
    except (SyntaxError, ValueError, struct.error):
        # Broken notes say nothing, and spoil no picture.
        return False


def _bare(frames: Iterable[Image.Image]) -> list[Image.Image]:
    bare = list(frames)
    for frame in bare:
        frame.info = {}
    return bare


def _written(picture: Image.Image, kind: str, **options: object) -> bytes:
    """A picture written anew, upright; of its notes only the profile, and what is see-through."""
    profile = profile_of(picture.info.get("icc_profile"))
    seen_through = picture.info.get("transparency")
    upright = ImageOps.exif_transpose(picture)
    upright.info = {} if seen_through is None else {"transparency": seen_through}
    written = io.BytesIO()
    upright.save(written, format=kind, icc_profile=profile, exif=b"", **options)
    return written.getvalue()


# --- PNG


def _png_chunks(content: bytes) -> Iterator[Chunk]:
    at = len(_PNG_SIGNATURE)
    while at + 8 <= len(content):
        (length,) = struct.unpack(">I", content[at : at + 4])
        kind = content[at + 4 : at + 8]
        yield kind, content[at + 8 : at + 8 + length]
        if kind == b"IEND":
            return
        at += 12 + length


def _png_chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _png_cleaned(chunks: Iterable[Chunk]) -> Iterator[Chunk]:
    """What is kept, with each frame's pixels as one chunk and the frames numbered anew."""
    number, pixels, kind = 0, b"", b"IDAT"
    for name, data in chunks:
        if name in (b"IDAT", b"fdAT"):
            kind, pixels = name, pixels + (data if name == b"IDAT" else data[4:])
            continue
        if pixels and name in (b"fcTL", b"IEND"):
            yield kind, (struct.pack(">I", number) if kind == b"fdAT" else b"") + _without_rest(pixels)
            number, pixels = number + (kind == b"fdAT"), b""
        if name == b"fcTL":
            yield name, struct.pack(">I", number) + data[4:26]
            number += 1
        else:
            yield from _png_kept(name, data)


def _png_kept(name: bytes, data: bytes) -> Iterator[Chunk]:
    if name == b"IEND":
        yield name, b""
    elif name == b"iCCP":
        # Behind the name of the profile, which is free text, and one byte for the kind of packing.
        profile = profile_of(zlib.decompressobj().decompress(data.partition(b"\0")[2][1:], 8 * 1024 * 1024))
        if profile is not None:
            yield name, b"icc\0\0" + zlib.compress(profile)
    elif len(data) <= _PNG_KEPT.get(name, -1):
        yield name, data


def _without_rest(packed: bytes) -> bytes:
    """Packed data, without what stands behind its end."""
    unpacker, at = zlib.decompressobj(), 0
    while at < len(packed) and not unpacker.eof:
        unpacker.decompress(packed[at : at + _STEP])
        at += _STEP
    return packed[: min(at, len(packed)) - len(unpacker.unused_data)]


# --- GIF


def _gif_blocks(content: bytes) -> Iterator[bytes]:
    at = 13 + _gif_palette(content[10])
    yield content[:at]
    while at < len(content) and content[at] != 0x3B:
        start = at
        if content[at] == 0x21:
            at = _gif_end(content, at + 2)
            yield _gif_extension(content[start:at])
        elif content[at] == 0x2C:
            at = _gif_end(content, at + 11 + _gif_palette(content[at + 9]))
            yield content[start:at]
        else:
            at += 1
    yield b"\x3b"


def _gif_palette(flags: int) -> int:
    return 3 * 2 ** ((flags & 7) + 1) if flags & 0x80 else 0


def _gif_end(content: bytes, at: int) -> int:
    """Where a row of blocks ends: each says how long it is, and one of nothing ends it."""
    while content[at]:
        at += content[at] + 1
    return at + 1


def _gif_extension(block: bytes) -> bytes:
    """How a frame is shown, and how often the film; nothing of comments, texts and what programs add."""
    if block[1] == 0xF9 and block[2] == 4:
        return block[:7] + b"\0"
    if block[1] == 0xFF and block[3:14] in _GIF_LOOPS and block[14:16] == b"\x03\x01":
        return block[:18] + b"\0"
    return b""


# --- WebP


def _riff_chunks(content: bytes) -> Iterator[Chunk]:
    at = 0
    while at + 8 <= len(content):
        (length,) = struct.unpack("<I", content[at + 4 : at + 8])
        yield content[at : at + 4], content[at + 8 : at + 8 + length]
        at += 8 + length + length % 2


def _riff_chunk(name: bytes, data: bytes) -> bytes:
    return name + struct.pack("<I", len(data)) + data + b"\0" * (len(data) % 2)


def _webp_cleaned(content: bytes) -> Iterator[Chunk]:
    seen = 0
    for name, data in _riff_chunks(content):
        # A plain picture is its one chunk; what follows it is none of it.
        if name in (b"VP8 ", b"VP8L") and seen:
            continue
        if name == b"VP8X":
            yield name, bytes([data[0] & (_WEBP_ICC | _WEBP_ALPHA | _WEBP_FILM), 0, 0, 0]) + data[4:10]
        elif name == b"ICCP":
            # The header has said that there is one, so there must be.
            yield name, profile_of(data) or ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
        elif name == b"ANMF":
            frame = b"".join(_riff_chunk(*one) for one in _riff_chunks(data[16:]) if one[0] in _WEBP_KEPT)
            yield name, data[:16] + frame
        elif name in _WEBP_KEPT:
            seen += name in (b"VP8 ", b"VP8L")
            yield name, data[:6] if name == b"ANIM" else data


WRITERS = {"JPEG": jpeg, "MPO": jpeg, "PNG": png, "GIF": gif, "WEBP": webp, "AVIF": avif}


def write(content: bytes, most_pixels: int) -> bytes:
    """The picture without notes; ends the process where it cannot be."""
    try:
        with Image.open(io.BytesIO(content), formats=KINDS) as picture:
            frames = 1 if picture.format in ("JPEG", "MPO") else getattr(picture, "n_frames", 1)
            if picture.width * picture.height * frames > most_pixels:
                sys.exit(TOO_MANY_PIXELS)
            if frames > 1 and is_turned(picture):
                sys.exit(TURNED_FILM)
            for number in reversed(range(frames)):
                picture.seek(number)
                picture.load()
            return WRITERS[picture.format or ""](picture, content)
    except UnidentifiedImageError:
        sys.exit(OTHER_KIND)
    except Image.DecompressionBombError:
        sys.exit(TOO_MANY_PIXELS)
    except (OSError, ValueError, SyntaxError, EOFError, IndexError, RuntimeError, struct.error, zlib.error):
        sys.exit(BROKEN)


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    sys.stdout.buffer.write(write(sys.stdin.buffer.read(), int(sys.argv[1])))


if __name__ == "__main__":
    main()
