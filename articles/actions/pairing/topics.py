"""What a story is filed under, and the stories that it names: the other gets all of it."""

from articles.models import Article, Category, Tag


def take(kept, gone):
    held = {
        "categories": _more(kept.categories, gone.categories),
        "tags": _more(kept.tags, gone.tags),
        "related": [gone.related, kept.related],
    }
    named = dict.fromkeys([*(kept.related or []), *(gone.related or [])])
    now = [pk for pk in named if pk not in {kept.pk, gone.pk}] or None
    _relate(kept, now)
    return held | {"now": now}


def give_back(kept, gone, held):
    _return(kept.categories, gone.categories, Category, held["categories"])
    _return(kept.tags, gone.tags, Tag, held["tags"])
    theirs, own = held["related"]
    _relate(gone, theirs)
    if kept.related == held["now"]:
        _relate(kept, own)


def _more(here, there):
    """Add what only the other has; return [all that the other has, what was added]."""
    own, theirs = {topic.pk for topic in here.all()}, list(there.all())
    added = [topic for topic in theirs if topic.pk not in own]
    here.add(*added)
    return [[topic.pk for topic in theirs], [topic.pk for topic in added]]


def _return(here, there, model, held):
    theirs, added = (model.objects.filter(pk__in=pks) for pks in held)
    there.add(*theirs)
    here.remove(*added)


def _relate(article, pks):
    article.related = pks
    Article.objects.filter(pk=article.pk).update(related=pks)
