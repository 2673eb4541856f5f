from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article
from newsroom.languages import CODE_LENGTH, LANGUAGES, choices


class MachineDraft(models.Model):
    """One language of a story of which a machine wrote a part: what with, for whom, and the person who answers for it now.

    `words` are the texts that it wrote, by names: plain text of "title", "standfirst" and what has a colon in it, else the HTML of a block. `problem`
    is why nothing came of it. `changed` of the `written` texts were others when somebody signed it off; until then
    readers are told that a machine wrote it (`Edition.machine_drafted`).
    """

    class State(models.TextChoices):
        ASKED = "asked", _("Asked for")
        DONE = "done", _("Drafted")
        FAILED = "failed", _("Failed")

    article = models.ForeignKey(
        Article, verbose_name=_("story"), on_delete=models.CASCADE, related_name="machine_drafts"
    )
    language = models.CharField(_("language"), max_length=CODE_LENGTH, choices=choices)
    service = models.CharField(_("translated with"), max_length=200)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.ASKED)
    problem = models.TextField(_("problem"), blank=True)
    words = models.JSONField(default=dict)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("asked by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    asked_at = models.DateTimeField(_("asked at"))
    signed_by = models.CharField(_("signed off by"), max_length=200, blank=True)
    signed_at = models.DateTimeField(_("signed off at"), null=True)
    written = models.PositiveIntegerField(_("texts"), default=0)
    changed = models.PositiveIntegerField(_("of them changed"), default=0)

    class Meta:
        verbose_name = _("machine draft")
        verbose_name_plural = _("machine drafts")
        default_permissions = ("view",)
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(signed_at__isnull=True) ^ ~Q(signed_by=""),
                name="machine_draft_signed_by_a_name",
            ),
            models.UniqueConstraint(
                fields=["article", "language"],
                condition=Q(state="asked"),
                name="machine_draft_asked_once",
            ),
        ]
        indexes = [
            models.Index(fields=["article", "language"], name="machine_draft_story"),
            models.Index(fields=["-asked_at", "-id"], name="machine_draft_asked"),
        ]

    def __str__(self):
        return f"{self.article}: {LANGUAGES[self.language].name}"
