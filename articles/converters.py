"""What may stand in an address, and the address that is made of it. Only an enabled language is a language."""

import re
from functools import cache

from django.conf import settings
from django.urls import URLResolver, get_resolver, resolve, reverse

from newsroom.db.fields import LETTERS
from newsroom.languages import LANGUAGES


class Language:
    regex = "|".join(LANGUAGES)

    def to_python(self, value):
        if value not in dict(settings.LANGUAGES):
            raise ValueError
        return value

    def to_url(self, value):
        return value


class Slug:
    """Letters of any script, digits, hyphens and underscores."""

    regex = LETTERS

    def to_python(self, value):
        return value

    def to_url(self, value):
        return value


class SlugPath(Slug):
    regex = rf"{LETTERS}(?:/{LETTERS})*"


class Feed(Slug):
    regex = "atom|rss|json"


class Folder(Slug):
    """What stands between the language and the last part of an address: nothing, or parts that each end with a slash."""

    regex = "(?:.+/)?"


class Rest(Slug):
    """The rest of an address, which may be nothing."""

    regex = ".*"


class Positive:
    """A number from 1 on, of at most two digits."""

    regex = "[1-9][0-9]?"

    def to_python(self, value):
        return int(value)

    def to_url(self, value):
        return str(value)


class Id:
    """The id of a row: more digits do not fit into 64 bits."""

    regex = "[0-9]{1,18}"

    def to_python(self, value):
        return int(value)

    def to_url(self, value):
        return str(value)


class Year(Slug):
    regex = "[0-9]{4}"


class TwoDigits(Slug):
    regex = "[0-9]{2}"


OWN_PAGE = "own_page"
"""The name of the address of a page of the site's own."""

FIRST_WORD = re.compile(r"<language:language>/([-\w]+)")

MARKS = {"year": "0001", "month": "02", "day": "03", "slug": "a-slug"}
"""What stands for each part while the form of an address is asked for."""


def address(name, language, **parts):
    """Return the path of a page in its own letters; `parts` are those of MARKS that its pattern in urls.py has.

    A page has a hundred addresses: Django is asked once how each kind of them looks.
    """
    return _form(name, language, tuple(parts)).format(**parts)


@cache
def _form(name, language, parts):
    kwargs = {"language": language} | {part: MARKS[part] for part in parts}
    form = reverse(f"articles:{name}", kwargs=kwargs)
    for part in parts:
        form = form.replace(f"/{MARKS[part]}/", f"/{{{part}}}/")
    return form


def is_fixed(slug, language):
    """Return whether something of the site stands at, or under, the address of a page of its own with this slug."""
    return slug in _fixed() or resolve(f"/{language}/{slug}/").url_name != OWN_PAGE


@cache
def _fixed():
    """Return the words that stand behind the language in the addresses of urls.py: "region", "feed" of "feed.atom"."""
    matches = (FIRST_WORD.match(route) for route in _routes(get_resolver()))
    return frozenset(match[1] for match in matches if match)


def _routes(resolver):
    """Yield the route of every address, without the parts that may be nothing."""
    for url_pattern in resolver.url_patterns:
        if isinstance(url_pattern, URLResolver):
            yield from _routes(url_pattern)
        else:
            route = str(url_pattern.pattern)
            for name, converter in url_pattern.pattern.converters.items():
                if re.fullmatch(converter.regex, ""):
                    route = re.sub(rf"<\w+:{name}>", "", route)
            yield route
