import hashlib
import io
import re
import struct
import zlib
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from PIL import ExifTags, Image as Pillow, ImageCms, ImageFilter

from articles import renditions
from articles.models import Image, Rendition
from newsroom.files.pictures import READABLE, UnreadablePicture, inspect
from tests import factories, samples

# Pictures and files; the random changes of test_exactness.py make renditions on both databases.
pytestmark = [pytest.mark.django_db, pytest.mark.once]

NOW = datetime(2020, 5, 4, 12, tzinfo=UTC)


def encoded(picture, form="JPEG", **options):
    buffer = io.BytesIO()
    picture.save(buffer, form, **options)
    return buffer.getvalue()


def located(size=(400, 200), *, orientation=1):
    """Return a JPEG with an orientation, a place, an XMP packet and an author in its EXIF data."""
    exif = Pillow.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    exif[ExifTags.Base.Artist] = "Secret Name"
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (33.0, 30.0, 0.0)
    return encoded(Pillow.new("RGB", size, "red"), exif=exif, xmp=b"<x>Secret Name</x>")


def stored(data, name="a.jpg", **fields):
    image = Image(file=ContentFile(data, name=name), creator="A", **fields)
    image.save()
    return image


def made(image):
    """Render, and return the image as a page finds it."""
    renditions.render.call(image.pk)
    return Image.objects.get(pk=image.pk)


def opened(rendition):
    with rendition.file.open("rb") as file:
        return Pillow.open(io.BytesIO(file.read()))


def largest(image, form="jpeg"):
    return opened(image.renditions.filter(format=form, shape="full").order_by("-width").first())


# --- What is measured ---


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_picture_is_measured_and_shown_as_it_is_meant_to_be_seen(orientation):
    data = located((330, 200), orientation=orientation)
    image = stored(data)

    size = (330, 200) if orientation < 5 else (200, 330)
    assert (image.width, image.height) == inspect(io.BytesIO(data)) == size
    width, height = largest(made(image)).size
    assert (width > height) is (orientation < 5)


@pytest.mark.parametrize(("orientation", "top"), [(6, (0, 360)), (8, (440, 800))])
def test_the_focal_point_is_one_of_the_picture_as_it_is_seen(orientation, top):
    """A telephone that is held upright turns the picture: its top is the left or the right of what is stored."""
    picture = Pillow.new("RGB", (800, 400), "red")
    picture.paste("blue", (top[0], 0, top[1], 400))
    exif = Pillow.Exif()
    exif[ExifTags.Base.Orientation] = orientation

    image = made(stored(encoded(picture, exif=exif), focal_x=0.5, focal_y=0.2))

    crops = [opened(row) for row in image.renditions.filter(format="jpeg", shape="16x9")]
    seen = [
        crop.convert("RGB").getpixel((crop.width // 2, y))
        for crop in crops
        for y in (3, crop.height - 4)
    ]
    assert seen
    assert all(blue > 200 and red < 50 for red, _green, blue in seen)


def test_what_stands_in_a_comment_of_a_jpeg_is_not_kept():
    data = encoded(Pillow.new("RGB", (40, 20), "red"), comment=b"Secret Name")
    assert b"Secret Name" in data

    image = stored(data)

    with image.file.open("rb") as file:
        assert b"Secret Name" not in file.read()


def test_the_suffix_is_that_of_the_content_and_never_the_senders():
    image = stored(encoded(Pillow.new("RGB", (9, 9)), "PNG"), name="page.html")

    assert re.fullmatch(r"originals/(\w\w)/\1\w{30}\.png", image.file.name)


def test_who_has_the_picture_cannot_tell_what_its_files_are_called():
    image, same = made(stored(located())), made(stored(located()))
    names = [
        row.file.name for picture in (image, same) for row in (picture, *picture.renditions.all())
    ]

    assert image.checksum == same.checksum
    assert len(set(names)) == len(names)
    assert not any(image.checksum[:8] in name for name in names)


def test_files_from_before_names_came_by_chance_keep_theirs():
    checksum = "0123456789abcdef" * 4
    image = Image(checksum=checksum, file=f"originals/01/{checksum[:32]}.jpg")

    assert (
        image.rendition_key == hashlib.sha256(f"{checksum}:0.5000:0.5000".encode()).hexdigest()[:24]
    )


def test_a_new_file_forgets_the_renditions_of_the_old_one():
    image = made(stored(located()))
    assert image.available

    image.file = ContentFile(located((100, 50)), name="b.jpg")
    image.save()

    assert (image.available, image.width) == ({}, 100)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "not a picture"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'></svg>", "not a picture"),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", "not a picture"),
        (encoded(Pillow.new("RGB", (9, 9)), "GIF"), "in GIF: save it as JPEG"),
        (encoded(Pillow.new("RGB", (9, 9)), "TIFF"), "in TIFF: save it as JPEG"),
        (b"\0\0\0\x24ftypheic\0\0\0\0mif1heic", "in HEIC: save it as JPEG"),
        (b"\0\0\0\x24ftypqt  \0\0\0\0", "not a picture"),
        *(
            (encoded(Pillow.new("RGB", (90, 90)), name)[:share], "damaged")
            for name in READABLE
            for share in (20, -60)
        ),
        (encoded(Pillow.new("1", (10_000, 10_001)), "PNG"), "pixels"),
        (encoded(Pillow.new("1", (9, 17_000)), "PNG"), "one side"),
    ],
)
def test_a_file_that_cannot_be_shown_is_refused_with_the_reason(data, reason):
    file = io.BytesIO(data)

    with pytest.raises(UnreadablePicture, match=reason):
        inspect(file)

    assert file.tell() == 0


