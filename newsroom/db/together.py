"""Many writes in one transaction: what follows from them is done once for all of them, at its end.

    with locks.together():
        for row in rows:
            save(row)  # what follows from all of them is done once, behind the last

A function that brings things in line after a change is marked with `once`. New rows wait, to be written with others of their model
in one statement: those of a model that is a Waiting, and what is stored with `insert`. They wait until a statement names
one of their tables, so that whoever asks the database finds them there.
"""

import re
from collections import defaultdict
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from inspect import signature

from django.db import connection

from newsroom.db import ids

_current = ContextVar("together", default=None)


class Together:
    """What is left to be done at the end: rows that wait, by their model, and calls by their function.

    `known` is for whoever looks up for all writes what each of them asks for: nobody else changes it meanwhile. `number` rows of
    a model are expected, and `then` is called with those that have been written.
    """

    def __init__(self, number, then):
        self.number, self.then = number, then
        self.calls, self.known = defaultdict(list), {}
        # By the identity of each: another object of the same row may hold other values.
        self.new = {}
        self.is_ending, self.revision = False, None
        self._forget()

    def keep(self, row):
        """Let a new row wait, under the id that it gets; return whether it does. One that waits already is to be as it is now."""
        model, is_new = type(row), row._state.adding and row.pk is None
        if is_new:
            if model not in self._ids:
                self._ids[model] = ids.coming(model, number=self.number)
            row.pk = next(self._ids[model])
            row._state.adding, row._state.db = False, connection.alias
        elif row.pk not in self._rows.get(model, ()):
            return False
        self._put(row, row.pk)
        return True

    def insert(self, row):
        """Let a new row wait of which nobody needs the id."""
        self._put(row, (id(row),))

    def write(self):
        """Write the rows that wait, in the order in which their models were first met."""
        rows = self._rows
        self._forget()
        for model, some in rows.items():
            self.then(model._default_manager.bulk_create(some.values()))

    def finish(self):
        """Do it, in the order in which it was first asked for; what that brings up is done as it comes."""
        while self._rows:
            self.write()
        self.is_ending = True
        for function, calls in self.calls.items():
            function(calls)

    def before_statement(self, execute, sql, params, many, context):
        """Write first what waits if a statement may concern it, or leads to a place to which all may be taken back."""
        if self._tables and (sql.startswith("SAVEPOINT") or self._tables.search(sql)):
            self.write()
        return execute(sql, params, many, context)

    def _put(self, row, key):
        if type(row) not in self._rows:
            self._rows[type(row)] = {}
            tables = "|".join(re.escape(model._meta.db_table) for model in self._rows)
            self._tables = re.compile(rf"\b(?:{tables})\b")
        self._rows[type(row)][key] = row

    def _forget(self):
        # Ids, too: SQLite gives those that were not used to the next row that comes another way.
        self._rows, self._ids, self._tables = {}, {}, None


class Waiting:
    """Goes before Model in a model whose new rows wait, where many are written together: to save one costs no statement."""

    def save(self, *args, **kwargs):
        if not keep(self):
            super().save(*args, **kwargs)


@contextmanager
def opened(*, number, then):
    """Put off what follows from the writes in here until they are done; see locks.together, which opens the transaction."""
    mark = _current.set(Together(number, then))
    try:
        with connection.execute_wrapper(_current.get().before_statement):
            yield
            _current.get().finish()
    finally:
        _current.reset(mark)


def is_open():
    return _current.get() is not None


def waiting():
    """Return the Together for which things can be put off, or None where they are to be done at once."""
    current = _current.get()
    return current if current and not current.is_ending else None


def known(name, make):
    """Return what `make()` has returned under a name in this transaction; outside of one, what it returns now."""
    if not (current := _current.get()):
        return make()
    if name not in current.known:
        current.known[name] = make()
    return current.known[name]


def keep(row):
    """Let a new row, or one that does so already, wait under an id of its own; return whether it does. Else it is to be saved."""
    current = waiting()
    return bool(current) and current.keep(row)


def insert(row):
    """Store a new row of which nobody needs the id: at once, or with others of its model."""
    if current := waiting():
        current.insert(row)
    else:
        row.save(force_insert=True)


def note_new(thing):
    """Note that a thing has got its row in this transaction."""
    if current := waiting():
        current.new[id(thing)] = thing


def is_new(thing):
    """Return whether a thing has got its row in this transaction, and holds what is in it: nobody else can have changed it."""
    current = waiting()
    return bool(current) and id(thing) in current.new


def once(merge):
    """Let a function be called once for many calls, with the arguments that `merge` makes of theirs, a list of dicts."""

    def marked(function):
        bind = signature(function).bind

        def all_at_once(calls):
            function(**merge(calls))

        @wraps(function)
        def called(*args, **kwargs):
            if not (current := waiting()):
                return function(*args, **kwargs)
            current.calls[all_at_once].append(bind(*args, **kwargs).arguments)
            return None

        return called

    return marked
