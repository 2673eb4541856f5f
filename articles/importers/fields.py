"""Typed reading of one JSON object: each wrong value is a Fault that names its place and remedy."""

import difflib
import math
import re
from collections.abc import Collection, Iterator, Mapping
from datetime import UTC, datetime
from typing import TypeVar

from articles.importers.decode import find_unstorable
from articles.texts import plain
from newsroom import moments

_KINDS = {
    str: "text in quotes",
    bool: "true or false",
    int: "a whole number",
    list: "a list in square brackets",
    dict: "an object in curly brackets",
}


Kind = TypeVar("Kind")


OTHER_WORDS = {
    "bylines": ("author", "authors", "byline", "by"),
    "creator": ("author", "photographer"),
    "credit_line": ("credit",),
    "standfirst": ("subtitle", "summary", "excerpt", "description", "deck", "lead"),
    "title": ("headline", "heading"),
    "body": ("content", "html", "text"),
    "published_at": ("date", "created", "created_at", "pub_date", "published"),
    "modified_at": ("updated", "updated_at", "modified"),
    "source_language": ("lang", "locale", "language"),
    "images": ("picture", "pictures", "photo", "photos", "media"),
    "categories": ("section", "sections", "topics"),
    "tags": ("keyword", "keywords"),
    "editions": ("translations", "texts", "versions"),
}
"""What others call a key of ours."""


class Fault(Exception):
    """What is wrong with one value or story, and the remedy; `sentence` ends as a sentence does."""

    @property
    def sentence(self) -> str:
        return str(self) if str(self).endswith("?") else f"{self}."


def quoted(value: str) -> str:
    """Return `value` in quotes, fit for one line of a report whatever it holds."""
    value = "".join(character if character.isprintable() else "\ufffd" for character in value[:61])
    return f'"{value}"' if len(value) <= 60 else f'"{value[:57]}…"'