def test_a_picture_with_broken_data_is_refused():
    png = bytearray(encoded(Pillow.effect_noise((64, 64), 90).convert("RGB"), "PNG"))
    start = png.index(b"IDAT") + 4
    (length,) = struct.unpack(">I", png[start - 8 : start - 4])
    png[start + 20 : start + 40] = b"\xff" * 20
    png[start + length : start + length + 4] = struct.pack(
        ">I", zlib.crc32(bytes(png[start - 4 : start + length]))
    )

    with pytest.raises(UnreadablePicture):
        inspect(io.BytesIO(bytes(png)))


# --- What is made ---


@pytest.mark.parametrize(
    ("size", "widths", "shapes"),
    [
        ((1, 1), [1], {"full"}),
        ((300, 200), [300], {"full", "16x9", "4x3"}),
        ((330, 180), [320], {"full", "16x9"}),
        ((500, 10), [320, 480], {"full"}),
        ((1200, 630), [320, 480, 640, 800, 960], {"full", "social", *renditions.CROPS}),
        ((1199, 800), [320, 480, 640, 800, 960], {"full", *renditions.CROPS}),
        (
            (4000, 600),
            [320, 480, 640, 800, 960, 1280, 1600],
            {"full", *renditions.CROPS},
        ),
    ],
)
def test_nothing_is_made_larger_than_its_original(size, widths, shapes):
    plan = renditions.plan(*size)

    assert [width for shape, width, _height in plan if shape == "full"] == widths
    assert {shape for shape, _width, _height in plan} == shapes
    assert all(1 <= height <= size[1] for _shape, _width, height in plan)
    assert all(width <= size[0] for _shape, width, _height in plan)


def test_search_engines_are_told_of_crops_that_are_what_is_said_of_them():
    picture = Pillow.effect_noise((1000, 601), 50).convert("RGB")
    image = made(stored(encoded(picture, quality=50)))

    told = renditions.crops(image, at=NOW)

    ratios = [round(width / height, 1) for _url, width, height in told]
    assert ratios == [1.8, 1.3, 1.0]
    for url, width, height in told:
        row = image.renditions.get(file=url.removeprefix("/media/"))
        assert (row.shape in renditions.CROPS, opened(row).size) == (True, (width, height))


def test_an_image_of_an_earlier_release_gets_what_that_did_not_make():
    image = made(stored(encoded(Pillow.new("RGB", (640, 480), "red"))))
    image.renditions.filter(shape="1x1").delete()
    del image.available[image.rendition_key]["1x1"]
    image.save(update_fields=["available"])
    assert not renditions.is_complete(image)

    image = made(image)

    assert renditions.is_complete(image)
    assert image.renditions.filter(shape="1x1").count() == 1


