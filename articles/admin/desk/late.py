"""Which languages of stories are late: targets, for a story that is here, and as conditions on stories."""

from datetime import timedelta
from operator import itemgetter

from django.db.models import (
    Case,
    Exists,
    IntegerField,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Least

from articles.admin.article.change_list import in_category
from articles.models import Edition, TaggedArticle

NEVER = 2**31 - 1
"""As many minutes as no target has."""
YOUNG = timedelta(days=30)
"""A target is for stories that readers have had for less than that: an archive that was brought in is not late."""


def minutes_for(language, *, source_language, targets, tree, categories, tags):
    """Return how soon a language of a story should follow its source, None without a target.

    `categories` and `tags` are the ids of those of the story.
    """
    if language == source_language:
        return None
    fitting = (
        target.minutes
        for target in targets
        if target.language == language
        and target.source_language in {"", source_language}
        and target.tag_id in {None, *tags}
        and (target.category_id is None or not _under(target, tree).isdisjoint(categories))
    )
    return min(fitting, default=None)


def is_late(targets, tree, *, languages, at):
    """Return the condition under which a target of a story has passed without its language."""
    missed = Q(pk__in=[])
    for target in targets:
        if target.language in languages:
            since = at - timedelta(minutes=target.minutes)
            missed |= Q(Exists(_source(at=since))) & _waits(target, tree, at=at)
    return missed


def by_due(found, targets, tree, *, languages, at, only_late):
    """Return the ids of stories by when the first of the languages that each lacks was or is due, or of those alone that are late.

    Databases add minutes to moments row by row, and slowly: Python sorts.
    """
    never = Value(NEVER, output_field=IntegerField())
    waits = [
        Case(When(_waits(target, tree, at=at), then=Value(target.minutes)), default=never)
        for target in targets
        if target.language in languages
    ]
    live_at = Subquery(_source(at=at).values("published_at")[:1])
    rows = found.annotate(live_at=live_at, wait=Least(never, never, *waits))
    rows = list(rows.values_list("live_at", "wait", "pk"))
    lengths = {target.minutes: timedelta(minutes=target.minutes) for target in targets}
    dues = [(live + lengths[wait], pk) for live, wait, pk in rows if live and wait < NEVER]
    # What is due at one moment, or never, stays in the order that it has.
    dues.sort(key=itemgetter(0))
    if only_late:
        return [pk for due, pk in dues if due <= at]
    return [pk for _due, pk in dues] + [pk for live, wait, pk in rows if not live or wait == NEVER]


def _source(*, at):
    """Return the edition that a story was written in, if it is live at a moment and has not been for long."""
    young = Edition.objects.live(at=at).filter(published_at__gt=at - YOUNG)
    return young.filter(article=OuterRef("pk"), language=OuterRef("source_language"))


def _waits(target, tree, *, at):
    """Return the condition under which a story has a target and lacks its language."""
    live = Edition.objects.live(language=target.language, at=at)
    waits = ~Q(Exists(live.filter(article=OuterRef("pk"))))
    waits &= ~Q(source_language=target.language)
    if target.source_language:
        waits &= Q(source_language=target.source_language)
    if target.category_id:
        waits &= Q(in_category(tree.nodes[target.category_id]))
    if target.tag_id:
        tagged = TaggedArticle.objects.filter(tag=target.tag_id)
        waits &= Q(Exists(tagged.filter(content_object=OuterRef("pk"))))
    return waits


def _under(target, tree):
    return {node.pk for node in tree.nodes[target.category_id].subtree()}
