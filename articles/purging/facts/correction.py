"""What readers see of corrections: the list of all in a language, and whether there are any.

That a story shows its own is told with the story.
"""

from collections import defaultdict

from articles.models import Edition
from articles.pages.story import corrections, parts
from articles.purging.kind import SHOWN, Fixed, Kind, Part, Snapshot, enabled, paired
from articles.purging.names import name
from newsroom.moments import FOREVER
from newsroom.pagecache import Spot


class Told(Snapshot):
    """The corrections that the editions of a story tell, of those that are published now or later."""

    def __init__(self, editions):
        self.editions = editions

    def facts(self, *, at):
        spots = defaultdict(list)
        for edition in self.editions:
            for note in parts.notes(edition) if edition.published_at <= at else ():
                spots[Spot(name("corrections", edition.language), note.published_at)].append(note)
        return {spot: (SHOWN, notes) for spot, notes in spots.items()}

    def moments(self, *, after):
        moments = {edition.published_at for edition in self.editions}
        return sorted(moment for moment in moments if moment > after)


class Corrections(Kind):
    """Those of a story at once, by its editions, which hold what they tell."""

    models = {Edition: "article_id"}
    parts = (
        Part(
            "corrections:<language>",
            "the corrections in a language, between two moments",
            "one comes or goes whose day lies between the two, or says something else; the story with it comes or goes",
            hides=True,
        ),
        Part(
            "corrected:<language>",
            "every list of a language, and all its feeds, as machines are told of them: whether there are corrections",
            "a language gets its first one, or loses its last",
        ),
        Part(
            corrections.KEPT.tag,
            "no page, but what each process keeps of which languages have corrections",
            "a language gets its first one, or loses its last",
        ),
    )

    def load(self, pks):
        rows = _corrected().filter(article__in=pks).order_by("pk")
        by_article = defaultdict(list)
        for row in rows.only("article", "language", "status", "published_at", "corrections"):
            by_article[row.article_id].append(row)
        return {pk: Told(editions) for pk, editions in by_article.items()}

    def changes(self, before, *, at, remembered):
        after = self.load(before)
        yield from paired(before, after)
        was, now = _languages(before), _languages(after)
        if was != now:
            others = corrections.stored(without=before)
            yield _any(was | others), _any(now | others)

    def hides(self, tag, was, now):
        return super().hides(getattr(tag, "name", tag), was, now)

    def planned(self, *, after):
        return _corrected().filter(published_at__gt=after).values_list("article_id", flat=True)


def _corrected():
    return Edition.objects.live(at=FOREVER).filter(corrections__isnull=False)


def _languages(snapshots):
    told = (snapshot for snapshot in snapshots.values() if isinstance(snapshot, Told))
    return frozenset(edition.language for snapshot in told for edition in snapshot.editions)


def _any(languages):
    """Return what the foot of every page shows, and what machines are told, where these languages have corrections."""
    shown = {
        name(part, code): code in languages for part in ("foot", "corrected") for code in enabled()
    }
    return Fixed(shown | {corrections.KEPT.tag: sorted(languages)})


KIND = Corrections()
"""What readers see of corrections."""
