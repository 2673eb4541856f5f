"""The comments under a story in one language, and what they read from the database: two queries."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q

from articles.models import Comment
from newsroom.db.statements import named

SIZE = 50
"""How many threads stand on one page."""


class Remark(NamedTuple):
    """A comment as readers see it."""

    pk: int
    name: str
    words: str
    written_at: datetime
    edited_at: datetime | None


class Thread(NamedTuple):
    """A comment with its answers; the `head` is None where only the answers are to be seen."""

    pk: int
    head: Remark | None
    replies: list

    @property
    def remarks(self):
        return [self.head, *self.replies] if self.head else self.replies


@dataclass(frozen=True)
class Discussion:
    """What readers see of the comments under a story; `title` and `story_url` are those of the story.

    `number` counts all of them, `threads` are those of this page, the oldest first. `next_url` is "" on the last.
    """

    edition_id: int
    article_id: int
    language: str
    title: str
    url: str
    story_url: str
    is_open: bool
    number: int
    threads: list
    next_url: str
    has_cursor: bool

    @property
    def write_url(self):
        return f"{self.url}write/"


def read(edition, *, at, after=0):
    """Return the Discussion of an edition that is live, from the thread behind the id `after` on."""
    url, heads = edition.comments_url, list(_heads(edition, after))
    shown = heads[:SIZE]
    replies = _replies([head.pk for head in shown])
    return Discussion(
        edition_id=edition.pk,
        article_id=edition.article_id,
        language=edition.language,
        title=edition.title,
        url=url,
        story_url=edition.url,
        is_open=edition.takes_comments(at=at),
        number=edition.comment_count,
        threads=[_thread(head, replies[head.pk]) for head in shown],
        next_url=f"{url}?after={shown[-1].pk}" if len(heads) > SIZE else "",
        has_cursor=bool(after),
    )


def _thread(head, replies):
    is_shown = head.state == Comment.State.PUBLISHED
    return Thread(head.pk, _remark(head) if is_shown else None, replies)


def _remark(row):
    return Remark(row.pk, row.name, row.words, row.written_at, row.edited_at)


def _heads(edition, after):
    answers = Comment.objects.published().filter(parent=OuterRef("pk"))
    shown = Q(state=Comment.State.PUBLISHED) | Q(Exists(answers))
    rows = Comment.objects.filter(edition=edition.pk, parent=None, pk__gt=after).filter(shown)
    return named(rows.order_by("pk"), "state", *Remark._fields)[: SIZE + 1]


def _replies(heads):
    """Return the id of a head -> its published answers."""
    found = defaultdict(list)
    rows = Comment.objects.published().filter(parent__in=heads).order_by("pk")
    for row in named(rows, "parent_id", *Remark._fields):
        found[row.parent_id].append(_remark(row))
    return found
