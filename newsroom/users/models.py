from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from newsroom.languages import CODE_LENGTH, choices


class User(AbstractUser):
    """A person who works here. Own model from the first migration on, so that it can grow."""

    language = models.CharField(
        _("language of mails"),
        max_length=CODE_LENGTH,
        blank=True,
        default="",
        # Of the release before, which an upgrade leaves at work for a while.
        db_default="",
        choices=choices,
        help_text=_("Without one they are in the language of the page that asks for them."),
    )

    def __str__(self):
        return self.get_full_name() or self.username

    def mail_language(self, *, otherwise):
        """Return the code of the language for mails to this person: their own where the site has it."""
        return self.language if self.language in dict(settings.LANGUAGES) else otherwise


class LostPassword(models.Model):
    """That somebody has asked for a link to a new password; kept for an hour, to count."""

    email = models.EmailField(db_index=True)
    sender = models.CharField(max_length=45, db_index=True)
    asked_at = models.DateTimeField(db_index=True)

    def __str__(self):
        return f"{self.email} {self.asked_at}"
