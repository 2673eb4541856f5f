from django.db import models
from django.db.models import Q
from django.utils.translation import get_language, gettext_lazy as _

from articles.models.category import Category
from articles.models.own_page import OwnPage
from articles.texts import text_or_default
from newsroom.db.bulk import WatchedQuerySet
from newsroom.db.fields import WebAddressField


class MenuEntry(models.Model):
    """A line of the menu of every page: a category, a page of the site's own or a link to elsewhere, in all languages or some."""

    category = models.ForeignKey(
        Category,
        verbose_name=_("category"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="menu_entries",
        help_text=_("It is left out in each language in which nothing stands in it."),
    )
    page = models.ForeignKey(
        OwnPage,
        verbose_name=_("page"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="menu_entries",
        help_text=_("It is left out in each language in which it is not published."),
    )
    link = WebAddressField(
        _("link"), blank=True, max_length=200, help_text=_("An address elsewhere: https://…")
    )
    label = models.CharField(
        _("label"),
        max_length=60,
        blank=True,
        help_text=_("Of a link. A category or a page has its own name if this is empty."),
    )
    languages = models.JSONField(
        _("languages"), default=list, blank=True, help_text=_("In all languages if none is chosen.")
    )
    position = models.PositiveSmallIntegerField(
        _("position"), default=100, help_text=_("Those with lower numbers stand first.")
    )

    objects = WatchedQuerySet.as_manager()

    PLACES = ("category", "page", "link")
    """What it can lead to, one of these."""

    class Meta:
        verbose_name = _("menu entry")
        verbose_name_plural = _("menu entries")
        constraints = [
            models.CheckConstraint(
                condition=Q(category__isnull=False, page__isnull=True, link="")
                | Q(category__isnull=True, page__isnull=False, link="")
                | (Q(category__isnull=True, page__isnull=True) & ~Q(link="")),
                name="menuentry_one_place",
            ),
            models.CheckConstraint(
                condition=Q(link="")
                | Q(link__startswith="https://")
                | Q(link__startswith="http://"),
                name="menuentry_web_address",
            ),
        ]

    def __str__(self):
        label = text_or_default(self, "label", get_language())
        return str(label or self.category or self.page or self.link)

    def meets(self, other):
        """Return whether there is a language in which both stand in the menu."""
        return not (
            self.languages and other.languages and set(self.languages).isdisjoint(other.languages)
        )
