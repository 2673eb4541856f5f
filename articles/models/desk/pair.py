from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article


class PairQuerySet(models.QuerySet):
    def open(self):
        """Keep those that wait for a person, the likeliest first, and last those that were put off."""
        order = (F("later_at").asc(nulls_first=True), "-score", "pk")
        return self.filter(is_refused=False).order_by(*order)


class Pair(models.Model):
    """Two stories that may be one in two languages, for a person to say.

    `score` is of 100. `evidence` is a list of [sign, words]: see articles/likeness.py. One that is refused is not
    proposed again.
    """

    one = models.ForeignKey(
        Article, verbose_name=_("story"), on_delete=models.CASCADE, related_name="+"
    )
    other = models.ForeignKey(
        Article, verbose_name=_("the other"), on_delete=models.CASCADE, related_name="+"
    )
    score = models.PositiveSmallIntegerField(_("likeness"))
    evidence = models.JSONField(default=list)
    is_refused = models.BooleanField(default=False)
    later_at = models.DateTimeField(null=True)

    objects = PairQuerySet.as_manager()

    class Meta:
        verbose_name = _("pair of stories")
        verbose_name_plural = _("pairs of stories")
        default_permissions = ["view"]
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="pair_once"),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="pair_in_order"),
        ]
        indexes = [
            models.Index(
                fields=["later_at", "-score", "id"],
                name="pair_open",
                condition=Q(is_refused=False),
            )
        ]

    def __str__(self):
        return f"{self.one_id} + {self.other_id}: {self.score}"


class Join(models.Model):
    """That a story was joined into an article, with what it takes to part them again: see actions/pairing/.

    `other` is the id that the story had, and has again when they are parted.
    """

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="joins")
    other = models.PositiveBigIntegerField()
    headline = models.CharField(max_length=300)
    held = models.JSONField(default=dict)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["-at", "-id"], name="join_at")]

    def __str__(self):
        return self.headline
