"""Crediting authors for a story."""

from articles.models import Byline
from newsroom.db import locks, together


def credits_of(article):
    """Return the credits of a story in their order: (author id, role, language) -> byline."""
    return {_key(byline): byline for byline in article.bylines.all()}


@locks.writing()
def credit(article, order, *, here):
    """Credit for a story these alone, in this order; return whether that changed anything.

    Each in `order` is (author id, role, language); `here` are the credits_of the story so far.
    """
    gone = [byline for key, byline in here.items() if key not in order]
    for byline in gone:
        byline.delete()
    placed = [_place(article, key, here.get(key), position) for position, key in enumerate(order)]
    return bool(gone) or any(placed)


def _key(byline):
    return byline.author_id, byline.role, byline.language


def _place(article, key, byline, position):
    """Let a credit stand at a position; return whether it is new, or stood at another."""
    if byline is None:
        author, role, language = key
        credited = {"author_id": author, "role": role, "language": language}
        together.insert(Byline(article=article, position=position, **credited))
        return True
    if byline.position == position:
        return False
    byline.position = position
    byline.save()
    return True
