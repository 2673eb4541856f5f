"""A list of stories as cards: each with its lead picture, its categories and its kicker.

Two queries for any number of cards, the first of which can be that of the list itself.
"""

from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from django.db.models import FilteredRelation, OuterRef, Q, Subquery
from django.utils.functional import cached_property

from articles.models import Article, Image, edition_url
from articles.pages import archive, layouts
from articles.pages.layouts import Slot
from articles.renditions import picture_of
from articles.sentences import cut
from articles.texts import column
from newsroom.db.statements import Each, named, padded, statement
from newsroom.site import reading

SHOWN = (
    *("pk", "file", "checksum", "available", "width", "height"),
    *("kind", "focal_x", "focal_y", "valid_until"),
)
"""What must be known of an image to show it."""

LEAST_WIDTH = 400
"""A picture of fewer pixels would be blown up on a card: the story counts as one without."""

CREDIT = ("creator", "credit_line", "licence", "licence_url")


@dataclass(frozen=True)
class Use:
    """An image in a story, with its words in one language; to be shown `at` a moment.

    On a card it has none: the headline beside it says what the story is about.
    """

    image: Image
    at: datetime = field(compare=False)
    alt: str = ""
    caption: str = ""
    is_lead: bool = False

    @cached_property
    def picture(self):
        """The renditions.Picture, or None where readers may not see it."""
        return picture_of(self.image, at=self.at)

    @property
    def fits_card(self):
        """Whether readers may see it and it is large enough for a card."""
        return self.image.width >= LEAST_WIDTH and self.picture is not None


@dataclass(frozen=True)
class Card:
    """What a list shows of a story in one language; `pk` is the id of the edition.

    Its `slot` says where it stands and how much of it is shown; what is not is empty. `updated_on` is the
    day of its last change, if that is a later one. `genre` is the section that stands before the headline, None
    for news. `comments` is None where the site does not count them. Equal cards show the same: purging compares them.
    """

    pk: int = field(compare=False)
    published_at: datetime
    language: str
    article_id: int
    slug: str
    title: str
    standfirst: str
    lead: Use | None
    updated_on: date | None = None
    genre: object = None
    categories: tuple = ()
    kicker: object = None
    comments: int | None = None
    slot: Slot = Slot(layouts.HEADLINE)

    @property
    def url(self):
        return edition_url(self)

    @property
    def has_picture(self):
        """Whether the story has a picture for a card."""
        return bool(self.lead and self.lead.fits_card)

    @property
    def kind(self):
        """The layouts.Kind: which parts of the card are shown, and how large."""
        return self.slot.kind


def rows(queryset, *also, language, key="pk", path=""):
    """Return a queryset of rows to `read`, from one of editions.

    Or from one of listings: then `key` is "edition_id", and `path` leads to the edition. `also`
    names columns that the caller needs beside.
    """
    uses = f"{path}article__uses"
    lead = FilteredRelation(uses, condition=Q(**{f"{uses}__is_lead": True}))
    return named(
        queryset.annotate(lead=lead, genre_pk=genre_of(f"{path}article_id")),
        *("published_at", "language", "genre_pk", *also),
        edition_pk=key,
        article_pk=f"{path}article_id",
        modified_at=f"{path}modified_at",
        slug=f"{path}slug",
        comment_count=f"{path}comment_count",
        title=f"{path}article__{column('title', language)}",
        standfirst=f"{path}article__{column('standfirst', language)}",
        **image_columns("lead__image__"),
    )


def image_columns(path, names=SHOWN):
    """Return name -> column of what `image` reads, for `named`."""
    return {f"image_{name}": f"{path}{name}" for name in names}


def image(row, names=SHOWN):
    """Return the Image of a row with these `image_columns`."""
    return Image(**{name: getattr(row, f"image_{name}") for name in names})


def read(stories, *, tree, at):
    """Return the cards of `rows`, in their order, without their categories."""
    counts = bool(stories) and reading.identity().counts_comments
    return [_card(row, tree=tree, at=at, counts=counts) for row in stories]


def name(cards, *, tree):
    """Return the cards with their `categories` and their `kicker`, if that is not the genre."""
    by_article = filed({card.article_id for card in cards})
    return [_named(card, tree.among(by_article[card.article_id]), tree) for card in cards]


def placed(cards, name):
    """Return the cards in the slots of the list `name`, a key of layouts.LISTS."""
    slots = layouts.slots(name, len(cards))
    return [_in_slot(card, slot) for card, slot in zip(cards, slots, strict=True)]


def shown_as(card, kind, **places):
    """Return the card as one of this layouts.Kind, in no row but at the `places` of a Slot that are given."""
    return _in_slot(card, Slot(kind, **places))


def _in_slot(card, slot):
    kind = slot.kind
    return replace(
        card,
        slot=slot,
        standfirst=cut(card.standfirst, kind.summary),
        lead=card.lead if kind.picture else None,
        kicker=card.kicker if kind.has_kicker else None,
        comments=card.comments if kind.has_standfirst else None,
        updated_on=card.updated_on if kind.has_standfirst else None,
    )


def updated_on(published_at, modified_at):
    """Return the day of a change, or None on the day of publication: cards say days, and a change is no news there."""
    if not modified_at or not published_at:
        return None
    first, last = archive.here(published_at).date(), archive.here(modified_at).date()
    return last if last > first else None


def genre_of(article):
    """Return the id of the genre of an article, as Tree.genre chooses it."""
    links = Article.categories.through.objects.filter(
        article=OuterRef(article), category__is_genre=True
    )
    return Subquery(links.order_by("category__position", "category").values("category")[:1])


def _card(row, *, tree, at, counts):
    lead = Use(image(row), at, is_lead=True) if row.image_pk else None
    return Card(
        pk=row.edition_pk,
        published_at=row.published_at,
        language=row.language,
        article_id=row.article_pk,
        slug=row.slug,
        title=row.title or "",
        standfirst=row.standfirst or "",
        lead=lead,
        genre=tree.nodes.get(row.genre_pk),
        comments=row.comment_count if counts else None,
        updated_on=updated_on(row.published_at, row.modified_at),
    )


def _named(card, categories, tree):
    kicker = tree.kicker(categories)
    return replace(
        card, categories=tuple(categories), kicker=None if kicker is card.genre else kicker
    )


def filed(article_ids):
    """Return the id of an article -> the ids of its categories."""
    by_article, ids = defaultdict(list), padded(article_ids)
    for row in _links(len(ids), articles=ids):
        by_article[row.article_id].append(row.category_id)
    return by_article


@statement
def _links(number):
    links = Article.categories.through.objects.filter(article__in=Each("articles", number))
    return links.values_list("article_id", "category_id")
