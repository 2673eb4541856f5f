from functools import reduce
from operator import or_

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language, gettext_lazy as _

from articles.models.category import Category
from articles.models.image import Image
from articles.models.tag import Tag
from articles.texts import column, text_or_default
from newsroom import moments
from newsroom.db.bulk import WatchedQuerySet
from newsroom.db.fields import WebAddressField
from newsroom.languages import CODE_LENGTH, choices

ENDS_TOO_EARLY = _("The promotion would end before it starts: choose a later end.")


class Promotion(models.Model):
    """An event or appeal in a place of the site, between two moments. Its state per language is in PromotionEdition."""

    class Place(models.TextChoices):
        STORY = "story", _("Foot of every story")
        FRONT = "front", _("Front page")
        CATEGORY = "category", _("Page of a region or section")
        TAG = "tag", _("Page of a tag")

    title = models.CharField(_("title"), max_length=200, blank=True)
    text = models.TextField(_("text"), blank=True, help_text=_("Two or three sentences."))
    venue = models.CharField(
        _("venue"), max_length=200, blank=True, help_text=_("House and town, as people say them.")
    )
    call = models.CharField(
        _("words of the link"),
        max_length=60,
        blank=True,
        help_text=_("“Book a place”, “Give”. Empty: “Tickets” for an event, else “More”."),
    )
    alt = models.CharField(
        _("alternative text"),
        max_length=400,
        blank=True,
        help_text=_("What the picture shows, for those who do not see it."),
    )
    place = models.CharField(_("place"), max_length=10, choices=Place, default=Place.STORY)
    category = models.ForeignKey(
        Category,
        verbose_name=_("region or section"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="promotions",
    )
    tag = models.ForeignKey(
        Tag,
        verbose_name=_("tag"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="promotions",
    )
    starts_at = models.DateTimeField(_("starts"), validators=[moments.check])
    ends_at = models.DateTimeField(
        _("ends"),
        validators=[moments.check],
        help_text=_("From this minute on readers no longer see it."),
    )
    priority = models.PositiveSmallIntegerField(
        _("priority"),
        default=0,
        help_text=_(
            "Of several in one place readers see the one with the highest number, and of equals the one that started last."
        ),
    )
    event_at = models.DateTimeField(
        _("event begins"), null=True, blank=True, validators=[moments.check]
    )
    event_zone = models.CharField(
        _("in the time of"), max_length=64, blank=True, validators=[moments.check_zone]
    )
    link = WebAddressField(
        _("link"), blank=True, help_text=_("Where tickets are sold, or more is told.")
    )
    image = models.ForeignKey(
        Image,
        verbose_name=_("picture"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="promotions",
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    objects = WatchedQuerySet.as_manager()

    class Meta:
        verbose_name = _("promotion")
        verbose_name_plural = _("promotions")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="promotion_ends_after_start",
                violation_error_message=ENDS_TOO_EARLY,
            ),
            models.CheckConstraint(
                condition=Q(place__in=["story", "front"], category=None, tag=None)
                | Q(place="category", category__isnull=False, tag=None)
                | Q(place="tag", category=None, tag__isnull=False),
                name="promotion_stands_in_one_place",
                violation_error_message=_("Name one region, section or tag, as the place asks."),
            ),
        ]
        indexes = [models.Index(fields=["place", "ends_at"], name="promotion_running")]

    def __str__(self):
        return text_or_default(self, "title", get_language()) or f"#{self.pk}"

    def clean(self):
        if self.starts_at and self.ends_at and self.ends_at <= self.starts_at:
            raise ValidationError({"ends_at": ENDS_TOO_EARLY})
        # What was chosen for another place goes with that.
        self.category = self.category if self.place == self.Place.CATEGORY else None
        self.tag = self.tag if self.place == self.Place.TAG else None
        if self.place == self.Place.CATEGORY and not self.category_id:
            raise ValidationError({"category": _("Choose the region or section.")})
        if self.place == self.Place.TAG and not self.tag_id:
            raise ValidationError({"tag": _("Choose the tag.")})


class PromotionEditionQuerySet(WatchedQuerySet):
    def published(self, *, language=None):
        """Keep what readers see between its two moments, in one language or in every enabled one."""
        codes = [code for code, _name in settings.LANGUAGES if language in {None, code}]
        titled = (
            Q(language=code) & ~Q(**{f"promotion__{column('title', code)}": ""})
            & Q(**{f"promotion__{column('title', code)}__isnull": False})
            for code in codes
        )  # fmt: skip
        return self.filter(reduce(or_, titled, Q(pk__in=[])), is_published=True)

    def live(self, *, at, language=None):
        """Keep what readers may see at a moment: the only spelling of that for promotions."""
        return self.published(language=language).filter(
            promotion__starts_at__lte=at, promotion__ends_at__gt=at
        )

    def showing(self, image):
        """Keep those with this picture: their own, or that of all languages where they have none."""
        return self.filter(Q(image=image) | Q(image=None, promotion__image=image))


class PromotionEdition(models.Model):
    """A promotion in one language: whether readers may see it, and what it has there instead of what all share."""

    promotion = models.ForeignKey(Promotion, on_delete=models.CASCADE, related_name="editions")
    language = models.CharField(_("language"), max_length=CODE_LENGTH, choices=choices)
    is_published = models.BooleanField(_("published"), default=False)
    image = models.ForeignKey(
        Image,
        verbose_name=_("another picture"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="promotion_editions",
    )
    link = WebAddressField(_("another link"), blank=True)
    source_mark = models.CharField(
        max_length=16, blank=True, default="", db_default="", editable=False
    )

    objects = PromotionEditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("edition of a promotion")
        verbose_name_plural = _("editions of promotions")
        constraints = [
            models.UniqueConstraint(fields=["promotion", "language"], name="promotionedition_once"),
            models.UniqueConstraint(
                fields=["source_mark"],
                name="promotionedition_source",
                condition=~Q(source_mark=""),
            ),
        ]

    def __str__(self):
        return f"{self.promotion} ({self.language})"
