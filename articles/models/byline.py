from functools import reduce
from operator import or_

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language, gettext_lazy as _

from articles.converters import address
from articles.texts import column, free_slug, slug_from, text_or_default
from newsroom.db import locks
from newsroom.db.bulk import WatchedQuerySet
from newsroom.db.fields import SlugField
from newsroom.languages import CODE_LENGTH, choices


class AuthorQuerySet(WatchedQuerySet):
    def namesakes(self, author, *, languages):
        """Return other authors who have a name of this one in one of the languages, in whatever case."""
        names = Q()
        for field in (column("name", language) for language in languages):
            if name := getattr(author, field):
                names |= Q(**{f"{field}__iexact": name})
        return self.filter(names).exclude(pk=author.pk).order_by("pk") if names else self.none()

    def called(self, names, *, languages):
        """Return the authors who have one of these names in one of the languages."""
        fields = (column("name", language) for language in languages)
        return self.filter(reduce(or_, (Q(**{f"{field}__in": names}) for field in fields)))


class Author(models.Model):
    """A person or an organisation that is credited; not necessarily someone who can log in."""

    class Kind(models.TextChoices):
        PERSON = "person", _("Person")
        ORGANISATION = "organisation", _("Organisation")

    name = models.CharField(_("name"), max_length=150, blank=True)
    bio = models.TextField(_("about"), blank=True)
    slug = SlugField(_("slug"), max_length=100, unique=True, blank=True, allow_unicode=True)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.PERSON)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("login"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="author",
    )

    objects = AuthorQuerySet.as_manager()

    class Meta:
        verbose_name = _("author")
        verbose_name_plural = _("authors")

    def __str__(self):
        return text_or_default(self, "name", get_language())

    @locks.writing()
    def save(self, *args, **kwargs):
        if not self.slug:
            others = Author.objects.exclude(pk=self.pk)
            wanted = slug_from(text_or_default(self, "name", "en")) or "author"
            self.slug = free_slug(wanted, taken=lambda slug: others.filter(slug=slug).exists())
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        return self.url_in(get_language())

    def url_in(self, language):
        return address("author", language, slug=self.slug)


class AuthorName(models.Model):
    """A name by which imported stories mean an author, whatever the author is called here by now."""

    author = models.ForeignKey(Author, on_delete=models.CASCADE, related_name="imported_names")
    name = models.CharField(max_length=150)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["name"], name="authorname_once")]

    def __str__(self):
        return self.name


class Byline(models.Model):
    """An ordered credit of an article: who, and for what."""

    class Role(models.TextChoices):
        AUTHOR = "author", _("Author")
        TRANSLATOR = "translator", _("Translator")
        PHOTOGRAPHER = "photographer", _("Photographer")
        ORGANISATION = "organisation", _("Organisation")

    article = models.ForeignKey(
        "articles.Article", on_delete=models.CASCADE, related_name="bylines"
    )
    author = models.ForeignKey(
        Author, verbose_name=_("author"), on_delete=models.PROTECT, related_name="bylines"
    )
    role = models.CharField(_("role"), max_length=12, choices=Role, default=Role.AUTHOR)
    language = models.CharField(
        _("only in"),
        max_length=CODE_LENGTH,
        blank=True,
        choices=choices,
        help_text=_("Leave empty for a credit that stands in every language."),
    )
    position = models.PositiveIntegerField(_("position"), default=0)

    objects = WatchedQuerySet.as_manager()

    class Meta:
        verbose_name = _("byline")
        verbose_name_plural = _("bylines")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "author", "role", "language"],
                name="byline_once",
                violation_error_message=_("This credit stands here already."),
            )
        ]

    def __str__(self):
        return f"{self.author} ({self.get_role_display()})"
