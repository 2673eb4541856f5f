from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone

KEPT = timedelta(days=7)
"""How long a form is known again; a page that was open for longer is read before it is sent."""


class SentForm(models.Model):
    """A form for something new that was sent, so that the same form sent twice makes one thing."""

    key = models.CharField(max_length=64, unique=True)
    object_id = models.CharField(max_length=64, blank=True)
    at = models.DateTimeField(default=timezone.now, db_index=True)

    def __str__(self):
        return self.key

    @classmethod
    def claim(cls, key):
        """Return the form of this key; wait for a transaction that has just sent the same."""
        cls.objects.filter(at__lt=timezone.now() - KEPT).delete()
        return cls.objects.get_or_create(key=key)[0]


class VerifiedBackup(models.Model):
    """The last archive that was started in a scratch place and showed what the site shows."""

    name = models.CharField(max_length=255)
    made_at = models.DateTimeField()
    verified_at = models.DateTimeField(default=timezone.now)

    def __str__(self):
        return self.name

    @classmethod
    def note(cls, name, *, made_at):
        """Remember an archive as the last one; there is one row."""
        told = {"name": name, "made_at": made_at, "verified_at": timezone.now()}
        cls.objects.update_or_create(pk=1, defaults=told)

    @classmethod
    def last(cls):
        """Return the row of the last one, None where there was none yet."""
        return cls.objects.order_by("verified_at").last()


class Autosave(models.Model):
    """What stands in a form that somebody has open, or left without saving; the key names the page that showed it."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    key = models.CharField(max_length=32)
    path = models.CharField(max_length=500)
    title = models.CharField(max_length=200)
    fields = models.JSONField(default=dict)
    is_saved = models.BooleanField(default=False)
    at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint("user", "key", name="autosave_once")]

    def __str__(self):
        return self.title


class OpenForm(models.Model):
    """A form that somebody has open, and when its page was last heard of."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    path = models.CharField(max_length=500)
    at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint("path", "user", name="open_form_once")]

    def __str__(self):
        return self.path
