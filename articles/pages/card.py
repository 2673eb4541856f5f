"""A list of stories as cards: each with its lead picture, its categories and its kicker.

Two queries for any number of cards, the first of which can be that of the list itself.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import FilteredRelation, Q
from django.utils.functional import cached_property

from articles.models import Article, Edition, Image
from articles.renditions import picture_of
from articles.statements import Each, padded, statement
from articles.texts import column

SHOWN = (
    *("pk", "file", "checksum", "available", "width", "height"),
    *("focal_x", "focal_y", "valid_until"),
)
"""What must be known of an image to show it."""

CREDIT = ("creator", "credit_line", "licence", "licence_url")


@dataclass
class Use:
    """An image in a story, with its words in one language; to be shown `at` a moment."""

    image: Image
    at: datetime
    alt: str
    caption: str = ""
    is_lead: bool = False

    @cached_property
    def picture(self):
        """The renditions.Picture, or None where readers may not see it."""
        return picture_of(self.image, at=self.at)


@dataclass
class Card:
    """What a list shows of a story in one language; `pk` is the id of the edition."""

    pk: int
    published_at: datetime
    language: str
    article_id: int
    slug: str
    title: str
    standfirst: str
    lead: Use | None
    kicker: object = None
    categories: list = field(default_factory=list)

    get_absolute_url = Edition.get_absolute_url

    @property
    def url(self):
        return self.get_absolute_url()


def rows(queryset, *also, language, key="pk", path=""):
    """Return a queryset of rows to `read`, from one of editions.

    Or from one of listings: then `key` is "edition_id", and `path` leads to the edition. `also`
    names columns that the caller needs beside.
    """
    uses = f"{path}article__uses"
    texts = (f"{path}article__{column(name, language)}" for name in ("title", "standfirst"))
    return queryset.annotate(
        lead=FilteredRelation(uses, condition=Q(**{f"{uses}__is_lead": True}))
    ).values_list(
        key,
        "published_at",
        "language",
        f"{path}article_id",
        f"{path}slug",
        *texts,
        f"lead__{column('alt', language)}",
        *(f"lead__image__{name}" for name in SHOWN),
        *also,
    )


def read(found, *, at):
    """Return the cards of `rows`, in their order, without their categories."""
    return [_card(row, at=at) for row in found]


def name(cards, *, tree):
    """Give each card its `categories` and its `kicker`; return the cards."""
    categories = _categories({card.article_id for card in cards}, tree)
    for card in cards:
        card.categories = categories[card.article_id]
        card.kicker = tree.kicker(card.categories)
    return cards


def use(values, *, at, names=SHOWN, **words):
    """Return the Use of an image from the values of these columns."""
    image = Image(**dict(zip(names, values, strict=True)))
    return Use(image, at, **words)


def _card(row, *, at):
    (*own, title, standfirst, alt), image = row[:8], row[8 : 8 + len(SHOWN)]
    lead = use(image, at=at, alt=alt or "", is_lead=True) if image[0] else None
    return Card(*own, title or "", standfirst or "", lead)


def _categories(article_ids, tree):
    found, ids = defaultdict(list), padded(article_ids)
    for article, category in _links(len(ids), articles=ids):
        if category in tree.nodes:
            found[article].append(tree.nodes[category])
    return found


@statement
def _links(number):
    links = Article.categories.through.objects.filter(article__in=Each("articles", number))
    return links.values_list("article_id", "category_id")
