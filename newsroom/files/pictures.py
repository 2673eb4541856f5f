"""How pictures are opened: by few of Pillow's readers, and seen the right way up."""

from PIL import ExifTags
from PIL.Image import Image

READABLE = ("JPEG", "PNG", "WEBP", "AVIF")
"""What Pillow may read: each of its other readers is a way in for files made to break it."""

LYING = frozenset({5, 6, 7, 8})
"""The EXIF orientations of a picture that has to be turned on its side."""


def upright_size(picture: Image) -> tuple[int, int]:
    """Return (width, height) of an opened picture as it is meant to be seen, without decoding it."""
    lying = picture.getexif().get(ExifTags.Base.Orientation) in LYING
    return picture.size[::-1] if lying else picture.size
