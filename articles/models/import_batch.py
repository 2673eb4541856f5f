from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models.origin import Origin

EMPTY = models.Value({}, models.JSONField())


class ImportBatch(models.Model):
    """One run of an import that changed something, or a file that somebody has uploaded: what was read, how, and what became of it.

    `counts` maps an outcome to how many stories had it. `ended_at` is empty while it runs, and of one that was killed.
    `taken_back_at` is when it was first taken back; stories that could not be are still among its changes.
    `file` is where an upload lies below the folder of uploads, "" once it is gone. `plan` and `receipt` are what
    articles/importers/run/receipts.py keeps of a run. `handled` counts the stories of the step that runs, which was last heard
    of at `heard_at`.
    """

    class State(models.TextChoices):
        PLANNING = "planning", _("is being read")
        PLANNED = "planned", _("waits for your word")
        RUNNING = "running", _("is being imported")
        DONE = "done", _("has been imported")
        BROKEN = "broken", _("could not be imported")
        RETURNING = "returning", _("is being taken back")

    state = models.CharField(
        max_length=10, choices=State, default=State.RUNNING, db_default=State.RUNNING
    )
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    sources = models.JSONField(default=list)
    file = models.CharField(max_length=300, blank=True, default="", db_default="")
    options = models.JSONField(default=dict)
    counts = models.JSONField(default=dict)
    plan = models.JSONField(default=dict, db_default=EMPTY)
    receipt = models.JSONField(default=dict, db_default=EMPTY)
    handled = models.PositiveIntegerField(default=0, db_default=0)
    heard_at = models.DateTimeField(null=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    taken_back_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        default_permissions = ()
        permissions = [("import_articles", "Can import stories")]

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
