from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article
from newsroom.languages import CODE_LENGTH, choices


class PreviewLinkQuerySet(models.QuerySet):
    def valid(self, *, at):
        """Keep those by which a story can be read at a moment."""
        return self.filter(revoked_at=None, expires_at__gt=at)


class PreviewLink(models.Model):
    """A link by which somebody without a login reads a story in one language before it is out. Its secret is kept nowhere."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="preview_links")
    language = models.CharField(_("language"), max_length=CODE_LENGTH, choices=choices)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    made_at = models.DateTimeField(_("made"), default=timezone.now, editable=False)
    expires_at = models.DateTimeField(_("valid until"))
    used_at = models.DateTimeField(_("last used"), null=True, editable=False)
    revoked_at = models.DateTimeField(_("revoked"), null=True, editable=False)

    objects = PreviewLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("preview link")
        verbose_name_plural = _("preview links")
        default_permissions = []
        ordering = ["-made_at", "-pk"]

    def __str__(self):
        return f"{self.language} {self.expires_at:%Y-%m-%d %H:%M}"
