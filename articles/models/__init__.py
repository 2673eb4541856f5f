"""The nouns. The outside imports from here; inside, imports run from specific to generic."""

from articles.models.article import Article
from articles.models.blocks import Blocks
from articles.models.byline import Author, AuthorName, Byline
from articles.models.category import Category
from articles.models.comment import (
    NAME_LENGTH,
    WORDS_LENGTH,
    Comment,
    CommentEvent,
    CommentRule,
)
from articles.models.correction import Correction, says_nothing
from articles.models.desk import (
    Assignment,
    Event,
    Join,
    MachineDraft,
    Pair,
    PreviewLink,
    Target,
)
from articles.models.edition import Edition, edition_url
from articles.models.image import (
    IMAGE_FORMATS,
    Image,
    ImageUse,
    Rendition,
    original_named,
    original_path,
)
from articles.models.import_batch import ImportBatch, ImportChange
from articles.models.item import Item
from articles.models.listing import SHELVES, Listing
from articles.models.look import Look
from articles.models.menu_entry import MenuEntry
from articles.models.month_count import MonthCount
from articles.models.old_address import TARGETS, OldAddress
from articles.models.origin import Origin
from articles.models.own_page import OwnPage, OwnPageEdition
from articles.models.partner import TOKENS, Delivery, Partner, Token
from articles.models.promotion import Promotion, PromotionEdition
from articles.models.search import AuthorWord, SearchEntry, SearchWord, StoryWords
from articles.models.tag import Tag, TagAlias, TaggedArticle
from articles.models.waiting_link import WaitingLink
from articles.models.wording import Wording

__all__ = [
    "IMAGE_FORMATS",
    "NAME_LENGTH",
    "SHELVES",
    "TARGETS",
    "TOKENS",
    "WORDS_LENGTH",
    "Article",
    "Assignment",
    "Author",
    "AuthorName",
    "AuthorWord",
    "Blocks",
    "Byline",
    "Category",
    "Comment",
    "CommentEvent",
    "CommentRule",
    "Correction",
    "Delivery",
    "Edition",
    "Event",
    "Image",
    "ImageUse",
    "ImportBatch",
    "ImportChange",
    "Item",
    "Join",
    "Listing",
    "Look",
    "MachineDraft",
    "MenuEntry",
    "MonthCount",
    "OldAddress",
    "Origin",
    "OwnPage",
    "OwnPageEdition",
    "Pair",
    "Partner",
    "PreviewLink",
    "Promotion",
    "PromotionEdition",
    "Rendition",
    "SearchEntry",
    "SearchWord",
    "StoryWords",
    "Tag",
    "TagAlias",
    "TaggedArticle",
    "Target",
    "Token",
    "WaitingLink",
    "Wording",
    "edition_url",
    "original_named",
    "original_path",
    "says_nothing",
]
