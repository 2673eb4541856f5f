"""Stories as partners get them: one at a time, and a page of those that have changed."""

from articles.pages.item.changes import SIZE, Batch, changed, last_place, place_before
from articles.pages.item.news import NewsItem, find, read

__all__ = ["SIZE", "Batch", "NewsItem", "changed", "find", "last_place", "place_before", "read"]
