from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article
from articles.models.category import Category
from newsroom.languages import CODE_LENGTH, choices

TOKENS = 2
"""How many tokens of a partner are valid at a time: one in use, and the next one."""


class Partner(models.Model):
    """Who gets the stories by the read API: in which languages, of which regions and sections, how often.

    `minute` and `asked` count the requests of the minute that is running.
    """

    name = models.CharField(_("name"), max_length=100, unique=True)
    contact = models.CharField(
        _("contact"), max_length=200, blank=True, help_text=_("Whom to write to, or to call.")
    )
    is_active = models.BooleanField(
        _("active"), default=True, help_text=_("Without this, none of the tokens is valid.")
    )
    languages = models.JSONField(_("languages"), default=list, blank=True)
    is_limited = models.BooleanField(
        _("not all stories"),
        default=False,
        help_text=_(
            "Only those of the regions and sections below, and of all that stand under them."
        ),
    )
    categories = models.ManyToManyField(
        Category, verbose_name=_("regions and sections"), blank=True, related_name="partners"
    )
    per_minute = models.PositiveIntegerField(
        _("requests a minute"), default=60, validators=[MinValueValidator(1)]
    )
    minute = models.BigIntegerField(default=0, editable=False)
    asked = models.PositiveIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(_("added"), auto_now_add=True)

    class Meta:
        verbose_name = _("partner")
        verbose_name_plural = _("partners")

    def __str__(self):
        return self.name


class Token(models.Model):
    """What a partner shows with each request. The secret itself is kept nowhere; `hint` are its first letters."""

    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="tokens")
    digest = models.CharField(max_length=64, unique=True, editable=False)
    hint = models.CharField(_("begins with"), max_length=12, editable=False)
    created_at = models.DateTimeField(_("made"), editable=False)
    used_at = models.DateTimeField(_("last used"), null=True, editable=False)
    revoked_at = models.DateTimeField(_("revoked"), null=True, editable=False)

    class Meta:
        verbose_name = _("token")
        verbose_name_plural = _("tokens")
        default_permissions = []

    def __str__(self):
        return f"{self.hint}…"


class Delivery(models.Model):
    """That a partner was given a version of a story in one language. It outlives the story."""

    partner = models.ForeignKey(
        Partner,
        verbose_name=_("partner"),
        on_delete=models.CASCADE,
        related_name="deliveries",
        db_index=False,
    )
    article = models.ForeignKey(
        Article,
        verbose_name=_("story"),
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="deliveries",
        db_index=False,
    )
    language = models.CharField(_("language"), max_length=CODE_LENGTH, choices=choices)
    version = models.PositiveIntegerField(_("version"))
    is_cancellation = models.BooleanField(_("cancellation"), default=False)
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        default_permissions = ["view"]
        indexes = [
            models.Index(fields=["partner", "-at"], name="delivery_partner"),
            models.Index(fields=["article", "-at"], name="delivery_article"),
            models.Index(fields=["at"], name="delivery_at"),
        ]

    def __str__(self):
        return f"{self.article_id} ({self.language}) {self.version}"
