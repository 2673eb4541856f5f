"""What a test has purged."""

from newsroom.pagecache.models import Purge

DATED = "dated:"


class Purges:
    """What has been purged since this was made."""

    def __init__(self):
        self.since = max(Purge.objects.values_list("pk", flat=True), default=0)

    @property
    def rows(self):
        assert not Purge.objects.filter(is_pending=True).exists()
        return Purge.objects.filter(pk__gt=self.since).order_by("pk")

    def now(self):
        """Return the names that are purged at once, without positions; but for those of sitemaps: see `dated`."""
        return {name for name in self._at_once() if not name.startswith(DATED)}

    def dated(self):
        """Return the names of sitemaps that are purged at once."""
        return {name for name in self._at_once() if name.startswith(DATED)}

    def _at_once(self):
        return [name for row in self.rows.filter(due=None) for name, _place in row.tags]

    def hard(self, *, due=False):
        """Return the names of which nothing must be seen any more, at once or else from a moment on."""
        rows = self.rows.filter(is_soft=False, due__isnull=not due)
        return {name for row in rows for name, _place in row.tags if not name.startswith(DATED)}

    def due(self):
        """Return moment -> names that are purged then."""
        by_moment = {}
        for row in self.rows.exclude(due=None):
            by_moment.setdefault(row.due, set()).update(name for name, _place in row.tags)
        return by_moment
