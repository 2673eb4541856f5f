"""The public pages. A view finds; it changes nothing."""

from articles.views.article import article
from articles.views.front import front, home, not_found, old_address
from articles.views.listing import archive, archive_month, author, region, section, tag
from articles.views.media import media

__all__ = [
    "archive",
    "archive_month",
    "article",
    "author",
    "front",
    "home",
    "media",
    "not_found",
    "old_address",
    "region",
    "section",
    "tag",
]
