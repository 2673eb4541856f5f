"""The comments under a story in one language, and what they read from the database: one query, five on a later page."""

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from django.db.models import Q
from django.db.models.functions import Coalesce

from articles.models import Comment
from newsroom.db.statements import named

SIZE = 50
"""How many comments stand on one page."""


class Remark(NamedTuple):
    """A comment as readers see it."""

    pk: int
    name: str
    words: str
    written_at: datetime
    edited_at: datetime | None


class Thread(NamedTuple):
    """A comment with its answers; the `head` is None where only these are to be seen.

    It is hidden then, or it stands on a page before: `begun_by` is the name with it, and else "".
    """

    pk: int
    head: Remark | None
    replies: list
    begun_by: str = ""

    @property
    def remarks(self):
        return [self.head, *self.replies] if self.head else self.replies


@dataclass(frozen=True)
class Discussion:
    """What readers see of the comments under a story; `title`, `genre` and `story_url` are those of the story.

    `number` counts all of them, `threads` are those of this page, the oldest first. `earlier_url` is "" on the
    first, `later_url` on the last.
    """

    edition_id: int
    article_id: int
    language: str
    title: str
    genre: object
    url: str
    story_url: str
    is_open: bool
    number: int
    threads: list
    earlier_url: str
    later_url: str

    @property
    def write_url(self):
        return f"{self.url}write/"


class Place(NamedTuple):
    """Where a comment stands: in the thread of which the head has this id, and this name if it is seen."""

    thread: int
    pk: int
    begun_by: str


START = Place(0, 0, "")


def read(edition, *, tree, at, after=0):
    """Return the Discussion of an edition that is live, behind the comment with the id `after`; None if nothing is.

    The tree was loaded with its article.
    """
    begin = _place(edition, after) if after else START
    remarks = _behind(edition, begin) if begin else []
    if after and not remarks:
        return None
    shown, url = remarks[:SIZE], edition.comments_url
    return Discussion(
        edition_id=edition.pk,
        article_id=edition.article_id,
        language=edition.language,
        title=edition.title,
        genre=tree.genre(tree.held()),
        url=url,
        story_url=edition.url,
        is_open=edition.takes_comments(at=at),
        number=edition.comment_count,
        threads=[
            _thread(pk, list(rows), begin) for pk, rows in groupby(shown, attrgetter("thread"))
        ],
        earlier_url=_page(url, _page_before(edition, begin)) if after else "",
        later_url=_page(url, shown[-1].pk) if len(remarks) > SIZE else "",
    )


def address_of(edition, pk):
    """Return the address of the page on which a comment stands, with its anchor; "" for one that nobody sees."""
    place = _place(edition, pk)
    if place is None:
        return ""
    down_to_it = Q(thread__lt=place.thread) | Q(thread=place.thread, pk__lte=place.pk)
    before = (_all(edition).filter(down_to_it).count() - 1) // SIZE * SIZE
    ordered = _all(edition).order_by("thread", "pk").values_list("pk", flat=True)
    last = ordered[before - 1] if before else 0
    return f"{_page(edition.comments_url, last)}#comment-{pk}"


def _page(url, after):
    return f"{url}?after={after}" if after else url


def _thread(pk, rows, begin):
    head = _remark(rows.pop(0)) if rows[0].pk == pk else None
    begun_by = begin.begun_by if pk == begin.thread else ""
    return Thread(pk, head, [_remark(row) for row in rows], begun_by)


def _remark(row):
    return Remark(*row[1:])


def _place(edition, pk):
    """Return the Place of a comment that readers see, or None."""
    row = _all(edition).filter(pk=pk).select_related("parent").first()
    if row is None:
        return None
    head = row.parent or row
    return Place(row.thread, row.pk, head.name if head.state == Comment.State.PUBLISHED else "")


# The rest of a thread and what comes behind it are asked for one after the other: so each is a piece of the index.


def _behind(edition, place):
    """Return the comments of the page behind a place, and one more if there is one."""
    rows, remarks = named(_all(edition), "thread", *Remark._fields), []
    if place.pk:
        rest = rows.filter(thread=place.thread, pk__gt=place.pk).order_by("pk")
        remarks = list(rest[: SIZE + 1])
    others = rows.filter(thread__gt=place.thread).order_by("thread", "pk")
    return remarks + list(others[: SIZE + 1 - len(remarks)])


def _page_before(edition, place):
    """Return the id behind which the page begins that ends at a place; 0 for the first page."""
    rows = _all(edition).values_list("pk", flat=True)
    pks = list(rows.filter(thread=place.thread, pk__lte=place.pk).order_by("-pk")[: SIZE + 1])
    others = rows.filter(thread__lt=place.thread).order_by("-thread", "-pk")
    pks += others[: SIZE + 1 - len(pks)]
    return pks[SIZE] if len(pks) > SIZE else 0


def _all(edition):
    rows = Comment.objects.published().filter(edition=edition.pk)
    return rows.annotate(thread=Coalesce("parent_id", "pk"))
