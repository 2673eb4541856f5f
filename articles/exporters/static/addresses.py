"""Where a page lies in a folder, and how pages name each other there: right on any host, in any folder, and without a server."""

import hashlib
import posixpath
import re
from urllib.parse import quote, unquote, urljoin, urlsplit

LONGEST = 200
"""The bytes of a name that every file system takes; the letters of India take three each."""

ON_THE_SITE = re.compile(
    r"/(?:admin|healthz|api)(?:/|$)|/[^/]+/comment/|/[^/]+/search/feed|.*/comments/(?:write|\d+)/$"
)
"""What only the site itself can answer."""

SEARCH = re.compile(r"/[^/]+/(?:lite/)?search/(?:index\.md)?(?:\?|$)")
UNSAFE = re.compile(r"[^\w.=+-]")


class Addresses:
    """The addresses of one copy: those that begin with `site`, in these languages, are its own."""

    def __init__(self, site, *, languages, others):
        self.site, self.host = site.rstrip("/"), urlsplit(site).netloc
        self.languages, self.others = languages, set(others) - set(languages)

    def own(self, base, value):
        """Return the path, with its query, of what `value` means on the page at `base`; None for what is not copied."""
        try:
            parts = urlsplit(urljoin(f"{self.site}{base}", value.strip()))
        except ValueError:
            return None
        if parts.netloc != self.host or parts.scheme not in {"http", "https"}:
            return None
        path = quote(unquote(parts.path)) or "/"
        if "." not in path.rpartition("/")[2] and not path.endswith("/"):
            path += "/"
        if ON_THE_SITE.match(path) or path.split("/")[1] in self.others:
            return None
        query = "" if SEARCH.match(path) else parts.query
        return f"{path}?{query}" if query else path

    def whole(self, base, value):
        """Return the address on the site itself of what `value` means on the page at `base`."""
        return urljoin(f"{self.site}{base}", value)

    @staticmethod
    def file(path):
        """Return the path of the file in which a page lies, without a slash before it."""
        path, _mark, query = path.partition("?")
        parts = unquote(path).lstrip("/").split("/")
        if query:
            stem, dot, suffix = (parts[-1] or "index.html").partition(".")
            told = _short(query) if UNSAFE.search(query) else query
            parts[-1] = f"{stem}--{told}{dot}{suffix}"
        parts[-1] = parts[-1] or "index.html"
        return "/".join(map(_fitting, parts))

    def link(self, base, path, fragment=""):
        """Return how the page at `base` names the page at `path`: by the way from file to file."""
        start = posixpath.dirname(self.file(base)) or "."
        way = posixpath.relpath(self.file(path), start)
        return quote(way) + (f"#{fragment}" if fragment else "")


def _short(words):
    return hashlib.sha256(words.encode()).hexdigest()[:16]


def _fitting(name):
    """Return a name that a file can have."""
    if len(name.encode()) <= LONGEST and name not in {".", ".."}:
        return name
    stem, dot, suffix = name.rpartition(".")
    return f"{_short(name)}{dot}{suffix}" if stem and len(suffix) < 6 else _short(name)
