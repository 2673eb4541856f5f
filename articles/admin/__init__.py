"""The newsroom's own pages. A module that is called after a noun registers the admin of it."""

from articles.admin import (
    article,
    author,
    category,
    comment,
    desk,
    image,
    importing,
    menu,
    own_page,
    pair,
    partner,
    promotion,
    tag,
)

__all__ = [
    "article",
    "author",
    "category",
    "comment",
    "desk",
    "image",
    "importing",
    "menu",
    "own_page",
    "pair",
    "partner",
    "promotion",
    "tag",
]
