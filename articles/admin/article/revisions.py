"""The versions of a story: who saved what, and when; and any two of them beside each other, word by word."""

import json
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext as _, gettext_lazy
from reversion.models import Version

from articles.admin.article.events import ACTIONS
from articles.admin.article.panels import in_words
from articles.admin.forms import words_of_block
from articles.admin.languages import enabled
from articles.comparing.differences import SAME, blocks_of, compared
from articles.models import Byline, Category, Event, Image, ImageUse, TaggedArticle
from articles.texts import column, text_or_default
from newsroom.i18n import dates
from newsroom.languages import LANGUAGES, active

LISTED = 50
"""Versions a page."""

TOGETHER = timedelta(minutes=10)
"""Saves of one person that follow each other sooner are one entry."""

AT_ONCE = timedelta(seconds=10)
"""What was done within this time of a save was done with it."""

TEXTS = {
    "title": gettext_lazy("Headline"),
    "standfirst": gettext_lazy("Standfirst"),
    "body": gettext_lazy("Body"),
}
WORDS = {"caption": gettext_lazy("Captions"), "alt": gettext_lazy("Alternative texts")}
OWN = {
    "source_language": gettext_lazy("Written in"),
    "categories": gettext_lazy("Categories"),
    "related": gettext_lazy("Related stories"),
}
ROWS = {
    ImageUse: gettext_lazy("Images"),
    Byline: gettext_lazy("Bylines"),
    TaggedArticle: gettext_lazy("Tags"),
}


@dataclass
class Snapshot:
    """A story as a version holds it: its own columns, and its rows as model -> id -> (columns, name)."""

    version: Version
    fields: dict
    rows: dict

    @property
    def at(self):
        return self.version.revision.date_created

    @property
    def by(self):
        return self.version.revision.user

    def text(self, name, language):
        return self.fields.get(column(name, language)) or ""

    def words(self, name, language):
        """Return image -> what is said of it in a language."""
        rows = self.rows.get(ImageUse, {}).values()
        return {row["image"]: row.get(column(name, language)) or "" for row, _name in rows}

    def shared(self, model):
        """Return the rows of a model without what is said in some language."""
        spoken = {column(name, code) for name in WORDS for code in LANGUAGES}
        rows = self.rows.get(model, {})
        return {
            key: {name: value for name, value in row.items() if name not in spoken}
            for key, (row, _name) in rows.items()
        }


@dataclass
class Entry:
    """One or more saves of one person: the last of them, the one before the first, and what was done with them."""

    newest: Snapshot
    before: Snapshot | None
    saves: int = 1
    done: list = field(default_factory=list)
    since: datetime | None = None
    is_exact: bool = False

    def __post_init__(self):
        self.since = self.moment

    @property
    def version(self):
        return self.newest.version

    @property
    def moment(self):
        return self.newest.at

    def tell_seconds(self):
        self.is_exact = True

    @property
    def when(self):
        """The moment in words, to the second where another entry is of its minute."""
        local = timezone.localtime(self.moment)
        if self.is_exact:
            return dates.written(local, "exact", active())
        return date_format(local, "DATETIME_FORMAT")

    @property
    def by(self):
        return str(self.newest.by or _("The system"))

    @property
    def changed(self):
        """What is otherwise than before: (language or None, names)."""
        return changed(self.before, self.newest)

    @property
    def verbs(self):
        return [
            (str(ACTIONS.get(event.verb, event.verb)), LANGUAGES[event.language])
            for event in self.done
        ]


def snapshots(versions):
    """Return the Snapshots of versions of one story, in their order; one more query, whatever their number."""
    versions = list(versions)
    models = {ContentType.objects.get_for_model(model).pk: model for model in ROWS}
    others = Version.objects.filter(
        revision__in=[version.revision_id for version in versions], content_type__in=models
    ).values_list("revision", "content_type", "object_id", "serialized_data", "object_repr")
    rows = {version.revision_id: {} for version in versions}
    for revision, kind, pk, data, name in others:
        rows[revision].setdefault(models[kind], {})[pk] = (_fields(data), name)
    return [
        Snapshot(version, _fields(version.serialized_data), rows[version.revision_id])
        for version in versions
    ]


def _fields(data):
    return json.loads(data)[0]["fields"]


def versions_of(article):
    rows = Version.objects.get_for_object(article).select_related("revision__user")
    return rows.order_by("-pk")


def entries(article, *, page, is_folded):
    """Return the Entries of a page of the history, the newest first, and whether there are older ones."""
    start = (page - 1) * LISTED
    page_snapshots = snapshots(versions_of(article)[start : start + LISTED + 1])
    listed = [Entry(new, old) for new, old in pairwise([*page_snapshots, None]) if new][:LISTED]
    if listed:
        _assign(listed, article)
    shown = _folded(listed) if is_folded else listed
    minutes = Counter(_minute(entry.moment) for entry in shown)
    for entry in shown:
        if minutes[_minute(entry.moment)] > 1:
            entry.tell_seconds()
    return shown, len(page_snapshots) > LISTED


def in_words_of(version):
    """Return when a version was saved, to the second where its minute has another of the same thing."""
    moment = version.revision.date_created
    minute = _minute(moment)
    of_minute = Version.objects.get_for_object_reference(
        version.content_type.model_class(), version.object_id
    ).filter(
        revision__date_created__gte=minute,
        revision__date_created__lt=minute + timedelta(minutes=1),
    )
    is_alone = not of_minute.exclude(pk=version.pk).exists()
    return in_words(moment, form="long" if is_alone else "exact")


