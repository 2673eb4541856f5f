"""The pages of the site itself, its headers, and its errors."""

import gzip

import pytest
from django.db import OperationalError, connection
from django.templatetags.static import static
from django.test import Client
from django.urls import path
from PIL import Image

from newsroom.urls import handler403, handler404, handler500  # noqa: F401 - of this module's site
from tests import factories, pages
from tests.house_rules.source import ROOT

# What is marked `both` asks what nothing else asks of PostgreSQL; the rest is decided in Python.
pytestmark = pytest.mark.once

urlpatterns = []


def broken(request, language):
    message = "a secret inside"
    raise RuntimeError(message)


def forbidden(request, language):
    from django.core.exceptions import PermissionDenied

    raise PermissionDenied


def suspicious(request, language):
    from django.core.exceptions import SuspiciousOperation

    raise SuspiciousOperation


@pytest.fixture
def failing(settings):
    """Put pages that fail beside those of the site."""
    from newsroom.urls import urlpatterns as site

    urlpatterns[:] = [
        path("<str:language>/broken/", broken),
        path("<str:language>/forbidden/", forbidden),
        path("<str:language>/suspicious/", suspicious),
        *site,
    ]
    settings.ROOT_URLCONF = __name__
    return Client(raise_request_exception=False)


ERRORS = {
    400: ("suspicious", "This request cannot be answered"),
    403: ("forbidden", "No entry"),
    404: ("nothing", "Page not found"),
    500: ("broken", "Something went wrong"),
}


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "direction"), [("en", "ltr"), ("es", "ltr"), ("ar", "rtl")])
@pytest.mark.parametrize("status", ERRORS)
def test_an_error_has_a_page_in_the_language_of_the_path(failing, status, language, direction):
    part, heading = ERRORS[status]

    page = pages.get(failing, f"/{language}/{part}/")

    assert page.status == status
    assert page.all("html") == [{"lang": language, "dir": direction}]
    assert page.response["Content-Language"] == language
    assert "secret inside" not in page.html
    assert "Traceback" not in page.html
    if language == "en":
        assert page.text("h1") == heading
    assert_is_safe(page)


@pytest.mark.django_db
def test_an_unknown_host_has_a_page_too(client):
    page = pages.get(client, "/es/", headers={"host": "other.example"})

    assert page.status == 400
    assert page.all("html") == [{"lang": "es", "dir": "ltr"}]
    assert_is_safe(page)


@pytest.mark.django_db
def test_a_form_without_its_token_has_a_page_of_this_site():
    response = Client(enforce_csrf_checks=True).post("/admin/login/", {"username": "x"})

    page = pages.Page(response)
    assert (page.status, page.text("h1")) == (403, "This form can no longer be sent")
    assert_is_safe(page)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address", ["/", "/en/", "/en/archive/", "/en/region/africa/", "/en/tag/x/"]
)
def test_no_public_page_takes_anything(address):
    assert Client(enforce_csrf_checks=True).post(address).status_code == 405


POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
}


def assert_is_safe(page):
    """Check headers and markup of a page that a reader may be shown."""
    headers = page.response.headers
    assert set(headers["Content-Security-Policy"].split("; ")) == POLICY
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert page.all("style") == []
    inline = [attrs for attrs in page.all("script") if "src" not in attrs]
    assert [attrs for attrs in inline if attrs.get("type") != "application/ld+json"] == []
    inline = [
        (tag, name)
        for tag, attrs in page.elements
        for name in attrs
        if name == "style" or name.startswith("on")
    ]
    assert inline == []
    hosts = [attrs["src"] for _tag, attrs in page.elements if "//" in (attrs.get("src") or "")]
    assert hosts == []


@pytest.fixture
def site(db):
    """One story with everything, and the paths of every kind of page."""
    syria = factories.CategoryFactory(name_en="Syria")
    news = factories.CategoryFactory(kind="section", name_en="News")
    article = factories.story(
        live=["en", "ar"],
        categories=[syria, news],
        tags=["Raqqa"],
        authors=[factories.AuthorFactory(name_en="Ana")],
        images=[factories.ImageFactory()],
        body_en='<h2>x</h2><p>Words</p><div data-embed="https://video.example/1"></div>'
        "<table><tr><td>1</td></tr></table><blockquote data-pull><p>Q</p></blockquote>",
    )
    gone = factories.live_edition(title_en="Gone")
    from articles.actions import publishing

    publishing.withdraw(gone, by=publishing.SYSTEM, reason="Wrong.")
    edition = factories.edition(article)
    month = edition.published_at.strftime("%Y/%m")
    return {
        "front": "/en/",
        "right to left": "/ar/",
        "empty front": "/pt/",
        "article": edition.url,
        "not live": f"/es/{month}/01/{edition.slug}/",
        "gone": gone.url,
        "region": syria.url_in("en"),
        "section": "/en/section/news/",
        "tag": "/en/tag/raqqa/",
        "author": "/en/author/ana/",
        "archive": "/en/archive/",
        "month": f"/en/archive/{month}/",
        "not found": "/en/nothing/",
        "not found outside": "/nothing/",
    }


