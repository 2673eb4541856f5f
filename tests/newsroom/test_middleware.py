"""The language of a request: the path alone, but for `/`."""

import pytest
from django.test import RequestFactory
from django.utils import translation

from newsroom.languages import LANGUAGES
from newsroom.middleware import LanguageMiddleware, from_path, from_request, in_utf8

REQUESTS = RequestFactory()


@pytest.mark.parametrize(
    ("path", "language"),
    [
        ("/en/", "en"),
        ("/es/x/y/", "es"),
        ("/ar", "ar"),
        ("/", None),
        ("", None),
        ("en/", None),
        ("//en/", None),
        ("/EN/", None),
        ("/xx/", None),
        ("/english/", None),
        ("/robots.txt", None),
    ],
)
def test_the_first_part_of_a_path_is_its_language(path, language):
    assert from_path(path) == language


def test_a_language_that_is_switched_off_is_none(settings):
    settings.LANGUAGES = [("es", "Español")]

    assert from_path("/en/x/") is None


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("es", "es"),
        ("pt-BR,pt;q=0.9,en;q=0.8", "pt"),
        ("es-419", "es"),
        ("ar-EG", "ar"),
        ("fr, es;q=0.5", "es"),
        ("en;q=0.1, es;q=0.9", "es"),
        ("es;q=0, pt;q=0.5", "pt"),
        ("es;q=0", "en"),
        ("fr", "en"),
        ("*", "en"),
        ("*, es", "en"),
        ("es, *", "es"),
        ("", "en"),
        (";;;,,,q=", "en"),
        ("es;q=2", "en"),
        ("e" * 9000, "en"),
        ("es\x00", "en"),
        ("../../etc/passwd", "en"),
    ],
)
def test_a_header_chooses_among_the_enabled_languages(header, language):
    assert from_request(REQUESTS.get("/", headers={"accept-language": header})) == language


def test_a_header_cannot_choose_what_is_switched_off(settings):
    settings.LANGUAGES = [("pt", "Português"), ("en", "English")]
    settings.LANGUAGE_CODE = "pt"

    assert from_request(REQUESTS.get("/", headers={"accept-language": "es, en;q=0.1"})) == "en"
    assert from_request(REQUESTS.get("/", headers={"accept-language": "es"})) == "pt"


def test_a_cookie_chooses_nothing():
    request = REQUESTS.get("/")
    request.COOKIES["django_language"] = "es"

    assert from_request(request) == "en"


@pytest.mark.parametrize(
    ("path", "language"),
    [("/es/x/", "es"), ("/x/", "en"), ("/admin/", "pt"), ("/administrator/", "en")],
)
def test_only_the_admin_follows_the_browser(path, language):
    seen = []

    def view(request):
        from django.http import HttpResponse

        seen.append((translation.get_language(), request.LANGUAGE_CODE))
        return HttpResponse()

    before = translation.get_language()
    response = LanguageMiddleware(view)(REQUESTS.get(path, headers={"accept-language": "pt"}))

    assert seen == [(language, language)]
    assert response["Content-Language"] == language
    assert translation.get_language() == before


def test_a_direction_for_every_language():
    codes = {code for code, language in LANGUAGES.items() if language.direction == "rtl"}

    assert codes == {"ar", "fa", "he", "ps", "ur"}


@pytest.mark.parametrize(
    ("header", "seen"),
    [
        ("text/plain; charset=rot13", "text/plain"),
        ("a/b; boundary=x; CHARSET=hex", "a/b; boundary=x"),
        ("a/b; charset*=none''%00", "a/b"),
        ("a/b", "a/b"),
        (None, None),
    ],
)
def test_no_request_names_the_codec_that_reads_it(header, seen):
    environ = {} if header is None else {"CONTENT_TYPE": header}
    asked = in_utf8(lambda environ, _start: environ.get("CONTENT_TYPE"))(environ, None)

    assert asked == seen
