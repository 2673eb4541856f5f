"""The desk: the stories of the last days by the languages of the site, who has what in hand, and what is late."""

from articles.admin.desk import admin, day, target

__all__ = ["admin", "day", "target"]
