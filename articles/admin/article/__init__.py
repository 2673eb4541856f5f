"""The admin of stories: the page, its panels and forms, its versions; and of who is credited."""

from articles.admin.article import admin, byline

__all__ = ["admin", "byline"]
