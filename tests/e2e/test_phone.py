"""What a story costs a phone, with real files: its page, its style and the picture that leads it."""

from io import BytesIO

import brotli
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image as Pillow, ImageFilter

from articles import renditions
from articles.models import Image
from newsroom.pagecache.serving.page import encoded
from tests.e2e import collected
from tests.factories import edition, story
from tests.templates.test_weights import texts

pytestmark = pytest.mark.django_db(transaction=True)

MOST = {2: 40_000, 3: 50_000}
"""Bytes, by how many dots of the screen are a pixel."""

CHOSEN = "document.querySelector('.story__lead img').currentSrc"
SHEETS = "[...document.querySelectorAll('link[rel=stylesheet]')].map(link => new URL(link.href).pathname)"


@pytest.fixture
def article():
    """The longest story of the demo, led by a picture full of grain, which is heavier than most, in all its files."""
    words = texts("en")[0]
    image = Image.objects.create(file=grain(), creator="A. Painter", licence="CC BY 4.0")
    renditions.render.call(image.pk)
    return story(
        live=["en"],
        images=[image],
        tags=["Boats", "Harbour"],
        title_en=words["title"],
        standfirst_en=words["standfirst"],
        body_en=words["body"],
    )


def grain():
    bands = [Pillow.effect_noise((1600, 1067), 90) for _ in range(3)]
    picture = Pillow.merge("RGB", [band.filter(ImageFilter.GaussianBlur(2)) for band in bands])
    file = BytesIO()
    picture.save(file, "JPEG", quality=85)
    return ContentFile(file.getvalue(), name="grain.jpg")


def sent(path):
    """Return how many bytes a stylesheet has as a server sends it."""
    return len(brotli.compress((collected.FOLDER / path.removeprefix("/static/")).read_bytes()))


def test_a_story_its_style_and_its_picture_are_light_on_every_phone(new_profile, article):
    cost = {}
    for dots in MOST:
        phone = {"width": 390, "height": 844}
        page = new_profile(viewport=phone, device_scale_factor=dots).new_page()
        html = page.goto(edition(article).url).body()
        name = page.evaluate(CHOSEN).partition("/media/")[2]
        assert name.endswith(f"-full-{renditions.PHONE}.avif")
        page_sent = len(encoded(html)["br"])
        cost[dots] = page_sent + sum(map(sent, page.evaluate(SHEETS))) + default_storage.size(name)

    assert {dots: cost[dots] for dots, most in MOST.items() if cost[dots] > most} == {}
