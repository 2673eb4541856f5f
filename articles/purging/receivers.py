"""What is saved and deleted, as Django's signals report it, and what is written in bulk."""

from contextlib import contextmanager

from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete, pre_save

from articles.models import (
    Article,
    Author,
    Byline,
    Category,
    Edition,
    Image,
    ImageUse,
    Listing,
    Tag,
    TaggedArticle,
)
from articles.purging.change import Change, note_rows
from articles.purging.facts.others import TREE
from newsroom.db.bulk import watch

OF_ARTICLE = {
    Article: "pk",
    Byline: "article_id",
    Edition: "article_id",
    ImageUse: "article_id",
    TaggedArticle: "content_object_id",
}
"""Model -> where it names the article that it is a part of."""

KINDS = {Author: "author", Category: "category", Image: "image", Tag: "tag"}
LINKS = (Article.categories.through, TaggedArticle)


def connect():
    """Listen to every model that readers see something of."""
    for model in (*OF_ARTICLE, *KINDS):
        names = {"sender": model, "dispatch_uid": "articles.purging"}
        pre_save.connect(_before, **names)
        pre_delete.connect(_before, **names)
        post_save.connect(_after_save, **names)
        post_delete.connect(_after, **names)
        watch(model, _around)
    watch(Article.categories.through, _around)
    pre_save.connect(_row_loaded, sender=Listing, dispatch_uid="articles.purging")
    post_save.connect(_after, sender=Listing, dispatch_uid="articles.purging")
    for model in LINKS:
        m2m_changed.connect(_links_change, sender=model, dispatch_uid="articles.purging")


def _before(sender, instance, origin=None, **kwargs):
    if sender is TaggedArticle and _model_of(origin) is Tag:
        return  # a page that shows the tag is purged by its name
    if sender is Category:
        Change.current().touch("category", [TREE])
    elif pks := _touched(sender, instance, is_saved=origin is None):
        Change.current().touch(KINDS.get(sender, "article"), pks)
    if sender is Edition and origin is not None:
        rows = Listing.objects.filter(edition=instance.pk)
        note_rows(gone=[row.identity() for row in rows], come=())


def _touched(sender, instance, *, is_saved):
    """Return the ids of what a row is, or of the articles that it was, and is to be, a part of."""
    name = OF_ARTICLE.get(sender, "pk")
    pks = {getattr(instance, name)}
    if is_saved and name != "pk" and instance.pk is not None:
        pks.update(sender.objects.filter(pk=instance.pk).values_list(name, flat=True))
    return pks - {None}


def _after_save(sender, instance, created, **kwargs):
    # One with an id of its choice, as of a version that is brought back, has been looked for before.
    if sender is Article and created and not kwargs.get("raw"):
        Change.current().add("article", instance.pk)
    # No page shows it yet; one that will has to end with the right to it.
    if sender is Image and created and instance.valid_until:
        Change.current().add("image", instance.pk)
    _after()


@contextmanager
def _around(write):
    kind = KINDS.get(write.model, "article")
    pks = [TREE] if kind == "category" else write.holds(_name_in(write.model))
    if pks:
        Change.current().touch(kind, pks)
    yield
    for instance in write.objects:
        if instance.pk is not None:
            _after_save(write.model, instance, created=True)


def _name_in(model):
    return "article_id" if model is Article.categories.through else OF_ARTICLE.get(model, "pk")


def _row_loaded(instance, raw, **kwargs):
    # Only `loaddata` saves rows one by one; derived/listings.py tells of those that it writes.
    if raw:
        rows = Listing.objects.filter(pk=instance.pk)
        note_rows(gone=[row.identity() for row in rows], come=[instance.identity()])


def _after(**kwargs):
    Change.finish()


def _links_change(sender, instance, action, reverse, pk_set, **kwargs):
    if not action.startswith("pre_"):
        Change.finish()
    elif not reverse:
        Change.current().touch("article", [instance.pk])
    elif pk_set:
        Change.current().touch("article", pk_set)
    elif sender is Article.categories.through:
        Change.current().touch("article", instance.articles.values_list("pk", flat=True))


def _model_of(origin):
    return getattr(origin, "model", None) or type(origin)
