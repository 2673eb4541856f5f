"""The read API for partners, and what people and programs are told of it."""

from articles.views.api.pages import api, api_document, api_home
from articles.views.api.stories import api_article, api_articles, api_unknown

__all__ = ["api", "api_article", "api_articles", "api_document", "api_home", "api_unknown"]
