import hashlib

from django.db import models
from django.db.models import Q
from django.db.models.signals import post_save, pre_delete, pre_save
from django.dispatch import receiver
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article
from newsroom.db.together import Waiting


class Origin(Waiting, models.Model):
    """Where an imported article came from; the pair (source, external id) names it for ever.

    `given` holds what the source gave, see importers/writer/given.py. `rev` is the article's at its last
    import before that was kept. An article that was deleted here stays known by the id that it had.
    Where its source gives a story an id in each language, one row is its origin, and the others are the `same_as` that:
    they lead to the article, and hold nothing.
    """

    article = models.ForeignKey(
        Article, null=True, on_delete=models.SET_NULL, related_name="origins"
    )
    source = models.CharField(_("source"), max_length=100)
    external_id = models.CharField(_("id there"), max_length=300)
    same_as = models.ForeignKey(
        "self", null=True, on_delete=models.CASCADE, related_name="aliases", editable=False
    )
    given = models.JSONField(default=dict, editable=False)
    rev = models.PositiveIntegerField(default=0, editable=False)
    report = models.TextField(_("import report"), blank=True)
    deleted_article = models.PositiveBigIntegerField(null=True, editable=False)
    deleted_at = models.DateTimeField(null=True, editable=False)
    headline = models.CharField(max_length=300, blank=True, default="", editable=False)
    imported_at = models.DateTimeField(_("imported"), auto_now=True)

    class Meta:
        verbose_name = _("origin")
        verbose_name_plural = _("origins")
        constraints = [
            models.UniqueConstraint(fields=["source", "external_id"], name="origin_identity"),
            models.CheckConstraint(
                condition=Q(article__isnull=False) | Q(deleted_at__isnull=False),
                name="origin_has_article_or_had_one",
            ),
        ]
        indexes = [models.Index(fields=["deleted_article"], name="origin_deleted_article")]

    def __str__(self):
        return f"{self.source}: {self.external_id}"

    @staticmethod
    def mark(words):
        """Return a short mark of a text, "" for none."""
        return hashlib.sha256(words.encode()).hexdigest()[:16] if words else ""

    def follow(self, field, *, before, now):
        """Let a field that held what the source gave still do so, after no person has changed it."""
        old, changed = self.mark(before), False
        for own in self.given.values():
            pair = own["fields"].get(field)
            if pair and pair[1] == old:
                pair[1], changed = self.mark(now), True
        if changed:
            self.save(update_fields=["given"])


@receiver(pre_delete, sender=Article)
def _remember_deleted(instance, **kwargs):
    """Keep the origins of a story that goes, so that its source does not bring it back unasked."""
    gone = {"deleted_article": instance.pk, "deleted_at": timezone.now(), "headline": str(instance)}
    Origin.objects.filter(article=instance).update(**gone)


@receiver(pre_save, sender=Article)
def _note_recovered(instance, **kwargs):
    instance.is_recovered = instance._state.adding and instance.pk is not None


@receiver(post_save, sender=Article)
def _find_again(instance, created, **kwargs):
    """Give a story that is recovered its origins back: it has its old id."""
    if created and instance.is_recovered:
        back = {"article": instance, "deleted_article": None, "deleted_at": None}
        Origin.objects.filter(deleted_article=instance.pk).update(**back)
