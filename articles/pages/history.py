"""What was changed in a story in one language since readers have it: a query, whatever the number of changes."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from articles.comparing.published import Words, parts

SIZE = 20
"""How many changes stand on one page."""


class Change(NamedTuple):
    """What readers were given in other words from a moment on: the published.Parts that are otherwise."""

    at: datetime
    parts: list


@dataclass(frozen=True)
class History:
    """The changes of an edition, the newest first; `title`, `genre` and `story_url` are those of the story.

    `newest_url` is "" on the first page, `older_url` on the last.
    """

    edition_id: int
    article_id: int
    language: str
    title: str
    genre: object
    url: str
    story_url: str
    published_at: datetime
    changes: list
    newest_url: str
    older_url: str


def read(edition, *, tree, before=0):
    """Return the History of an edition that is live, of the changes before the one with the id `before`; None if there is none.

    The tree was loaded with its article.
    """
    rows, url = _rows(edition, before), edition.history_url
    if before and not (rows and rows[0].pk == before):
        return None
    after = Words.of(edition.title, edition.standfirst, edition.body)
    if before:
        after = Words.read(rows.pop(0).words)
    return History(
        edition_id=edition.pk,
        article_id=edition.article_id,
        language=edition.language,
        title=edition.title,
        genre=tree.genre(tree.held()),
        url=url,
        story_url=edition.url,
        published_at=edition.published_at,
        changes=list(_changes(rows[:SIZE], after)),
        newest_url=url if before else "",
        older_url=f"{url}?before={rows[SIZE - 1].pk}" if len(rows) > SIZE else "",
    )


def _rows(edition, before):
    """Return the wordings of a page, the newest first, and one more if there is one; first of all the one with the id `before`."""
    rows = edition.wordings.filter(replaced_at__isnull=False).order_by("-pk")
    if before:
        rows = rows.filter(pk__lte=before)
    return list(rows[: SIZE + (2 if before else 1)])


def _changes(rows, after):
    """Yield what of these wordings is otherwise in the one that took its place, the newest in `after`."""
    for row in rows:
        words = Words.read(row.words)
        if not row.is_cosmetic and (changed := parts(words, after)):
            yield Change(row.replaced_at, changed)
        after = words
