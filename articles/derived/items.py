"""What partners are told of each story: in which version, and in which order. The only writer of Item.

`refresh` follows a change of stories, in its transaction, and says that there is something to tell. `tell` gives what
is to be told by now its place behind all else. Only one at a time does so, so that whoever has read up to a place has
missed nothing before it, in whatever order the changes were committed.
"""

import hashlib
from collections import defaultdict
from contextlib import contextmanager
from functools import partial

from django.db import connection, transaction
from django.db.models import Max
from django.db.models.signals import post_delete, post_save
from django.utils import timezone

from articles.models import Article, Byline, Edition, Image, ImageUse, Item, TaggedArticle
from articles.texts import ARTICLE_TEXTS, column, columns
from newsroom.db import locks
from newsroom.db.bulk import watch
from newsroom.db.together import once
from newsroom.languages import with_columns
from newsroom.moments import FOREVER

BATCH, TOLD = 500, 1000
"""How many articles are looked at in one go, and how many items get their places in one."""

LOCK = 0x4954454D
"""The lock of those who give places; any number that no other lock has."""

OF_ARTICLE = {
    Article: "pk",
    Article.categories.through: "article_id",
    Byline: "article_id",
    Edition: "article_id",
    ImageUse: "article_id",
    TaggedArticle: "content_object_id",
}
"""Model -> where it names the article of which it holds something that partners get."""

OF_EDITION = {
    *("article", "article_id", "language", "status"),
    *("machine_drafted", "slug", "published_at", "modified_at"),
}
"""The columns of an edition that hold something of it, or decide whether partners get it."""

RIGHTS = (
    *("creator", "credit_line", "copyright_notice", "licence", "licence_url", "passing_on"),
    *("valid_until", "file", "kind"),
)
"""What partners get of an image, or what decides whether they get it."""


def connect():
    """Listen to editions that are deleted, to images, and to what is written in bulk; the verbs do it for the rest."""
    post_delete.connect(_follow_deleted, sender=Edition, dispatch_uid="articles.derived.items")
    post_save.connect(_follow_image, sender=Image, dispatch_uid="articles.derived.items")
    watch(Image, _follow_images)
    for model in OF_ARTICLE:
        watch(model, _follow_written)


def _merged(calls):
    moments = [moment for call in calls if (moment := call.get("now"))]
    return {
        "article_ids": list({pk: None for call in calls for pk in call["article_ids"]}),
        "now": max(moments, default=None),
        "gone": {code for call in calls for code in call.get("gone", ())},
    }


@once(_merged)
@locks.writing()
def refresh(article_ids, *, now=None, gone=()):
    """Note in which languages partners are to be told of these articles, as of `now` or of their minute to come.

    An edition in a language that the site does not enable stays as it was told, but for those that are `gone`.
    """
    now = now or timezone.now()
    for start in range(0, len(article_ids), BATCH):
        _refresh(article_ids[start : start + BATCH], now, {*with_columns(), *gone})


def tell(*, at):
    """Give what is due at a moment its place, TOLD at most; return whether there is more. Where nothing is due it costs one query."""
    due = Item.objects.filter(due__lte=at)
    if not due.exists():
        return False
    with transaction.atomic():
        locks.take(LOCK)
        # What a change holds is told after it.
        rows = list(due.select_for_update(skip_locked=True).order_by("due", "pk")[:TOLD])
        last = Item.objects.aggregate(place=Max("position"), told=Max("told_at"))
        told, coming = max(at, last["told"] or at), _coming(rows, after=at)
        for place, row in enumerate(rows, start=(last["place"] or 0) + 1):
            if row.position and row.due > row.changed_at:
                # It was put off, and its end told of under the number that it had.
                row.version, row.changed_at = row.version + 1, row.due
            row.position, row.told_at = place, told
            row.due = coming.get((row.article_id, row.language))
        _write_places(rows)
    return len(rows) == TOLD


def _write_places(rows):
    names = ("version", "changed_at", "position", "told_at", "due")
    table, columns = Item._meta.db_table, ", ".join(f"{name} = %s" for name in names)
    convert = connection.ops.adapt_datetimefield_value
    values = [
        (
            row.version,
            convert(row.changed_at),
            row.position,
            convert(row.told_at),
            row.due and convert(row.due),
            row.pk,
        )
        for row in rows
    ]
    # bulk_update() takes a second for as many: it writes one statement with a case for each value.
    with connection.cursor() as cursor:
        cursor.executemany(f"UPDATE {table} SET {columns} WHERE id = %s", values)  # noqa: S608, names of our own


