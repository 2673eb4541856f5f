"""Texts in another language, as a service or a program of one's own makes them. Off unless MACHINE_TRANSLATION names one.

    MACHINE_TRANSLATION=https://translate.example/    what speaks LibreTranslate's API; MACHINE_TRANSLATION_KEY is its key
    MACHINE_TRANSLATION="command:/usr/local/bin/translate --from {source} --to {target}"

A command gets one text a line, and answers so. Whoever translates reads what is not published yet.
"""

import json
import shlex
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from newsroom.http.client import RequestError, request
from newsroom.languages import LANGUAGES

TIMEOUT = 120
"""Seconds that a few paragraphs may take, on a machine without a graphics card."""

LONGEST_ANSWER = 4_000_000
AT_ONCE = 8
"""So many texts are sent at once: each answer comes before its time is over."""

COMMAND = "command:"

ALIASES = {
    "zh-hans": ("zh-hans", "zh"),
    "zh-hant": ("zh-hant", "zt"),
    "pt-br": ("pt-br", "pb", "pt"),
}
"""What services call a language, the most exact first; any other is called by its code, or by what that begins with."""


class TranslationError(Exception):
    """Nothing was translated; the message is a sentence for an editor, without a secret."""


class Translator(Protocol):
    @property
    def name(self) -> str: ...

    def translate(self, texts: Sequence[str], *, source: str, target: str) -> list[str]:
        """Return HTML texts of `source` in `target`, codes of the site's languages, in their order; raise TranslationError."""


def configured() -> Translator | None:
    """Return what this site translates with, or None where it does not."""
    address: str = settings.MACHINE_TRANSLATION
    if not address:
        return None
    if address.startswith(COMMAND):
        return Command(address.removeprefix(COMMAND))
    return LibreTranslate(address, settings.MACHINE_TRANSLATION_KEY)


@dataclass(frozen=True)
class LibreTranslate:
    """A service with the API of LibreTranslate (https://docs.libretranslate.com/)."""

    address: str
    key: str = ""

    @property
    def name(self) -> str:
        return f"LibreTranslate ({urlsplit(self.address).hostname})"

    def translate(self, texts: Sequence[str], *, source: str, target: str) -> list[str]:
        source, target = self._known(source, target)
        return [
            text
            for some in _in_parts(texts)
            for text in self._translated(some, source=source, target=target)
        ]

    def _translated(self, texts: list[str], *, source: str, target: str) -> list[str]:
        asked = {"q": texts, "source": source, "target": target, "format": "html"}
        if self.key:
            asked["api_key"] = self.key
        said = self._ask("POST", "translate", asked, kind=dict)
        return _checked(said.get("translatedText"), len(texts), self.name)

    def _known(self, source: str, target: str) -> tuple[str, str]:
        """Return what the service calls both languages."""
        said = self._ask("GET", "languages", None, kind=list)
        known = {
            language["code"]: language.get("targets", [])
            for language in said
            if _is_language(language)
        }
        ours = _called(source, known)
        theirs = _called(target, known.get(ours, []))
        if not theirs:
            names = {"source": LANGUAGES[source].name, "target": LANGUAGES[target].name}
            sentence = _("%(name)s does not translate from %(source)s to %(target)s.")
            raise TranslationError(sentence % (names | {"name": self.name}))
        return ours, theirs

    def _ask(self, method: str, path: str, asked: Any, *, kind: type) -> Any:
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        try:
            return request(
                method,
                f"{self.address.rstrip('/')}/{path}",
                headers=headers,
                body=json.dumps(asked).encode() if asked else None,
                name=self.name,
                kind=kind,
                timeout=TIMEOUT,
                longest=LONGEST_ANSWER,
            )
        except RequestError as error:
            raise TranslationError(str(error)) from error


@dataclass(frozen=True)
class Command:
    """A program of this machine: one text a line on its standard input, and one a line on its standard output."""

    line: str

    @property
    def arguments(self) -> list[str]:
        return shlex.split(self.line)

    @property
    def name(self) -> str:
        return self.arguments[0].rpartition("/")[2]

    def translate(self, texts: Sequence[str], *, source: str, target: str) -> list[str]:
        asked = [argument.format(source=source, target=target) for argument in self.arguments]
        lines = [" ".join(text.split()) for text in texts]
        try:
            done = subprocess.run(
                asked,
                input="".join(f"{line}\n" for line in lines),
                capture_output=True,
                check=True,
                encoding="utf-8",
                timeout=TIMEOUT * -(-len(lines) // AT_ONCE),
            )
        except subprocess.CalledProcessError as error:
            said = " ".join((error.stderr or "").split())[-300:]
            raise self._failed(said or error) from error
        except (OSError, UnicodeError, subprocess.TimeoutExpired) as error:
            raise self._failed(error) from error
        return _checked(done.stdout.splitlines(), len(lines), self.name)

    def _failed(self, reason: object) -> TranslationError:
        words = {"name": self.name, "reason": reason}
        return TranslationError(_("%(name)s failed: %(reason)s") % words)


def _in_parts(texts: Sequence[str]) -> Iterator[list[str]]:
    for start in range(0, len(texts), AT_ONCE):
        yield list(texts[start : start + AT_ONCE])


def _is_language(said: Any) -> bool:
    return isinstance(said, dict) and isinstance(said.get("code"), str)


def _called(code: str, known: Iterable[str]) -> str:
    """Return what a service that knows these codes calls a language; "" where it does not know it."""
    exact = {known_code.lower(): known_code for known_code in known}
    names = ALIASES.get(code, (code, code.partition("-")[0]))
    return next((exact[name] for name in names if name in exact), "")


def _checked(said: object, number: int, name: str) -> list[str]:
    """Return what was said if it is as many texts as were asked for."""
    if isinstance(said, list) and len(said) == number and all(isinstance(t, str) for t in said):
        return said
    sentence = _("%(name)s did not answer with as many texts as it was given.")
    raise TranslationError(sentence % {"name": name})
