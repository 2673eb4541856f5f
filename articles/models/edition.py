from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from articles.converters import address
from articles.models.article import Article
from articles.texts import StoryTexts
from newsroom import moments
from newsroom.db.bulk import WatchedQuerySet
from newsroom.db.fields import SlugField
from newsroom.db.together import Waiting
from newsroom.languages import CODE_LENGTH, choices


class EditionQuerySet(WatchedQuerySet):
    def live(self, *, at, language=None):
        """Keep what readers may see at a moment, in one language or in every enabled one.

        This is the only spelling of publication: the status is published and the time has come.
        """
        languages = [code for code, _name in settings.LANGUAGES if language in {None, code}]
        return self.filter(
            language__in=languages, status=Edition.Status.PUBLISHED, published_at__lte=at
        )

    def with_slug(self, slug):
        """Keep what stands under a slug: one edition in each language at most."""
        # SQLite takes the index of slugs only where a query repeats the condition of that index.
        return self.filter(slug=slug).exclude(slug="")

    def behind(self):
        """Keep the translations whose source has other words than they were made from."""
        return self.filter(blocks_behind__gt=0)

    def newest_first(self):
        return self.order_by("-published_at", "-pk")


class Edition(StoryTexts, Waiting, models.Model):
    """One article in one language: its state, its address, and what it was translated from."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        SUBMITTED = "submitted", _("Submitted")
        PUBLISHED = "published", pgettext_lazy("state", "Published")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="editions")
    language = models.CharField(_("language"), max_length=CODE_LENGTH, choices=choices)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.DRAFT)
    slug = SlugField(_("slug"), max_length=100, allow_unicode=True, blank=True, db_index=False)
    published_at = models.DateTimeField(
        pgettext_lazy("when", "published"), null=True, blank=True, validators=[moments.check]
    )
    modified_at = models.DateTimeField(_("words changed"), null=True, editable=False)
    # The moments at which readers were told of other words before that, as ISO 8601 has them.
    earlier_changes = models.JSONField(null=True, editable=False)
    # What its readers are told of the corrections of the story: see derived/corrections.py.
    corrections = models.JSONField(null=True, editable=False)
    withdrawn_reason = models.TextField(_("reason of withdrawal"), blank=True)
    comments_until = models.DateTimeField(
        _("takes comments until"), null=True, blank=True, validators=[moments.check]
    )
    comment_count = models.PositiveIntegerField(default=0, db_default=0, editable=False)
    version = models.PositiveIntegerField(default=0, editable=False)
    source_version = models.PositiveIntegerField(null=True, editable=False)
    # How many blocks were made from other words than their source has now, headline and standfirst among them.
    blocks_behind = models.PositiveSmallIntegerField(default=0, db_default=0, editable=False)
    machine_drafted = models.BooleanField(default=False, db_default=False, editable=False)
    """Whether a machine wrote a part of it, for which nobody answers yet; readers are told."""
    text_checksum = models.CharField(max_length=64, blank=True, editable=False)
    headline_key = models.CharField(
        max_length=400, blank=True, default="", db_default="", editable=False
    )

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        constraints = [
            models.UniqueConstraint(fields=["article", "language"], name="edition_once"),
            models.UniqueConstraint(
                fields=["language", "slug"],
                name="edition_slug",
                condition=~Q(slug=""),
                violation_error_message=_("Another story has this slug in this language."),
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["published", "withdrawn"])
                | (Q(published_at__isnull=False) & ~Q(slug="")),
                name="edition_published_has_address",
            ),
        ]
        indexes = [
            models.Index(
                fields=["language", "-published_at", "-id"],
                name="edition_live",
                condition=Q(status="published"),
            ),
            models.Index(fields=["headline_key", "language"], name="edition_headline"),
            models.Index(fields=["article"], name="edition_draft", condition=Q(status="draft")),
            models.Index(
                fields=["article"], name="edition_submitted", condition=Q(status="submitted")
            ),
            models.Index(
                fields=["article"], name="edition_behind", condition=Q(blocks_behind__gt=0)
            ),
            models.Index(
                fields=["article"], name="edition_withdrawn", condition=Q(status="withdrawn")
            ),
            models.Index(
                fields=["language"],
                name="edition_corrected",
                condition=Q(corrections__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.title or self.article_id} ({self.language})"

    def get_absolute_url(self):
        """Return the address readers use, or "" before there is a slug and a time."""
        return edition_url(self)

    @property
    def url(self):
        return self.get_absolute_url()

    @property
    def comments_url(self):
        """The address of the comments under it; "" before it has one of its own."""
        return f"{self.url}comments/" if self.url else ""

    @property
    def history_url(self):
        """The address of what was changed in it; "" before it has one of its own."""
        return f"{self.url}history/" if self.url else ""

    @property
    def is_source(self):
        return self.language == self.article.source_language

    def is_live(self, *, at):
        """Return whether readers may see this edition at a moment; `live()` says the same in SQL."""
        return self.is_out(at=at) and self.language in dict(settings.LANGUAGES)

    def takes_comments(self, *, at):
        """Return whether readers may write under it at a moment, if they can read it then."""
        return self.comments_until is not None and at < self.comments_until

    def is_discussed(self, *, at):
        """Return whether its page leads to comments: there are some, or there can be."""
        return self.comment_count > 0 or self.takes_comments(at=at)

    def is_out(self, *, at):
        """Return whether it is published and its time has come, be its language enabled or not."""
        return self.status == self.Status.PUBLISHED and self.published_at <= at


def edition_url(edition):
    """Return the address of an Edition, or of what has its language, slug and moment as a row or a card has; "" before there are both."""
    if not (edition.slug and edition.published_at):
        return ""
    # The newsroom's own zone, whichever is active: an address must not depend on who asks.
    day = timezone.localtime(edition.published_at, timezone.get_default_timezone())
    year, month, day = f"{day.year:04}", f"{day.month:02}", f"{day.day:02}"
    return address("article", edition.language, year=year, month=month, day=day, slug=edition.slug)
