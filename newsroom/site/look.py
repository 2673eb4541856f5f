"""How the site looks: its logo, icon, picture for sharing and accent, as they are stored."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from newsroom.site import colours


def is_read_by_day(value):
    """Refuse a colour that words by day cannot have."""
    _require_contrast(value, colours.DAY, _("by day"))


def is_read_by_night(value):
    """Refuse a colour that words by night cannot have."""
    _require_contrast(value, colours.NIGHT, _("by night"))


def _require_contrast(value, grounds, when):
    if not colours.HEX.fullmatch(value):
        sentence = _("“%(colour)s” is no colour: write it as #rrggbb, such as #8b1a26.")
        raise ValidationError(sentence, params={"colour": value})
    measured = colours.worst(value, grounds)
    if measured < colours.LEAST:
        sentence = _(
            "%(colour)s cannot be read %(when)s: its contrast is %(measured)s to 1, and words need 4.5 to 1."
        )
        # Rounded down: 4.49 is too little, and must not be called 4.5.
        params = {"colour": value, "when": when, "measured": f"{int(measured * 100) / 100:.2f}"}
        raise ValidationError(sentence, params=params)


class Look(models.Model):
    """The part of the settings that is seen. The files are named by what is in them, and by their size: see pictures.py."""

    logo = models.FileField(
        _("logo"),
        blank=True,
        default="",
        db_default="",
        help_text=_("SVG, PNG or WebP. It stands in place of the name at the top of each page."),
    )
    logo_dark = models.FileField(
        _("logo by night"),
        blank=True,
        default="",
        db_default="",
        help_text=_("For readers of dark pages. Without it the logo stands on a light plate."),
    )
    icon = models.FileField(
        _("icon"),
        blank=True,
        default="",
        db_default="",
        help_text=_("A square PNG of 180 to 1024 pixels: what browsers and phones show."),
    )
    sharing = models.FileField(
        _("picture for sharing"),
        blank=True,
        default="",
        db_default="",
        help_text=_(
            "JPEG or PNG, 1200 × 630 pixels at best: what other sites show with a page that has no picture."
        ),
    )
    accent = models.CharField(
        _("accent colour"),
        max_length=7,
        blank=True,
        default="",
        db_default="",
        validators=[is_read_by_day],
        help_text=_("As #rrggbb. Labels, links and marks have it."),
    )
    accent_dark = models.CharField(
        _("accent colour by night"),
        max_length=7,
        blank=True,
        default="",
        db_default="",
        validators=[is_read_by_night],
        help_text=_("Empty: the accent colour, made lighter until it can be read."),
    )

    class Meta:
        abstract = True
