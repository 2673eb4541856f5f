from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language, gettext_lazy as _

from articles import body
from articles.converters import address
from newsroom.db.bulk import WatchedQuerySet
from newsroom.languages import CODE_LENGTH, Label, choices

KIND_ONCE = _("There is a page of this kind already: write in that one.")
SLUG_TAKEN = _("Another page has this address.")


class OwnPage(models.Model):
    """A page of the site's own that is no story, once. Its words and its state are in an OwnPageEdition per language."""

    class Kind(models.TextChoices):
        ABOUT = "about", _("About us")
        CONTACT = "contact", _("Contact")
        IMPRINT = "imprint", _("Imprint")
        PRIVACY = "privacy", _("Privacy")
        PRINCIPLES = "principles", _("Editorial principles")
        ETHICS = "ethics", _("Ethics")
        CORRECTIONS = "corrections", _("Corrections policy")
        OWNERSHIP = "ownership", _("Ownership and funding")
        MASTHEAD = "masthead", _("Masthead")
        ACCESSIBILITY = "accessibility", _("Accessibility")
        SECURITY = "security", _("Reports of weaknesses")
        OTHER = "other", _("Any other")

    kind = models.CharField(_("kind"), max_length=15, choices=Kind, default=Kind.OTHER)
    in_foot = models.BooleanField(_("stands in the foot of every page"), default=True)
    position = models.PositiveSmallIntegerField(
        _("position"), default=100, help_text=_("Those with lower numbers stand first.")
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    objects = WatchedQuerySet.as_manager()

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")
        constraints = [
            models.UniqueConstraint(
                fields=["kind"],
                name="ownpage_kind_once",
                condition=~Q(kind="other"),
                violation_error_message=KIND_ONCE,
            )
        ]

    def __str__(self):
        titles = (
            {edition.language: edition.title for edition in self.editions.all()} if self.pk else {}
        )
        codes = (get_language(), settings.LANGUAGE_CODE, *titles)
        title = next((titles[code] for code in codes if titles.get(code)), "")
        return title or str(self.get_kind_display())


class OwnPageEditionQuerySet(WatchedQuerySet):
    def live(self, *, language=None):
        """Keep what readers may see, in one language or in every enabled one: the only spelling of that for own pages."""
        codes = [code for code, _name in settings.LANGUAGES if language in {None, code}]
        return self.filter(language__in=codes, is_published=True)


class OwnPageEdition(models.Model):
    """An own page in one language: its words, its address, and whether readers may see it."""

    page = models.ForeignKey(OwnPage, on_delete=models.CASCADE, related_name="editions")
    language = models.CharField(_("language"), max_length=CODE_LENGTH, choices=choices)
    title = models.CharField(_("title"), max_length=200, blank=True)
    slug = models.SlugField(
        _("slug"), max_length=100, allow_unicode=True, blank=True, db_index=False
    )
    body = models.TextField(_("body"), blank=True)
    is_published = models.BooleanField(_("published"), default=False)
    modified_at = models.DateTimeField(_("words changed"), null=True, editable=False)

    objects = OwnPageEditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("edition of a page")
        verbose_name_plural = _("editions of pages")
        constraints = [
            models.UniqueConstraint(fields=["page", "language"], name="ownpageedition_once"),
            models.UniqueConstraint(
                fields=["language", "slug"],
                name="ownpageedition_slug",
                condition=~Q(slug=""),
                violation_error_message=SLUG_TAKEN,
            ),
            models.CheckConstraint(
                condition=Q(is_published=False) | (~Q(slug="") & ~Q(title="")),
                name="ownpageedition_published_has_address",
            ),
        ]

    def __str__(self):
        return f"{self.title or self.page_id} ({self.language})"

    def save(self, *args, **kwargs):
        """Save with the body cleaned, whoever wrote it."""
        self.clean_body()
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        """Return the address readers use, or "" before there is a slug."""
        return address("own_page", self.language, slug=self.slug) if self.slug else ""

    def clean_body(self):
        """Clean the body as that of a story. Pictures belong to stories: there is none in it."""
        cleaned = body.clean(self.body, language=self.language).body
        self.body = (
            cleaned.rewritten(_unless_picture).html if "<figure" in cleaned.html else cleaned.html
        )

    @property
    def url(self):
        return self.get_absolute_url()

    @property
    def label(self):
        return Label(self.title, self.language)

    @property
    def is_live(self):
        """Whether readers may see it; `live()` says the same in SQL."""
        return self.is_published and self.language in dict(settings.LANGUAGES)


def _unless_picture(tag, attrs):
    return None if tag == "figure" else attrs
