from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article
from newsroom.languages import CODE_LENGTH, choices


class Assignment(models.Model):
    """Who has a language of a story in hand: given by the desk, or claimed. It ends when that is published or given back."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="assignments")
    language = models.CharField(_("language"), max_length=CODE_LENGTH, choices=choices)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who has it in hand"),
        on_delete=models.CASCADE,
        related_name="assignments",
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("assignment")
        # The admin lists models by this, and shows the desk where it would list these.
        verbose_name_plural = _("desk")
        default_permissions = ["view"]
        constraints = [
            models.UniqueConstraint(fields=["article", "language"], name="assignment_once")
        ]

    def __str__(self):
        return f"{self.article_id} ({self.language}): {self.user}"