@pytest.mark.parametrize(("form", "mode"), [("JPEG", "CMYK"), ("PNG", "RGBA"), ("PNG", "P")])
def test_a_very_large_picture_keeps_its_widths_colours_and_way_up(monkeypatch, form, mode):
    exif = Pillow.Exif()
    exif[ExifTags.Base.Orientation] = 6
    picture = Pillow.new("RGB", (4000, 3300), "red")
    picture.paste("blue", (0, 0, 400, 3300))
    image = stored(encoded(picture.convert(mode), form, exif=exif), name=f"a.{form.lower()}")
    decoded, scaled = set(), renditions._scaled
    monkeypatch.setattr(
        renditions, "_scaled", lambda own, *how: decoded.add(own.size) or scaled(own, *how)
    )
    monkeypatch.setattr(renditions, "_formats", lambda _shape: ("jpeg",))

    image = made(image)

    assert (image.width, image.height) == (3300, 4000)
    assert decoded == {(3300, 4000) if mode == "P" else (1650, 2000)}
    assert largest(image).size == (1600, 1939)
    assert is_near(largest(image).getpixel((800, 60)), (0, 0, 254))
    assert is_near(largest(image).getpixel((800, 1800)), (254, 0, 0))


def test_each_rendition_is_a_file_of_its_format_and_size():
    image = made(stored(encoded(Pillow.effect_noise((700, 350), 50).convert("RGB"))))

    rows = list(image.renditions.all())
    assert {(row.format, row.width) for row in rows if row.shape == "full"} == {
        (form, width) for form in ("avif", "webp", "jpeg") for width in (320, 480, 640)
    }
    for row in rows:
        picture = opened(row)
        picture.load()
        assert (picture.format.lower(), *picture.size) == (row.format, row.width, row.height)
    assert image.available == {
        image.rendition_key: {
            **dict.fromkeys(("avif", "webp", "jpeg"), [320, 480, 640]),
            "16x9": [622],
            "4x3": [466],
            "1x1": [350],
            "light": image.renditions.get(shape="full", format="jpeg", width=640).file.size,
        }
    }


@pytest.mark.parametrize("form", ["avif", "webp"])
def test_what_a_phone_fetches_is_never_heavy_unless_it_would_be_mush(monkeypatch, form):
    def grain(blur):
        bands = [Pillow.effect_noise((renditions.PHONE, 500), 90) for _ in range(3)]
        return Pillow.merge("RGB", [band.filter(ImageFilter.GaussianBlur(blur)) for band in bands])

    fine, rough = grain(blur=2), grain(blur=0.5)
    most = renditions.PHONE_BYTES

    assert len(renditions.encoded(fine, "social", form)) > most
    assert len(renditions.encoded(fine, renditions.FULL, form)) <= most
    mush = renditions.encoded(rough, renditions.FULL, form)
    monkeypatch.setitem(renditions.DENSE_QUALITY, form, renditions.LEAST_QUALITY[form])
    assert mush == renditions.encoded(rough, renditions.FULL, form)


def test_nothing_of_where_and_by_whom_it_was_taken_is_passed_on():
    image = made(stored(located()))

    assert image.renditions.count() == 5
    for row in image.renditions.all():
        with row.file.open("rb") as file:
            data = file.read()
        assert b"Secret" not in data
        assert not Pillow.open(io.BytesIO(data)).getexif()


def test_the_shape_for_sharing_is_cropped_round_the_focal_point():
    picture = Pillow.new("RGB", (2600, 700), "white")
    picture.paste("red", (2300, 0, 2600, 700))

    colours = {}
    for focus in (0.0, 1.0):
        image = made(stored(encoded(picture, quality=50), focal_x=focus, focal_y=0.5))
        social = opened(image.renditions.get(shape="social"))
        assert social.size == renditions.SOCIAL_SIZE
        colours[focus] = social.getpixel((1150, 300))[1] < 100

    assert colours == {0.0: False, 1.0: True}


def test_a_graphic_is_shared_whole_on_white():
    picture = Pillow.new("RGB", (1300, 1300), "red")

    image = made(stored(encoded(picture, quality=50), kind="graphic", focal_x=0, focal_y=0))

    social = opened(image.renditions.get(shape="social"))
    assert social.size == renditions.SOCIAL_SIZE
    edge, middle = social.getpixel((10, 300)), social.getpixel((600, 300))
    assert edge[1] > 200
    assert middle[1] < 100
    assert not image.renditions.filter(shape__in=renditions.CROPS).exists()
    assert renditions.is_complete(image)


