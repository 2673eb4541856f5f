"""The public pages. A view finds; what readers send goes to a verb."""

from articles.views.api import (
    api,
    api_article,
    api_articles,
    api_document,
    api_home,
    api_unknown,
)
from articles.views.article import article, history
from articles.views.comment import (
    ask_for_comments,
    comment_among_others,
    comments,
    comments_of_reader,
    own_comment,
    write_comment,
)
from articles.views.correction import corrections, corrections_feed
from articles.views.feed import all_feeds, feed
from articles.views.front import (
    front,
    home,
    llms_of_language,
    llms_of_site,
    not_found,
)
from articles.views.listing import (
    archive,
    archive_day,
    archive_month,
    author,
    authors,
    region,
    section,
    tag,
    tags,
    to_archive,
)
from articles.views.media import media
from articles.views.old_address import old_address
from articles.views.other_forms import other_form
from articles.views.own_page import own_page, security
from articles.views.preview import by_link, picture_by_link
from articles.views.search import search, search_feed
from articles.views.sitemap import (
    lists_sitemap,
    month_sitemap,
    news_of_language,
    news_sitemap,
    sitemap,
)

__all__ = [
    "all_feeds",
    "api",
    "api_article",
    "api_articles",
    "api_document",
    "api_home",
    "api_unknown",
    "archive",
    "archive_day",
    "archive_month",
    "article",
    "ask_for_comments",
    "author",
    "authors",
    "by_link",
    "comment_among_others",
    "comments",
    "comments_of_reader",
    "corrections",
    "corrections_feed",
    "feed",
    "front",
    "history",
    "home",
    "lists_sitemap",
    "llms_of_language",
    "llms_of_site",
    "media",
    "month_sitemap",
    "news_of_language",
    "news_sitemap",
    "not_found",
    "old_address",
    "other_form",
    "own_comment",
    "own_page",
    "picture_by_link",
    "region",
    "search",
    "search_feed",
    "section",
    "security",
    "sitemap",
    "tag",
    "tags",
    "to_archive",
    "write_comment",
]
