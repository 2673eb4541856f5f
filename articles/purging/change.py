"""One transaction's change of what readers see."""

from collections import defaultdict
from datetime import timedelta

from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from articles.purging.kind import HELD, NOTHING, SHOWN
from articles.purging.lists import Rows
from newsroom.pagecache import EVERYTHING, purge
from newsroom.pagecache.models import Purge
from newsroom.pagecache.purges import clock

TOLD = 20_000
"""How many tags one change purges; more count as everything."""

SLOT = "articles_change"


class Change:
    """What one transaction touches, as it was before; called on commit, it purges what is otherwise now.

    It purges softly what readers see otherwise, and hard what they must not see any more.

    A purge without tags is written with the change itself: a process that is killed before it has told
    the tags leaves it behind, and then it counts for every page. See newsroom/pagecache/purges/log.py. It is
    a soft one until something is touched that readers see and that may be hidden from them.
    """

    def __init__(self):
        self.rows = Rows()
        # First of all: who is told of it after this has been changed after it, too.
        self._pending = Purge.objects.create(
            tags=[], is_pending=True, is_soft=True, clock=clock.Now()
        )
        # By Kind: id -> Snapshot of what is changed, and the ids of what is new.
        self._before, self._new = defaultdict(dict), defaultdict(set)
        # What is to be purged softly, and hard. `_due` maps (a moment, whether it is soft) to tags.
        self._tags, self._hidden, self._due = set(), set(), defaultdict(set)

    @classmethod
    def current(cls):
        """Return the change of this transaction; a rollback, of a savepoint too, drops it.

        Outside of a transaction it is that of one save, and `finish` ends it.
        """
        if not connection.in_atomic_block:
            if not hasattr(connection, SLOT):
                setattr(connection, SLOT, cls())
            return getattr(connection, SLOT)
        changes = (
            callback
            for _ids, callback, _robust in connection.run_on_commit
            if isinstance(callback, cls)
        )
        if not (change := next(changes, None)):
            change = cls()
            transaction.on_commit(change, robust=True)
        return change

    @classmethod
    def finish(cls):
        """End the change of a save that was no part of a transaction."""
        if not connection.in_atomic_block and hasattr(connection, SLOT):
            change = getattr(connection, SLOT)
            delattr(connection, SLOT)
            change()

    def touch(self, kind, pks):
        """Remember what these things of a Kind are now, before they are changed for the first time."""
        before = self._before[kind]
        unknown = set(pks) - before.keys() - self._new[kind]
        if not unknown:
            return
        if len(before) + len(unknown) > HELD:
            self._compare_changed(kind, at=timezone.now())
            before.clear()
        snapshots = kind.load(unknown)
        # After that, because it takes them from what is remembered.
        before |= dict.fromkeys(unknown, NOTHING) | snapshots
        self._warn(kind, snapshots.values())

    def _warn(self, kind, snapshots):
        """Let the purge without tags be a hard one if one of these may be hidden."""
        at = timezone.now()
        if self._pending.is_soft and any(kind.can_hide(snapshot, at=at) for snapshot in snapshots):
            self._pending.is_soft = False
            self._pending.save(update_fields=["is_soft"])

    def add(self, kind, pk):
        """Note what is new: no page can have shown more of it than that it is not there."""
        if pk not in self._before[kind]:
            self._new[kind].add(pk)

    def __call__(self):
        at = timezone.now()
        with transaction.atomic():
            for kind in list(self._before):
                self._compare_changed(kind, at=at)
                self._compare_new(kind, at=at)
            self._purge(at=at)
            self._pending.delete()

    # --- Comparing ---

    def _compare_changed(self, kind, *, at):
        if before := self._before[kind]:
            for was, now in kind.changes(before, at=at, remembered=self._before):
                self._compare(kind, was, now, at=at)

    def _compare_new(self, kind, *, at):
        if pks := self._new[kind]:
            for was, now in kind.additions(pks, at=at):
                self._compare(kind, was, now, at=at)

    def _compare(self, kind, was, now, *, at):
        self.rows.note_places(was.places(), now.places())
        old, new = was.facts(at=at), now.facts(at=at)
        dues = _dues(kind, now, after=at)
        if self._has_company:
            tags = old.keys() | new.keys()
            # Who came between may have shown it.
            old = dict.fromkeys(tags, SHOWN)
        else:
            tags = _differing(old, new)
            dues -= _dues(kind, was, after=at)
        self._tags |= tags
        self._hidden |= {tag for tag in tags if kind.hides(tag, old.get(tag), new.get(tag))}
        for moment, is_soft, tag in dues:
            self._due[moment, is_soft].add(tag)

    @property
    def _has_company(self):
        """Whether somebody else changed something meanwhile, perhaps the same and after it was remembered."""
        if not hasattr(self, "_company"):
            mine = Q(pk=self._pending.pk)
            later = Q(is_pending=True) | Q(pk__gt=self._pending.pk)
            self._company = Purge.objects.filter(later).exclude(mine).exists()
        return self._company

    # --- Purging ---

    def _purge(self, *, at):
        tags, due = self.rows.purges(at=at)
        purge(_bounded(self._hidden))
        purge(_bounded((tags | self._tags) - self._hidden), soft=True)
        for moment, due_tags in due.items():
            self._due[moment, True] |= due_tags
        for moment, is_soft in sorted(self._due):
            purge(self._due[moment, is_soft], due=moment, soft=is_soft)


def _bounded(tags):
    return [EVERYTHING] if len(tags) > TOLD else tags


def _differing(old, new):
    return {tag for tag in old.keys() | new.keys() if old.get(tag) != new.get(tag)}


def _dues(kind, snapshot, *, after):
    """Return (moment, whether it is soft, tag) for what changes by itself at each moment to come."""
    dues = set()
    for moment in snapshot.moments(after=after):
        old, new = snapshot.facts(at=moment - timedelta.resolution), snapshot.facts(at=moment)
        dues |= {
            (moment, not kind.hides(tag, old.get(tag), new.get(tag)), tag)
            for tag in _differing(old, new)
        }
    return dues


def note_rows(*, gone, come):
    """Say which listing rows this transaction takes away and adds.

    A row is (edition id, language, published_at, shelf, id on it).
    """
    if gone or come:
        Change.current().rows.note(gone=gone, come=come)
