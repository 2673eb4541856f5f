"""Which request is for which page: what of an address and its headers counts, and what does not."""

import re
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import QueryDict
from django.http.request import split_domain_port, validate_host

from newsroom.pagecache.serving.page import ENCODINGS
from newsroom.pagecache.stores import files

TRACKING = re.compile(
    r"utm_\w+|fbclid|gclid|gbraid|wbraid|dclid|msclkid|twclid|igshid|yclid|mc_[ce]id|_ga|_gl|ref",
    re.ASCII,
)
"""Parameters that campaigns and networks append to an address; no page depends on them."""

LONGEST = 500
"""Characters of an address; a longer one is Django's to answer."""

CODING = re.compile(r"([\w*-]+)\s*(?:;\s*q\s*=\s*([01](?:\.\d*)?))?", re.ASCII)
"""A coding of an Accept-Encoding and its weight, which is 1 where it is none."""

# What a page is rendered with. Everything else of a request is left out, so that nothing in it can
# have a part in a page that others get: cookies, proxies' headers, wishes for a language or a form.
KEPT = frozenset(
    ("SCRIPT_NAME", "PATH_INFO", "SERVER_NAME", "SERVER_PORT", "SERVER_PROTOCOL")
    + ("REMOTE_ADDR", "HTTP_HOST")
)


def is_at_root(path):
    """Return whether a path is that of a file for machines that stands under no language, as /robots.txt does."""
    return path.rfind("/") == 0 and files.kind(path[1:]) is not None


def path_of(environ):
    """Return the decoded path, or None for one that can be no page."""
    try:
        path = environ["PATH_INFO"].encode("latin-1").decode()
    except UnicodeError:
        return None
    # A "?" in a path, which came as %3F, would make it the key of another address.
    return None if len(path) > LONGEST or "\x00" in path or "?" in path else path


def parameters(query):
    """Return the parameters of a query that may mean anything, each with its last value as Django takes it.

    Returns None for a query that Django would refuse to read.
    """
    try:
        pairs = QueryDict(query.encode("latin-1"), encoding="utf-8").dict()
    except SuspiciousOperation:
        return None
    return {name: value for name, value in pairs.items() if not TRACKING.fullmatch(name)}


def counted(pairs, names):
    """Return the query with those of some parameters that count among `names`, in their order."""
    return urlencode([(name, pairs[name]) for name in names or () if name in pairs])


def scrubbed(environ, query):
    """Return an environ that holds nothing but what may have a part in a page."""
    kept = {*KEPT, of_scheme()[0]}
    clean = {
        name: value for name, value in environ.items() if name in kept or name.startswith("wsgi.")
    }
    # A HEAD is answered with the headers of the page.
    return clean | {"REQUEST_METHOD": "GET", "QUERY_STRING": query}


def of_scheme():
    """Return the name in an environ under which the scheme of a request stands, and what stands there for HTTPS."""
    return settings.SECURE_PROXY_SSL_HEADER or ("wsgi.url_scheme", "https")


def is_home(host, scheme):
    """Return whether a request is for this site, and by the scheme that it is meant for."""
    if not validate_host(split_domain_port(host)[0], settings.ALLOWED_HOSTS):
        return False
    return not settings.SECURE_SSL_REDIRECT or scheme == of_scheme()[1]


def wanted_encoding(header):
    """Return the best of ENCODINGS that an Accept-Encoding allows, by RFC 9110, section 12.5.3.

    A client that rules out every form still gets the plain one: a page is better than a 406.
    """
    weights = {name: float(weight or 1) for name, weight in CODING.findall(header.lower())}
    weights = {name: weights.get(name, weights.get("*", 0)) for name in ENCODINGS}
    return max(filter(weights.get, ENCODINGS), key=weights.get, default="identity")
