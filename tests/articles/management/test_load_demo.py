"""The demo: every story of it is published, and light enough to arrive at once."""

import brotli
import pytest
from django.core.management import call_command
from django.utils import timezone

from articles.models import Edition, Image
from articles.renditions import WIDTHS
from newsroom.files.static import fold
from newsroom.pagecache.serving.page import encoded
from tests.templates.source import STYLES

pytestmark = pytest.mark.django_db

ROUND_TRIP = 14_000
"""A server sends these bytes before it waits for an answer of the browser."""


@pytest.fixture(scope="module")
def style():
    """How many bytes the stylesheets of a story are, as they are sent."""
    short = {}

    def read(name):
        return (STYLES.parent / name).read_text(encoding="utf-8")

    sheets = [fold(f"css/{name}.css", read=read, short=short) for name in ("site", "story")]
    return sum(len(brotli.compress(sheet.encode())) for sheet in sheets)


def tell_of_renditions():
    """Let pages offer every size of each picture, as once the worker has made them."""
    for image in Image.objects.all():
        widths = [width for width in WIDTHS if width <= image.width]
        made = dict.fromkeys(("avif", "webp", "jpeg"), widths) | {"social": [1200]}
        Image.objects.filter(pk=image.pk).update(available={image.rendition_key: made})


@pytest.mark.once
def test_every_story_arrives_with_its_style_in_one_round_trip(client, style):
    call_command("load_demo", verbosity=0)
    tell_of_renditions()
    live = Edition.objects.live(at=timezone.now()).select_related("article")

    sent = {each.url: len(encoded(client.get(each.url).content)["br"]) + style for each in live}

    assert len(sent) > 100
    assert {url: size for url, size in sent.items() if size >= ROUND_TRIP} == {}
