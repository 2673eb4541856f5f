"""Words that a catalogue lacks: those of the site's first language stand in, and a page says that they are of another.

What gettext returns is put into pages in many ways: as text, in attributes, inside of other words. So while a page is being made
a word that stands in goes between signs that no text may have, and in the finished page these become elements, or nothing.
"""

import re
from collections.abc import Callable
from contextvars import ContextVar
from gettext import NullTranslations
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import translation
from django.utils.translation import trans_real

START, MIDDLE, END = "\ufdd0", "\ufdd1", "\ufdd2"
"""Signs of Unicode that a program may use inside of itself; see SIGNS for what they stand around."""

SIGNS = rf"{START}([a-z-]+){MIDDLE}|{END}"
ESCAPED = re.compile(r"\\ufdd0[a-z-]+\\ufdd1|\\ufdd2")
PLAIN = re.compile(SIGNS)
PIECES = re.compile(
    # What holds no elements, a tag with its attributes, or one of the signs.
    rf"<(title|textarea|option|script|style)\b.*?</\1>|<[^<>]*>|{SIGNS}",
    re.DOTALL | re.IGNORECASE,
)
SOURCE = "en"
"""The language of the words in the code."""

_is_marking = ContextVar("is_marking", default=False)


class StandIn(NullTranslations):
    """The last resort of a language: the first language of the site, or the words of the code."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self._language = language

    @property
    def _first(self) -> Any:
        """The translation of the site's first language; None for that itself."""
        first = settings.LANGUAGE_CODE
        return trans_real.translation(first) if self._language != first else None

    def gettext(self, message: str) -> str:
        first = self._first
        words = first.gettext(message) if first else message
        return self._marked(words, is_found=words != message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        source = msgid1 if n == 1 else msgid2
        first = self._first
        words = first.ngettext(msgid1, msgid2, n) if first else source
        return self._marked(words, is_found=words != source)

    def _marked(self, words: str, *, is_found: bool) -> str:
        language = settings.LANGUAGE_CODE if is_found else SOURCE
        words = words.rpartition(trans_real.CONTEXT_SEPARATOR)[2]
        is_plain = not _is_marking.get() or words.startswith(START)
        return words if is_plain else f"{START}{language}{MIDDLE}{words}{END}"


class Translation(trans_real.DjangoTranslation):  # type: ignore[misc]
    """A language of Django, with a last resort that tells of itself; it may have no catalogue, even as the first of a site."""

    def _add_local_translations(self) -> None:
        super()._add_local_translations()
        if getattr(self, "_catalog", None) is None:
            self._catalog: Any = trans_real.TranslationCatalog()

    def _add_fallback(self, localedirs: Any = None) -> None:
        if self.domain != "django":
            super()._add_fallback(localedirs)
        # The words of the code are English: no catalogue of it lacks any.
        elif not self.language().startswith(SOURCE):
            self.add_fallback(StandIn(self.language()))


def install() -> None:
    """Have Django translate by Translation; it names no setting for that."""
    trans_real.DjangoTranslation = Translation
    trans_real._translations.clear()
    trans_real._default = None


def own(words: Any, language: str) -> str:
    """Return words that wait for a language as that one says them, or "" where those of another would stand in."""
    token = _is_marking.set(True)
    try:
        with translation.override(language):
            said = str(words)
    finally:
        _is_marking.reset(token)
    return "" if START in said else said


def shown(html: str) -> str:
    """Return a page in which each word that stands in has an element with its language, where an element may stand."""
    return PIECES.sub(_element, html)


def _element(match: re.Match[str]) -> str:
    if match[0].startswith("<"):
        return plain(match[0])
    return f'<bdi lang="{match[2]}">' if match[2] else "</bdi>"


def plain(text: str) -> str:
    """Return what no element may stand in, without the signs."""
    return ESCAPED.sub("", PLAIN.sub("", text))


class StandInMiddleware:
    """Show in a page that is read which of its words are of another language; all else gets them plainly."""

    def __init__(self, get_response: Callable[[HttpRequest], Any]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> Any:
        token = _is_marking.set(request.method in {"GET", "HEAD"})
        try:
            response = self.get_response(request)
        finally:
            _is_marking.reset(token)
        return response if response.streaming else _without_signs(response)


def _without_signs(response: Any) -> Any:
    content = response.content
    if START.encode() in content or rb"\ufdd0" in content:
        is_page = response.get("Content-Type", "").startswith("text/html")
        text = content.decode(response.charset)
        response.content = (shown if is_page else plain)(text).encode(response.charset)
    return response
