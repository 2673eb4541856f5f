"""What is left of a photograph's file: the picture, and nothing about who took it where."""

import io

import pytest
from hypothesis import given, settings, strategies as st
from PIL import ExifTags, Image as Pillow, ImageCms, JpegImagePlugin

from newsroom.files.exif import stripped
from tests.articles.test_renditions import encoded, located

NOISE = Pillow.effect_noise((120, 80), 60).convert("RGB")
PROFILE = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def opened(data):
    return Pillow.open(io.BytesIO(data))


def pixels(data):
    return opened(data).convert("RGB").tobytes()


def test_place_names_and_comments_are_gone():
    data = encoded(NOISE, exif=opened(located()).getexif(), xmp=b"<x>Secret</x>", comment="Secret")

    left = stripped(data, "JPEG", orientation=None)

    assert b"Secret" in data
    assert b"Secret" not in left
    assert not opened(left).getexif()
    assert pixels(left) == pixels(data)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_the_orientation_stays(orientation):
    left = stripped(located(orientation=orientation), "JPEG", orientation=orientation)

    exif = opened(left).getexif()
    assert exif.get(ExifTags.Base.Orientation, 1) == orientation
    assert set(exif) <= {ExifTags.Base.Orientation}
    assert b"Secret" not in left


@pytest.mark.parametrize("options", [{"progressive": True}, {"restart_marker_blocks": 2}, {}])
@pytest.mark.parametrize("mode", ["RGB", "L", "CMYK"])
def test_each_kind_keeps_its_pixels_and_its_profile(mode, options):
    data = encoded(NOISE.convert(mode), icc_profile=PROFILE, **options)

    left = stripped(data, "JPEG", orientation=1)

    assert pixels(left) == pixels(data)
    assert opened(left).info["icc_profile"] == PROFILE


def test_a_second_picture_behind_the_first_is_gone():
    data = encoded(NOISE, "MPO", save_all=True, append_images=[Pillow.new("RGB", (9, 9), "red")])
    assert opened(data).n_frames == 2

    left = stripped(data, "JPEG", orientation=None)

    assert isinstance(opened(left), JpegImagePlugin.JpegImageFile)
    assert opened(left).format == "JPEG"
    assert pixels(left) == pixels(data)


def test_what_is_stripped_already_stays_as_it_is():
    left = stripped(located(orientation=6), "JPEG", orientation=6)

    assert stripped(left, "JPEG", orientation=6) == left


def test_a_file_that_ends_too_early_keeps_what_it_has():
    data = encoded(NOISE)[:-40]

    assert stripped(data, "JPEG", orientation=None) == data + b"\xff\xd9"


def with_everything(encoding, **options):
    """Return a picture with Exif and XMP that name somebody, without loss where that can be."""
    exif = opened(located(**options)).getexif()
    exif[ExifTags.Base.Artist] = "Secret Name"
    lossless = {"WEBP": {"lossless": True}}.get(encoding, {})
    return encoded(
        NOISE, encoding, exif=exif, xmp=b"<x>Secret</x>", icc_profile=PROFILE, **lossless
    )


@pytest.mark.parametrize("encoding", ["PNG", "WEBP", "AVIF"])
@pytest.mark.parametrize("orientation", [1, 6, 8])
def test_other_formats_lose_place_and_names_too_and_nothing_else(encoding, orientation):
    data = with_everything(encoding, orientation=orientation)
    assert b"Secret" in data

    left = stripped(data, encoding, orientation=orientation)

    exif = opened(left).getexif()
    assert b"Secret" not in left
    assert exif.get(ExifTags.Base.Orientation, 1) == orientation
    assert set(exif) <= {ExifTags.Base.Orientation}
    assert pixels(left) == pixels(data)
    assert opened(left).info["icc_profile"] == PROFILE
    assert stripped(left, encoding, orientation=orientation) == left


@pytest.mark.parametrize("encoding", ["PNG", "WEBP", "AVIF"])
@pytest.mark.parametrize("mode", ["RGB", "RGBA", "L", "P"])
def test_a_file_without_metadata_stays_as_it_is(encoding, mode):
    data = encoded(NOISE.convert(mode), encoding)

    assert pixels(stripped(data, encoding, orientation=None)) == pixels(data)


@pytest.mark.parametrize("encoding", ["PNG", "WEBP"])
def test_a_moving_picture_goes_on_to_move(encoding):
    frames = [Pillow.new("RGB", (9, 9), colour) for colour in ("red", "teal", "navy")]
    data = encoded(frames[0], encoding, save_all=True, append_images=frames[1:])

    assert opened(stripped(data, encoding, orientation=None)).n_frames == 3


@pytest.mark.parametrize("encoding", ["PNG", "WEBP"])
def test_what_follows_a_picture_of_another_format_is_gone(encoding):
    data = with_everything(encoding) + b"Secret"

    assert b"Secret" not in stripped(data, encoding, orientation=None)


@settings(deadline=None, max_examples=60)
@given(st.data(), st.sampled_from(["JPEG", "PNG", "WEBP", "AVIF"]))
def test_a_damaged_file_raises_nothing(data, encoding):
    whole = bytearray(encoded(Pillow.new("RGB", (9, 9), "red"), encoding))
    for _time in range(data.draw(st.integers(1, 8))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    end = data.draw(st.integers(0, len(whole)))

    assert isinstance(stripped(bytes(whole[:end]), encoding, orientation=6), bytes)
