"""Pages that are not in memory: found in the shared store, or rendered, by one caller at a time."""

import logging
import re
import time
from dataclasses import dataclass
from functools import partial
from threading import BoundedSemaphore, Lock

from cachetools import TTLCache
from django.conf import settings
from django.middleware.gzip import GZipMiddleware, re_accepts_gzip
from django.utils.text import compress_string

from newsroom import errors
from newsroom.db import replicas
from newsroom.pagecache.purges.tags import ANY
from newsroom.pagecache.serving import answers, requests
from newsroom.pagecache.serving.page import LIFE, Page, digest, encoded
from newsroom.pagecache.serving.release import release

logger = logging.getLogger(__name__)

TIMEOUT = 10
"""Seconds for which a caller without any copy waits for another one's rendering."""

QUEUE, LONG_QUEUE = 0.5, 3
"""Seconds for which a caller waits until it may render, and hits at most for a thread: long without a copy, while the database answers."""

STEP = 0.02
UNKNOWN, NO_PAGE = object(), object()
NAMES, NAMES_LIFE = 10_000, 60
"""Of how many paths it is remembered which parameters count, and for how many seconds."""

KEPT = frozenset({200, 410})
ENCODED = "content-encoding"
NOT_SHARED = re.compile(r"\b(private|no-store)\b")
OWN = frozenset({"content-length", ENCODED, "vary", "cache-control", "etag", "surrogate-control"})
"""Headers that this cache writes itself."""


@dataclass(frozen=True)
class Answer:
    """What Django answered, with its body read."""

    status: str
    headers: list
    body: bytes

    @property
    def code(self):
        return int(self.status[:3])

    def start(self, start_response, environ):
        """Answer with it as WSGI asks, compressed for who takes that: Django was not told who asks."""
        headers, body = self.headers, self.body
        names = {name.lower(): value.lower() for name, value in headers}
        takes_gzip = re_accepts_gzip.search(environ.get("HTTP_ACCEPT_ENCODING", ""))
        if takes_gzip and "accept-encoding" in names.get("vary", "") and ENCODED not in names:
            body = compress_string(body, max_random_bytes=GZipMiddleware.max_random_bytes)
            headers = [
                header for header in headers if header[0].lower() not in {"content-length", "etag"}
            ]
            headers += [("Content-Encoding", "gzip"), ("Content-Length", str(len(body)))]
        start_response(self.status, headers)
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]


@dataclass(frozen=True)
class Found:
    """A page and how it was come by, or else the raw answer of something that is no page.

    `is_own` says that the answer may be another one to another reader.
    """

    page: Page | None = None
    status: str = answers.HIT
    raw: Answer | None = None
    is_own: bool = False

    @property
    def has_failed(self):
        return self.raw is not None and self.raw.code >= 500


