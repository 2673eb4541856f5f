"""What may be a picture of the site, and what becomes of its file."""

import io
import logging
import os
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import timezone
from PIL import ExifTags, Image as Pillow, PngImagePlugin

from newsroom.db import locks
from newsroom.files import replaced, unfinished
from newsroom.site import actions, pictures
from newsroom.site.models import SiteSettings
from tests.newsroom.site.uploads import drawing, photograph

A_WEEK_ON = timezone.now() + timedelta(days=8)

COMMITTED = pytest.mark.django_db(transaction=True)


def stored(folder=pictures.FOLDER):
    """Return the names of the files in a folder of the storage."""
    if not default_storage.exists(folder):
        return []
    return [f"{folder}/{file}" for file in sorted(default_storage.listdir(folder)[1])]


def everything():
    return stored(), stored(unfinished.FOLDER), stored(replaced.FOLDER)


def save(**files):
    site = actions.settings_row()
    for kind, file in files.items():
        setattr(site, kind, file and pictures.prepared(file, kind))
    actions.save(site)
    return site


def test_a_name_tells_what_is_in_a_file_and_its_size():
    first, again = pictures.prepared(drawing(), "logo"), pictures.prepared(drawing(), "logo")

    assert first.name == again.name != pictures.prepared(drawing(colour="red"), "logo").name
    picture = pictures.of(first.name)
    assert (picture.url, picture.width, picture.height) == (f"/media/{first.name}", 1000, 250)
    assert pictures.of("") is None


def test_a_logo_of_which_nothing_can_be_seen_is_refused():
    buffer = io.BytesIO()
    Pillow.new("RGBA", (200, 100), (200, 0, 0, 0)).save(buffer, "PNG")

    with pytest.raises(ValidationError, match="all of it is transparent"):
        pictures.prepared(ContentFile(buffer.getvalue(), name="a.png"), "logo")


def test_a_logo_in_webp_keeps_its_format():
    kept = pictures.prepared(photograph(encoding="WEBP"), "logo")

    assert kept.name.endswith(".webp")
    assert Pillow.open(kept).format == "WEBP"


def test_what_a_camera_or_a_program_has_noted_is_gone():
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Author", "Secret")
    exif = Pillow.Exif()
    exif[ExifTags.Base.ImageDescription] = "Secret"
    file = photograph(pnginfo=notes, exif=exif)

    kept = pictures.prepared(file, "logo").read()

    assert b"Secret" not in kept
    assert Pillow.open(io.BytesIO(kept)).size == (400, 100)


@pytest.mark.parametrize(
    ("kind", "file", "sentence"),
    [
        ("logo", SimpleUploadedFile("a.png", b"no picture"), "This file is no picture in SVG / PNG / WebP."),
        ("logo", SimpleUploadedFile("a.svg", b"<svg"), "This file is no SVG."),
        ("logo", photograph(encoding="JPEG"), "This file is no picture in SVG / PNG / WebP."),
        ("logo", photograph(2001, 16), "This picture has 2001 × 16 pixels: it needs 16 × 16 at least, and 2000 on a side at most."),
        ("logo", SimpleUploadedFile("a.svg", b"<svg" + bytes(200_000)), "This file has 201 kB; 200 kB is the most."),
        ("icon", photograph(200, 180), "This picture has 200 × 180 pixels: it must be a square."),
        ("icon", photograph(64, 64), "This picture has 64 × 64 pixels: it needs 180 × 180 at least, and 1024 on a side at most."),
        ("icon", drawing(), "This file is no picture in PNG."),
        ("sharing", drawing(), "This file is no picture in JPEG / PNG."),
    ],
)  # fmt: skip
def test_what_cannot_be_shown_gets_one_sentence(kind, file, sentence):
    with pytest.raises(ValidationError) as refused:
        pictures.prepared(file, kind)

    assert refused.value.messages == [sentence]


def test_a_picture_that_breaks_off_is_none():
    data = photograph().read()

    with pytest.raises(ValidationError, match="is no picture"):
        pictures.prepared(SimpleUploadedFile("a.png", data[: len(data) // 2]), "logo")


@COMMITTED
def test_a_file_stays_as_long_as_the_settings_name_it():
    first = save(logo=drawing(), logo_dark=drawing()).logo.name
    assert stored() == [first]

    save(logo=drawing(colour="red"))
    assert sorted(stored()) == sorted([first, SiteSettings.objects.get().logo.name])

    save(logo_dark=drawing(colour="red"))
    replaced.clear(now=A_WEEK_ON)
    assert stored() == [SiteSettings.objects.get().logo.name]

    save(logo="", logo_dark="")
    replaced.clear(now=A_WEEK_ON)
    assert everything() == ([], [], [])


@COMMITTED
def test_a_replaced_file_stays_for_a_week_for_pages_of_before():
    before = save(logo=drawing()).logo.name
    save(logo="")
    save(logo=drawing())
    replaced.clear(now=A_WEEK_ON)
    assert everything() == ([before], [], [])

    after = save(logo=drawing(colour="red")).logo.name
    replaced.clear(now=timezone.now() + timedelta(days=6))
    assert sorted(stored()) == sorted([before, after])

    replaced.clear(now=A_WEEK_ON)
    assert everything() == ([after], [], [])


@COMMITTED
def test_a_file_that_comes_back_and_goes_again_has_its_week_from_then_on():
    name = save(logo=drawing()).logo.name
    save(logo="")
    old = default_storage.path(f"{replaced.FOLDER}/{name.rpartition('/')[2]}")
    os.utime(old, times=(0, 0))

    save(logo=drawing())
    save(logo="")
    replaced.clear(now=timezone.now())

    assert stored() == [name]


@COMMITTED
def test_the_same_picture_again_is_the_same_file():
    name = save(logo=drawing()).logo.name

    assert save(logo=drawing()).logo.name == name
    assert (stored(), stored(unfinished.FOLDER)) == ([name], [])


@COMMITTED
def test_nothing_is_left_of_settings_that_were_not_saved():
    before = save(logo=drawing()).logo.name
    with locks.writing():
        save(logo=drawing(colour="red"))
        transaction.set_rollback(True)

    assert len(stored()) == 2
    unfinished.clear()

    assert (stored(), stored(unfinished.FOLDER)) == ([before], [])


@COMMITTED
def test_the_half_of_a_file_that_a_killed_process_has_left_is_written_anew():
    name = pictures.prepared(drawing(), "logo").name
    unfinished.note(name)
    default_storage.save(name, ContentFile(b"<sv"))

    save(logo=drawing())

    with default_storage.open(name) as file:
        assert file.read().endswith(b"</svg>")
    assert (stored(), stored(unfinished.FOLDER)) == ([name], [])


@COMMITTED
def test_a_file_that_cannot_be_deleted_now_goes_later(monkeypatch, caplog):
    save(logo=drawing())
    save(logo="")
    with monkeypatch.context() as away, caplog.at_level(logging.WARNING):

        def fail(name):
            raise OSError

        away.setattr(default_storage, "delete", fail)
        replaced.clear(now=A_WEEK_ON)
    assert len(stored()) == 1

    replaced.clear(now=A_WEEK_ON)

    assert everything() == ([], [], [])


@COMMITTED
def test_in_a_bucket_it_is_the_same(in_bucket):
    name = save(logo=drawing()).logo.name
    assert in_bucket.names() == [name]
    assert pictures.of(name).url == f"{in_bucket.media_url}{name}"

    save(logo="")
    assert name in in_bucket.names()
    replaced.clear(now=A_WEEK_ON)
    assert in_bucket.names() == []
