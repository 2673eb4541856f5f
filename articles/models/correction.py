from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article
from articles.texts import column
from newsroom import moments
from newsroom.db.bulk import WatchedQuerySet


def says_nothing(language):
    """Return the condition under which a correction has no note in a language."""
    name = column("note", language)
    return models.Q(**{name: ""}) | models.Q(**{f"{name}__isnull": True})


class CorrectionQuerySet(WatchedQuerySet):
    def noted(self, language):
        """Keep those that say something in a language."""
        return self.exclude(says_nothing(language))

    def newest_first(self):
        return self.order_by("-published_at", "-pk")


class Correction(models.Model):
    """What was wrong in a story, told to readers: with its day, and a note in each language that has one.

    Only the verbs of articles/actions/correcting.py write it.
    """

    class Kind(models.TextChoices):
        # Translators: readers see it.
        CORRECTION = "correction", _("Correction")
        # Translators: readers see it.
        CLARIFICATION = "clarification", _("Clarification")

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="corrections")
    kind = models.CharField(_("kind"), max_length=13, choices=Kind, default=Kind.CORRECTION)
    note = models.TextField(_("note"), blank=True)
    published_at = models.DateTimeField(_("told readers"), validators=[moments.check])
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        null=True,
        on_delete=models.SET_NULL,
        editable=False,
        related_name="+",
    )

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=["correction", "clarification"]), name="correction_kind"
            )
        ]
        indexes = [models.Index(fields=["-published_at", "-id"], name="correction_newest")]

    def __str__(self):
        return f"{self.published_at:%Y-%m-%d}"
