"""Keep the listing rows in line with what is published: the only writer of Listing. Search follows from them."""

from collections import defaultdict
from contextlib import contextmanager

from django.db.models.signals import post_delete, post_save, pre_delete, pre_save

from articles import purging
from articles.derived import search
from articles.models import Article, Byline, Category, Edition, Listing, TaggedArticle
from newsroom.db import locks
from newsroom.db.bulk import watch
from newsroom.db.handed import HandedOn
from newsroom.db.together import once

BATCH = 500

_stories_before = HandedOn()

OF_ARTICLE = {
    Article.categories.through: "article_id",
    Byline: "article_id",
    Edition: "article_id",
    TaggedArticle: "content_object_id",
}
"""Model -> where it names the article whose place in lists it decides."""

OF_EDITION = {"article", "article_id", "language", "status", "published_at"}
"""The columns of an edition that decide on that, and on what search finds."""


def _merged(calls):
    reworded = [call.get("reworded") for call in calls]
    return {
        "article_ids": list({pk: None for call in calls for pk in call["article_ids"]}),
        "reworded": None if None in reworded else set().union(*reworded),
    }


@once(_merged)
@locks.writing()
def refresh(article_ids, *, reworded=None):
    """Make the rows of these articles what they should be, in batches; writes only the difference.

    `reworded` is for search.refresh, which follows.
    """
    for start in range(0, len(article_ids), BATCH):
        batch = article_ids[start : start + BATCH]
        _refresh(batch)
        search.refresh(batch, reworded=reworded)


def _refresh(article_ids):
    published = Edition.objects.filter(article__in=article_ids, status=Edition.Status.PUBLISHED)
    editions = published.values_list("pk", "article_id", "language", "published_at")
    stored = Listing.objects.filter(edition__article__in=article_ids).by_identity()
    if not editions and not stored:
        return
    shelves = _shelves(article_ids)
    wanted = {
        (edition, language, published_at, shelf, key)
        for edition, article, language, published_at in editions
        for shelf, key, of_language in shelves[article]
        if of_language in {"", language}
    }
    gone, come = stored.keys() - wanted, wanted - stored.keys()
    purging.note_rows(gone=gone, come=come)
    if gone:
        Listing.objects.filter(pk__in=[stored[identity] for identity in gone]).delete()
    Listing.objects.bulk_create(_row(*identity) for identity in sorted(come))


def connect():
    """Listen to categories that move or go: their stories leave the shelves above them, whoever does it.

    What decides on the places of stories and is written in bulk is followed at once; the verbs do it for the rest.
    """
    for signal, receiver in (
        (pre_save, _note_move),
        (post_save, _refresh_stories),
        (pre_delete, _note_stories),
        (post_delete, _refresh_stories),
    ):
        signal.connect(receiver, sender=Category, dispatch_uid="articles.derived.listings")
    watch(Category, _follow_moves)
    for model in OF_ARTICLE:
        watch(model, _follow_stories)


@contextmanager
def _follow_stories(write):
    if write.model is Edition and not write.changes(OF_EDITION):
        yield
        return
    articles = write.holds(OF_ARTICLE[write.model])
    yield
    refresh(sorted(articles))


@contextmanager
def _follow_moves(write):
    before = dict(write.before().values_list("pk", "parent_id"))
    yield
    now = write.rows().values_list("pk", "parent_id")
    moved = [pk for pk, parent in now if parent != before.get(pk, parent)]
    refresh(_stories_under(moved))


def _note_move(instance, raw, **kwargs):
    others = Category.objects.filter(pk=instance.pk).exclude(parent=instance.parent_id)
    if not raw and others.exists():
        _note_stories(instance)


def _note_stories(instance, **kwargs):
    with locks.writing():
        _stories_before.put(instance, _stories_under([instance.pk]))


def _refresh_stories(instance, **kwargs):
    refresh(_stories_before.take(instance, []))


def _stories_under(categories):
    """Return the ids of the articles in these categories and in all that stand under them."""
    nodes = Category.tree().nodes
    below = {node.pk for pk in categories for node in nodes[pk].subtree()}
    links = Article.categories.through.objects.filter(category__in=below).order_by("article_id")
    return list(links.values_list("article_id", flat=True).distinct())


def _shelves(article_ids):
    """Return article id -> set of (shelf, id on it, language or "" for all)."""
    shelves = defaultdict(set)
    tree = Category.tree()
    links = Article.categories.through.objects.filter(article__in=article_ids)
    for article, category in links.values_list("article_id", "category_id"):
        shelves[article].update(
            ("category", node.pk, "") for node in tree.nodes[category].lineage()
        )
    tags = TaggedArticle.objects.filter(content_object__in=article_ids)
    for article, tag in tags.values_list("content_object_id", "tag_id"):
        shelves[article].add(("tag", tag, ""))
    bylines = Byline.objects.filter(article__in=article_ids)
    for article, author, language in bylines.values_list("article_id", "author_id", "language"):
        shelves[article].add(("author", author, language))
    return shelves


def _row(edition, language, published_at, shelf, key):
    return Listing(
        edition_id=edition, language=language, published_at=published_at, **{f"{shelf}_id": key}
    )
