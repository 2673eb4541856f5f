"""The page cache in front of Django: a hit is answered here, without middleware or database."""

import time
from functools import lru_cache

from django.conf import settings

from newsroom.db import deadlines
from newsroom.pagecache.purges.log import log
from newsroom.pagecache.purges.tags import ANY, KEPT
from newsroom.pagecache.serving import answers, requests
from newsroom.pagecache.serving.memory import Memory
from newsroom.pagecache.serving.page import LIFE
from newsroom.pagecache.serving.rendering import NO_PAGE, UNKNOWN, Renderer
from newsroom.pagecache.stores.files import FileStore

PASSING = 5.0
"""Seconds for which a request waits for a database that is known not to answer."""

LONGEST = 300
"""Characters of a header that are looked at: what was found is remembered by them, for many clients."""

READ = frozenset({"GET", "HEAD"})
_encoding = lru_cache(maxsize=1000)(requests.wanted_encoding)


class PageCache:
    """A WSGI application that answers for another one with the pages that it has kept.

    Only GET and HEAD of a path under a language, or of a file such as /robots.txt, can be a page. Who has a session, such as an editor,
    always gets what Django says now, and nothing of that is kept.
    """

    def __init__(self, application, *, memory=None, store=None, log=log):
        self.application = application
        self.log = log
        self.memory = memory or Memory(megabytes=settings.PAGE_CACHE_MEMORY)
        store = store or FileStore(settings.PAGES_ROOT)
        self.renderer = Renderer(application, memory=self.memory, store=store, log=log)
        self._is_home = lru_cache(maxsize=500)(requests.is_home)
        self._session = settings.SESSION_COOKIE_NAME
        self._scheme, _https = requests.of_scheme()
        self.prefixes = tuple(f"/{code}/" for code, _name in settings.LANGUAGES)

    def __call__(self, environ, start_response):
        if (
            environ["REQUEST_METHOD"] not in READ
            or not (
                environ["PATH_INFO"].startswith(self.prefixes)
                or requests.is_at_root(environ["PATH_INFO"])
            )
            # Only those who work here have a session.
            or self._session in environ.get("HTTP_COOKIE", "")
            or not self._is_home(environ.get("HTTP_HOST", "")[:LONGEST], environ.get(self._scheme))
        ):
            return self._pass(environ, start_response)
        # The most frequent case by far, in as few steps as there can be.
        path = environ["PATH_INFO"]
        if not path.isascii() or "?" in path:
            path = requests.path_of(environ) or ""
        if not environ.get("QUERY_STRING") and (page := self.memory.get(path)):
            now = time.time()
            if self.log.is_fresh(page, now):
                return self._answer(page, environ, start_response, now)
        return self._look(environ, start_response)

    def _pass(self, environ, start_response):
        """Let Django answer, but not wait for a database that does not answer the log either."""
        with deadlines.limit(PASSING, only_if=lambda: self.log.is_failing):
            return self.application(environ, start_response)

    def _look(self, environ, start_response):
        """Answer a request for what is perhaps a page, and perhaps kept."""
        self.log.follow()
        path, query = requests.path_of(environ), environ.get("QUERY_STRING", "")
        pairs, names = requests.parameters(query), path and self.renderer.names(path)
        if path is None or pairs is None or names is NO_PAGE:
            return self._pass(environ, start_response)
        has_others = False
        if not pairs or names is not UNKNOWN:
            query = requests.counted(pairs, names) if pairs else ""
            has_others = len(pairs) > len(requests.parameters(query))
        reply = self.renderer.find(environ, path, query)
        if reply.page is None:
            # What a cookie or another parameter may change is Django's to answer with them.
            if reply.raw.code < 500 and (has_others or ("HTTP_COOKIE" in environ and reply.is_own)):
                return self._pass(environ, start_response)
            return reply.raw.start(start_response, environ)
        if has_others and reply.page.query is ANY and (raw := self._elsewhere(environ)):
            return raw.start(start_response, environ)
        now = time.time()
        return self._answer(
            reply.page, environ, start_response, now, reply.status, has_others=has_others
        )

    def _elsewhere(self, environ):
        """Return Django's answer if it knows that the other parameters of a page lead elsewhere, or None."""
        with deadlines.limit(PASSING, only_if=lambda: self.log.is_failing):
            raw, response = self.renderer.ask(environ | {KEPT: True})
        # Without a database nobody knows; the page is better than none.
        return None if getattr(response, "stays", False) or raw.code >= 500 else raw

    def _answer(self, page, environ, start_response, now, status=answers.HIT, *, has_others=False):
        encoding = _encoding(environ.get("HTTP_ACCEPT_ENCODING", "")[:LONGEST])
        if encoding not in page.bodies:
            encoding = "identity"
        kept = page.answers.get(encoding)
        if kept is None or now >= kept[0]:
            kept = self._headers(page, encoding, now)
            # It is in demand; now and then only: where a web server has the file, nobody asks here.
            if self.log.is_fresh(page, now) and not self.log.is_failing:
                self.renderer.store.put(page, only_if_gone=True)
        _until, headers, tag = kept
        if has_others or status is not answers.HIT or self.log.is_failing:
            status = answers.STALE if self.log.is_failing else status
            # Under addresses that anybody can make up, edges would keep one page without end.
            times = {"life": 0, "grace": 0} if has_others else self._for_edges(page, now)
            headers = answers.headers(page, encoding, **times, status=status)
        asked = environ.get("HTTP_IF_NONE_MATCH")
        if asked and page.status == 200 and answers.matches(asked, tag):
            start_response(answers.REASONS[304], answers.without_body(headers))
            return []
        start_response(answers.REASONS[page.status], list(headers))
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [page.bodies[encoding]]

    def _headers(self, page, encoding, now):
        """Make the headers of a page's hits, and keep them with it for a while."""
        # Taken before: what is learned from here on puts others in their place.
        kept, times = page.answers, self._for_edges(page, now)
        ends = now + times["life"] < page.ends_at
        until = now + (answers.LASTING_TO_AN_END if ends else answers.LASTING)
        headers = answers.headers(page, encoding, **times)
        kept[encoding] = until, headers, answers.etag(page, encoding)
        return kept[encoding]

    def _for_edges(self, page, now):
        """Return for how long an edge may keep a page, and for how long after that show it on errors."""
        if self.log.horizon is None:
            return {"life": 0, "grace": 0}
        # One that was overtaken by a change may not be kept at all.
        is_fresh = self.log.is_fresh(page, now)
        life = min(page.ends_at, self.log.ends(page)) - now if is_fresh else 0
        if self.log.is_failing:
            # What is not known here now may have been told to the edge already.
            life = min(life, answers.LASTING)
        return {"life": life, "grace": min(LIFE, self.log.ends(page, only_hard=True) - now - life)}
