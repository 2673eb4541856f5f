"""Which language a request is in: the first part of the path, and nothing else on public pages. And how it is spelled: in UTF-8, small letters, single slashes, and nothing behind it."""

import re
import unicodedata
from contextlib import suppress
from urllib.parse import quote, unquote

from django.conf import settings
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpResponsePermanentRedirect
from django.utils import translation
from django.utils.translation import get_supported_language_variant
from django.utils.translation.trans_real import parse_accept_lang_header

VARIANT = re.compile(r"[a-z]{2,3}(?:[-_][a-z]{4})?(?:[-_](?:[a-z]{2}|[0-9]{3}))?", re.IGNORECASE)
"""The form of a language's code, with its script and its region if it names them."""

SLASHES = re.compile("//+")
BEHIND = " .,;:!?*…。、،؛؟()[]{}<>\"'`´“”‘’„«»‹›|\\\t\r\n\xa0\u200b\u200e\u200f\ufeff"
"""What stands behind an address in a sentence, and is taken along with it."""

ADDED = re.compile(r"/(?:amp|feed(?:/(?:atom|rss2?))?|embed|trackback|page/[0-9]{1,6})$")
"""What other systems have at the end of the address of a page: its form for telephones or feed readers, or a part of it."""

ENDS = 3
"""How many of these may follow each other."""
HOPS = 3
"""How many redirects may lie between a spelling and what it leads to: a slash that is missing, an old address, a renamed list."""


def from_path(path):
    """Return the enabled language that `path` starts with ("/es/…" gives "es"), or None."""
    first = path.split("/", 2)[1] if path.startswith("/") else ""
    return first if first in dict(settings.LANGUAGES) else None


def meant(path):
    """Return `path` under the enabled language that its first part means in another spelling, or None.

    "/EN/x/" gives "/en/x/", and a variant that is not enabled its base: "/pt-BR/x/" gives "/pt/x/".
    """
    first, _slash, rest = path.removeprefix("/").partition("/")
    if not VARIANT.fullmatch(first):
        return None
    with suppress(LookupError):
        code = get_supported_language_variant(first.lower().replace("_", "-"))
        return f"/{code}/{rest}" if code != first else None
    return None


def spelled(path):
    """Return a path with small composed letters and single slashes, in the language that it means."""
    plain = unicodedata.normalize("NFC", SLASHES.sub("/", path).lower())
    return meant(plain) or plain


def bare(path):
    """Return a path without what was taken along or added behind it: "/en/a/)." and "/en/a/amp/" are "/en/a"."""
    for _end in range(ENDS):
        path = ADDED.sub("", path.rstrip(f"/{BEHIND}"))
    return path


def candidates(path):
    """Return the paths that may be meant by one under which nothing is, the likeliest first."""
    plain = spelled(path)
    ends = [plain] if bare(plain) in {"", plain.rstrip("/")} else [plain, bare(plain)]
    return [end for end in ends if end != path]


def from_request(request):
    """Return the enabled language that fits the Accept-Language header best, else the default.

    Django's own function asks a cookie first, and offers a language that the header rules out.
    """
    for code, weight in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        if code == "*":
            break
        with suppress(LookupError):
            if weight > 0:
                return get_supported_language_variant(code)
    return settings.LANGUAGE_CODE


class SpellingMiddleware:
    """Lead from an address where nothing is, in another spelling, to what stands at the right one: 301, in one hop.

    That is asked first, since a redirect to nothing helps nobody; but a reader who means another language is told in that.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if response.status_code != 404 or request.method not in {"GET", "HEAD"}:
            return response
        url = self._address(request)
        return _lead_to(url, request.META["QUERY_STRING"]) if url else response

    def _address(self, request):
        """Return where what a request means stands; None where it is nothing in the language of the request."""
        paths = candidates(request.path_info)
        address = next(filter(None, (self._there(request, path) for path in paths)), None)
        if address or not paths or from_path(paths[0]) == from_path(request.path_info):
            return address
        return quote(paths[0])

    def _there(self, request, path):
        """Return what stands under a path or where that leads, or None."""
        for _hop in range(HOPS):
            answer = self.get_response(_read_at(request, path))
            if answer.status_code != 301:
                break
            path = unquote(answer["Location"].partition("?")[0])
        is_there = answer.status_code < 400 or answer.status_code == 410
        return quote(path) if is_there else None


def _read_at(request, path):
    """Return a request of a reader for another path."""
    encoded = path.encode(errors="surrogateescape").decode("latin-1")
    return WSGIRequest(request.environ | {"PATH_INFO": encoded, "REQUEST_METHOD": "GET"})


def _lead_to(url, query):
    response = HttpResponsePermanentRedirect(f"{url}?{query}" if query else url)
    # Browsers would keep it for ever, and something else may stand there once.
    response.headers["Cache-Control"] = "no-cache"
    return response


class LanguageMiddleware:
    """Activate the language of the path; the admin alone follows the editor's browser.

    Django's LocaleMiddleware would redirect unknown paths by header and so make every address
    vary on Accept-Language, which no shared cache could hold.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        negotiated = request.path_info.startswith("/admin/")
        language = from_request(request) if negotiated else from_path(request.path_info)
        with translation.override(language or settings.LANGUAGE_CODE):
            request.LANGUAGE_CODE = translation.get_language()
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", request.LANGUAGE_CODE)
        return response


def in_utf8(application):
    """Return a WSGI application for which every request is in UTF-8, whatever it says of itself.

    Django would read it with any codec of Python that it names, and fail where that makes no text.
    """

    def answer(environ, start_response):
        kind, *parameters = environ.get("CONTENT_TYPE", "").split(";")
        if parameters:
            kept = [
                parameter
                for parameter in parameters
                if parameter.strip().lower().startswith("boundary=")
            ]
            environ["CONTENT_TYPE"] = ";".join([kind, *kept])
        return application(environ, start_response)

    return answer
