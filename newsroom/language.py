"""Which language a request is in: the first part of the path, and nothing else on public pages."""

from django.conf import settings
from django.utils import translation


def from_path(path):
    """Return the enabled language that `path` starts with ("/es/…" gives "es"), or None."""
    first = path.split("/", 2)[1] if path.startswith("/") else ""
    return first if first in dict(settings.LANGUAGES) else None


def from_request(request):
    """Return the enabled language that fits the Accept-Language header best, else the default."""
    return translation.get_language_from_request(request)


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
