"""What a noun has to say for itself, so that a change of it purges the pages that show it, and no others.

A file of facts/ says it of one noun, as a subclass of Kind; facts/__init__.py lists them.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from django.conf import settings

HELD = 1000
"""How many things of a kind one change remembers as they were; more are compared before the commit already."""

ALL = 0
"""The id of the one snapshot that there is of a kind whose things are compared as a whole."""


class Part(NamedTuple):
    """A part of pages that has a cache tag of this `form`; the words stand in docs/reference/cache-tags.md.

    One that `hides` must not be seen any more once it is withdrawn or nothing of it can be: it is purged hard then.
    """

    form: str
    carried_by: str
    purged_when: str
    hides: bool = False

    @property
    def name(self):
        """What its tags begin with: "url:tag" of "url:tag:<id>:<language>"."""
        return self.form.partition(":<")[0]


class Snapshot:
    """A thing as it stood in the database, of which can be told what readers see at any moment."""

    def facts(self, *, at):
        """Return cache tag -> a value that is equal as long as readers see the same of this part.

        The value, or the first one of a tuple, is empty or "gone" where nothing of it is to be seen.
        """
        raise NotImplementedError

    def moments(self, *, after):
        """Return the moments to come at which the facts change by themselves."""
        return ()

    def places(self):
        """Return (language, moment, id) for each place in the lists of all stories."""
        return set()


@dataclass(frozen=True)
class Fixed(Snapshot):
    """Facts that no moment changes."""

    values: dict

    def facts(self, *, at):
        return self.values


NOTHING = Fixed({})
"""The snapshot of what is not there."""

SHOWN = True
"""A fact of something that is to be seen, of which nothing else is known."""


class Kind:
    """A noun of which readers see something.

    `parts` are the parts of pages that it is responsible for. `models` maps each model of which it
    consists to the column that holds the id of the thing that a row belongs to; None says that all
    things are one snapshot, under the id ALL. `goes_with` maps a model to one with which its rows are
    deleted: pages that show them carry the tag of that one, so nothing need be compared.
    """

    parts = ()
    models = {}
    goes_with = {}

    def load(self, pks):
        """Return id -> Snapshot, as it is now, of those of these that exist."""
        raise NotImplementedError

    def changes(self, before, *, at, remembered):
        """Yield pairs of Snapshots to compare, for what was as `before` says: id -> Snapshot.

        `remembered` maps each Kind to what this transaction has changed of it.
        """
        return paired(before, self.load(before))

    def additions(self, pks, *, at):
        """Yield pairs of Snapshots to compare, for what is new."""
        return paired(dict.fromkeys(pks, NOTHING), self.load(pks))

    def is_announced(self, thing):
        """Return whether a new thing is noted; it need not be where no page can show it yet."""
        return False

    def planned(self, *, after):
        """Return the ids of those whose facts change by themselves after a moment."""
        return ()

    def hides(self, tag, was, now):
        """Return whether what pages have shown under a tag must not be seen any more, by the facts it had and has."""
        return _seen(now) < _seen(was) and tag.startswith(self._hiding)

    def can_hide(self, snapshot, *, at):
        """Return whether pages show something of it at a moment that they must not show once it is gone."""
        return any(self.hides(tag, fact, None) for tag, fact in snapshot.facts(at=at).items())

    @cached_property
    def _hiding(self):
        return tuple(f"{part.name}:" for part in self.parts if part.hides)


def _seen(fact):
    """Return how much is to be seen by a fact: all, only that it was withdrawn, or nothing."""
    first = fact[0] if isinstance(fact, tuple) else fact
    return 1 if first == "gone" else 2 * bool(first)


def paired(before, after):
    """Yield (Snapshot before, Snapshot after) for each id in `before`."""
    for pk, was in before.items():
        yield was, after.get(pk, NOTHING)


def enabled():
    """Return the codes of the languages of the site."""
    return [code for code, _name in settings.LANGUAGES]