class Fields:
    """A JSON object at a place such as "editions.es".

    `keys` maps each key that the object may hold to the greatest length of its text, 0 for any.
    Every reader takes a key and returns the value in its final type. null and a missing key are the
    same: the reader returns its empty value. Raise Fault for whatever does not fit.
    """

    def __init__(self, value: object, *, at: str, keys: Mapping[str, int]) -> None:
        self.at = at
        self._limits = keys
        self._values = checked(value, dict, at or "the line")
        for key in self._values:
            if key not in keys:
                raise Fault(_unknown_key(self.place(key), key, keys))

    def place(self, key: str) -> str:
        """Return the full name of a key, such as "editions.es.title"."""
        return f"{self.at}.{key}" if self.at else key

    def __contains__(self, key: str) -> bool:
        return self._values.get(key) is not None

    def markup(self, key: str) -> str:
        """Return text exactly as it stands in the file."""
        return self._get(key, str) or ""

    def text(self, key: str) -> str:
        """Return text as one line without space at its ends."""
        return self._fit(key, one_line(self.markup(key)), self.place(key))

    def required(self, key: str, *, remedy: str) -> str:
        """Return text that may not be missing or blank."""
        if text := self.text(key):
            return text
        raise Fault(f"{self.place(key)} is missing; {remedy}")

    def choice(self, key: str, allowed: Collection[str], default: str) -> str:
        """Return one of the `allowed` words, `default` where there is none."""
        value = self.text(key) or default
        if value not in allowed:
            words = ", ".join(filter(None, allowed))
            raise Fault(f"{self.place(key)} is {quoted(value)}; use one of {words}")
        return value

    def flag(self, key: str) -> bool:
        """Return true or false, false where there is none."""
        return self._get(key, bool) or False

    def number(self, key: str) -> int:
        """Return a whole number, 0 where there is none."""
        value = self._get(key, int) or 0
        if isinstance(value, bool) or not 0 <= value < 2**31:
            raise Fault(f"{self.place(key)} is {value}; write a number that counts something")
        return value

    def moments(self, key: str) -> tuple[datetime, ...]:
        """Return a list of points in time, in UTC."""
        lines = [one_line(checked(value, str, place)) for place, value in self.items(key)]
        return tuple(self._moment(key, line) for line in lines)

    def moment(self, key: str) -> datetime | None:
        """Return a point in time, in UTC; without an offset it would mean another one elsewhere."""
        value = self.text(key)
        return self._moment(key, value) if value else None

    def _moment(self, key: str, value: str) -> datetime:
        remedy = "write it like 2017-11-30T12:00:00Z or 2017-11-30T14:00:00+02:00"
        try:
            moment = datetime.fromisoformat(value)
            if moment.utcoffset() is None:
                raise Fault(
                    f"{self.place(key)} is {quoted(value)}, a time without an offset; {remedy}"
                )
            if not moments.is_usable(moment):
                years = f"{moments.FIRST_YEAR} to {moments.LAST_YEAR}"
                raise Fault(
                    f"{self.place(key)} is {quoted(value)}; give a time in the years {years}"
                )
            return moment.astimezone(UTC)
        except (ValueError, OverflowError):
            raise Fault(
                f"{self.place(key)} is {quoted(value)}, no date and time; {remedy}"
            ) from None

    def url(self, key: str) -> str:
        """Return a web address; other schemes could carry a script into a page."""
        value = self.text(key)
        if value and not re.fullmatch(r"https?://[^\s/?#]\S*", value, re.IGNORECASE):
            raise Fault(
                f"{self.place(key)} is {quoted(value)}, no web address; "
                "write the full address, https:// included"
            )
        return value

    def point(self, key: str) -> tuple[float, float] | None:
        """Return two fractions from 0 to 1."""
        values = self._get(key, list)
        if values is None:
            return None
        if len(values) != 2 or not all(map(_is_fraction, values)):
            raise Fault(
                f"{self.place(key)} is not a point; write two numbers from 0 to 1, as in [0.5, 0.4]"
            )
        return float(values[0]), float(values[1])

    def items(self, key: str) -> Iterator[tuple[str, object]]:
        """Yield (place, value) of a list; places count from 1, as people do."""
        for number, value in enumerate(self._get(key, list) or (), start=1):
            yield f"{self.place(key)} #{number}", value

    def words(self, key: str) -> tuple[str, ...]:
        """Return a list of texts without blank ones and repetitions."""
        lines = [
            self._fit(key, one_line(checked(value, str, place)), place)
            for place, value in self.items(key)
        ]
        return tuple(dict.fromkeys(filter(None, lines)))

    def by_language(self, key: str, languages: Collection[str]) -> dict[str, object]:
        """Return an object whose keys are languages; its values are not checked."""
        values = self._get(key, dict) or {}
        for code in values:
            if code not in languages:
                raise Fault(
                    f"{self.place(key)} has the unknown language {quoted(code)}; "
                    f"use one of {', '.join(languages)}"
                )
        return {code: value for code, value in values.items() if value is not None}

    def labels(self, key: str, languages: Collection[str]) -> dict[str, str]:
        """Return one line of text per language, without blank ones."""
        values = self.by_language(key, languages)
        lines = {
            code: self._fit(key, one_line(checked(value, str, place)), place)
            for code, value in values.items()
            if (place := f"{self.place(key)}.{code}")
        }
        return {code: line for code, line in lines.items() if line}

    def is_text(self, key: str) -> bool:
        """Tell whether the value of a key that may be text or an object is text."""
        return isinstance(self._values.get(key), str)

    def _fit(self, key: str, text: str, place: str) -> str:
        limit = self._limits[key]
        if limit and len(text) > limit:
            raise Fault(f"{place} has {len(text)} characters; shorten it to {limit} or fewer")
        return text

    def _get(self, key: str, kind: type[Kind]) -> Kind | None:
        value = self._values.get(key)
        return None if value is None else checked(value, kind, self.place(key))


def checked(value: object, kind: type[Kind], place: str) -> Kind:
    """Return `value`; raise Fault unless it is of the `kind` and, if text, can be stored."""
    if not isinstance(value, kind):
        raise Fault(f"{place} is {describe(value)}; write {_KINDS[kind]}")
    if isinstance(value, str) and (index := find_unstorable(value)) is not None:
        raise Fault(
            f"{place} holds the unusable character U+{ord(value[index]):04X} "
            f"as its character {index + 1}; remove it"
        )
    return value


def describe(value: object) -> str:
    """Name the kind of a JSON value in the words of someone who writes the file."""
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case str():
            return "text"
        case list():
            return "a list"
        case dict():
            return "an object"
    return "a number"


def one_line(text: str) -> str:
    """Return plain `text` with line breaks and tabs as spaces; spaces that do not break stay."""
    return plain(re.sub(r"[ \t\r\n]+", " ", text))


def _is_fraction(value: object) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return math.isfinite(value) and 0 <= value <= 1


def _unknown_key(place: str, key: str, keys: Collection[str]) -> str:
    meant = [own for own in keys if key.casefold() in OTHER_WORDS.get(own, ())]
    near = meant or difflib.get_close_matches(key, keys, n=1, cutoff=0.6)
    remedy = f'did you mean "{near[0]}"?' if near else f"known keys are {', '.join(keys)}"
    return f"{quoted(place)} is an unknown key; {remedy}"
