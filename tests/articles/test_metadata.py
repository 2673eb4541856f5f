"""What is left of a photograph's file: the picture, and nothing about who took it where."""

import io

import pytest
from PIL import ExifTags, Image as Pillow, ImageCms, JpegImagePlugin

from articles.metadata import stripped
from tests.articles.test_renditions import encoded, located

NOISE = Pillow.effect_noise((120, 80), 60).convert("RGB")
PROFILE = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def opened(data):
    return Pillow.open(io.BytesIO(data))


def pixels(data):
    return opened(data).convert("RGB").tobytes()


def test_place_names_and_comments_are_gone():
    data = encoded(NOISE, exif=opened(located()).getexif(), xmp=b"<x>Secret</x>", comment="Secret")

    left = stripped(data, orientation=None)

    assert b"Secret" in data
    assert b"Secret" not in left
    assert not opened(left).getexif()
    assert pixels(left) == pixels(data)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_the_orientation_stays(orientation):
    left = stripped(located(orientation=orientation), orientation=orientation)

    exif = opened(left).getexif()
    assert exif.get(ExifTags.Base.Orientation, 1) == orientation
    assert set(exif) <= {ExifTags.Base.Orientation}
    assert b"Secret" not in left


@pytest.mark.parametrize("options", [{"progressive": True}, {"restart_marker_blocks": 2}, {}])
@pytest.mark.parametrize("mode", ["RGB", "L", "CMYK"])
def test_each_kind_keeps_its_pixels_and_its_profile(mode, options):
    data = encoded(NOISE.convert(mode), icc_profile=PROFILE, **options)

    left = stripped(data, orientation=1)

    assert pixels(left) == pixels(data)
    assert opened(left).info["icc_profile"] == PROFILE


def test_a_second_picture_behind_the_first_is_gone():
    data = encoded(NOISE, "MPO", save_all=True, append_images=[Pillow.new("RGB", (9, 9), "red")])
    assert opened(data).n_frames == 2

    left = stripped(data, orientation=None)

    assert isinstance(opened(left), JpegImagePlugin.JpegImageFile)
    assert opened(left).format == "JPEG"
    assert pixels(left) == pixels(data)


def test_what_is_stripped_already_stays_as_it_is():
    left = stripped(located(orientation=6), orientation=6)

    assert stripped(left, orientation=6) == left


def test_a_file_that_ends_too_early_keeps_what_it_has():
    data = encoded(NOISE)[:-40]

    assert stripped(data, orientation=None) == data + b"\xff\xd9"
