import hashlib
from functools import reduce
from operator import or_

from django.db import models
from django.db.models import Q
from django.db.models.signals import post_save, pre_delete
from django.dispatch import receiver
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article
from articles.models.byline import Author
from articles.models.category import Category
from articles.models.edition import Edition
from articles.models.tag import Tag
from newsroom.languages import LANGUAGES


class Origin(models.Model):
    """Where an imported article came from; the pair (source, external id) names it for ever.

    `given` holds what the source gave, see importers/given.py. `rev` is the article's at its last
    import before that was kept. An article that was deleted here stays known by the id that it had.
    """

    article = models.ForeignKey(
        Article, null=True, on_delete=models.SET_NULL, related_name="origins"
    )
    source = models.CharField(_("source"), max_length=100)
    external_id = models.CharField(_("id there"), max_length=300)
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


@receiver(post_save, sender=Article)
def _find_again(instance, created, **kwargs):
    """Give a story that is recovered its origins back."""
    if created:
        back = {"article": instance, "deleted_article": None, "deleted_at": None}
        Origin.objects.filter(deleted_article=instance.pk).update(**back)


TARGETS = ("edition", "category", "tag", "author")


def _none_but(target):
    """Return the condition that no target is named but this one, and that one perhaps."""
    return Q(**{f"{name}__isnull": True for name in TARGETS if name != target})


class OldAddress(models.Model):
    """A path under which something could once be read; it answers 301 for ever.

    One whose target has been deleted answers 410.
    """

    path = models.CharField(_("path"), max_length=400)
    edition = models.ForeignKey(
        Edition, null=True, on_delete=models.SET_NULL, related_name="old_addresses"
    )
    category = models.ForeignKey(
        Category, null=True, on_delete=models.SET_NULL, related_name="old_addresses"
    )
    tag = models.ForeignKey(Tag, null=True, on_delete=models.SET_NULL, related_name="old_addresses")
    author = models.ForeignKey(
        Author, null=True, on_delete=models.SET_NULL, related_name="old_addresses"
    )

    class Meta:
        verbose_name = _("old address")
        verbose_name_plural = _("old addresses")
        constraints = [
            models.UniqueConstraint(fields=["path"], name="oldaddress_path"),
            models.CheckConstraint(
                condition=reduce(or_, map(_none_but, TARGETS)), name="oldaddress_one_target_at_most"
            ),
        ]

    def __str__(self):
        return self.path

    @property
    def target(self):
        """Return what the path leads to: an edition, a category, a tag or an author; None if it is gone."""
        return next((thing for name in TARGETS if (thing := getattr(self, name))), None)


class WaitingLink(models.Model):
    """A link in a body to a story that has not arrived; articles/derived/waiting_links.py resolves it."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="waiting_links")
    language = models.CharField(max_length=7, choices=LANGUAGES.items())
    key = models.CharField(max_length=400)
    label = models.CharField(max_length=400)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["article", "language", "key"], name="waitinglink_once")
        ]
        indexes = [models.Index(fields=["key"], name="waitinglink_key")]

    def __str__(self):
        return self.label
