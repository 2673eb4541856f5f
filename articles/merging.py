"""Making one of several tags that mean the same, or of several categories."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from articles import addresses, changes, listings, turns
from articles.models import Article, Category, OldAddress, Tag, TagAlias, TaggedArticle
from articles.texts import column, text
from newsroom.languages import LANGUAGES


@transaction.atomic
def merge_tags(tags, *, into):
    """Give `into` the stories, spellings and addresses of `tags`, which are deleted.

    A label that `into` lacks is taken over; one that it has stays, and the other becomes a spelling.
    """
    turns.take()  # before the rows: the owner of the turn may need them
    kept = Tag.objects.select_for_update().get(pk=into.pk)
    tags = list(Tag.objects.select_for_update().filter(pk__in=[tag.pk for tag in tags]))
    paths = [path for tag in tags for path in addresses.paths(tag).values()]
    tagged = TaggedArticle.objects.filter(tag__in=tags)
    articles = sorted(set(tagged.values_list("content_object_id", flat=True)))
    for start in range(0, len(articles), listings.BATCH):
        _tag(articles[start : start + listings.BATCH], tag=kept)
    TagAlias.objects.filter(tag__in=tags).update(tag=kept)
    OldAddress.objects.filter(tag__in=tags).update(tag=kept)
    labels = _missing_labels(kept, tags)
    Tag.objects.filter(pk__in=[tag.pk for tag in tags]).delete()
    for name, label in labels.items():
        setattr(kept, name, label)
    kept.save()
    for path in set(paths) - set(addresses.paths(kept).values()):
        addresses.add(kept, path=path)
    listings.refresh(articles)


def _tag(articles, *, tag):
    changes.touch_articles(*articles)
    rows = (TaggedArticle(tag=tag, content_object_id=article) for article in articles)
    TaggedArticle.objects.bulk_create(rows, ignore_conflicts=True)


def _missing_labels(kept, tags):
    """Return column -> label for the languages in which only the others have one."""
    labels = {}
    for language in LANGUAGES:
        others = (text(tag, "label", language) for tag in tags)
        if not text(kept, "label", language) and (label := next(filter(None, others), "")):
            labels[column("label", language)] = label
    return labels


@transaction.atomic
def merge_categories(categories, *, into):
    """Give `into` the stories, subcategories and addresses of `categories`, which are deleted."""
    turns.take()  # before the rows: the owner of the turn may need them
    kept = Category.objects.select_for_update(of=("self",)).get(pk=into.pk)
    gone = list(
        Category.objects.select_for_update(of=("self",)).filter(pk__in=[c.pk for c in categories])
    )
    _check_place(kept, gone)
    paths = [path for category in gone for path in addresses.paths(category).values()]
    links = Article.categories.through.objects.filter(category__in=gone)
    articles = sorted(set(links.values_list("article_id", flat=True)))
    for start in range(0, len(articles), listings.BATCH):
        _file(articles[start : start + listings.BATCH], category=kept)
    for child in Category.objects.filter(parent__in=gone).exclude(pk__in=[c.pk for c in gone]):
        child.parent = kept
        child.save()
    OldAddress.objects.filter(category__in=gone).update(category=kept)
    Category.objects.filter(pk__in=[category.pk for category in gone]).delete()
    for path in paths:
        addresses.add(kept, path=path)


def _check_place(kept, gone):
    if any(category.kind != kept.kind for category in gone):
        raise ValidationError(_("Regions go into a region, and sections into a section."))
    if any(category in kept.lineage() for category in gone):
        raise ValidationError(
            _("A category cannot go into itself, or into one that stands under it.")
        )


def _file(articles, *, category):
    changes.touch_articles(*articles)
    links = Article.categories.through
    rows = (links(category=category, article_id=article) for article in articles)
    links.objects.bulk_create(rows, ignore_conflicts=True)
