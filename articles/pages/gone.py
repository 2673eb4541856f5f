"""What is told of a story that was withdrawn: which one it was, its days, and where to go on."""

from dataclasses import dataclass
from datetime import datetime

from articles.models import Event
from articles.pages import ways
from articles.pages.ways import Ways


@dataclass(frozen=True)
class Gone:
    """A withdrawn story in one language; the moment of the withdrawal is None where nobody noted it."""

    article_id: int
    language: str
    title: str
    reason: str
    published_at: datetime
    withdrawn_at: datetime | None
    ways: Ways


def read(edition, *, tree, at):
    """Return the Gone of an edition that was withdrawn; two queries."""
    events = Event.objects.filter(article=edition.article_id, language=edition.language)
    return Gone(
        article_id=edition.article_id,
        language=edition.language,
        title=edition.title,
        reason=edition.withdrawn_reason,
        published_at=edition.published_at,
        withdrawn_at=events.filter(verb="withdraw").values_list("at", flat=True).first(),
        ways=ways.read(tree=tree, at=at),
    )
