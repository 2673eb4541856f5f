from django.contrib.auth.models import AbstractUser
from django.db import models


class User(AbstractUser):
    """A person who works here. Own model from the first migration on, so that it can grow."""

    def __str__(self):
        return self.get_full_name() or self.username


class LostPassword(models.Model):
    """That somebody has asked for a link to a new password; kept for an hour, to count."""

    email = models.EmailField(db_index=True)
    sender = models.CharField(max_length=45, db_index=True)
    asked_at = models.DateTimeField(db_index=True)

    def __str__(self):
        return f"{self.email} {self.asked_at}"
