"""Which languages of stories are late: targets, for a story that is here, and as conditions on stories."""

from datetime import timedelta

from django.db.models import (
    BigIntegerField,
    Case,
    Exists,
    Func,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Least
from django.db.models.lookups import LessThanOrEqual

from articles.admin.article.change_list import COUNTED, in_category
from articles.models import Edition, TaggedArticle

NEVER = 2**60
"""Milliseconds of a moment that never comes, and of a wait until then."""
MINUTE = 60_000
LONG = {"output_field": BigIntegerField()}
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
    due = _due(targets, tree, languages=languages, at=at)
    return LessThanOrEqual(due, Value(_milliseconds(at), **LONG))


def by_due(stories, targets, tree, *, languages, at, only_late):
    """Return the ids of stories by when the first of the languages that each lacks was or is due, or of those alone that are late.

    What is due at one moment, or never, stays in the order that it has.
    """
    due = _due(targets, tree, languages=languages, at=at)
    # Numbers, for a database tells thousands of them sooner than Python reads as many moments.
    rows = (
        stories.annotate(due=due).order_by("due", *stories.query.order_by).values_list("due", "pk")
    )
    last = _milliseconds(at) if only_late else NEVER
    return [pk for due, pk in rows[:COUNTED] if due <= last]


def _due(targets, tree, *, languages, at):
    """Return when the first of the languages that a story lacks was or is due, as an expression: in Milliseconds, or NEVER."""
    waits = [
        Case(When(_waits(target, tree, at=at), then=target.minutes * MINUTE), default=NEVER, **LONG)
        for target in targets
        if target.language in languages
    ]
    live_at = Milliseconds(Subquery(_source(at=at).values("published_at")[:1]))
    never = Value(NEVER, **LONG)
    return Coalesce(Least(live_at + Least(never, never, *waits, **LONG), never, **LONG), never)


def _milliseconds(moment):
    """Return a moment as Milliseconds; databases round them, so that this is one more."""
    return int(moment.timestamp() * 1000) + 1


class Milliseconds(Func):
    """A moment as milliseconds since 1970."""

    output_field = BigIntegerField()
    template = "(EXTRACT(EPOCH FROM %(expressions)s) * 1000)::bigint"

    def as_sqlite(self, compiler, connection, **options):
        made = "CAST((julianday(%(expressions)s) - 2440587.5) * 86400000 + 0.5 AS integer)"
        return self.as_sql(compiler, connection, template=made, **options)


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
