"""Read public pages from replicas of the database, and everything else from the primary.

A replica shows what the primary wrote a moment ago, or long ago if it is behind. So a rendering asks
it first up to where it has come, on the connection that it goes on to read by: with this number, the
horizon, the page cache knows which changes are not in the page. docs/explanation/many-machines.md
"""

import logging
import time
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from itertools import count
from threading import Lock

from django.db import DEFAULT_DB_ALIAS, Error, OperationalError, connections

from newsroom.db import deadlines
from newsroom.pagecache.purges import clock

logger = logging.getLogger(__name__)

REST = 10.0
"""Seconds for which a replica that failed is not asked again."""

ANSWERS = 1.0
"""Seconds in which a replica says how far it is, or counts as down."""

RENDERING = 5.0
"""Seconds after which a rendering that waits for a database is given up."""

DOUBTFUL = 1.0
"""The same for a primary that is known to be failing."""


@dataclass
class Source:
    """Where one rendering reads: `horizon` is that of a replica, or None for the primary."""

    alias: str = DEFAULT_DB_ALIAS
    horizon: int | None = None
    has_failed: bool = False
    is_barred: bool = False

    @property
    def is_replica(self):
        return self.horizon is not None

    def note(self, execute, sql, params, many, context):
        """Execute a statement, and remember that it failed: what was rendered then is not the page."""
        try:
            return execute(sql, params, many, context)
        except Error:
            self.has_failed = True
            raise


class Router:
    """Django's question which database to ask, answered by where this thread is rendering."""

    def db_for_read(self, model, **hints):
        source = _source.get()
        if source is None:
            return DEFAULT_DB_ALIAS
        if source.is_barred:
            raise OperationalError("The database does not answer, and another caller waits for it.")
        return source.alias

    def db_for_write(self, model, **hints):
        return DEFAULT_DB_ALIAS

    def allow_relation(self, one, other, **hints):
        return True

    def allow_migrate(self, db, app_label, **hints):
        return db == DEFAULT_DB_ALIAS


_source = ContextVar("replicas.source", default=None)
_trying = Lock()
_turn = count()
_resting = {}


def aliases():
    """Return the names of the replicas in settings.DATABASES."""
    return [alias for alias in connections if alias != DEFAULT_DB_ALIAS]


def horizon():
    """Return the horizon of the replica from which this thread is rendering, None where that is none."""
    source = _source.get()
    return source and source.horizon


def read(render, *, lacks, is_failing=bool):
    """Return what `render(horizon)` returns where it reads from a replica, or from the primary if that will not do.

    The horizon is that of the replica; None stands for the primary. `lacks(answer, horizon)` tells whether an
    answer lacks a change that is known of, `answer.has_failed` whether it is no answer, and `is_failing` whether
    the primary was found not to answer.
    """
    with reading(is_failing=is_failing) as source:
        answer = render(source.horizon)
    if not source.has_failed and not (source.is_replica and lacks(answer, source.horizon)):
        return answer
    with reading(primary=True, is_failing=is_failing):
        again = render(None)
    return answer if again.has_failed and not source.has_failed else again


@contextmanager
def reading(*, primary=False, is_failing=bool):
    """Let this thread read from a replica, or from the primary on demand, and yield the Source.

    If the source has failed in the end, what was rendered is to be rendered again, from the primary.
    `is_failing` tells whether the primary was found not to answer. While it does, one caller at a time
    tries the primary and the others fail at once, so that there are threads for what need not ask it.
    """
    source = (None if primary else _found()) or Source()
    if source.is_replica:
        with _from(source), connections[source.alias].execute_wrapper(source.note):
            yield source
        return
    is_down = is_failing()
    is_alone = is_down and _trying.acquire(blocking=False)
    source.is_barred = is_down and not is_alone
    try:
        with _from(source), deadlines.limit(DOUBTFUL, only_if=is_failing):
            yield source
    finally:
        if is_alone:
            _trying.release()


@contextmanager
def _from(source):
    token = _source.set(source)
    try:
        with deadlines.limit(RENDERING):
            yield
    finally:
        _source.reset(token)
        if source.has_failed:
            _let_rest(source.alias, "it failed while a page was rendered")


def _found():
    """Return a Source for the next replica that answers, in turns; None if there is none."""
    names = aliases()
    first = next(_turn)
    for offset in range(len(names)):
        alias = names[(first + offset) % len(names)]
        if (horizon := _horizon(alias)) is not None:
            return Source(alias, horizon)
    return None


def _horizon(alias):
    """Return the horizon of a replica, or None if it is resting or does not answer."""
    now = time.monotonic()
    was_resting = alias in _resting
    if now < _resting.get(alias, now):
        return None
    if was_resting:
        # One caller tries whether it is back; the others do not wait with it.
        _resting[alias] = now + REST
    try:
        horizon = _asked(connections[alias])
    except Error as error:
        _let_rest(alias, error)
        return None
    if was_resting:
        _resting.pop(alias, None)
        logger.warning("The database “%s” answers again.", alias)
    return horizon


def _asked(connection):
    """Return the horizon that a replica tells; a connection that has died since is opened again."""
    # Now, because Django would close an old connection in the middle of the rendering.
    connection.close_if_unusable_or_obsolete()
    connection.health_check_done = True  # the question itself shows whether it is well
    started = time.monotonic()
    with deadlines.limit(ANSWERS):
        try:
            return clock.horizon(using=connection.alias)
        except Error:
            connection.close()
            if time.monotonic() - started > ANSWERS:
                raise
            return clock.horizon(using=connection.alias)


def _let_rest(alias, reason):
    if alias not in _resting:
        words = " ".join(str(reason).split())
        logger.warning("The database “%s” is not read for %d s: %s", alias, REST, words)
    _resting[alias] = time.monotonic() + REST
    connections[alias].close()
