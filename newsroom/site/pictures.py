"""The pictures of the site: what may be one, and how its file is named, written and let go.

A name tells what is in the file and how large the picture is, so that pages need to ask nobody for its size, and every copy
on the way may be kept for ever.
"""

import hashlib
import re
from functools import partial
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from PIL import ExifTags, Image as Pillow

from newsroom.files import exif, replaced, svg, unfinished
from newsroom.files.pictures import BROKEN, upright_size
from newsroom.site.identity import Picture

PICTURES = ("logo", "logo_dark", "icon", "sharing")
FOLDER = "site"
NAME = re.compile(rf"{FOLDER}/[0-9a-f]{{24}}-(\d+)x(\d+)\.(?:svg|png|webp|jpg)")
SUFFIXES = {"PNG": "png", "WEBP": "webp", "JPEG": "jpg"}


class Limits(NamedTuple):
    """What a picture may be: its formats, its largest file and its smallest and largest sides."""

    formats: tuple
    kilobytes: int
    least: tuple
    most: int
    is_square: bool = False


LOGO = Limits(("SVG", "PNG", "WEBP"), 200, (16, 16), 2000)
LIMITS = {
    "logo": LOGO,
    "logo_dark": LOGO,
    "icon": Limits(("PNG",), 200, (180, 180), 1024, is_square=True),
    "sharing": Limits(("JPEG", "PNG"), 1000, (600, 315), 4096),
}

DRAWINGS = {
    "no svg": _("This file is no SVG."),
    "entities": _("This SVG declares entities: save it as a plain SVG."),
    "style": _(
        "This SVG has styles that cannot be kept: save it with presentation attributes in place of CSS."
    ),
    "heavy": _("This SVG is too complicated for a logo: simplify it."),
    "size": _("This SVG does not say how large it is: give it a viewBox."),
    "empty": _("Nothing in this SVG paints: a picture inside of it is not kept."),
}


def of(name):
    """Return the Picture of a file, or None for no file."""
    match = NAME.fullmatch(name or "")
    return Picture(default_storage.url(name), int(match[1]), int(match[2])) if match else None


def prepared(file, kind):
    """Return what may be stored of an uploaded file, under its name; raise ValidationError with a sentence.

    `kind` is one of PICTURES. A drawing is written anew, and a photograph leaves behind what its camera has noted.
    """
    limits = LIMITS[kind]
    if file.size > limits.kilobytes * 1000:
        sentence = _("This file has %(size)s kB; %(most)s kB is the most.")
        params = {"size": -(-file.size // 1000), "most": limits.kilobytes}
        raise ValidationError(sentence, params=params)
    data = file.read()
    is_drawing = "SVG" in limits.formats and b"<svg" in data
    picture = _drawing(data) if is_drawing else _photograph(data, limits)
    digest = hashlib.sha256(picture.data).hexdigest()[:24]
    name = f"{FOLDER}/{digest}-{picture.width}x{picture.height}.{picture.suffix}"
    return ContentFile(picture.data, name=name)


class _Found(NamedTuple):
    data: bytes
    width: int
    height: int
    suffix: str


def _drawing(data):
    try:
        return _Found(*svg.cleaned(data), "svg")
    except svg.NotADrawing as error:
        raise ValidationError(DRAWINGS[error.why]) from error


def _photograph(data, limits):
    formats = [image_format for image_format in limits.formats if image_format in SUFFIXES]
    try:
        with Pillow.open(ContentFile(data), formats=formats) as picture:
            _require_size(picture.size, limits)
            picture.load()
            _require_signs(picture)
            orientation = picture.getexif().get(ExifTags.Base.Orientation)
            size, encoding = upright_size(picture), picture.format
        kept = exif.stripped(data, encoding, orientation=orientation)
        with Pillow.open(ContentFile(kept), formats=formats) as picture:
            picture.load()
    except BROKEN as error:
        sentence = _("This file is no picture in %(formats)s.")
        names = " / ".join(limits.formats).replace("WEBP", "WebP")
        raise ValidationError(sentence, params={"formats": names}) from error
    return _Found(kept, *size, SUFFIXES[encoding])


def _require_signs(picture):
    """Raise ValidationError where nothing of a picture can be seen."""
    if picture.has_transparency_data and not picture.convert("RGBA").getchannel("A").getbbox():
        raise ValidationError(_("Nothing in this picture can be seen: all of it is transparent."))


def _require_size(size, limits):
    width, height = size
    if limits.is_square and width != height:
        sentence = _("This picture has %(width)s × %(height)s pixels: it must be a square.")
        raise ValidationError(sentence, params={"width": width, "height": height})
    least = limits.least
    if width < least[0] or height < least[1] or max(size) > limits.most:
        sentence = _(
            "This picture has %(width)s × %(height)s pixels: it needs %(least)s at least, and %(most)s on a side at most."
        )
        params = {"least": f"{least[0]} × {least[1]}", "most": limits.most}
        raise ValidationError(sentence, params={"width": width, "height": height, **params})


def write(site, *, before):
    """Write the files that were assigned to the settings, ahead of their row; those of the row `before` are noted as replaced.

    Inside of locks.writing(): nobody else has such a file on its way.
    """
    noted = set()
    for kind in PICTURES:
        file = getattr(site, kind)
        if file and not file._committed:
            _write(file)
            noted.add(file.name)
            setattr(site, kind, file.name)
    for name in _names(before) - _names(site):
        replaced.note(name)
    if noted:
        transaction.on_commit(partial(unfinished.settle, sorted(noted)), robust=True)


def _names(site):
    return {getattr(site, kind).name for kind in PICTURES} - {"", None}


def _write(file):
    if not _note(file.name):
        default_storage.delete(file.name)
    if not default_storage.exists(file.name):
        default_storage.save(file.name, file.file)


def _note(name):
    """Note a name; return whether it was not noted before."""
    is_new = not unfinished.is_noted(name)
    if is_new:
        unfinished.note(name)
    return is_new
