"""Which languages of stories are late: targets, for a story that is here, and as conditions on stories."""

from datetime import UTC, datetime, timedelta

from django.db.models import (
    Case,
    DateTimeField,
    Exists,
    ExpressionWrapper,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Least

from articles.admin.article.change_list import in_category
from articles.models import Edition, TaggedArticle

NEVER = datetime(9999, 1, 1, tzinfo=UTC)


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


def first_due(targets, tree, *, languages, at):
    """Return the expression for when the first of the languages that a story lacks was or is due; NEVER without one."""
    never = Value(NEVER, output_field=DateTimeField())
    live_at = Subquery(_source(at=at).values("published_at")[:1])
    dues = [
        Case(
            When(
                Q(Exists(_source(at=at))) & _waits(target, tree, at=at),
                then=ExpressionWrapper(
                    live_at + timedelta(minutes=target.minutes), output_field=DateTimeField()
                ),
            ),
            default=never,
        )
        for target in targets
        if target.language in languages
    ]
    return Least(never, never, *dues)


def _source(*, at):
    """Return the edition that a story was written in, if it is live at a moment."""
    live = Edition.objects.live(at=at)
    return live.filter(article=OuterRef("pk"), language=OuterRef("source_language"))


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
