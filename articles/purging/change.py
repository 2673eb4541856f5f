"""One transaction's change of what readers see."""

from collections import defaultdict
from datetime import timedelta
from functools import partial

from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from articles.models import Tag
from articles.purging.facts import article, others
from articles.purging.lists import Rows
from articles.purging.names import hides, name
from articles.purging.ranks import Ranks, in_company
from newsroom.pagecache import EVERYTHING, purge
from newsroom.pagecache.models import Purge
from newsroom.pagecache.purges import clock

HELD = 1000
"""How many stories are remembered as they were; more are compared before the commit already."""

TOLD = 20_000
"""How many tags one change purges; more count as everything."""

LOADERS = {
    "article": article.load,
    "category": others.tree,
    "tag": others.tags,
    "author": others.authors,
    "image": others.images,
}
SLOT = "articles_change"


class Change:
    """What one transaction touches, as it was before; called on commit, it purges what is otherwise now.

    It purges softly what readers see otherwise, and hard what they must not see any more.

    A purge without tags is written with the change itself: a process that is killed before it has told
    the tags leaves it behind, and then it counts for every page. See newsroom/pagecache/purges/log.py.
    """

    def __init__(self):
        self.rows = Rows()
        # First of all: who is told of it after this has been changed after it, too.
        self._pending = Purge.objects.create(tags=[], is_pending=True, clock=clock.Now())
        self._before = {kind: {} for kind in LOADERS}
        self._new = set()
        # Of these, the ones to be purged hard. `_due` maps (a moment, whether it is soft) to tags.
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
        found = (each for _ids, each, _robust in connection.run_on_commit if isinstance(each, cls))
        if not (change := next(found, None)):
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
        """Remember what these are now, before they are changed for the first time."""
        before = self._before[kind]
        unknown = {pk for pk in pks if pk not in before}
        if kind == "article":
            unknown -= self._new
        if not unknown:
            return
        if kind == "article" and len(before) + len(unknown) > HELD:
            self._compare_stories(at=timezone.now())
        # After that, because it takes them from what is remembered.
        self._before[kind] |= dict.fromkeys(unknown) | LOADERS[kind](unknown)

    def add(self, kind, pk):
        """Note what is new: no page can have shown more of it than that it is not there."""
        if kind == "article":
            self._new.add(pk)
        else:
            self._before[kind].setdefault(pk)

    def __call__(self):
        at = timezone.now()
        with transaction.atomic():
            self._compare_categories(at=at)
            self._compare_stories(at=at)
            self._compare_new(at=at)
            for kind in ("tag", "author", "image"):
                self._compare_all(kind, at=at)
            self._purge(at=at)
            self._pending.delete()

    # --- Comparing ---

    def _compare_categories(self, *, at):
        """Compare the tree, and the stories whose categories have changed places with each other."""
        if not (found := self._before["category"]):
            return
        before, after = found[others.TREE], others.tree()[others.TREE]
        self._compare(partial(before.facts), partial(after.facts), (), (), at=at)
        turned = after.ranks.turned(before.ranks)
        articles = in_company(turned, limit=HELD)
        if len(articles) > HELD:
            self._tags.add(EVERYTHING)
            return
        now = article.load(articles)
        then = now | self._before["article"]
        for pk, story in now.items():
            if was := then[pk]:
                old, new = partial(was.facts, before.ranks), partial(story.facts, after.ranks)
                self._compare(old, new, (), (), at=at)

    def _compare_stories(self, *, at):
        before, self._before["article"] = self._before["article"], {}
        if not before:
            return
        after, ranks = article.load(before), Ranks.load()
        for pk, was in before.items():
            story = after.get(pk)
            self.rows.note_story(was, story)
            # The same ranks for both: what they change is compared with the categories.
            self._compare(
                *(partial(each.facts, ranks) if each else _nothing for each in (was, story)),
                *(each.moments(after=at) if each else () for each in (was, story)),
                at=at,
            )

    def _compare_new(self, *, at):
        """Name the new stories that readers can see: a body can have named them before they were there."""
        new = sorted(self._new)
        for start in range(0, len(new), HELD):
            found = article.states(new[start : start + HELD])
            coming = {pk: story for pk, story in found.items() if story.moments(after=at)}
            for pk, story in found.items():
                self.rows.note_story(None, story)
                live = [code for code, moment in story.places() if moment <= at]
                self._tags |= {
                    name(each, pk, code) for code in live for each in ("url:article", "link")
                }
            ranks = Ranks.load() if coming else None
            for story in article.whole(coming).values():
                facts = partial(story.facts, ranks)
                self._note_due(_dues(facts, story.moments(after=at)))

    def _compare_all(self, kind, *, at):
        before = self._before[kind]
        after = LOADERS[kind](before) if before else {}
        for pk, was in before.items():
            now = after.get(pk)
            self._compare(
                *(each.facts if each else _nothing for each in (was, now)),
                *(each.moments(after=at) if each else () for each in (was, now)),
                at=at,
            )
        if kind == "tag":
            self._tags |= _displaced(before, after)

    def _compare(self, before, after, moments_before, moments_after, *, at):
        old, new = before(at=at), after(at=at)
        dues = _dues(after, moments_after)
        if self._has_company:
            tags = old.keys() | new.keys()
        else:
            tags = _differing(old, new)
            dues -= _dues(before, moments_before)
        self._tags |= tags
        self._hidden |= {tag for tag in tags if hides(tag, new.get(tag))}
        self._note_due(dues)

    def _note_due(self, dues):
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
        for moment, found in due.items():
            self._due[moment, True] |= found
        for moment, is_soft in sorted(self._due):
            purge(self._due[moment, is_soft], due=moment, soft=is_soft)


def _bounded(tags):
    return [EVERYTHING] if len(tags) > TOLD else tags


def _nothing(*, at):
    return {}


def _differing(old, new):
    return {tag for tag in old.keys() | new.keys() if old.get(tag) != new.get(tag)}


def _dues(facts, moments):
    """Return (moment, whether it is soft, tag) for what changes by itself at each of these moments."""
    found = set()
    for moment in moments:
        old, new = facts(at=moment - timedelta.resolution), facts(at=moment)
        found |= {(moment, not hides(tag, new.get(tag)), tag) for tag in _differing(old, new)}
    return found


def _displaced(before, after):
    """Return the names of other tags whose addresses these have taken, or given up."""
    found = set()
    pks = list(before)
    for tag in _tags_with_new_addresses(before, after):
        _kind, pk, code = tag.rsplit(":", 2)
        for each in (before, after):
            if values := each.get(int(pk)):
                slug = values.facts(at=None)[tag].rstrip("/").rsplit("/", 1)[-1]
                rivals = Tag.objects.with_slug(slug, language=code).exclude(pk__in=pks)
                found |= {name("tag", rival, code) for rival in rivals.values_list("pk", flat=True)}
    return found


def _tags_with_new_addresses(before, after):
    for pk, was in before.items():
        if pk in after:
            old = was.facts if was else _nothing
            for tag in _differing(old(at=None), after[pk].facts(at=None)):
                if tag.startswith("url:"):
                    yield tag


def note_rows(*, gone, come):
    """Say which listing rows this transaction takes away and adds.

    A row is (edition id, language, published_at, shelf, id on it).
    """
    if gone or come:
        Change.current().rows.note(gone=gone, come=come)
