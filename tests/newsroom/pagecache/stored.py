"""Pages to put into stores."""

import random
import time

from newsroom.pagecache.serving.page import Page, digest, encoded

HTML = (("Content-Type", "text/html; charset=utf-8"), ("X-Frame-Options", "DENY"))


def page(key="/en/story/", words="words of a story " * 40, **changes):
    """Return a page that is fresh for a log that knows no purge."""
    body = words.encode()
    facts = {
        "key": key,
        "status": 200,
        "headers": HTML,
        "bodies": encoded(body),
        "tags": {"settings": None, "article:1:en": None, "list:all:en": (10, None)},
        "query": (),
        "rendered_at": time.time(),
        "horizon": 7,
        "release": "r1",
        "etag": digest(body),
    }
    return Page(**facts | changes)


def noise(size):
    """Return words that do not compress."""
    return random.Random(size).randbytes(size).hex()
