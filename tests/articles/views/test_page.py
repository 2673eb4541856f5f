"""What every page has in common: what a browser needs first, and what the page costs."""

import re
from datetime import UTC, datetime

import pytest
from django.template import engines
from django.template.loaders import base
from django.templatetags.static import static

from tests import factories, pages
from tests.bench import plans

pytestmark = pytest.mark.django_db

AT = datetime(2017, 11, 30, 12, tzinfo=UTC)


def story(**options):
    return factories.live_edition(at=AT, **options)


@pytest.mark.parametrize("path", ["/en/", "/ar/", "/en/archive/", "/en/nothing/here/"])
def test_the_style_goes_ahead_of_every_page(client, path):
    page = pages.get(client, path)

    assert page.response.headers["Link"] == f"<{static('css/site.css')}>; rel=preload; as=style"
    assert page.all("link", rel="stylesheet")[0]["href"] == static("css/site.css")


@pytest.mark.parametrize("kind", ["front", "story"])
def test_the_leading_picture_is_the_first_that_a_browser_asks_for(client, kind):
    image = factories.ImageFactory()
    edition = story(images=[image, factories.ImageFactory()])

    page = pages.get(client, "/en/" if kind == "front" else edition.url)

    (first,) = page.all("img", fetchpriority="high")
    assert first["src"] == image.file.url
    assert "loading" not in first


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