def test_a_portrait_that_nobody_marked_keeps_its_upper_part():
    assert Image(width=600, height=900).focus == (0.5, 0.25)
    assert Image(width=600, height=900, focal_y=0.8).focus == (0.5, 0.8)
    assert Image(width=900, height=600).focus == (0.5, 0.5)


def test_doing_it_again_changes_nothing():
    image = made(stored(located()))
    before = list(Rendition.objects.order_by("pk").values())
    files = sorted(path.name for path in Path(default_storage.location).rglob("*"))

    again = made(image)

    assert list(Rendition.objects.order_by("pk").values()) == before
    assert sorted(path.name for path in Path(default_storage.location).rglob("*")) == files
    assert again.available == image.available


def test_another_focal_point_gives_other_names():
    image = made(stored(located()))
    old = set(image.renditions.values_list("file", flat=True))

    image.focal_x = 0.1
    image.save()
    assert renditions.picture_of(image, at=NOW).src == image.file.url

    image = made(image)
    assert not old & set(image.renditions.exclude(file__in=old).values_list("file", flat=True))
    assert image.rendition_key in renditions.picture_of(image, at=NOW).src


def test_what_is_made_of_a_focal_point_that_has_moved_meanwhile_is_not_told(monkeypatch):
    image, keep = stored(located()), renditions._keep

    def overtaken(*args):
        monkeypatch.setattr(renditions, "_keep", keep)
        Image.objects.filter(pk=image.pk).update(focal_x=0.1)
        made(image)
        keep(*args)

    monkeypatch.setattr(renditions, "_keep", overtaken)
    rendered = made(image)

    assert list(rendered.available) == [rendered.rendition_key]


def test_an_image_that_is_gone_or_a_gap_is_no_failure():
    renditions.render.call(10**9)
    renditions.render.call(factories.ImageFactory(file="").pk)

    assert not Rendition.objects.exists()


def pixel_of(data, name):
    return largest(made(stored(data, name=name))).convert("RGB").getpixel((4, 4))


def is_near(colour, expected):
    return all(abs(a - b) < 12 for a, b in zip(colour, expected, strict=True))


def deep_grey():
    return Pillow.frombytes("I;16", (9, 9), struct.pack("<81H", *[128 * 256] * 81))


@pytest.mark.parametrize(
    ("picture", "form", "colour"),
    [
        (lambda: Pillow.new("CMYK", (9, 9), (0, 255, 255, 0)), "JPEG", (254, 0, 0)),
        (lambda: Pillow.new("L", (9, 9), 128), "JPEG", (128, 128, 128)),
        (deep_grey, "PNG", (128, 128, 128)),
        (lambda: Pillow.new("RGB", (9, 9), "red").quantize(2), "PNG", (254, 0, 0)),
        (lambda: Pillow.new("RGBA", (9, 9), (0, 0, 0, 0)), "PNG", (255, 255, 255)),
        (lambda: Pillow.new("LA", (9, 9), (0, 0)), "PNG", (255, 255, 255)),
        (lambda: Pillow.new("1", (9, 9), 1), "PNG", (255, 255, 255)),
    ],
)
def test_every_kind_of_pixel_comes_out_in_its_colour(picture, form, colour):
    assert is_near(pixel_of(encoded(picture(), form), f"a.{form.lower()}"), colour)


def test_the_colours_of_another_profile_become_those_of_the_web():
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    # A profile that calls green what others call red.
    swapped = profile.replace(b"rXYZ", b"????").replace(b"gXYZ", b"rXYZ").replace(b"????", b"gXYZ")
    data = encoded(Pillow.new("RGB", (9, 9), "red"), icc_profile=swapped)

    assert is_near(pixel_of(data, "a.jpg"), (0, 255, 0))


def test_a_profile_that_is_of_no_use_is_left_out():
    data = encoded(Pillow.new("RGB", (9, 9), "red"), icc_profile=b"nonsense")

    assert is_near(pixel_of(data, "a.jpg"), (254, 0, 0))


