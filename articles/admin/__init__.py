"""The newsroom's own pages. Each module registers the admin of one noun, under its name."""

from articles.admin import (
    article,
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
