from functools import partial

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language, gettext_lazy as _
from taggit.managers import _TaggableManager
from taggit.models import ItemBase, TagBase

from articles.converters import address
from articles.texts import column, fold, free_slug, identity, plain, slug_from, text
from newsroom.db import locks
from newsroom.db.bulk import WatchedQuerySet
from newsroom.db.fields import SlugField
from newsroom.languages import Label, with_columns

LENGTH = 100
KEY_LENGTH = 200


class TagQuerySet(WatchedQuerySet):
    def meaning(self, words):
        """Find the tag that any spelling, label or alias stands for; at most one."""
        return self.filter(aliases__key=TagAlias.key_of(words))

    def resembling(self, words):
        """Find tags with a spelling that differs only by accents or signs: "Pais", "País"; "C", "C++"."""
        alike = TagAlias.objects.filter(folded=TagAlias.folded_of(words))
        return self.filter(aliases__in=alike.exclude(key=TagAlias.key_of(words))).distinct()

    def named(self, words):
        """Return the tag that `words` mean; a new one of this name if they mean none yet."""
        if tag := self.meaning(words).first():
            return tag
        with locks.writing():
            return self.meaning(words).first() or self.create(name=plain(words))

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

    class Kind(models.TextChoices):
        TOPIC = "topic", _("Topic")
        STORYLINE = "storyline", _("Running story: its stories list “The story so far”")
        SERIES = "series", _("Series: its stories lead to the part before and after")

    label = models.CharField(_("label"), max_length=100, blank=True)
    label_slug = SlugField(
        _("label slug"), max_length=100, allow_unicode=True, blank=True, db_index=False
    )

    kind = models.CharField(
        _("kind"), max_length=10, choices=Kind, default=Kind.TOPIC, db_default=Kind.TOPIC
    )

    objects = TagQuerySet.as_manager()

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        constraints = [
            models.UniqueConstraint(
                fields=[slug],
                name=slug.replace("label", "tag"),
                condition=~Q(**{slug: ""}),
                violation_error_message=_("Another tag has this slug."),
            )
            for slug in (column("label_slug", language) for language in with_columns())
        ]

    def __str__(self):
        return self.name

    @locks.writing()
    def save(self, *args, **kwargs):
        """Save with all spellings; raise ValidationError, and save nothing, if one is another tag's."""
        known = Tag.clean(self)
        for language in with_columns():
            self._fill_slug(language)
        if not self.slug:
            others = Tag.objects.exclude(pk=self.pk)
            wanted = slug_from(self.name) or "tag"
            self.slug = free_slug(wanted, taken=lambda slug: others.filter(slug=slug).exists())
        super().save(*args, **kwargs)
        self._add_aliases(self.spellings(), known)

    def get_absolute_url(self):
        return self.url_in(get_language())

    def clean(self):
        return TagAlias.check_free(self.name, *self.spellings(), tag=self)

    def spellings(self):
        """Return the name and every label, without the empty ones."""
        return [
            words
            for words in (
                self.name,
                *(text(self, "label", language) for language in with_columns()),
            )
            if words
        ]

    def learn(self, words):
        """Make `words` mean this tag; raise ValidationError if they already mean another."""
        self._add_aliases([words], TagAlias.check_free(words, tag=self))

    def forget(self, alias):
        """Let a spelling mean this tag no more; its name and its labels always do."""
        alias.delete()
        self._add_aliases(self.spellings(), Tag.clean(self))

    def label_in(self, language):
        """Return the label, or else the name, which is a word in the newsroom's own language."""
        if label := text(self, "label", language):
            return Label(label, language)
        return Label(self.name, settings.LANGUAGE_CODE)

    def slug_in(self, language):
        return text(self, "label_slug", language) or self.slug

    def url_in(self, language):
        return address("tag", language, slug=self.slug_in(language))

    def _fill_slug(self, language):
        label, name = text(self, "label", language), column("label_slug", language)
        if label and not getattr(self, name):
            others = Tag.objects.exclude(pk=self.pk)
            wanted = slug_from(label, language=language) or "tag"
            with_slug = partial(others.with_slug, language=language)
            setattr(self, name, free_slug(wanted, taken=lambda slug: with_slug(slug).exists()))

    def _add_aliases(self, spellings, known):
        """Make these spellings mean this tag, but for those with a key that does so already."""
        new = {TagAlias.key_of(words): words for words in reversed(spellings)}
        TagAlias.objects.bulk_create(
            TagAlias(tag=self, text=words, key=key, folded=TagAlias.folded_of(words))
            for key, words in reversed(new.items())
            if key not in known
        )