# --- What is deleted ---


def files():
    return {path.name for path in Path(default_storage.location).rglob("*.*")}


def test_a_deleted_image_leaves_no_file(django_capture_on_commit_callbacks):
    kept = made(stored(encoded(Pillow.new("RGB", (9, 9), "blue"))))
    before = files()
    made(stored(located()))
    image = made(stored(located((1300, 700))))
    assert len(files()) > len(before)

    with django_capture_on_commit_callbacks(execute=True):
        image.delete()
        Image.objects.exclude(pk=kept.pk).delete()

    assert files() == before


def test_files_that_another_image_has_stay(django_capture_on_commit_callbacks):
    image, same = made(stored(located())), made(stored(located()))
    # As two rows with one picture were stored before names came by chance.
    Image.objects.filter(pk=same.pk).update(file=image.file.name)
    for row in image.renditions.all():
        twin = {"format": row.format, "width": row.width, "shape": row.shape}
        same.renditions.filter(**twin).update(file=row.file.name)
    same.refresh_from_db()

    with django_capture_on_commit_callbacks(execute=True):
        image.delete()

    assert same.file.storage.exists(same.file.name)
    assert all(default_storage.exists(row.file.name) for row in same.renditions.all())


def test_a_deletion_that_is_taken_back_keeps_the_files(django_capture_on_commit_callbacks):
    image = made(stored(located()))
    before = files()

    with (
        django_capture_on_commit_callbacks(execute=True),
        suppress(ZeroDivisionError),
        transaction.atomic(),
    ):
        image.delete()
        raise ZeroDivisionError

    assert files() == before


# --- What a page shows ---


def test_a_page_shows_the_original_until_there_are_renditions():
    image = stored(located())

    picture = renditions.picture_of(image, at=NOW)
    assert (picture.sources, picture.src) == ((), image.file.url)
    assert (picture.width, picture.height) == (400, 200)

    picture = renditions.picture_of(made(image), at=NOW)
    assert [source.type for source in picture.sources] == ["image/avif", "image/webp"]
    assert picture.sources[0].srcset((480, 960)).endswith("-320.avif 320w")
    assert default_storage.exists(picture.src.removeprefix("/media/"))


def test_readers_get_an_original_only_without_what_a_camera_wrote():
    image = stored(located(orientation=6))

    with default_storage.open(
        renditions.picture_of(image, at=NOW).src.removeprefix("/media/")
    ) as f:
        assert b"Secret" not in f.read()
    assert (image.width, image.height) == (200, 400)
    assert largest(made(image)).size == (200, 400)


@pytest.mark.parametrize("form", ["PNG", "WEBP", "AVIF"])
def test_of_another_format_nothing_is_shown_until_there_are_renditions(form):
    image = stored(encoded(Pillow.new("RGB", (9, 9)), form))

    assert renditions.picture_of(image, at=NOW) is renditions.sharing_url(image, at=NOW) is None
    assert renditions.picture_of(made(image), at=NOW)


def test_what_is_shared_is_a_rendition_once_there_is_one():
    image = stored(located())
    assert renditions.sharing_url(image, at=NOW) == (image.file.url, 400, 200)

    url, *_size = renditions.sharing_url(made(image), at=NOW)

    assert "/renditions/" in url


def test_nothing_is_shown_without_a_file_or_when_the_right_has_ended():
    image = made(stored(located(), valid_until=NOW))
    gap = factories.ImageFactory(file="")

    assert renditions.picture_of(image, at=NOW) is renditions.sharing_url(image, at=NOW) is None
    assert renditions.picture_of(image, at=NOW - timedelta(seconds=1)) is not None
    assert renditions.picture_of(gap, at=NOW) is None


@samples.needed
def test_every_sample_photo_is_measured_or_refused():
    refused = {}
    for path in sorted(samples.PHOTOS.rglob("*.jpg")):
        with path.open("rb") as file:
            try:
                width, height = inspect(file)
            except UnreadablePicture as error:
                refused[path.name] = str(error)
            else:
                assert min(width, height) > 0
                if path.parent.name == "exif-orientation-examples":
                    assert width > height, path

    assert len(refused) <= 3, refused
