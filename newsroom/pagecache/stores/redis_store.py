"""Pages in Redis or Valkey, for hosts that share them.

How much memory they may take is Redis's own setting: `maxmemory` with `maxmemory-policy allkeys-lru`.
"""

import secrets
from contextlib import contextmanager

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from newsroom.pagecache.serving.page import LIFE, Page
from newsroom.pagecache.stores.base import NoStore, Rest, is_shared

PREFIX = "newsroom:page:"
LOCKS = "newsroom:rendering:"
PATIENCE = 0.2
"""Seconds in which Redis answers, or counts as down."""

PAUSE = 1.0
"""Seconds for which it is not asked again then."""

RENDERING = 10_000
"""Milliseconds after which somebody else may render what a killed process was at."""

RELEASE = "if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) end"
"""Only the one who took a lock gives it back: it may have lapsed, and be somebody else's by now."""


class RedisStore(NoStore):
    """Pages under the address of a Redis: redis://, rediss:// or unix://."""

    def __init__(self, url):
        self.client = redis.Redis.from_url(
            url,
            socket_timeout=PATIENCE,
            socket_connect_timeout=PATIENCE,
            # Its own retries would make a reader wait; Rest asks again soon enough.
            retry=Retry(NoBackoff(), 0),
        )
        self.rest = Rest("Redis", seconds=PAUSE)

    def get(self, key):
        data = self._ask("get", PREFIX + key)
        try:
            return Page.loads(data) if data else None
        except (ValueError, TypeError):
            # Of another release, or somebody else's.
            return None

    def put(self, page):
        if is_shared(page):
            self._ask("set", PREFIX + page.key, page.dumps(), ex=LIFE)

    @contextmanager
    def lock(self, key):
        name, token = LOCKS + key, secrets.token_hex(8)
        taken = self._ask("set", name, token, nx=True, px=RENDERING)
        try:
            # While it does not answer, everybody renders: slower, and never an error.
            yield bool(taken) or not self.rest.is_over
        finally:
            if taken:
                self._ask("eval", RELEASE, 1, name, token)

    def _ask(self, command, *arguments, **options):
        """Return Redis's answer, or None while it does not answer."""
        if not self.rest.is_over:
            return None
        try:
            answer = getattr(self.client, command)(*arguments, **options)
        except (redis.RedisError, OSError) as error:
            self.rest.begin(error)
            return None
        self.rest.end()
        return answer
