from django.db import models
from django.db.models import Q

from articles.models.edition import Edition
from newsroom.db.bulk import WatchedQuerySet


class Wording(models.Model):
    """What an edition has said to readers before it was reworded; see comparing/published.py, which reads `words`.

    `replaced_at` is when they were given other words; None as long as a withdrawn edition has these, which readers have not seen.
    """

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="wordings")
    words = models.JSONField()
    replaced_at = models.DateTimeField(null=True)
    # Texts that took the place of others here and say nothing new; all of them, if it `is_cosmetic`.
    cosmetic = models.JSONField(default=list)
    is_cosmetic = models.BooleanField(default=False)

    objects = WatchedQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["edition"],
                condition=Q(replaced_at__isnull=True),
                name="wording_waits_once",
            ),
        ]

    def __str__(self):
        return f"{self.edition_id} {self.replaced_at or ''}"
