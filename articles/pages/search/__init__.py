"""Search: a question, the stories that the index finds for it, and the page and the feed that show them."""

from articles.pages.search import feed
from articles.pages.search.finding import Cursor
from articles.pages.search.page import SearchPage, read
from articles.pages.search.question import Question

__all__ = ["Cursor", "Question", "SearchPage", "feed", "read"]
