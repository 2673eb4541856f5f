from django.db import models

from articles.models.article import Article
from newsroom.languages import CODE_LENGTH, choices


class WaitingLink(models.Model):
    """A link in a body to a story that has not arrived; articles/derived/waiting_links.py resolves it."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="waiting_links")
    language = models.CharField(max_length=CODE_LENGTH, choices=choices)
    key = models.CharField(max_length=400)
    label = models.CharField(max_length=400)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["article", "language", "key"], name="waitinglink_once")
        ]
        indexes = [models.Index(fields=["key"], name="waitinglink_key")]

    def __str__(self):
        return self.label
