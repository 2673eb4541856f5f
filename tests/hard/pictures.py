"""Pictures of every awkward size, drawn here."""

from io import BytesIO

from django.core.files.base import ContentFile
from PIL import Image as Pillow, ImageDraw

from articles.models import Image

SIZES = {
    "landscape": (1500, 1000),
    "portrait": (900, 2000),
    "square": (1200, 1200),
    "panorama": (2400, 500),
    "tiny": (120, 90),
}


def draw(name, *, seed=0):
    """Return a picture of a size of SIZES with a mark in each corner, so that a crop is seen."""
    width, height = SIZES[name]
    picture = Pillow.new("RGB", (width, height), (40 + seed * 37 % 120, 90 + seed * 53 % 90, 130))
    pen, mark = ImageDraw.Draw(picture), min(width, height) // 6
    pen.ellipse([width * 0.35, height * 0.1, width * 0.65, height * 0.5], fill=(240, 200, 160))
    pen.rectangle([0, height * 0.75, width, height], fill=(60, 60, 50))
    for left, top in ((0, 0), (width - mark, 0), (0, height - mark), (width - mark, height - mark)):
        pen.rectangle([left, top, left + mark, top + mark], fill=(200, 30, 40))
    file = BytesIO()
    picture.save(file, "JPEG", quality=80)
    return ContentFile(file.getvalue(), name=f"{name}.jpg")


def image(name, *, seed=0, **fields):
    """Return a new Image of a size of SIZES; `fields` are the model's own."""
    fields = {"creator": "A. Painter", "licence": "CC BY 4.0", "description": name} | fields
    return Image.objects.create(file=draw(name, seed=seed), **fields)
