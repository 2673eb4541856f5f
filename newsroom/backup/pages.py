"""Public pages as a reader gets them, made in this process: by which two databases are compared."""

import hashlib
import random
import re
from typing import NamedTuple
from unittest import mock
from urllib.parse import urlsplit

from django.conf import settings
from django.test import Client
from django.utils import timezone

LOC = re.compile(r"<loc>([^<]+)</loc>")
MAPS = 20
"""Sitemaps that are looked into for pages."""


class Page(NamedTuple):
    """What stands under a path: a status, the SHA-256 of its body, and its cache tags, each with its bounds."""

    path: str
    status: int
    sha256: str
    tags: dict


def some(number, *, at):
    """Return the paths of so many public pages, drawn from the sitemaps; of all where there are fewer."""
    maps = [path for path in _named("/sitemap.xml", at) if path.endswith(".xml")]
    paths = {
        path
        for sitemap in random.sample(maps, min(MAPS, len(maps)))
        for path in _named(sitemap, at)
    }
    return sorted(random.sample(sorted(paths), min(number, len(paths))))


def rendered(paths, *, at):
    """Yield the Page of each path as of a moment."""
    for path in paths:
        response = _get(path, at)
        digest = hashlib.sha256(_content(response)).hexdigest()
        yield Page(path, response.status_code, digest, dict(getattr(response, "cache_tags", {})))


def _named(path, at):
    """Return the paths of this site that a sitemap names."""
    text = _content(_get(path, at)).decode()
    return [urlsplit(address.replace("&amp;", "&")).path for address in LOC.findall(text)]


def _get(path, at):
    client = Client(raise_request_exception=False)
    host = urlsplit(settings.SITE_URL).netloc
    # Both databases are asked as of one moment: a page may say how old what it shows is.
    with mock.patch.object(timezone, "now", return_value=at):
        return client.get(path, secure=settings.HTTPS, HTTP_HOST=host)


def _content(response):
    return b"".join(response.streaming_content) if response.streaming else response.content
