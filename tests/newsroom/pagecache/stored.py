"""Pages to put into stores, and what a keeper does with them."""

import random
import time

from newsroom.pagecache.serving.page import Page, digest, encoded
from newsroom.pagecache.stores.folder import Folder

HTML = (("Content-Type", "text/html; charset=utf-8"), ("X-Frame-Options", "DENY"))

FOR_MACHINES = {
    "/en/feed.atom": "application/atom+xml; charset=utf-8",
    "/ar/tag/\u0633\u0648\u0631\u064a\u0627/feed.rss": "application/rss+xml; charset=utf-8",
    "/en/tag/raqqa/feed.json": "application/feed+json",
    "/en/story.json": "application/json",
    "/sitemap.xml": "application/xml",
    "/notes.txt": "text/plain; charset=utf-8",
    "/ar/tag/\u0633\u0648\u0631\u064a\u0627/index.md": "text/markdown; charset=utf-8",
}
"""Addresses without a slash at the end, and the type with which Django answers there."""


def page(key="/en/story/", words="words of a story " * 40, **changes):
    """Return a page that is fresh for a log that knows no purge."""
    body = words.encode()
    facts = {
        "key": key,
        "status": 200,
        "headers": HTML,
        "bodies": encoded(body),
        "tags": {"settings": None, "article:1:en": None, "list:all:en": [10, None]},
        "query": [],
        "rendered_at": time.time(),
        "horizon": 7,
        "release": "r1",
        "etag": digest(body),
    }
    facts |= changes
    return Page(**facts | {"headers": [*map(list, facts["headers"])]})


def noise(size):
    """Return words that do not compress."""
    return random.Random(size).randbytes(size).hex()


def take_in(store):
    """Put the pages that have come in their places, and return the Folder, as a keeper has it."""
    folder = Folder(store)
    folder.prepare()
    for each in folder.arrivals(1000):
        folder.put(each)
    return folder
