"""What a source gave of a story, to tell its corrections from what was changed here since.

A *reading* is the language of a file that holds the story in one language, as a page does, or "" for
a record that holds it whole. What one reading says or leaves out tells nothing about another.
"""

from articles.importers.writer.pictures import WORDS, field_of
from articles.importers.writer.states import plain
from articles.models import Edition, Origin
from articles.texts import ARTICLE_TEXTS, text

NOTHING = ["", ""]


class Given:
    """What has been given of one story, as its Origin keeps it, seen by one reading.

    Of each field a pair of marks is kept: of what the source said, and of what then stood here. A
    link that found its story, or a slug that was another's, makes the two differ. `taken` names the
    fields that now have what the source says, `kept` those that somebody has changed here, too. Of a story that `is_new`
    nothing stands here yet, so that nobody has to ask.
    """

    def __init__(self, data, reading, *, is_new=False):
        self.is_new = is_new
        self.data = {name: dict(own) for name, own in data.items()}
        self.own = self.data.setdefault(reading, {})
        self.own["fields"] = dict(self.own.get("fields", {}))
        self.others = [own for name, own in self.data.items() if name != reading]
        self.taken, self.kept = [], []

    def takes(self, name, *, said, here):
        """Return whether the source says something new of a field that nobody changed here.

        `here` is what stands here now; NULL and "" are the same.
        """
        before = self.own["fields"].get(name, NOTHING)
        new, present = Origin.mark(said), Origin.mark(here)
        if new == before[0]:
            return False
        is_kept = new != present and self.is_edited(name, here)
        self._put(name, [new, before[1] if is_kept else new])
        (self.kept if is_kept else self.taken).append(name)
        return not is_kept and new != present

    def is_edited(self, name, here):
        """Return whether a field holds what no reading has given."""
        records = [self.own, *self.others]
        marks = [part for own in records for part in own.get("fields", {}).get(name, NOTHING)]
        return Origin.mark(here) not in {"", *marks}

    def has_said(self, name, words):
        """Return whether these were the words of a field the last time that this reading came."""
        return self.own["fields"].get(name, NOTHING)[0] == Origin.mark(words)

    def stored(self, name, here):
        """Remember what the words that were taken from the source have become here."""
        if name in self.taken:
            self._put(name, [self.own["fields"].get(name, NOTHING)[0], Origin.mark(here)])

    def adopt(self, name, here):
        """Take what stands here for what the source gave."""
        self.put(name, said=here, here=here)

    def put(self, name, *, said, here):
        self._put(name, [Origin.mark(said), Origin.mark(here)])

    def copy(self, name, *, to):
        """Let a field that has moved be known under its new name."""
        if pair := self.own["fields"].get(name):
            self._put(to, list(pair))

    def exchange(self, kind, now):
        """Remember which things of a kind the source gives; return (to add, to take away).

        What this reading does not give any more goes only if no other reading gives it.
        """
        before, now = self.before(kind), list(now)
        self.own[kind] = now
        elsewhere = self.elsewhere(kind)
        come = [key for key in now if key not in before]
        return come, [key for key in before if key not in now and key not in elsewhere]

    def promotes(self, lines):
        """Keep the lines of a page that promote something else, for actions/promoting.py."""
        if lines or "promotions" in self.own:
            self.own["promotions"] = list(lines)

    def before(self, kind):
        return list(self.own.get(kind, ()))

    def elsewhere(self, kind):
        """Return the things of a kind that other readings give."""
        return [key for own in self.others for key in own.get(kind, ())]

    def _put(self, name, pair):
        if any(pair):
            self.own["fields"][name] = pair
        else:
            self.own["fields"].pop(name, None)


NAMES = {
    "title": "headline",
    "alt": "alternative text",
    "source_language": "language of the source",
    "published_at": "time of publication",
    "modified_at": "time of change",
    "correction": "correction",
}


def kept_here(given):
    """Return a note on what was changed here as well as in the source, if there is any."""
    names = []
    for kept in given.kept:
        field, language = (*kept.split("."), "")[:2]
        names.append(f"{NAMES.get(field, field)} ({language})" if language else NAMES[field])
    if names:
        yield f"Changed here, so it is kept: {', '.join(dict.fromkeys(names))}."


def adopt(given, article, story):
    """Fill `given` from the article, with what a story like this one could have said, where that was not kept at the time.

    Only for a story that nobody has changed since it was imported.
    """
    languages = [code for code in article.languages() if story.is_whole or code in story.texts]
    for language in languages:
        for field in ARTICLE_TEXTS:
            given.adopt(f"{field}.{language}", text(article, field, language))
        for use in article.uses.all():
            for field in WORDS:
                given.adopt(field_of(field, language, use.image_id), text(use, field, language))
    for edition in Edition.objects.filter(article=article, language__in=languages):
        given.adopt(f"slug.{edition.language}", edition.slug)
        given.adopt(f"published_at.{edition.language}", plain(edition.published_at))
    if story.is_whole:
        _adopt_shared(given, article)


def _adopt_shared(given, article):
    given.adopt("source_language", article.source_language)
    uses = list(article.uses.order_by("position", "pk"))
    given.exchange("images", [use.image_id for use in uses])
    given.exchange("rights", [use.image_id for use in uses])
    given.own["lead"] = next((use.image_id for use in uses if use.is_lead), None)
    given.exchange("categories", article.categories.values_list("pk", flat=True))
    given.exchange("tags", article.tags.values_list("pk", flat=True))
    keys = article.bylines.values_list("author", "role", "language")
    given.exchange("bylines", [list(key) for key in keys])
