"""What a receiver that looks before a write hands on to the one that looks after it, beside the row and not on it."""

import weakref


class HandedOn:
    """A value for each object, taken once: "what it was before it was saved". It goes with its object."""

    def __init__(self):
        self._values = {}

    def put(self, thing, value):
        key = id(thing)
        gone = weakref.ref(thing, lambda _gone: self._values.pop(key, None))
        self._values[key] = gone, value

    def take(self, thing, default=None):
        """Return what was put for exactly this object, and forget it."""
        _thing, value = self._values.pop(id(thing), (None, default))
        return value
