"""Pages and stylesheets with links that are right in a copy."""

import json
import re
from html import escape, unescape
from urllib.parse import urlsplit

from articles.exporters.static.addresses import SEARCH

TAG = re.compile(
    r"<([a-z][a-z0-9-]*)((?:\s+[^\s=<>]+(?:=(?:\"[^\"]*\"|'[^']*'|[^\s\"'<>]*))?)+)\s*(/?)>",
    re.IGNORECASE,
)
ATTRIBUTE = re.compile(
    r"(\s)(href|src|srcset|imagesrcset|action|poster)=(\"[^\"]*\"|'[^']*'|[^\s\"'<>]+)",
    re.IGNORECASE,
)
POSTED = re.compile(r"<form\b[^<>]*\bmethod=\"?post\b.*?</form>", re.DOTALL | re.IGNORECASE)
FORM = re.compile(r"<form\b.*?</form>", re.DOTALL | re.IGNORECASE)
MAIN = re.compile(r"<main\b.*</main>", re.DOTALL | re.IGNORECASE)
URL = re.compile(r"""url\(\s*(["']?)([^"')]+)\1\s*\)|@import\s+(["'])([^"']+)\3""")
SETS = frozenset({"srcset", "imagesrcset"})


def html(text, base, addresses, *, notice, follow):
    """Return the page at `base` for a copy. `follow` is told the path of each link that stays in it.

    What readers send, and the search, need the site: `notice` stands in their place.
    """
    if SEARCH.match(base):
        text = MAIN.sub(lambda main: FORM.sub(notice, main[0]), text)
    text = POSTED.sub(notice, text)
    return TAG.sub(lambda tag: _tag(tag, base, addresses, follow), text)


def _tag(tag, base, addresses, follow):
    name = tag[1].lower()

    def change(match):
        value = unescape(match[3].strip("\"'"))
        if name == "link" and value.startswith(("http://", "https://")):
            return match[0]  # what the site says of itself stays true of the copy
        if match[2].lower() in SETS:
            made = ", ".join(
                _one_of_set(candidate, base, addresses, follow) for candidate in value.split(",")
            )
        else:
            made = moved(value, base, addresses, follow)
        return match[0] if made == value else f'{match[1]}{match[2]}="{escape(made)}"'

    return f"<{tag[1]}{ATTRIBUTE.sub(change, tag[2])}{' /' if tag[3] else ''}>"


def _one_of_set(words, base, addresses, follow):
    address, *rest = words.split()
    return " ".join([moved(address, base, addresses, follow), *rest])


def moved(value, base, addresses, follow):
    """Return an address as the page at `base` names it in the copy."""
    if not value or value.startswith("#"):
        return value
    path = addresses.own(base, value)
    if path is None:
        is_here = value.startswith(("/", "?", "."))
        return addresses.whole(base, value) if is_here else value
    follow(path)
    return addresses.link(base, path, urlsplit(value).fragment)


def css(text, base, addresses, *, follow):
    """Return a stylesheet for a copy."""

    def change(match):
        value = match[2] or match[4]
        if value.startswith(("data:", "#")):
            return match[0]
        return match[0].replace(value, moved(value, base, addresses, follow))

    return URL.sub(change, text)


def manifest(text, base, addresses, *, follow):
    """Return a web manifest for a copy: each path in it is one from its own place."""

    def walk(value):
        if isinstance(value, dict):
            return {key: walk(part) for key, part in value.items()}
        if isinstance(value, list):
            return [walk(part) for part in value]
        is_path = isinstance(value, str) and value.startswith("/")
        return moved(value, base, addresses, follow) if is_path else value

    return json.dumps(walk(json.loads(text)), ensure_ascii=False)
