"""What every page has in common: what a browser needs first, and what the page costs."""

import re
from collections import Counter
from datetime import UTC, datetime, timedelta
from unittest import mock

import pytest
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.template import engines
from django.template.loaders import base
from django.templatetags.static import static
from django.utils.encoding import iri_to_uri

from articles.views.page import page_of
from newsroom.db import keyset
from newsroom.site import actions
from tests import factories, pages
from tests.articles.exactness import readers
from tests.bench import plans
from tests.newsroom.pagecache.answering import cache, count

pytestmark = [pytest.mark.django_db, pytest.mark.once]

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
        with plans.recorded() as statements:
            assert client.get(path).status_code == 200
        read[path] = re.findall(
            r'"(title|standfirst|body)_(\w+)"', " ".join(s for s, _p in statements)
        )

    assert {code for columns in read.values() for _name, code in columns} == {language}
    assert {path for path, columns in read.items() if ("body", language) in columns} == {url}
    assert ("title", language) in read[region]


@pytest.fixture
def crawled(client, monkeypatch):
    """Return address -> each page that readers come to from the front pages, of names that stand for several things."""
    monkeypatch.setattr(keyset, "SIZE", 2)
    # Without stories nothing else describes a front page.
    for code in ("es", "pt"):
        actions.say(code, strapline="Every day anew")
    region = factories.CategoryFactory(name_en="US", name_ar="أمريكا")
    shared = {
        "categories": [region, factories.CategoryFactory(name_en="News", kind="section")],
        "tags": [factories.TagFactory(name="US"), factories.TagFactory(name="News", kind="series")],
        "authors": [factories.AuthorFactory(name_en="News")],
    }
    for hour in range(5):
        texts = {"title_en": f"Number {hour}", "body_en": f"<p>{'Many words. ' * 40}</p>"}
        at = AT + timedelta(hours=5 * hour)
        factories.story(at=at, live=["en", "ar"], **texts, **shared)
    visited, asked = {}, ["/en/", "/ar/", "/en/archive/2017/11/30/"]
    while asked:
        if (url := asked.pop()) not in visited:
            visited[url] = pages.get(client, url)
            links = [a["href"] for a in visited[url].all("a") if a.get("href", "").startswith("/")]
            # The lite edition says that the pages themselves are what is to be found.
            asked += [link.partition("#")[0] for link in links if "/lite/" not in link]
    return {
        url: page
        for url, page in visited.items()
        if page.status == 200 and page.all("link", rel="canonical")
    }


def test_every_page_has_a_title_an_address_and_a_description_of_its_own(crawled):
    locales = {"en": "en_GB", "es": "es_ES", "pt": "pt_BR", "ar": "ar_AR"}
    titles, described = Counter(), {}

    for url, page in crawled.items():
        language = url.split("/")[1]
        (described[url],) = page.meta("description")
        titles[language, page.text("title")] += 1
        assert 10 < len(described[url]) <= 161, url
        assert page.canonical() == f"{settings.SITE_URL}{iri_to_uri(url)}"
        assert page.meta("og:description") == [described[url]], url
        assert page.meta("og:locale") == [locales[language]], url
        assert page.meta("og:image") == [f"{settings.SITE_URL}{static('img/sharing.png')}"], url
        assert page.meta("twitter:card") == ["summary_large_image"], url
        assert page.meta("robots") in [["max-image-preview:large"], ["noindex"]], url

    previewed = [url for url, page in crawled.items() if page.meta("robots") != ["noindex"]]
    assert len(crawled) > len(previewed) > 40
    assert set(previewed) > {"/en/", "/ar/", "/en/tag/us/"}
    assert [title for title, number in titles.items() if number > 1] == []
    newest = "Number 4; Number 3"
    assert any(words.startswith(f"News from US: {newest}") for words in described.values())
    assert described["/en/tag/us/"].startswith(f"News about US: {newest}")


# --- The menu that was chosen ---

SHOP = "https://shop.example/"


@pytest.fixture
def menu():
    region = factories.CategoryFactory(name_en="Atlantis")
    factories.live_edition("en", categories=[region])
    factories.menu_entry(link=SHOP, label_en="Shop", position=10)
    factories.menu_entry(page=factories.own_page(title_en="About"), position=20)
    factories.menu_entry(category=region, position=30)


def menu_of(page, block):
    return [link["href"] for link in page.all("a") if block in link.get("class", "").split()]


def test_the_line_and_the_sheet_hold_what_was_chosen(client, menu):
    page = pages.get(client, "/en/about/")

    line = [SHOP, "/en/about/", "/en/region/atlantis/"]
    assert menu_of(page, "navigation__link") == line
    assert menu_of(page, "navigation__root") == ["/en/region/atlantis/"]
    assert menu_of(page, "navigation__leaf") == [SHOP, "/en/about/"]
    here = [
        link["href"] for link in page.all("a", **{"aria-current": "page"}) if "hreflang" not in link
    ]
    assert here == ["/en/about/"]
    items = [
        item["class"] for item in page.all("li") if "navigation__item" in item.get("class", "")
    ]
    assert ["break" in classes for classes in items] == [False, False, True]


def test_the_foot_leads_to_topics_and_authors_where_no_entry_is_seen(client):
    factories.menu_entry(category=factories.CategoryFactory())

    page = pages.get(client, "/en/")

    assert menu_of(page, "navigation__link") == []
    assert {"/en/tag/", "/en/author/"} <= set(menu_of(page, "footer__link"))


def test_the_lite_edition_leads_to_the_same(client, menu):
    hrefs = [link["href"] for link in pages.get(client, "/en/lite/").all("a")]

    menu = [SHOP, "/en/lite/about/", "/en/lite/region/atlantis/"]
    begin = hrefs.index(SHOP)
    assert hrefs[begin : begin + len(menu)] == menu


def test_programs_are_told_of_the_same(client, menu):
    words = client.get("/en/llms.txt").content.decode()

    _head, _mark, optional = words.partition("## Optional")
    assert "/en/region/atlantis/index.md)" in _head
    assert f"- [Shop]({SHOP})" in optional
    assert "/en/about/index.md)" in optional


def test_a_label_of_another_language_is_marked(client, menu):
    page = client.get("/es/").content.decode()

    assert '<bdi lang="en">Shop</bdi>' in page


# A request ends with its connection, and not in a transaction of the test.
@pytest.mark.django_db(transaction=True)
def test_the_page_cache_keeps_no_search_and_has_each_rendered_once():
    kept = cache(WSGIHandler())
    with mock.patch("articles.views.search.page_of", wraps=page_of) as rendered:
        for _time in range(2):
            for text in ("ferry", "water"):
                answer = readers.ask(kept, "/en/search/", f"q={text}")
                assert answer.status.startswith("200")
                assert text.encode() in answer.body
    assert rendered.call_count == 4
    assert count(kept.memory) == 0