class TagAlias(models.Model):
    """One spelling of a tag. Its key belongs to one tag only; it is found by `folded` as well."""

    tag = models.ForeignKey(
        Tag, verbose_name=_("tag"), on_delete=models.CASCADE, related_name="aliases"
    )
    text = models.CharField(_("also written"), max_length=LENGTH)
    key = models.CharField(max_length=KEY_LENGTH, editable=False)
    folded = models.CharField(max_length=KEY_LENGTH, editable=False, default="")

    class Meta:
        verbose_name = _("spelling")
        verbose_name_plural = _("spellings")
        constraints = [models.UniqueConstraint(fields=["key"], name="tagalias_key")]
        indexes = [models.Index(fields=["folded"], name="tagalias_folded")]

    def __str__(self):
        return self.text

    def save(self, *args, **kwargs):
        self.key, self.folded = self.key_of(self.text), self.folded_of(self.text)
        super().save(*args, **kwargs)

    def clean(self):
        self.check_free(self.text, tag=self.tag)

    @staticmethod
    def key_of(words):
        """Return what makes two spellings the same; one letter can become eighteen."""
        return identity(words)[:KEY_LENGTH]

    @staticmethod
    def folded_of(words):
        """Return what spellings share that resemble each other."""
        return fold(identity(words))[:KEY_LENGTH]

    @classmethod
    def check_free(cls, *spellings, tag):
        """Return the keys that mean the tag already; raise ValidationError if one of these is no usable spelling, or means another."""
        rows = cls.objects.filter(key__in=map(cls.key_of, spellings)).select_related("tag")
        known = {alias.key: alias.tag for alias in rows}
        for words in spellings:
            _require_usable(words)
            other = known.get(cls.key_of(words), tag)
            if other.pk != tag.pk:
                raise ValidationError(
                    _(
                        "“%(words)s” already means the tag “%(tag)s”: use that tag, or merge the two."
                    ),
                    params={"words": words, "tag": other.name},
                )
        return known.keys()


def _require_usable(words):
    if not fold(plain(words)):
        raise ValidationError(_("“%(words)s” holds no letter or digit."), params={"words": words})
    if len(words) > LENGTH:
        message = _("“%(words)s …” is longer than %(length)s characters.")
        raise ValidationError(message, params={"words": words[:30], "length": LENGTH})


class ConceptManager(_TaggableManager):
    """taggit's manager, which takes words by their meaning: by alias, whatever their case."""

    def _to_tag_model_instances(self, tags, tag_kwargs):
        known = [self._known(tag) for tag in tags]
        return super()._to_tag_model_instances(known, tag_kwargs)

    @staticmethod
    def _known(tag):
        return Tag.objects.named(tag) if isinstance(tag, str) else tag

    def remove(self, *tags):
        """Take tags off, by any of their spellings."""
        words = [tag for tag in tags if isinstance(tag, str)]
        others = [tag for tag in tags if not isinstance(tag, str)]
        super().remove(
            *others, *(tag for spelling in words for tag in Tag.objects.meaning(spelling))
        )


class TaggedArticle(ItemBase):
    """An article carries a tag, once."""

    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="items")
    content_object = models.ForeignKey("articles.Article", on_delete=models.CASCADE)

    objects = WatchedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["content_object", "tag"], name="taggedarticle_once")
        ]

    def __str__(self):
        return f"{self.tag} on {self.content_object_id}"
