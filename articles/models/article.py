from contextlib import contextmanager
from functools import cache
from types import MappingProxyType

from django.db import models
from django.db.models.functions import Now
from django.utils import timezone, translation
from django.utils.translation import get_language, gettext_lazy as _
from modeltranslation.utils import fallbacks
from taggit.managers import TaggableManager

from articles import body
from articles.models.category import Category
from articles.models.tag import ConceptManager, TaggedArticle
from articles.texts import ARTICLE_TEXTS, column, text, text_or_default
from newsroom.db import locks, together
from newsroom.db.bulk import WatchedLinks, WatchedQuerySet
from newsroom.languages import CODE_LENGTH, choices, first_language, with_columns


class ArticleQuerySet(WatchedQuerySet):
    def bulk_create(self, *args, **kwargs):
        with _in_first_language():
            return super().bulk_create(*args, **kwargs)

    bulk_create.alters_data = True


class Article(models.Model):
    """A story, once, whatever the number of its languages. Its state per language is in Edition."""

    title = models.CharField(_("headline"), max_length=300, blank=True)
    standfirst = models.TextField(_("standfirst"), blank=True)
    body = models.TextField(_("body"), blank=True)
    source_language = models.CharField(
        _("written in"), max_length=CODE_LENGTH, choices=choices, default=first_language
    )
    categories = models.ManyToManyField(
        Category, verbose_name=_("categories"), blank=True, related_name="articles"
    )
    tags = TaggableManager(
        _("tags"), through=TaggedArticle, blank=True, manager=ConceptManager, help_text=""
    )
    related = models.JSONField(_("related stories"), null=True, blank=True)
    """The ids of stories to which the desk leads from here, in its order."""
    rev = models.PositiveIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    modified_at = models.DateTimeField(_("last change"), auto_now=True)
    active_at = models.DateTimeField(default=timezone.now, db_default=Now(), editable=False)
    """When something last happened to it or a language of it, or will: the desk finds the stories of the last days by it."""

    objects = ArticleQuerySet.as_manager()

    stored = MappingProxyType({})
    """The texts and the source language that the database has, by their columns; none of an article that is new."""

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        permissions = [
            ("submit_article", "Can submit an edition for review"),
            ("publish_article", "Can publish, schedule, withdraw and restore an edition"),
        ]
        indexes = [
            models.Index(fields=["-modified_at", "-id"], name="article_modified"),
            models.Index(fields=["active_at", "modified_at"], name="article_active"),
        ]

    def __str__(self):
        return text_or_default(self, "title", self.source_language) or f"#{self.pk}"

    def save(self, *args, **kwargs):
        """Save with every body cleaned that is another than the stored one, whoever wrote it."""
        for language in with_columns():
            name = column("body", language)
            html = getattr(self, name)
            if html is None or html != self.stored.get(name):
                setattr(self, name, body.clean(html, language=language).html)
        if "active_at" in vars(self):
            self.active_at = max(self.active_at, timezone.now())
        if not together.keep(self):
            with locks.writing(), _in_first_language():
                super().save(*args, **kwargs)
        self._note_stored(kwargs.get("update_fields"))

    def get_absolute_url(self):
        edition = self.editions.filter(language=get_language()).first()
        return edition.get_absolute_url() if edition else ""

    @classmethod
    def from_db(cls, *args, **kwargs):
        """Note the texts as they are stored: every way into the database has cleaned the bodies."""
        article = super().from_db(*args, **kwargs)
        article._note_stored()
        return article

    def _note_stored(self, only=None):
        held, names = vars(self), _noted()
        self.stored = dict(self.stored) if only else {}
        self.stored |= {n: held[n] for n in names if n in held and (not only or n in only)}

    def body_in(self, language):
        """Return the body in a language, parsed once as long as its words are the same."""
        return body.parsed(text(self, "body", language))

    def images_in_bodies(self):
        """Return the ids of the images that stand in a body, in whatever language."""
        referred = (self.body_in(language).references for language in self.languages())
        return {image for references in referred for image in references.images}

    def languages(self):
        """Return the languages in which there is any text, in house order."""
        return [
            language
            for language in with_columns()
            if any(text(self, field, language) for field in ARTICLE_TEXTS)
        ]


@contextmanager
def _in_first_language():
    """Let the untranslated base columns hold the default language: modeltranslation fills them from whichever is active."""
    with translation.override(first_language()), fallbacks(False):
        yield


@cache
def _noted():
    """Return the columns that an article remembers as they are stored."""
    return (
        "source_language",
        *(column(field, code) for code in with_columns() for field in ARTICLE_TEXTS),
    )


WatchedLinks.take_over(Article.categories.through)
