"""How pictures are opened: by few of Pillow's readers, and seen the right way up."""

from PIL import ExifTags
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
