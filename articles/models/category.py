from functools import partial

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy as _

from articles.texts import column, free_slug, slug_from, text, text_or_default
from newsroom.db import locks
from newsroom.db.bulk import WatchedQuerySet
from newsroom.languages import DEFAULT_LANGUAGE, LANGUAGES


class CategoryQuerySet(WatchedQuerySet):
    def with_slug(self, slug, *, kind, language):
        """Find by the slug in `language`, or by the default one where there is none."""
        own, default = column("slug", language), column("slug", DEFAULT_LANGUAGE)
        unnamed = Q(**{own: ""}) | Q(**{f"{own}__isnull": True})
        return self.filter(Q(**{own: slug}) | (unnamed & Q(**{default: slug})), kind=kind)


class Category(models.Model):
    """A node of the tree of regions (Middle East > Syria), or a section (News, Opinion)."""

    class Kind(models.TextChoices):
        REGION = "region", _("Region")
        SECTION = "section", _("Section")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    parent = models.ForeignKey(
        "self",
        verbose_name=_("parent"),
        null=True,
        blank=True,
        # Not PROTECT: a parent may go together with all that stands under it.
        on_delete=models.RESTRICT,
        related_name="subcategories",
    )
    name = models.CharField(_("name"), max_length=100, blank=True)
    slug = models.SlugField(
        _("slug"), max_length=100, allow_unicode=True, blank=True, db_index=False
    )
    description = models.TextField(_("description"), blank=True)
    position = models.PositiveIntegerField(_("position"), default=100)

    objects = CategoryQuerySet.as_manager()

    class Meta:
        verbose_name = _("category")
        verbose_name_plural = _("categories")
        constraints = [
            *(
                models.UniqueConstraint(
                    fields=["kind", f"slug_{language}"],
                    name=f"category_slug_{language}",
                    condition=~Q(**{f"slug_{language}": ""}),
                    violation_error_message=_("Another category has this slug."),
                )
                for language in LANGUAGES
            ),
            models.CheckConstraint(
                condition=Q(kind="region") | Q(parent__isnull=True), name="category_flat_sections"
            ),
            models.CheckConstraint(
                condition=~Q(parent=models.F("pk")), name="category_not_own_parent"
            ),
        ]

    def __str__(self):
        return text_or_default(self, "name", get_language())

    @locks.writing()
    def save(self, *args, **kwargs):
        """Save with a slug for each name: without one a category would have no address."""
        for language in LANGUAGES:
            if text(self, "name", language) and not text(self, "slug", language):
                self._fill_slug(language, wanted=text(self, "name", language))
        if not self.slug_in(DEFAULT_LANGUAGE):
            self._fill_slug(DEFAULT_LANGUAGE, wanted=self.kind)
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        return self.url_in(get_language())

    def clean(self):
        if self.parent and self.parent.kind != self.kind:
            raise ValidationError({"parent": _("The parent must be of the same kind.")})
        if self.pk and self.subcategories.exclude(kind=self.kind).exists():
            raise ValidationError({"kind": _("The parent must be of the same kind.")})
        if self.pk and self.parent and self.pk in {node.pk for node in self.parent.lineage()}:
            raise ValidationError({"parent": _("A category cannot stand under itself.")})

    @property
    def label(self):
        """The name in the language of the request, or in the default one."""
        return str(self)

    def lineage(self):
        """Return the nodes from the root down to this one, this one included."""
        nodes = [self]
        # Two editors can each move one of two categories under the other at the same moment.
        while nodes[0].parent and nodes[0].parent not in nodes:
            nodes.insert(0, nodes[0].parent)
        return nodes

    def slug_in(self, language):
        return text_or_default(self, "slug", language)

    def path_in(self, language):
        """Return the slugs from the root down, joined: "middle-east/syria"."""
        return "/".join(node.slug_in(language) for node in self.lineage())

    def url_in(self, language):
        return reverse(
            f"articles:{self.kind}", kwargs={"language": language, "path": self.path_in(language)}
        )

    def _fill_slug(self, language, *, wanted):
        name = column("slug", language)
        others = Category.objects.exclude(pk=self.pk)
        base = slug_from(wanted, language=language) or self.kind
        found = partial(others.with_slug, kind=self.kind, language=language)
        setattr(self, name, free_slug(base, taken=lambda slug: found(slug).exists()))
