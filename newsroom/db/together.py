"""Many writes in one transaction: what follows from them is done once for all of them, at its end.

    with locks.together():
        for each in things:
            save(each)  # what follows from all of them is done once, behind the last

A function that brings things in line after a change is marked with `once`. New rows are stored with `insert`, many of a model in
one statement.
"""

from collections import defaultdict
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from inspect import signature

_current = ContextVar("together", default=None)


class Together:
    """What is left to be done at the end: rows by their model, and calls by their function."""

    def __init__(self):
        self.rows, self.calls = defaultdict(list), defaultdict(list)
        # By the identity of each: another object of the same row may hold other values.
        self.new = {}
        self.is_ending, self.revision = False, None

    def finish(self):
        """Do it, in the order in which it was first asked for; what that brings up is done as it comes."""
        while self.rows:
            model = next(iter(self.rows))
            model._default_manager.bulk_create(self.rows.pop(model))
        self.is_ending = True
        for function, calls in self.calls.items():
            function(calls)


@contextmanager
def opened():
    """Put off what follows from the writes in here until they are done; see locks.together, which opens the transaction."""
    mark = _current.set(Together())
    try:
        yield
        _current.get().finish()
    finally:
        _current.reset(mark)


def is_open():
    return _current.get() is not None


def waiting():
    """Return the Together for which things can be put off, or None where they are to be done at once."""
    found = _current.get()
    return found if found and not found.is_ending else None


def insert(row):
    """Store a new row: at once, or with others of its model before what follows from them is done."""
    if found := waiting():
        found.rows[type(row)].append(row)
    else:
        row.save(force_insert=True)


def note_new(thing):
    """Note that a thing has got its row in this transaction."""
    if found := waiting():
        found.new[id(thing)] = thing


def is_new(thing):
    """Return whether a thing has got its row in this transaction, and holds what is in it: nobody else can have changed it."""
    found = waiting()
    return bool(found) and id(thing) in found.new


def once(merge):
    """Let a function be called once for many calls, with the arguments that `merge` makes of theirs, a list of dicts."""

    def marked(function):
        bind = signature(function).bind

        def all_at_once(calls):
            function(**merge(calls))

        @wraps(function)
        def called(*args, **kwargs):
            if not (found := waiting()):
                return function(*args, **kwargs)
            found.calls[all_at_once].append(bind(*args, **kwargs).arguments)
            return None

        return called

    return marked
