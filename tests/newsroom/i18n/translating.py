"""A stand-in for a service that speaks LibreTranslate's API: it puts the code of a language before each text."""

import json
import re
from contextlib import contextmanager

from tests.newsroom.pagecache import edge

LANGUAGES = [
    {"code": code, "name": code, "targets": ["en", "es", "pt-BR", "zh-Hans", "ar"]}
    for code in ("en", "es", "ar")
]


def answer(request):
    """Answer as the API's documentation says; a text that holds "refuse" is refused."""
    if request.path == "/languages":
        return _json(200, LANGUAGES)
    asked = json.loads(request.body)
    if any("refuse" in text for text in asked["q"]):
        return _json(403, {"error": "Invalid API key"})
    return _json(
        200, {"translatedText": [_translated(text, asked["target"]) for text in asked["q"]]}
    )


def _translated(html, target):
    """Put the code before the first word, inside the element that holds it."""
    return re.sub(r"\A((?:<[^>]*>)*)", rf"\g<1>[{target}] ", html)


def _json(status, said):
    return status, {"Content-Type": "application/json"}, json.dumps(said)


@contextmanager
def served(settings, *, answer=answer):
    """Let the site translate with such a service; yield it, with its `requests`."""
    with edge.running(answer) as server:
        settings.MACHINE_TRANSLATION = f"{server.base}/"
        yield server
