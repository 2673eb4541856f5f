from io import BytesIO

from PIL import ExifTags, Image as Pillow

from articles.exporters.media import without_metadata


def test_a_copy_tells_no_place_and_is_still_turned():
    told = Pillow.Exif()
    told[ExifTags.Base.Orientation] = 6
    told.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (1.0, 2.0, 3.0)
    file = BytesIO()
    Pillow.new("RGB", (6, 4)).save(file, "JPEG", exif=told)

    copied = without_metadata(file.getvalue())

    with Pillow.open(BytesIO(copied)) as picture:
        assert dict(picture.getexif()) == {ExifTags.Base.Orientation: 6}
    assert without_metadata(copied) == copied
