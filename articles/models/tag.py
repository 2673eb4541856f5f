from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from taggit.managers import _TaggableManager
from taggit.models import ItemBase, TagBase

from articles.texts import column, fold, free_slug, slug_from, text
from newsroom.languages import LANGUAGES


class TagQuerySet(models.QuerySet):
    def meaning(self, words):
        """Find the tag that any spelling, label or alias stands for; at most one."""
        return self.filter(aliases__key=fold(words))

    def with_slug(self, slug, *, language):
        """Find by the slug of the label in `language`, or by the tag's own slug."""
        name = column("label_slug", language)
        # Two queries in one, not one with OR: SQLite takes the index of labels only for a query
        # that stands alone and repeats the condition of that index.
        labelled = self.filter(**{name: slug}).exclude(**{name: ""})
        return self.filter(pk__in=labelled.values("pk").union(self.filter(slug=slug).values("pk")))


class Tag(TagBase):
    """A concept. `name` is the newsroom's word for it; the label is what readers see.

    `name` and `slug` are taggit's and are never translated; labels are.
    """

    label = models.CharField(_("label"), max_length=100, blank=True)
    label_slug = models.SlugField(
        _("label slug"), max_length=100, allow_unicode=True, blank=True, db_index=False
    )

    objects = TagQuerySet.as_manager()

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        constraints = [
            models.UniqueConstraint(
                fields=[f"label_slug_{language}"],
                name=f"tag_slug_{language}",
                condition=~Q(**{f"label_slug_{language}": ""}),
                violation_error_message=_("Another tag has this slug."),
            )
            for language in LANGUAGES
        ]

    def __str__(self):
        return self.name

    def clean(self):
        for words in self.spellings():
            TagAlias.check_free(words, tag=self)

    def save(self, *args, **kwargs):
        for language in LANGUAGES:
            self._fill_slug(language)
        super().save(*args, **kwargs)
        for words in self.spellings():
            self.learn(words)

    def get_absolute_url(self):
        return self.url_in(get_language())

    @property
    def display(self):
        """The label in the language of the request, or the name."""
        return self.label_in(get_language())

    def spellings(self):
        """Return the name and every label, without the empty ones."""
        return [
            words
            for words in (self.name, *(text(self, "label", language) for language in LANGUAGES))
            if words
        ]

    def learn(self, words):
        """Make `words` mean this tag; raise ValidationError if they already mean another."""
        TagAlias.check_free(words, tag=self)
        TagAlias.objects.get_or_create(key=fold(words), defaults={"tag": self, "text": words})

    def label_in(self, language):
        return text(self, "label", language) or self.name

    def slug_in(self, language):
        return text(self, "label_slug", language) or self.slug

    def url_in(self, language):
        return reverse(
            "articles:tag", kwargs={"language": language, "slug": self.slug_in(language)}
        )

    def _fill_slug(self, language):
        label, name = text(self, "label", language), column("label_slug", language)
        if label and not getattr(self, name):
            others = Tag.objects.exclude(pk=self.pk)
            wanted = slug_from(label, language="ar") or "tag"
            slug = free_slug(wanted, taken=lambda slug: others.filter(**{name: slug}).exists())
            setattr(self, name, slug)


class TagAlias(models.Model):
    """One spelling of a tag; its folded key belongs to one tag only."""

    tag = models.ForeignKey(
        Tag, verbose_name=_("tag"), on_delete=models.CASCADE, related_name="aliases"
    )
    text = models.CharField(_("also written"), max_length=100)
    key = models.CharField(max_length=200, editable=False)

    class Meta:
        verbose_name = _("spelling")
        verbose_name_plural = _("spellings")
        constraints = [models.UniqueConstraint(fields=["key"], name="tagalias_key")]

    def __str__(self):
        return self.text

    def clean(self):
        self.check_free(self.text, tag=self.tag)

    def save(self, *args, **kwargs):
        self.key = fold(self.text)
        super().save(*args, **kwargs)

    @classmethod
    def check_free(cls, words, *, tag):
        """Raise ValidationError if `words` are empty of letters or mean a tag other than `tag`."""
        if not fold(words):
            raise ValidationError(
                _("“%(words)s” holds no letter or digit."), params={"words": words}
            )
        other = cls.objects.filter(key=fold(words)).exclude(tag_id=tag.pk).first()
        if other:
            raise ValidationError(
                _("“%(words)s” already means the tag “%(tag)s”: use that tag, or merge the two."),
                params={"words": words, "tag": other.tag.name},
            )


class ConceptManager(_TaggableManager):
    """taggit's manager, matching words by alias, without case or accents, before it creates."""

    def _to_tag_model_instances(self, tags, tag_kwargs):
        known = [self._known(tag) for tag in tags]
        return super()._to_tag_model_instances(known, tag_kwargs)

    @staticmethod
    def _known(tag):
        if isinstance(tag, Tag):
            return tag
        return Tag.objects.meaning(tag).first() or tag


class TaggedArticle(ItemBase):
    """An article carries a tag, once."""

    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="items")
    content_object = models.ForeignKey("articles.Article", on_delete=models.CASCADE)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["content_object", "tag"], name="taggedarticle_once")
        ]

    def __str__(self):
        return f"{self.tag} on {self.content_object_id}"
