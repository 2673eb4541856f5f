from functools import partial

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils.translation import get_language, gettext_lazy as _

from articles.categories import Tree, filled_at
from articles.texts import column, free_slug, slug_from, text, text_or_default
from newsroom.db import locks
from newsroom.db.bulk import WatchedQuerySet
from newsroom.db.fields import SlugField
from newsroom.db.statements import Given, statement
from newsroom.languages import first_language, with_columns
from newsroom.moments import FOREVER


class CategoryQuerySet(WatchedQuerySet):
    def with_slug(self, slug, *, kind, language):
        """Find by the slug in `language`, or by the default one where there is none."""
        own, default = column("slug", language), column("slug", first_language())
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
    slug = SlugField(_("slug"), max_length=100, allow_unicode=True, blank=True, db_index=False)
    description = models.TextField(_("description"), blank=True)
    position = models.PositiveIntegerField(_("position"), default=100)
    is_genre = models.BooleanField(
        _("stands before headlines"),
        default=False,
        help_text=_(
            "Its name is printed before the headline of each of its stories, so that nobody takes them for "
            "news: opinion, analysis, or what somebody has paid for."
        ),
    )

    objects = CategoryQuerySet.as_manager()

    class Meta:
        verbose_name = _("category")
        verbose_name_plural = _("categories")
        constraints = [
            *(
                models.UniqueConstraint(
                    fields=["kind", slug],
                    name=f"category_{slug}",
                    condition=~Q(**{slug: ""}),
                    violation_error_message=_("Another category has this slug."),
                )
                for slug in (column("slug", language) for language in with_columns())
            ),
            models.CheckConstraint(
                condition=Q(kind="region") | Q(parent__isnull=True), name="category_flat_sections"
            ),
            models.CheckConstraint(
                condition=Q(kind="section") | Q(is_genre=False),
                name="category_genre_is_section",
                violation_error_message=_("Only a section can stand before headlines."),
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
        for language in with_columns():
            if text(self, "name", language) and not text(self, "slug", language):
                self._fill_slug(language, wanted=text(self, "name", language))
        if not text_or_default(self, "slug", first_language()):
            self._fill_slug(first_language(), wanted=self.kind)
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        return self.url_in(get_language())

    @classmethod
    def tree(cls, *, language=None, article=None, at=None):
        """Load all categories as a categories.Tree; one query.

        With the id of an article, it knows what holds that one; with a moment, what holds anything that
        readers see then.
        """
        language = language or first_language()
        rows = _tree(at and language, article is not None, at=at, article=article)
        filled = frozenset(row.pk for row in rows if row.holds_since) if at else None
        return Tree(tuple(rows), language, filled)

    @classmethod
    def filled(cls, *, at):
        """Return the code of each language of the site -> the ids of what holds anything that readers see then."""
        return {code: filled_at(since, at=at) for code, since in cls.filled_since().items()}

    @classmethod
    def filled_since(cls):
        """Return the code of each language of the site -> the id of each that holds anything -> the moment since when; it may be to come."""
        codes, rows = [code for code, _name in settings.LANGUAGES], _filled(at=FOREVER)
        return {
            code: {row[0]: row[place] for row in rows if row[place]}
            for place, code in enumerate(codes, 1)
        }

    def node(self):
        """Return the categories.Node of this one as it is here, saved or not, among the others as they are stored."""
        others = (row for row in Category.tree().rows if row.pk != self.pk)
        return Tree((self, *others)).nodes[self.pk]

    def url_in(self, language):
        return self.node().url_in(language)

    def clean(self):
        if self.parent and self.parent.kind != self.kind:
            raise ValidationError({"parent": _("The parent must be of the same kind.")})
        if self.pk and self.subcategories.exclude(kind=self.kind).exists():
            raise ValidationError({"kind": _("The parent must be of the same kind.")})
        if self.pk and self.parent_id in {node.pk for node in self.node().subtree()}:
            raise ValidationError({"parent": _("A category cannot stand under itself.")})

    def _fill_slug(self, language, *, wanted):
        name = column("slug", language)
        others = Category.objects.exclude(pk=self.pk)
        base = slug_from(wanted, language=language) or self.kind
        with_slug = partial(others.with_slug, kind=self.kind, language=language)
        setattr(self, name, free_slug(base, taken=lambda slug: with_slug(slug).exists()))


@statement
def _tree(language, knows_article):
    words = [column(name, code) for name in ("name", "slug") for code in with_columns()]
    names = ["pk", "kind", "parent_id", "position", "is_genre", *words]
    rows = Category.objects.all()
    if language:
        rows, names = rows.annotate(holds_since=_oldest(language)), [*names, "holds_since"]
    if knows_article:
        links = Category.articles.through.objects.filter(category=OuterRef("pk"))
        holds = Exists(links.filter(article=Given("article")))
        rows, names = rows.annotate(holds=holds), [*names, "holds"]
    return rows.rewrite(mode=False).order_by("position", "pk").values_list(*names)


@statement
def _filled():
    holds = {
        f"since_{place}": _oldest(code) for place, (code, _name) in enumerate(settings.LANGUAGES)
    }
    return Category.objects.rewrite(mode=False).annotate(**holds).values_list("pk", *holds)


def _oldest(language):
    """Return when the oldest story of a category was published, if there is any.

    In an order that the index has: whether anything exists, PostgreSQL finds out by reading the whole archive for a category
    that holds nothing.
    """
    rows = Category.listings.rel.related_model.objects
    here = rows.on_shelf(language=language, at=Given("at"), category=OuterRef("pk"))
    return Subquery(here.order_by("published_at").values("published_at")[:1])
