from django.db import models


class Purge(models.Model):
    """Pages with one of these tags are out of date: from the commit on, or from `due` on.

    Written in the transaction of the change itself, by `purge` or before its tags are known. `tags` is a list
    of [name, position]: microseconds since 1970 in a list of things by time, or null for all of it.
    A soft one says that something newer exists; of any other, nothing must be seen any more.
    A pending one tells of a change whose tags are not known yet; see purges/log.py.
    """

    tags = models.JSONField()
    due = models.DateTimeField(null=True)
    is_soft = models.BooleanField(default=False)
    is_pending = models.BooleanField(default=False)
    clock = models.BigIntegerField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [
            models.Index(fields=["clock"], name="purge_clock"),
            models.Index(
                fields=["is_pending"], name="purge_pending", condition=models.Q(is_pending=True)
            ),
            models.Index(fields=["created_at"], name="purge_created"),
        ]

    def __str__(self):
        return f"purge {self.pk}"
