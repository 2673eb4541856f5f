from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article
from newsroom.languages import CODE_LENGTH, choices


class Item(models.Model):
    """What partners are told of a story in one language: how often it has changed, and where it stands among what they were told.

    It outlives the story, so that they can be told of its end. Written by articles/derived/items.py only.
    """

    article = models.ForeignKey(
        Article, on_delete=models.DO_NOTHING, db_constraint=False, related_name="items"
    )
    language = models.CharField(_("language"), max_length=CODE_LENGTH, choices=choices)
    # From when on it is to be told, again; None where partners have been told all.
    due = models.DateTimeField(null=True)
    position = models.PositiveBigIntegerField(null=True)
    told_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField()
    digest = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = _("item for partners")
        verbose_name_plural = _("items for partners")
        default_permissions = []
        constraints = [
            models.UniqueConstraint(fields=["article", "language"], name="item_once"),
            models.UniqueConstraint(fields=["position"], name="item_position"),
        ]
        indexes = [
            models.Index(fields=["language", "position"], name="item_told"),
            models.Index(fields=["told_at"], name="item_told_at"),
            models.Index(fields=["due"], name="item_due", condition=Q(due__isnull=False)),
        ]

    def __str__(self):
        return f"{self.article_id} ({self.language})"

    def is_gone(self, *, at):
        """Return whether readers see nothing of it any more, for good or for now."""
        return not self.digest or (self.due is not None and self.due > at)
