from django.conf import settings
from django.db import models

from articles.models.origin import Origin


class ImportBatch(models.Model):
    """One run of an import that changed something: what was read, how, and what became of it.

    `counts` maps an outcome to how many stories had it. `ended_at` is empty while it runs, and of one that was killed.
    `taken_back_at` is when it was first taken back; stories that could not be are still among its changes.
    """

    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    sources = models.JSONField(default=list)
    options = models.JSONField(default=dict)
    counts = models.JSONField(default=dict)
    report = models.TextField(blank=True, default="")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    taken_back_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()

    def __str__(self):
        return f"{self.pk}: {' '.join(self.sources)}"


class ImportChange(models.Model):
    """That a batch made a story, or changed it; with what stood there before, so that it can be taken back.

    `rev` is the story's after the change. `version` is the key of its last version before, `given` what its origin
    held, and `editions` maps each language that it had to [slug, status, time of publication, time of change].
    """

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="changes")
    origin = models.ForeignKey(Origin, on_delete=models.CASCADE, related_name="changes")
    is_new = models.BooleanField()
    rev = models.PositiveIntegerField()
    version = models.PositiveBigIntegerField(null=True)
    given = models.JSONField(default=dict)
    editions = models.JSONField(default=dict)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["batch", "origin"], name="import_change_identity")
        ]

    def __str__(self):
        return f"{self.batch_id}: {self.origin}"
