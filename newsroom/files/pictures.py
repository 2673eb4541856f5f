"""How pictures are opened: by few of Pillow's readers, and seen the right way up."""

import struct
import zlib
from typing import BinaryIO

from django.utils.translation import gettext as _
from PIL import ExifTags, Image as Pillow
from PIL.Image import Image

READABLE = ("JPEG", "PNG", "WEBP", "AVIF")
"""What Pillow may read: each of its other readers is a way in for files made to break it."""

HEAD = 16
"""So many bytes tell in which format a picture is."""

SIGNS = {
    b"\xff\xd8\xff": "JPEG",
    b"\x89PNG": "PNG",
    b"GIF8": "GIF",
    b"II*\0": "TIFF",
    b"MM\0*": "TIFF",
    b"BM": "BMP",
}
BRANDS = {
    b"avif": "AVIF",
    b"avis": "AVIF",
    b"heic": "HEIC",
    b"heix": "HEIC",
    b"mif1": "HEIC",
    b"msf1": "HEIC",
}
"""The formats in one container (ISO/IEC 23008-12), by the brand in it. Many phones take pictures in HEIC."""

MAX_PIXELS = 50_000_000
MAX_SIDE = 16_383
"""The longest side that WebP can hold."""

# Pillow's own limit only warns up to twice its number; `opened` refuses instead.
Pillow.MAX_IMAGE_PIXELS = None
BROKEN = (
    OSError,
    ValueError,
    SyntaxError,
    TypeError,
    ArithmeticError,
    LookupError,
    EOFError,
    struct.error,
    zlib.error,
)
"""What Pillow raises, by format and kind of damage, for a file that it cannot read."""

LYING = frozenset({5, 6, 7, 8})
"""The EXIF orientations of a picture that has to be turned on its side."""


def format_of(head: bytes) -> str:
    """Return the name of the format of which these are the first HEAD bytes, "" for one that is not known."""
    if head[4:8] == b"ftyp":
        return BRANDS.get(head[8:12], "")
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "WEBP"
    return next((name for sign, name in SIGNS.items() if head.startswith(sign)), "")


def upright_size(picture: Image) -> tuple[int, int]:
    """Return (width, height) of an opened picture as it is meant to be seen, without decoding it."""
    lying = picture.getexif().get(ExifTags.Base.Orientation) in LYING
    return picture.size[::-1] if lying else picture.size


class UnreadablePicture(Exception):
    """The file is not a picture that can be shown; the message says why."""


def inspect(file: BinaryIO) -> tuple[int, int]:
    """Return (width, height) of a picture file; raise UnreadablePicture with the reason."""
    try:
        with opened(file) as picture:
            size = upright_size(picture)
            picture.draft(None, (1, 1))  # the eighth part of a JPEG is enough to know it whole
            picture.load()
            return size
    except BROKEN as error:
        raise UnreadablePicture(_reason(file)) from error
    finally:
        file.seek(0)


def _reason(file: BinaryIO) -> str:
    """Say why a file cannot be opened, and what helps."""
    file.seek(0)
    name = format_of(file.read(HEAD))
    sentence = _("it is not a picture in JPEG, PNG, WebP or AVIF")
    if name in READABLE:
        sentence = _(
            "it is damaged: a part of the picture is missing. Get the file once more from where it is whole"
        )
    elif name:
        sentence = _("it is a picture in %(format)s: save it as JPEG, PNG, WebP or AVIF")
    return str(sentence) % {"format": name}


def opened(file: BinaryIO) -> Image:
    """Return a picture of which the head was read; raise UnreadablePicture for one that has too many pixels, and what is in BROKEN."""
    picture = Pillow.open(file, formats=READABLE)
    width, height = picture.size
    if width * height > MAX_PIXELS or max(width, height) > MAX_SIDE:
        sentence = _(
            "it has %(width)s × %(height)s pixels, more than %(most)s, or %(side)s on one side: scale it down"
        )
        sizes = {"width": width, "height": height, "most": MAX_PIXELS, "side": MAX_SIDE}
        raise UnreadablePicture(sentence % {name: f"{size:,}" for name, size in sizes.items()})
    return picture
