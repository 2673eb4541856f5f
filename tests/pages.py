"""Read a public page as its visitors do: links, head, headers."""

from contextlib import contextmanager
from html.parser import HTMLParser
from unittest import mock
from urllib.parse import unquote, urlencode, urlsplit

from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from newsroom.site import kept

HREFLANG = "hreflang"
FORM = "application/x-www-form-urlencoded"


class Page(HTMLParser):
    """A response taken apart: `elements` in order as (tag, attributes), and the words between."""

    def __init__(self, response):
        super().__init__()
        self.response, self.status = response, response.status_code
        self.elements, self.words, self._open = [], {}, []
        self.html = response.content.decode()
        self.feed(self.html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag != "bdi":
            self._open = [*self._open, tag]

    def handle_endtag(self, tag):
        while tag != "bdi" and self._open and self._open.pop() != tag:
            pass

    def handle_data(self, data):
        if self._open:
            self.words.setdefault(self._open[-1], []).append(data.strip())

    def all(self, tag, **wanted):
        """Return the attributes of each element of a kind that has these attributes."""
        return [
            attrs
            for kind, attrs in self.elements
            if kind == tag and all(attrs.get(name) == value for name, value in wanted.items())
        ]

    def links(self):
        """Return the paths of all links inside this site."""
        return {path_of(a["href"]) for a in self.all("a") if a.get("href", "").startswith("/")}

    def announced(self):
        """Return every address of this site in the head or in the body, as a path."""
        heads = [
            link["href"] for link in self.all("link") if link.get("rel") not in {None, "stylesheet"}
        ]
        shared = [meta.get("content", "") for meta in self.all("meta")]
        own = (href for href in (*heads, *shared) if href.startswith("http://127.0.0.1:8000/"))
        paths = self.links() | {path_of(href) for href in own}
        return {path for path in paths if not path.startswith(settings.STATIC_URL)}

    def hreflang(self):
        """Return language -> path, of the head; the links of a feed, one for each story, have a type."""
        links = self.all("link", rel="alternate")
        alternates = [link for link in links if HREFLANG in link and "type" not in link]
        assert len({link[HREFLANG] for link in alternates}) == len(alternates)
        return {link[HREFLANG]: path_of(link["href"]) for link in alternates}

    def switcher(self):
        """Return language -> path, of the language switcher."""
        links = self.all("a")
        switcher_links = [a for a in links if a.get("class") == "language-switcher__link"]
        return {a[HREFLANG]: path_of(a["href"]) for a in switcher_links}

    def canonical(self):
        addresses = [link["href"] for link in self.all("link", rel="canonical")]
        assert len(addresses) == 1
        return addresses[0]

    def meta(self, name):
        """Return the contents of the meta elements of one name or property, in order."""
        metas = (m for m in self.all("meta") if name in {m.get("property"), m.get("name")})
        return [meta["content"] for meta in metas]

    def text(self, tag):
        """Return the words that stand directly in elements of a kind, be they marked as of another language or not."""
        return " ".join(filter(None, self.words.get(tag, [])))


def path_of(href):
    """Return the path of an address, decoded."""
    return unquote(urlsplit(href).path)


def get(client, path, **options):
    return Page(client.get(path, **options))


def send_form(client, path, values, **headers):
    """Send a form as browsers do; the test client would send it as one that has files."""
    return client.post(path, urlencode(values), **{"content_type": FORM} | headers)


@contextmanager
def kept_in_memory():
    """Be a process that keeps what each page needs, as one does that follows the log."""
    values = {kept_value.tag: kept_value.read() for kept_value in kept.ALL}
    with mock.patch.object(kept.Kept, "current", lambda kept_value: values[kept_value.tag]):
        yield


@contextmanager
def statements():
    """Yield what captures the statements of a request that nothing has been cached for, but what a process keeps in memory."""
    with kept_in_memory(), CaptureQueriesContext(connection) as captured:
        yield captured
