"""Going back to an older version of a story: in the languages that are chosen, and in no other.

What all languages share (images, credits, categories, tags, the source language) is a choice of its own.
"""

from dataclasses import dataclass

from django.db import transaction
from django.utils.functional import cached_property
from django.utils.html import linebreaks
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, gettext as _
from reversion.models import Version

from articles import body
from articles.actions import writing
from articles.admin.article.lost import let_go
from articles.admin.languages import enabled
from articles.models import Article, ImageUse
from articles.texts import ARTICLE_TEXTS, columns, text, text_or_default
from newsroom.db import locks
from newsroom.languages import LANGUAGES, direction

WORDS = ("caption", "alt")
SHARED = "shared"


@locks.writing()
def go_back(article, version, *, languages, shared, by, comment):
    """Give a story the texts of a version in these languages, and what all share with `shared`.

    State and addresses of every language stay as they are. A language that the version does not have
    is left alone. Return the names of what no longer exists.
    """
    present = Held(article)
    # Before the new revision begins, which cannot name a row whose other end is gone.
    version.revision.revert(delete=True)
    lost = let_go(version)
    older = set(Article.objects.get(pk=article.pk).languages()) & set(languages)
    present.put_back([code for code in LANGUAGES if code not in older], shared=not shared)
    with locks.writing(by=by, comment=comment):
        after = Article.objects.get(pk=article.pk)
        writing.save(after)
    return lost if shared else []


def look_back(article, version):
    """Return what a version holds, and the names of what no longer exists; nothing is changed."""
    with transaction.atomic():
        version.revision.revert(delete=True)
        lost = let_go(version)
        held = Held(Article.objects.get(pk=article.pk))
        transaction.set_rollback(True)
    return held, lost


class Held:
    """What a story holds at one moment, to be compared with another, or to be put back."""

    def __init__(self, article):
        self.article = article
        self.uses = {use.image_id: use for use in article.uses.select_related("image")}
        self.bylines = list(article.bylines.select_related("author"))
        self.categories = list(article.categories.order_by("pk"))
        self.tags = list(article.tags.order_by("name"))

    # --- Comparing ---

    def words(self, language):
        """Return key -> (label, text) of everything that is said in a language."""
        labels = {"title": _("Headline"), "standfirst": _("Standfirst"), "body": _("Body")}
        texts = {name: (labels[name], text(self.article, name, language)) for name in labels}
        for image, use in self.uses.items():
            for name, label in (("caption", _("Caption: %s")), ("alt", _("Alternative text: %s"))):
                texts[f"{name} {image}"] = (label % use.image, text(use, name, language))
        return texts

    def shared(self):
        """Return key -> (label, words) of what all languages share."""
        here = get_language()
        return {
            "source": (_("Written in"), LANGUAGES[self.article.source_language]),
            "images": (_("Images"), ", ".join(map(self._image, self._uses_in_order()))),
            "bylines": (_("Bylines"), ", ".join(map(str, self.bylines))),
            "categories": (
                _("Categories"),
                ", ".join(text_or_default(each, "name", here) for each in self.categories),
            ),
            "tags": (_("Tags"), ", ".join(tag.name for tag in self.tags)),
        }

    def _uses_in_order(self):
        return sorted(self.uses.values(), key=lambda use: (not use.is_lead, use.position, use.pk))

    @staticmethod
    def _image(use):
        return _("%s (leads)") % use.image if use.is_lead else str(use.image)

    # --- Putting back ---

    def put_back(self, languages, *, shared):
        """Give the story, which is an older one now, what this holds in some languages, and what all share."""
        texts = {name: getattr(self.article, name) for name in _columns(ARTICLE_TEXTS, languages)}
        if shared:
            texts["source_language"] = self.article.source_language
        # The counter of saves must not go back with the text: old forms would seem up to date.
        Article.objects.filter(pk=self.article.pk).update(rev=self.article.rev, **texts)
        then = Article.objects.get(pk=self.article.pk)
        if shared:
            then.categories.set(self.categories)
            then.tags.set(self.tags)
            self._put_back_uses(then, languages)
        else:
            self._put_back_words(languages)
            self._put_back_images(languages)
        self._put_back_bylines(None if shared else languages)

    def _put_back_uses(self, then, languages):
        """Keep the images as they are; the words under them are older in the other languages."""
        older = _columns(WORDS, [code for code in LANGUAGES if code not in languages])
        words = {use.image_id: use for use in then.uses.all()}
        then.uses.all().delete()
        for image, use in self.uses.items():
            for name in older if image in words else ():
                setattr(use, name, getattr(words[image], name))
            use.save(force_insert=True)

    def _put_back_words(self, languages):
        names = _columns(WORDS, languages)
        for use in ImageUse.objects.filter(article=self.article, image__in=self.uses):
            words = {name: getattr(self.uses[use.image_id], name) for name in names}
            ImageUse.objects.filter(pk=use.pk).update(**words)

    def _put_back_images(self, languages):
        """Keep the pictures in the bodies of these languages, with the words under them."""
        bodies = (text(self.article, "body", language) for language in languages)
        shown = {image for html in bodies for image in body.references(html).images}
        there = set(ImageUse.objects.filter(article=self.article).values_list("image", flat=True))
        for image in sorted(shown & self.uses.keys() - there):
            use = self.uses[image]
            # The version decides what leads the story.
            use.is_lead = False
            use.save(force_insert=True)

    def _put_back_bylines(self, languages):
        """Keep the credits of these languages as they are; of all, those of every language, with None."""
        rows = self.article.bylines.all()
        (rows if languages is None else rows.filter(language__in=languages)).delete()
        for byline in self.bylines:
            if languages is None or byline.language in languages:
                byline.save(force_insert=True)


