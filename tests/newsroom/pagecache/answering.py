"""A WSGI application that says what the test tells it to, behind a page cache of its own."""

from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from threading import Lock

import pytest
from django.db import connection

from newsroom.pagecache.purges.log import Log
from newsroom.pagecache.purges.tags import tag
from newsroom.pagecache.serving.memory import Memory
from newsroom.pagecache.serving.page import Page
from newsroom.pagecache.serving.wsgi import PageCache

# On PostgreSQL the numbers of purges are those of transactions, of which a test needs several.
COMMITTED = pytest.mark.django_db(transaction=connection.vendor == "postgresql")


class Body(list):
    """What a WSGI application returns; `tag` writes on it as on a Django response."""


@dataclass
class Application:
    """Answers with `words` and notes what it was asked."""

    words: str = "<p>Words of a page</p>" * 50
    status: str = "200 OK"
    tags: tuple = ("article:1:en",)
    query: tuple | None = ()
    file: bool = True
    until: object = None
    headers: tuple = (("Content-Type", "text/html; charset=utf-8"),)
    asked: list = field(default_factory=list)
    meanwhile: object = None

    def __call__(self, environ, start_response):
        self.asked.append(environ)
        body = Body([self.words.encode()])
        if self.tags:
            tag(body, self.tags, query=self.query, file=self.file, until=self.until)
        if self.meanwhile:
            self.meanwhile()
        start_response(self.status, list(self.headers))
        return body


@dataclass
class Answer:
    status: str
    headers: dict
    body: bytes

    @property
    def code(self):
        return int(self.status[:3])


class FollowedByHand(Log):
    """A log that a test syncs, without a thread."""

    def follow(self):
        if self.horizon is None:
            self.look()

    def catch_up(self):
        self.sync()


class NoStore:
    """A store that keeps nothing."""

    def __init__(self):
        self._held, self._guard = set(), Lock()

    def get(self, key):
        pass

    def put(self, page, *, only_if_gone=False):
        pass

    def vouches_for(self, page):
        return False

    @contextmanager
    def lock(self, key):
        with self._guard:
            is_free = key not in self._held
            self._held.add(key)
        try:
            yield is_free
        finally:
            if is_free:
                self._held.remove(key)


class SharedMemory(NoStore):
    """A shared store that other caches can be given, too."""

    def __init__(self):
        super().__init__()
        self.pages = {}

    def get(self, key):
        page = self.pages.get(key)
        return Page.loads(page.dumps()) if page else None

    def put(self, page, *, only_if_gone=False):
        if page.status == 200 and "?" not in page.key:
            self.pages[page.key] = page


def cache(application, *, store=None, log=None, megabytes=8):
    """Return a PageCache with a memory and a log of its own."""
    return PageCache(
        application,
        memory=Memory(megabytes=megabytes),
        store=store or SharedMemory(),
        log=log or FollowedByHand(),
    )


def count(memory):
    """Return how many pages are in a Memory."""
    return len(memory._paths) + len(memory._queries)


def environ(path="/en/story/", query="", method="GET", **headers):
    """Return the environ of a request; headers as accept_encoding="br"."""
    return {
        "REQUEST_METHOD": method,
        "SCRIPT_NAME": "",
        "PATH_INFO": path.encode().decode("latin-1"),
        "QUERY_STRING": query,
        "SERVER_NAME": "testserver",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(),
        "HTTP_HOST": "testserver",
        **{f"HTTP_{name.upper()}": value for name, value in headers.items()},
    }


def ask(application, path="/en/story/", query="", method="GET", **headers):
    """Ask a WSGI application, and return its Answer."""
    started = []

    def start_response(status, response_headers, exc_info=None):
        started[:] = [status, response_headers]

    response = application(environ(path, query, method, **headers), start_response)
    body = b"".join(response)
    if hasattr(response, "close"):
        response.close()
    return Answer(started[0], dict(started[1]), body)
