"""Pages to put into stores, and what a keeper does with them."""

import os
import random
import signal
import time
from pathlib import Path

from newsroom.pagecache.serving.page import Page, digest, encoded
from newsroom.pagecache.stores.files import FileStore
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
    for arrival in folder.arrivals(1000):
        folder.put(arrival)
    return folder


# --- In a process of its own, which imports nothing but this ---


def hold(root, held):
    """Hold the lock of a page until somebody kills this process."""
    with FileStore(root).lock("/en/a/"):
        held.set()
        time.sleep(60)


def be_killed_at(root, number):
    """Put another page in the place of one, and be killed at one of the steps by which that comes and this goes."""
    left, rename = iter(range(number)), Path.rename

    def rename_or_die(path, target):
        if next(left, None) is None:
            os.kill(os.getpid(), signal.SIGKILL)
        return rename(path, target)

    Path.rename = rename_or_die
    Folder(FileStore(root)).put(page(words=noise(2000)))