def _minute(moment):
    return moment.replace(second=0, microsecond=0)


def _assign(listed, article):
    """Give each entry what was done with its save."""
    since, until = listed[-1].moment - AT_ONCE, listed[0].moment + AT_ONCE
    events = Event.objects.filter(article=article, at__range=(since, until))
    for event in events.order_by("at", "pk"):
        near = [
            entry
            for entry in listed
            if entry.version.revision.user_id == event.by_id
            and abs(entry.moment - event.at) <= AT_ONCE
        ]
        if near:
            min(near, key=lambda entry: abs(entry.moment - event.at)).done.append(event)


def _folded(listed):
    result = []
    for entry in listed:
        last = result[-1] if result else None
        if last and _goes_on(last, entry):
            last.before, last.since = entry.before, entry.moment
            last.saves += 1
        else:
            result.append(entry)
    return result


def _goes_on(later, earlier):
    """Return whether an entry goes on with what its person had saved just before."""
    is_same = later.newest.by == earlier.newest.by and not (later.done or earlier.done)
    return is_same and later.since - earlier.moment <= TOGETHER


def changed(old, new):
    """Return (language or None, names) of what a version has otherwise than one before, or, without one, of what it has."""
    told = [(LANGUAGES[code], _changed_in(code, old, new)) for code in enabled()]
    told.append((None, _changed_for_all(old, new)))
    return [(language, names) for language, names in told if names]


def _changed_in(language, old, new):
    texts = [
        label
        for name, label in TEXTS.items()
        if new.text(name, language) != (old.text(name, language) if old else "")
    ]
    words = [
        label
        for name, label in WORDS.items()
        if _said(new, name, language) != (_said(old, name, language) if old else {})
    ]
    return [str(label) for label in (*texts, *words)]


def _said(snapshot, name, language):
    return {image: words for image, words in snapshot.words(name, language).items() if words}


def _changed_for_all(old, new):
    own = [
        label
        for name, label in OWN.items()
        if (new.fields.get(name) or None) != ((old.fields.get(name) or None) if old else None)
    ]
    rows = [
        label
        for model, label in ROWS.items()
        if new.shared(model) != (old.shared(model) if old else {})
    ]
    return [str(label) for label in (*own, *rows)]


@dataclass
class Part:
    """What differs in one language, or in what all share: (name, [Difference])."""

    language: object
    texts: list


class Difference:
    """Two versions of a story beside each other; `parts` are those that differ."""

    def __init__(self, old, new):
        self.old, self.new = old, new

    @cached_property
    def parts(self):
        parts = [Part(LANGUAGES[code], [*self._texts(code)]) for code in enabled()]
        parts.append(Part(None, [*self._shared()]))
        return [part for part in parts if part.texts]

    @cached_property
    def _images(self):
        ids = {*self.old.words("alt", "en"), *self.new.words("alt", "en")}
        return {pk: str(image) for pk, image in Image.objects.in_bulk(ids).items()}

    def _texts(self, language):
        for name, label in TEXTS.items():
            then, now = self.old.text(name, language), self.new.text(name, language)
            if name == "body":
                blocks = compared(blocks_of(then), blocks_of(now), self._read)
            else:
                blocks = compared(then.split("\n"), now.split("\n"))
            if then != now and any(block.kind != SAME for block in blocks):
                yield label, blocks
        for name in WORDS:
            label = {"caption": _("Caption: %s"), "alt": _("Alternative text: %s")}[name]
            then, now = self.old.words(name, language), self.new.words(name, language)
            for image in sorted({*then, *now}):
                if then.get(image, "") != now.get(image, ""):
                    yield label % self._images.get(image, f"#{image}"), _lines(then, now, image)

    def _read(self, block):
        return words_of_block(block, names=self._images)

    def _shared(self):
        here = get_language()
        ids = {*self.old.fields.get("categories", ()), *self.new.fields.get("categories", ())}
        categories = Category.objects.in_bulk(map(int, ids))
        labels = {
            str(pk): text_or_default(category, "name", here) for pk, category in categories.items()
        }

        def of(snapshot, kind):
            if kind == "categories":
                return [labels.get(str(pk), f"#{pk}") for pk in snapshot.fields.get(kind, ())]
            if kind == "source_language":
                return [LANGUAGES[snapshot.fields[kind]].name]
            if kind == "related":
                return [f"#{pk}" for pk in snapshot.fields.get(kind) or ()]
            rows = snapshot.rows.get(kind, {}).values()
            if kind is ImageUse:
                return [self._images.get(row["image"], name) for row, name in rows]
            return [name.rpartition(" on ")[0] or name for _row, name in rows]

        for kind, label in (OWN | ROWS).items():
            then, now = of(self.old, kind), of(self.new, kind)
            if sorted(then) != sorted(now):
                yield label, [change for change in compared(then, now) if change.kind != SAME]


def _lines(then, now, image):
    return compared(then.get(image, "").split("\n"), now.get(image, "").split("\n"))


def difference(article, new, old=None):
    """Return the Difference of two versions, by their ids, the older first; by default from the one before. None where there is no such version."""
    rows = versions_of(article)
    chosen = rows.filter(pk=new).first() if new else None
    if old:
        before = rows.filter(pk=old).first()
    else:
        before = chosen and rows.filter(pk__lt=chosen.pk).first()
    if not (chosen and before):
        return None
    return Difference(*snapshots(sorted((before, chosen), key=lambda version: version.pk)))
