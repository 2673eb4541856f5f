"""What one function hands on to another about a row or a request, beside that and not on it."""

import weakref
from typing import Generic, TypeVar

T = TypeVar("T")


class HandedOn(Generic[T]):
    """A value for each object: "what it was before it was saved", "who asks". It goes with its object."""

    def __init__(self) -> None:
        self._values: dict[int, tuple[weakref.ref[object], T]] = {}

    def put(self, thing: object, value: T) -> T:
        """Keep a value for exactly this object, in the place of the one before; return it."""
        key = id(thing)
        gone = weakref.ref(thing, lambda _gone: self._values.pop(key, None))
        self._values[key] = gone, value
        return value

    def take(self, thing: object, default: T | None = None) -> T | None:
        """Return what was put for exactly this object, and forget it."""
        value = self.read(thing, default)
        self._values.pop(id(thing), None)
        return value

    def read(self, thing: object, default: T | None = None) -> T | None:
        """Return what was put for exactly this object, as often as it is asked for."""
        kept = self._values.get(id(thing))
        return kept[1] if kept else default
