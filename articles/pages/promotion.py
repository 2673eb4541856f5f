"""What is promoted in a place of a page: an event or appeal, between its two moments; one statement."""

from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from articles.models import PromotionEdition
from articles.pages import card as cards, layouts
from articles.texts import columns, text
from newsroom.db.statements import Given, named, statement
from newsroom.site import reading

TEXTS = ("title", "text", "venue", "call", "alt")
IMAGE = (*cards.SHOWN, *cards.CREDIT)
WITHOUT_OWNER = 0
"""Instead of the id of a category or tag, where the place belongs to none."""


@dataclass(frozen=True)
class Promotion:
    """What readers see of a promotion in one language."""

    pk: int
    language: str
    title: str
    text: str
    venue: str
    event_at: datetime | None
    event_zone: str
    link: str
    call: str
    use: cards.Use | None

    figure = layouts.IN_PROMOTION

    @property
    def zone(self):
        """The zone in whose time the event is told."""
        return ZoneInfo(self.event_zone) if self.event_zone else reading.zone()


@dataclass(frozen=True)
class Slot:
    """A place in the pages of one language, and the Promotion that stands there, or None.

    `place` is a value of models.Promotion.Place; `owner` is the id of its category or tag, else WITHOUT_OWNER.
    """

    place: str
    owner: int
    language: str
    promotion: Promotion | None


@dataclass(frozen=True)
class Planned:
    """A promotion that readers see between two moments, if none of a higher `rank` stands in the same place."""

    place: str
    owner: int
    starts_at: datetime
    ends_at: datetime
    rank: tuple
    promotion: Promotion = field(compare=False)

    def runs(self, *, at):
        return self.starts_at <= at < self.ends_at


def read(place, owner=WITHOUT_OWNER, *, language, at):
    """Return the Slot of a place at a moment; one statement."""
    rows = _first(place, language, at=at, owner=owner)
    return Slot(place, owner, language, _promotion(rows[0], at=at) if rows else None)


def proposed(promotion, *, language, at):
    """Return the Slot of a models.Promotion as readers would see it there, whatever its state."""
    edition = promotion.editions.filter(language=language).select_related("image").first()
    image = (edition and edition.image) or promotion.image
    words = {name: text(promotion, name, language) for name in TEXTS}
    alt = words.pop("alt")
    shown = Promotion(
        pk=promotion.pk,
        language=language,
        event_at=promotion.event_at,
        event_zone=promotion.event_zone,
        link=(edition and edition.link) or promotion.link,
        use=cards.Use(image, at, alt) if image else None,
        **words,
    )
    owner = promotion.category_id or promotion.tag_id or WITHOUT_OWNER
    return Slot(promotion.place, owner, language, shown)


def planned(*, language, at):
    """Return all that is Planned in a language and has not ended at a moment; pictures are those of that moment."""
    rows = PromotionEdition.objects.published(language=language).filter(promotion__ends_at__gt=at)
    return [_planned(row, at=at) for row in _rows(rows, language)]


def _planned(row, *, at):
    return Planned(
        place=row.place,
        owner=row.category or row.tag or WITHOUT_OWNER,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        rank=(row.priority, row.starts_at, row.promotion_id),
        promotion=_promotion(row, at=at),
    )


def _promotion(row, *, at):
    prefix = "own" if row.own_pk else "shared"
    return Promotion(
        pk=row.promotion_id,
        language=row.language,
        title=row.title or "",
        text=row.text or "",
        venue=row.venue or "",
        event_at=row.event_at,
        event_zone=row.event_zone,
        link=row.own_link or row.shared_link,
        call=row.call or "",
        use=_use(row, prefix, at=at) if getattr(row, f"{prefix}_pk") else None,
    )


def _use(row, prefix, *, at):
    values = {name: getattr(row, f"{prefix}_{name}") for name in IMAGE}
    return cards.Use(cards.Image(**values), at, row.alt or "")


@statement
def _first(place, language):
    live = PromotionEdition.objects.live(at=Given("at"), language=language)
    here = live.filter(promotion__place=place)
    if place in {"category", "tag"}:
        here = here.filter(**{f"promotion__{place}": Given("owner")})
    return _rows(here, language)[:1]


def _rows(editions, language):
    """Return a queryset of rows, the one that readers see of those in one place before the others."""
    words = dict(zip(TEXTS, columns(TEXTS, language), strict=True))
    shared = ("priority", "starts_at", "ends_at", "place", "category", "tag")
    shared += ("event_at", "event_zone")
    return named(
        editions.order_by(
            "-promotion__priority", "-promotion__starts_at", "-promotion_id", "language"
        ),
        *("promotion_id", "language"),
        own_link="link",
        shared_link="promotion__link",
        **{name: f"promotion__{name}" for name in shared},
        **{name: f"promotion__{path}" for name, path in words.items()},
        **{f"own_{name}": f"image__{name}" for name in IMAGE},
        **{f"shared_{name}": f"promotion__image__{name}" for name in IMAGE},
    )