def _refresh(article_ids, now, languages):
    shown = _shown(article_ids)
    # Locked: who tells partners of one meanwhile would be overwritten.
    rows = Item.objects.select_for_update().filter(article__in=article_ids, language__in=languages)
    items, made, changed = {(row.article_id, row.language): row for row in rows}, [], []
    for (article, language), (moment, digest) in shown.items():
        item = items.pop((article, language), None)
        if item is None:
            made.append(Item(article_id=article, language=language))
            _change(made[-1], digest, due=moment, now=now)
        elif item.digest != digest:
            changed.append(item)
            _change(item, digest, due=now if item.position else moment, now=now)
    for item in items.values():
        if item.position and item.digest:
            changed.append(item)
            _change(item, "", due=now, now=now)
    Item.objects.filter(pk__in=[row.pk for row in items.values() if not row.position]).delete()
    Item.objects.bulk_create(made)
    if changed:
        Item.objects.bulk_update(changed, ["digest", "due", "version", "changed_at"])


def _change(item, digest, *, due, now):
    item.digest, item.due = digest, due
    item.version, item.changed_at = item.version + 1, max(due, now)


def _coming(rows, *, after):
    """Return (article, language) -> the moment to come at which it appears, of these Items."""
    articles = {row.article_id for row in rows}
    editions = Edition.objects.live(at=FOREVER).filter(article__in=articles, published_at__gt=after)
    return {row[:2]: row[2] for row in editions.values_list("article", "language", "published_at")}


def _follow_deleted(instance, **kwargs):
    refresh([instance.article_id], gone=[instance.language])


def _follow_image(instance, **kwargs):
    _follow_all([instance.pk])


@contextmanager
def _follow_images(write):
    images = write.holds("id")
    yield
    _follow_all(images)


def _follow_all(images):
    """Tell of other rights after the commit: the row of an image is locked here, before the lock of all who write."""
    uses = ImageUse.objects.filter(image__in=images).order_by("article")
    articles = list(uses.values_list("article", flat=True).distinct())
    if articles:
        transaction.on_commit(partial(refresh, articles), robust=True)


@contextmanager
def _follow_written(write):
    if write.model is Edition and not write.changes(OF_EDITION):
        yield
        return
    articles = write.holds(OF_ARTICLE[write.model])
    yield
    refresh(sorted(articles))


# --- What an item holds ---


def _shown(article_ids):
    """Return (article, language) -> (when it appears, a digest of what partners get), for what is published or scheduled."""
    rows = Edition.objects.filter(
        article__in=article_ids, status=Edition.Status.PUBLISHED, language__in=with_columns()
    )
    names = ("article_id", "language", "machine_drafted", "corrections")
    names += ("slug", "published_at", "modified_at")
    editions = list(rows.order_by().values_list(*names))
    if not editions:
        return {}
    articles = sorted({article for article, *_rest in editions})
    languages = sorted({language for _article, language, *_rest in editions})
    texts, words = _texts(articles, languages), _uses(articles, languages)
    filed = _grouped(Article.categories.through, "article_id", "category_id", among=articles)
    tags = _grouped(TaggedArticle, "content_object_id", "tag_id", among=articles)
    credits = _grouped(
        Byline, "article_id", "language", "role", "position", "author_id", among=articles
    )
    return {
        (article, language): (
            moment,
            _digest(
                *(slug, moment.isoformat(), modified_at and modified_at.isoformat()),
                texts[article, language],
                words[article, language],
                sorted(filed[article]),
                tags[article],
                [row for row in credits[article] if row[0] in {"", language}],
                # Most are none: what they were told of stays the same.
                *(["drafted by machine"] if is_drafted else ()),
                *([corrections] if corrections else ()),
            ),
        )
        for article, language, is_drafted, corrections, slug, moment, modified_at in editions
    }


def _texts(articles, languages):
    """Return (article, language) -> the texts of it."""
    names = [name for code in languages for name in columns(ARTICLE_TEXTS, code)]
    rows = Article.objects.filter(pk__in=articles).order_by().values("pk", *names)
    return {
        (row["pk"], code): [row[name] or "" for name in columns(ARTICLE_TEXTS, code)]
        for row in rows
        for code in languages
    }


def _uses(articles, languages):
    """Return (article, language) -> its pictures, with their words there."""
    names = [column(field, code) for code in languages for field in ("alt", "caption")]
    rights = [f"image__{name}" for name in RIGHTS]
    rows = ImageUse.objects.filter(article__in=articles).order_by("position", "pk")
    pictures = defaultdict(list)
    for row in rows.values("article_id", "image_id", "is_lead", *rights, *names):
        image = [str(row[name]) for name in rights]
        for code in languages:
            words = [row[column(field, code)] or "" for field in ("alt", "caption")]
            pictures[row["article_id"], code].append(
                (row["image_id"], row["is_lead"], *image, *words)
            )
    return pictures


def _grouped(model, key, *names, among):
    by_article = defaultdict(list)
    rows = model.objects.filter(**{f"{key}__in": among}).order_by("pk")
    for article, *row in rows.values_list(key, *names):
        by_article[article].append(tuple(row))
    return by_article


def _digest(*parts):
    return hashlib.sha256(repr(parts).encode()).hexdigest()
