"""Making one of several tags that mean the same."""

from django.db import transaction

from articles import addresses, changes, listings, turns
from articles.models import OldAddress, Tag, TagAlias, TaggedArticle
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