def test_every_page_is_safe_to_show_and_to_keep(client, site):
    for path_ in site.values():
        page = pages.get(client, path_, headers={"accept-language": "pt", "cookie": "a=b"})
        headers = page.response.headers

        assert_is_safe(page)
        assert page.response.cookies == {}
        assert {word.strip() for word in headers.get("Vary", "").split(",")} <= {
            "Accept-Encoding",
            "",
        }
        assert headers["Content-Language"] == page.all("html")[0]["lang"]
        assert headers["Content-Type"] == "text/html; charset=utf-8"
        assert not page.response.wsgi_request.session.accessed


def test_a_page_is_the_same_for_every_browser_and_visitor(client, site):
    other = Client(headers={"accept-language": "ar", "cookie": "django_language=es; sessionid=x"})
    editor = Client()
    editor.force_login(factories.UserFactory(is_staff=True, is_superuser=True))

    for path_ in site.values():
        content = client.get(path_).content
        assert other.get(path_).content == content
        assert editor.get(path_).content == content


def test_only_the_root_depends_on_the_language_of_the_browser(client):
    response = client.get("/", headers={"accept-language": "ar-EG"})

    assert (response.status_code, response["Location"]) == (302, "/ar/")
    assert response["Vary"] == "Accept-Language"
    assert response.cookies == {}


def test_a_long_page_is_compressed_for_those_who_ask(client, site):
    response = client.get("/en/", headers={"accept-encoding": "gzip"})

    assert response["Content-Encoding"] == "gzip"
    assert b"</html>" in gzip.decompress(response.content)
    assert "Content-Encoding" not in client.get("/en/").headers


@pytest.mark.django_db
def test_robots_may_read_everything_but_the_admin_and_learn_where_it_is_listed(client, settings):
    settings.SITE_URL = "https://news.example"
    response = client.get("/robots.txt")

    assert response["Content-Type"] == "text/plain"
    assert response.content.decode().splitlines() == [
        *("User-agent: *", "Disallow: /admin/", "Disallow: /preview/", ""),
        "Sitemap: https://news.example/sitemap.xml",
        "Sitemap: https://news.example/news-sitemap.xml",
    ]


@pytest.mark.django_db
def test_health_is_one_word_and_kept_nowhere(client):
    response = client.get("/healthz")

    assert (response.status_code, response.content) == (200, b"ok\n")
    assert "no-cache" in response["Cache-Control"]
    assert client.head("/healthz").status_code == 200
    assert client.post("/healthz").status_code == 405


@pytest.mark.django_db
def test_health_without_a_database_is_a_sentence(client, monkeypatch, caplog):
    def down(*_arguments, **_options):
        message = "password=hidden"
        raise OperationalError(message)

    monkeypatch.setattr(connection, "cursor", down)

    response = client.get("/healthz")

    assert response.status_code == 503
    assert response.content == b"The database does not answer; the log says why.\n"
    assert "The database does not answer." in caplog.text


@pytest.mark.both
@pytest.mark.django_db
def test_health_is_answered_without_a_redirect_to_https(client, settings):
    settings.SECURE_SSL_REDIRECT = True

    assert client.get("/healthz").status_code == 200
    assert client.get("/en/")["Location"] == "https://testserver/en/"


@pytest.mark.django_db
def test_the_manifest_names_the_site_and_its_icons(client):
    response = client.get("/site.webmanifest")

    assert response["Content-Type"] == "application/manifest+json"
    assert response.json()["name"] == "Newsroom"
    assert [icon["src"] for icon in response.json()["icons"]] == [
        static("img/icon.svg"),
        static("img/apple-touch-icon.png"),
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "size"), [("favicon.ico", (48, 48)), ("apple-touch-icon.png", (180, 180))]
)
def test_browsers_find_the_icon_where_they_ask_without_being_told(client, name, size):
    answer = client.get(f"/{name}", headers={"accept-language": "ar"})

    assert (answer.status_code, answer["Location"]) == (302, static(f"img/{name}"))
    assert answer["Cache-Control"] == "public, max-age=86400"
    assert "Accept-Language" not in answer.get("Vary", "")
    with Image.open(ROOT / "static/img" / name) as image:
        assert image.size == size


@pytest.mark.django_db
def test_who_finds_a_weakness_is_told_whom_to_write_to_for_the_next_thirty_days(
    client, settings, time_machine
):
    settings.SECURITY_CONTACT = ["mailto:safe@paper.example", "https://paper.example/safe"]
    time_machine.move_to("2019-06-15T12:00:00Z", tick=False)

    lines = client.get("/.well-known/security.txt").text.splitlines()

    assert lines == [
        "Contact: mailto:safe@paper.example",
        "Contact: https://paper.example/safe",
        "Expires: 2019-07-15T00:00:00Z",
        "Canonical: http://127.0.0.1:8000/.well-known/security.txt",
        "Preferred-Languages: en, es, pt, ar",
    ]


@pytest.mark.django_db
def test_nobody_is_named_where_the_site_names_nobody(client):
    assert client.get("/.well-known/security.txt").status_code == 404
