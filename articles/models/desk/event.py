from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article
from newsroom.languages import CODE_LENGTH, choices


class Event(models.Model):
    """What was done to an edition, by whom and when. Written by the verbs, never changed."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="events")
    language = models.CharField(_("language"), max_length=CODE_LENGTH, choices=choices)
    verb = models.CharField(_("action"), max_length=20)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    at = models.DateTimeField(_("at"))
    note = models.TextField(_("note"), blank=True)

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["article", "-at"], name="event_article")]

    def __str__(self):
        return f"{self.verb} {self.language} {self.at:%Y-%m-%d %H:%M}"