@dataclass(frozen=True)
class Difference:
    """One thing that a version has otherwise: its name, and how it is now and was then."""

    label: str
    now: str
    then: str


@dataclass(frozen=True)
class Part:
    """What can be chosen to go back: a language, or what all languages share."""

    value: str
    name: str
    is_chosen: bool
    differences: list

    @property
    def direction(self):
        return direction(self.value) if self.value in LANGUAGES else ""


class Comparison:
    """A story beside one of its versions. `parts` are those that would change."""

    def __init__(self, article, version):
        self.version = version
        self.now = Held(article)
        self.then, self.lost = look_back(article, version)

    @cached_property
    def parts(self):
        compared = {
            code: _differences(self.now.words(code), self.then.words(code))
            for code in enabled()
            # A language that began later is no part of that version, and is not emptied by it.
            if code in self.then.article.languages()
        }
        compared[SHARED] = _differences(self.now.shared(), self.then.shared())
        changed = self._changed_next()
        names = LANGUAGES | {SHARED: _("What all languages share")}
        return [
            Part(value, names[value], value in changed or len(compared) == 1, differences)
            for value, differences in compared.items()
            if differences
        ]

    def _changed_next(self):
        """Return the languages of the first change after the version: it is what people want to undo."""
        old = self.version.field_dict
        later = Version.objects.get_for_object(self.now.article).filter(pk__gt=self.version.pk)
        for version in later.order_by("pk").iterator():
            found = {
                code
                for code in enabled()
                for name in columns(ARTICLE_TEXTS, code)
                if (version.field_dict.get(name) or "") != (old.get(name) or "")
            }
            if found:
                return found
        return {
            code
            for code in enabled()
            for name in columns(ARTICLE_TEXTS, code)
            if (getattr(self.now.article, name) or "") != (old.get(name) or "")
        }


def _differences(now, then):
    """Compare what both sides name; a picture that one of them has not is told with what all share."""
    return [
        Difference(label, _shown(key, words), _shown(key, then[key][1]))
        for key, (label, words) in now.items()
        if key in then and words != then[key][1]
    ]


def _shown(key, words):
    if not words:
        return "—"
    # Every body in the database has been cleaned, and linebreaks escapes.
    return mark_safe(words if key == "body" else linebreaks(words, autoescape=True))  # noqa: S308


def _columns(fields, languages):
    return [name for language in languages for name in columns(fields, language)]
