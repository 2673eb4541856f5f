"""Making one of several tags that mean the same."""

from articles.derived import addresses
from articles.models import OldAddress, Promotion, Tag, TagAlias, TaggedArticle
from articles.texts import lacking
from newsroom.db import locks


@locks.writing()
def merge_tags(tags, *, into):
    """Give `into` the stories, spellings, promotions and addresses of `tags`, which are deleted.

    A label that `into` lacks is taken over; one that it has stays, and the other becomes a spelling.
    """
    kept = Tag.objects.select_for_update().get(pk=into.pk)
    tags = list(Tag.objects.select_for_update().filter(pk__in=[tag.pk for tag in tags]))
    paths = [path for tag in tags for path in addresses.paths(tag).values()]
    tagged = TaggedArticle.objects.filter(tag__in=tags)
    articles = sorted(set(tagged.values_list("content_object_id", flat=True)))
    rows = [TaggedArticle(tag=kept, content_object_id=article) for article in articles]
    TaggedArticle.objects.bulk_create(rows, ignore_conflicts=True)
    TagAlias.objects.filter(tag__in=tags).update(tag=kept)
    OldAddress.objects.filter(tag__in=tags).update(tag=kept)
    Promotion.objects.filter(tag__in=tags).update(tag=kept)
    labels = lacking(kept, tags, "label")
    Tag.objects.filter(pk__in=[tag.pk for tag in tags]).delete()
    for name, label in labels.items():
        setattr(kept, name, label)
    kept.save()
    for path in set(paths) - set(addresses.paths(kept).values()):
        addresses.add(kept, path=path)
