"""The nouns. The outside imports from here; inside, imports run from specific to generic."""

from articles.models.article import Article
from articles.models.byline import Author, AuthorName, Byline
from articles.models.category import Category
from articles.models.edition import Edition
from articles.models.event import Event
from articles.models.image import Image, ImageUse, Rendition
from articles.models.listing import Listing
from articles.models.origin import OldAddress, Origin, WaitingLink
from articles.models.tag import Tag, TagAlias, TaggedArticle

__all__ = [
    "Article",
    "Author",
    "AuthorName",
    "Byline",
    "Category",
    "Edition",
    "Event",
    "Image",
    "ImageUse",
    "Listing",
    "OldAddress",
    "Origin",
    "Rendition",
    "Tag",
    "TagAlias",
    "TaggedArticle",
    "WaitingLink",
]
