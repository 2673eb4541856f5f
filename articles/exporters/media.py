"""The pictures beside a file of stories: what they are called there, and their copies."""

import os
import re
from io import BytesIO
from pathlib import PurePosixPath

from PIL import ExifTags, Image as Pillow

from newsroom.files import exif
from newsroom.files.pictures import READABLE

FOLDER = "media"
OURS = re.compile(rf"{FOLDER}/[0-9a-z]{{2}}/[0-9A-Za-z_-]+\.[a-z]+")
MISSING = re.compile(rf"{OURS.pattern}|{FOLDER}/missing-[0-9]+")


class Media:
    """The pictures of one export. With a `folder` each is copied there; `failed` are those that could not be, each with its reason."""

    def __init__(self, folder=None):
        self.folder, self.copied, self.failed = folder, 0, []

    def called(self, use, *, is_shown):
        """Return what a file calls a picture, after copying it.

        A name that an export gave stays for ever. Names of other sources are those of their own folders, and two can be the same.
        """
        image = use.image
        if image.is_gap:
            if MISSING.fullmatch(use.source_reference):
                return use.source_reference
            return f"{FOLDER}/missing-{image.pk}" if is_shown or use.source_reference else ""
        file = PurePosixPath(image.file.name).name
        name = f"{FOLDER}/{file[:2].lower()}/{file}"
        name = use.source_reference if OURS.fullmatch(use.source_reference) else name
        if self.folder:
            self._copy(image.file, self.folder / name)
        return name

    def _copy(self, file, target):
        if target.exists():
            return
        try:
            with file.open("rb") as stored:
                data = without_metadata(stored.read())
            target.parent.mkdir(parents=True, exist_ok=True)
            part = target.with_suffix(".part")
            part.write_bytes(data)
            os.replace(part, target)
        except OSError as error:
            self.failed.append(f"{file.name} could not be copied: {error}.")
        else:
            self.copied += 1


def without_metadata(data):
    """Return the bytes of a picture without what a camera wrote into them, however the file came here."""
    with Pillow.open(BytesIO(data), formats=READABLE) as picture:
        encoding = picture.format
        orientation = picture.getexif().get(ExifTags.Base.Orientation)
    return exif.stripped(data, encoding, orientation=orientation)
