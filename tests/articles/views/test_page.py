"""What goes out ahead of a page: the style and the leading picture, as a header that an edge can use."""

import re
from datetime import UTC, datetime

import pytest
from django.template import engines
from django.template.loaders import base
from django.templatetags.static import static

from articles.models import Image
from tests import factories, pages
from tests.bench import plans

pytestmark = pytest.mark.django_db

AT = datetime(2017, 11, 30, 12, tzinfo=UTC)
MADE = {"jpeg": [320, 640], "webp": [320], "avif": [320, 640]}


def story(**options):
    return factories.live_edition(at=AT, **options)


def with_renditions(image):
    Image.objects.filter(pk=image.pk).update(available={image.rendition_key: MADE})
    return image


def preloads(page):
    """Return what the header Link announces: address -> its parameters."""
    found = re.findall(r'<([^>]*)>((?:; \w+=(?:"[^"]*"|[^",;]+))*)', page.response.headers["Link"])
    return {url: dict(re.findall(r'(\w+)="?([^";]+)', words)) for url, words in found}


@pytest.mark.parametrize("path", ["/en/", "/ar/", "/en/archive/", "/en/nothing/here/"])
def test_the_style_goes_ahead_of_every_page(client, path):
    page = pages.get(client, path)

    assert preloads(page) == {static("css/site.css"): {"rel": "preload", "as": "style"}}
    assert page.all("link", rel="stylesheet")[0]["href"] == static("css/site.css")


@pytest.mark.parametrize("kind", ["front", "story"])
def test_the_leading_picture_goes_ahead_as_the_page_shows_it(client, kind):
    edition = story(images=[with_renditions(factories.ImageFactory())])

    page = pages.get(client, "/en/" if kind == "front" else edition.url)

    best, *_others = page.all("source")
    (shown,) = page.all("img", fetchpriority="high")
    assert preloads(page)[shown["src"]] == {
        "rel": "preload",
        "as": "image",
        "fetchpriority": "high",
        "imagesrcset": best["srcset"],
        "imagesizes": best["sizes"],
        "type": "image/avif",
    }


def test_a_picture_without_renditions_goes_ahead_as_it_is(client):
    edition = story(images=[factories.ImageFactory()])

    page = pages.get(client, edition.url)

    (shown,) = page.all("img")
    assert preloads(page)[shown["src"]] == {
        "rel": "preload",
        "as": "image",
        "fetchpriority": "high",
    }


def test_a_picture_that_may_not_be_shown_does_not_go_ahead(client):
    edition = story(images=[factories.ImageFactory()])
    Image.objects.update(valid_until=AT)

    assert preloads(pages.get(client, edition.url)).keys() == {static("css/site.css")}


def test_templates_are_compiled_once(client, monkeypatch):
    edition = story(images=[factories.ImageFactory()])
    paths = ["/en/", edition.url, "/en/archive/"]
    for path in paths:
        assert client.get(path).status_code == 200
    monkeypatch.setattr(base, "Template", None)

    assert engines["django"].engine.loaders[0][0].endswith("cached.Loader")
    assert [client.get(path).status_code for path in paths] == [200, 200, 200]


@pytest.mark.parametrize("language", ["en", "es", "pt", "ar"])
def test_no_text_of_another_language_is_read_and_no_body_but_that_of_the_story(client, language):
    codes = ["en", "es", "pt", "ar"]
    categories = [factories.CategoryFactory(name_en="Atlantis")]
    target = factories.story(live=codes, at=AT, categories=categories)
    article = factories.story(
        live=codes,
        at=AT,
        categories=categories,
        images=[factories.ImageFactory()],
        tags=[factories.TagFactory(name="Water")],
        **{f"body_{code}": f'<p><a data-article="{target.pk}">x</a></p>' for code in codes},
    )
    url = factories.edition(article, language).url
    region = next(link for link in pages.get(client, url).links() if "atlantis" in link)

    read = {}
    for path in (f"/{language}/", url, region):
        with plans.recorded() as found:
            assert client.get(path).status_code == 200
        read[path] = re.findall(r'"(title|standfirst|body)_(\w+)"', " ".join(s for s, _p in found))

    assert {code for columns in read.values() for _name, code in columns} == {language}
    assert {path for path, columns in read.items() if ("body", language) in columns} == {url}
    assert ("title", language) in read[region]