class Renderer:
    """Finds or makes pages; `memory` and `store` keep them."""

    def __init__(self, application, *, memory, store, log):
        self.application, self.memory, self.store, self.log = application, memory, store, log
        # path -> the names of parameters that its view has declared to count; NO_PAGE for what is no page
        self._names, self._names_lock = TTLCache(NAMES, NAMES_LIFE), Lock()
        self._slots = BoundedSemaphore(settings.PAGE_CACHE_RENDERS)

    def names(self, path):
        """Return the names of the parameters that count for a path, as its view says; UNKNOWN before it has.

        It is NO_PAGE where a view has answered with something that is for one reader only.
        """
        with self._names_lock:
            names = self._names.get(path, UNKNOWN)
        if names is UNKNOWN and (page := self._kept(path)):
            return page.query
        return names

    def find(self, environ, path, query):
        """Return what stands under a path with a query: all of it counts, or nobody knows yet what does."""
        key = f"{path}?{query}" if query else path
        old = self._kept(key)
        if old and self.log.is_fresh(old, time.time()):
            return Found(old)
        if stale := self._stale(old):
            with self.store.lock(key) as is_free:
                if not is_free:
                    return stale
        if not self._may_render(old):
            return self._stale(old) or Found(raw=_busy(path))
        try:
            return self._once(key, old, lambda: self._made(environ, path, query, key, old))
        finally:
            self._slots.release()

    def _may_render(self, old):
        """Take a place among those who render, and return whether there was one in time.

        A caller without a copy waits longer: a machine at its limits still makes one page after the other. Where the
        database does not answer none is made, and the thread is for those whose pages are kept.
        """
        deadline = time.monotonic() + LONG_QUEUE
        while not self._slots.acquire(timeout=QUEUE):
            if self.log.is_failing or time.monotonic() > deadline or self._stale(old):
                return False
        return True

    def _stale(self, old):
        """Return the last good copy, if it may be shown where nothing newer can be made, or not yet."""
        if old and self.log.horizon is None:
            # Started during an outage: what was purged is known to whoever keeps the store alone.
            may_stand_in = self.store.vouches_for(old)
        else:
            may_stand_in = old and self.log.may_stand_in(old, time.time())
        return Found(old, answers.STALE) if may_stand_in else None

    def _kept(self, key):
        """Return the page of memory, or a fresher one of the shared store."""
        now = time.time()
        page = self.memory.get(key)
        if page and self.log.is_fresh(page, now):
            return page
        stored = self.store.get(key)
        if self.log.horizon is None:
            return stored
        if stored and (page is None or stored.rendered_at > page.rendered_at):
            self.memory.put(stored)
            return stored
        return page

    # --- One at a time ---

    def _once(self, key, old, make):
        """Let one caller of all processes make a page; meanwhile others get the last good copy, or wait for it."""
        with self.store.lock(key) as is_first:
            if is_first:
                # Somebody may have made it while this caller waited for a place.
                return self._fresh(key) or make()
        if stale := self._stale(old):
            return stale
        deadline = time.monotonic() + TIMEOUT
        while not is_first and time.monotonic() < deadline:
            time.sleep(STEP)
            with self.store.lock(key) as is_first:
                pass
        return self._fresh(key) or make()

    def _fresh(self, key):
        page = self._kept(key)
        return Found(page) if page and self.log.is_fresh(page, time.time()) else None

    # --- Rendering ---

    def _made(self, environ, path, query, key, old):
        render = partial(self._rendered, environ, path, query, key)
        answer = replicas.read(render, lacks=self._lacks, is_failing=lambda: self.log.is_failing)
        if answer.has_failed and (stale := self._stale(old)):
            return stale
        if page := answer.page:
            self.memory.put(page)
            # What was overtaken by a change stands in for a moment here, and helps nobody else.
            if self.log.is_fresh(page, time.time()):
                self.store.put(page)
        return answer

    def _lacks(self, answer, horizon):
        """Return whether an answer of a horizon lacks a change that is known of; a failing log knows of none."""
        if self.log.is_failing:
            return False
        if answer.page:
            return not self.log.is_fresh(answer.page, time.time())
        return horizon <= self.log.newest

    def _rendered(self, environ, path, query, key, horizon):
        """Return what Django answers now, from a database that has come to a horizon; None is the log's own."""
        horizon, started, mark = horizon or self.log.horizon, time.time(), self.log.mark
        raw, response = self.ask(requests.scrubbed(environ, query))
        is_page, names = _is_page(raw, response), NO_PAGE if raw.code == 200 else UNKNOWN
        if is_page:
            names = response.cache_query
        with self._names_lock:
            if names is UNKNOWN:
                self._names.pop(path, None)
            else:
                self._names[path] = names
        # What does not count may have found its way into the page all the same.
        if not is_page or query != requests.counted(requests.parameters(query), names):
            return Found(raw=raw, is_own=names is NO_PAGE)
        if horizon is None:
            return Found(raw=raw)
        page = Page(
            key=key,
            status=raw.code,
            headers=[[name, value] for name, value in raw.headers if name.lower() not in OWN],
            bodies=encoded(raw.body),
            tags=dict(response.cache_tags),
            query=names if names is ANY else list(names),
            rendered_at=started,
            horizon=horizon,
            release=release(),
            etag=digest(raw.body),
            mark=mark,
            until=response.cache_until,
            may_be_file=response.cache_file and response.cache_until > started + LIFE,
        )
        return Found(page, answers.STORED)

    def ask(self, environ):
        """Return Django's answer, whole, and its response object."""
        started = []

        def start_response(status, headers, exc_info=None):
            started[:] = [status, headers]

        response = self.application(environ, start_response)
        try:
            body = b"".join(response)
        finally:
            if hasattr(response, "close"):
                response.close()
        return Answer(*started, body), response


def _busy(path):
    """Return the answer where every thread that may render does so, and there is no copy."""
    response = errors.busy(path)
    return Answer("503 Service Unavailable", list(response.items()), response.content)


def _is_page(raw, response):
    """Return whether an answer may be kept: tagged, and the same for whoever asks."""
    if raw.code not in KEPT or not getattr(response, "cache_tags", None):
        return False
    names = {name.lower(): value for name, value in raw.headers}
    vary = {header.strip().lower() for header in names.get("vary", "").split(",")}
    reasons = {
        "it sets a cookie": "set-cookie" in names,
        f"it varies on {', '.join(sorted(vary))}": vary - {"", "accept-encoding"},
        "it is not to be shared": NOT_SHARED.search(names.get("cache-control", "").lower()),
        "it holds a nonce": "'nonce-" in names.get("content-security-policy", ""),
    }
    for reason in (reason for reason, holds in reasons.items() if holds):
        logger.error("%s is tagged as a page for all, but %s.", response, reason)
        return False
    return True
