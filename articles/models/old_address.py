from functools import reduce
from operator import or_

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.models.byline import Author
from articles.models.category import Category
from articles.models.edition import Edition
from articles.models.own_page import OwnPageEdition
from articles.models.tag import Tag

TARGETS = {
    "edition": Edition,
    "category": Category,
    "tag": Tag,
    "author": Author,
    "own_page": OwnPageEdition,
}
"""What an old path can lead to, by the name of its column."""


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
    own_page = models.ForeignKey(
        OwnPageEdition, null=True, on_delete=models.SET_NULL, related_name="old_addresses"
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
        """Return what the path leads to: an edition, a category, a tag, an author or an own page; None if it is gone."""
        return next((thing for name in TARGETS if (thing := getattr(self, name))), None)
