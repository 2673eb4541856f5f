"""The settings as they are stored: one row of what all languages share, and one row of texts for each language."""

from functools import reduce
from operator import or_

import reversion
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from newsroom import moments
from newsroom.db.bulk import WatchedQuerySet
from newsroom.site import pictures
from newsroom.site.look import Look

ONLY = 1
"""The id of the one row of settings that a site has."""


class SettingsQuerySet(WatchedQuerySet):
    def knows_file(self, name):
        """Return whether the file of this name is a picture of the site."""
        return self.filter(reduce(or_, (Q(**{kind: name}) for kind in pictures.PICTURES))).exists()


@reversion.register(follow=["texts"])
class SiteSettings(Look):
    """What all languages of the site share."""

    contact = models.EmailField(
        _("contact address"),
        blank=True,
        help_text=_("Machines are told it: /trust.txt, and search engines."),
    )
    accounts = models.TextField(
        _("accounts elsewhere"),
        blank=True,
        help_text=_("The addresses of the newsroom's pages on other sites, one a line."),
    )

    zone = models.CharField(
        _("time zone"),
        max_length=64,
        blank=True,
        default="",
        db_default="",
        validators=[moments.check_zone],
        help_text=_("Readers are told days and clocks in it, and editors type them in it."),
    )
    own_digits = models.JSONField(
        _("digits of their own"),
        default=list,
        db_default=models.Value([], models.JSONField()),
        blank=True,
        help_text=_("Dates and numbers of the other languages have Western digits: 123."),
    )

    shows_changes = models.BooleanField(
        _("readers are shown what was changed"),
        default=False,
        db_default=False,
        help_text=_("What is published leads to a list of its changes, word by word."),
    )
    counts_comments = models.BooleanField(
        _("readers are told how many comments there are"),
        default=False,
        db_default=False,
        help_text=_("Where they read and in lists, which each new comment then makes anew."),
    )

    allows_search = models.BooleanField(
        _("search engines may list what is written here"),
        default=True,
        db_default=True,
        help_text=_("Otherwise each page asks them not to, and robots.txt names no sitemap."),
    )
    allows_answers = models.BooleanField(
        _("programs may answer questions from what is written here"),
        default=True,
        help_text=_("Otherwise robots.txt asks those that are known to stay away."),
    )
    allows_training = models.BooleanField(
        _("programs may be trained on what is written here"),
        default=True,
        help_text=_(
            "Otherwise robots.txt asks those that are known to stay away, and each page reserves the right (TDM)."
        ),
    )
    licence = models.CharField(
        _("licence of texts"),
        max_length=200,
        blank=True,
        help_text=_(
            "The address of the licence under which texts may be used elsewhere, if they may."
        ),
    )

    objects = SettingsQuerySet.as_manager()

    class Meta:
        verbose_name = _("site settings")
        verbose_name_plural = _("site settings")

    def __str__(self):
        return str(_("Site settings"))


@reversion.register()
class SiteTexts(models.Model):
    """What the site says of itself in one language; what is empty is said in the first language of the site."""

    site = models.ForeignKey(SiteSettings, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(max_length=20)
    name = models.CharField(_("name"), max_length=80, blank=True)
    strapline = models.CharField(_("strapline"), max_length=160, blank=True)
    legal_name = models.CharField(_("legal name of the publisher"), max_length=120, blank=True)
    copyright = models.CharField(_("copyright line"), max_length=160, blank=True)
    sharing_alt = models.CharField(
        _("what the picture for sharing shows"),
        max_length=200,
        blank=True,
        default="",
        db_default="",
    )

    objects = WatchedQuerySet.as_manager()

    WORDS = ("name", "strapline", "legal_name", "copyright", "sharing_alt")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["site", "language"], name="site_texts_once"),
        ]

    def __str__(self):
        return f"{self.site_id} {self.language}"
