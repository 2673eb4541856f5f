"""Going back to an older version of a story: in the languages that are chosen, and in no other.

What all languages share (images, credits, categories, tags, related stories, the source language) is a choice of its own.
"""

from copy import copy
from html import unescape

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.html import strip_tags
from django.utils.translation import gettext as _, ngettext
from reversion.models import Version

from articles import roles
from articles.actions import writing
from articles.models import (
    Article,
    Author,
    Byline,
    Category,
    Edition,
    Image,
    ImageUse,
    Tag,
    TaggedArticle,
)
from articles.texts import ARTICLE_TEXTS, columns, is_blank, text
from newsroom.db import locks
from newsroom.languages import LANGUAGES, with_columns

WORDS = ("caption", "alt")

REQUIRED = ("title", "body")
"""What nothing is published without in its language."""

SHARED = ("source_language", "related")
"""The columns of a story that all of its languages share."""

ONWARD = ("rev", "created_at", "active_at")
"""Its columns that never go back: with an older number of saves old forms would seem up to date."""


class RestoringError(Exception):
    """Why a story does not go back, as one sentence for an editor."""


@locks.writing()
def go_back(article, version, *, languages, shared, by, comment, pictures=None, warned=()):
    """Give a story the texts of a version in these languages, and what all share with `shared`.

    `pictures` are the languages in which the words of its pictures go back: the same ones where they are not named. State and addresses
    of every language stay as they are, and so does an alternative text that the version had not: nothing is published without. A language
    that the version does not have is left alone. Where one that is published or scheduled would be left without headline or body, and is
    not among the `warned`, of which whoever goes back was told so, raise RestoringError. Return the names of what no longer exists, None
    where the story is so already: then nothing is written.
    """
    if not roles.may_go_back(by, article):
        raise PermissionDenied
    present = Held(Article.objects.select_for_update().get(pk=article.pk))
    with transaction.atomic():
        # Before the revision begins, which cannot name a row whose other end is gone.
        version.revision.revert(delete=True)
        lost = let_go(version)
        held = Article.objects.get(pk=article.pk)
        there = set(held.languages())
        _require_warned(present.article, held, there & set(languages) - set(warned))
        older = there & set(languages if pictures is None else pictures)
        kept = _apart_from(there & set(languages))
        present.put_back(kept, words=_apart_from(older), shared=not shared)
        present.keep_descriptions(older)
        then = Article.objects.get(pk=article.pk)
        if Held(then).values() == present.values():
            transaction.set_rollback(True)
            return None
        with locks.writing(by=by, comment=comment):
            writing.save(then, was=present.article.stored)
    return lost if shared else []


def _require_warned(now, then, languages):
    """Refuse to empty, of these languages, one that was published after whoever goes back had looked."""
    emptied = [
        code
        for code in published(now)
        if code in languages and lost_words(_required(now, code), _required(then, code))
    ]
    if not emptied:
        return
    sentence = _(
        "Nothing was changed, because the headline or the body would be empty in %s, published or scheduled since you opened this page: "
        "look again, and choose anew."
    )
    raise RestoringError(sentence % ", ".join(LANGUAGES[code].name for code in emptied))


def published(article):
    """Return the languages that readers see, or will see."""
    rows = article.editions.filter(status=Edition.Status.PUBLISHED).order_by("language")
    return list(rows.values_list("language", flat=True))


def lost_words(now, then):
    """Return the names of what a language is not published without, and has now and had not then (both name -> text)."""
    return [name for name in REQUIRED if not _is_empty(now[name]) and _is_empty(then[name])]


def _required(article, language):
    return {name: text(article, name, language) for name in REQUIRED}


def _is_empty(words):
    return is_blank(unescape(strip_tags(words or "")))


def _apart_from(languages):
    return [code for code in with_columns() if code not in languages]


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

    def values(self):
        """Return all that can go back, to be compared."""
        names = {field.attname for field in Article._meta.concrete_fields}
        own = {name: getattr(self.article, name) for name in names - {*ONWARD, "modified_at"}}
        rows = [*self.uses.values(), *self.bylines]
        return own, [_values(row) for row in rows], self.categories, self.tags

    def put_back(self, languages, *, words, shared):
        """Give the story, which is an older one now, what this holds in some languages, and what all share.

        `words` are the languages of what is said of its pictures.
        """
        names = [*_columns(ARTICLE_TEXTS, languages), *ONWARD, *(SHARED if shared else ())]
        kept = {name: getattr(self.article, name) for name in names}
        Article.objects.filter(pk=self.article.pk).update(**kept)
        then = Article.objects.get(pk=self.article.pk)
        if shared:
            then.categories.set(self.categories)
            then.tags.set(self.tags)
            gone = {use.image_id: use for use in then.uses.all() if use.image_id not in self.uses}
            self._put_back_uses(then, words)
            _bring_images(then, gone, languages)
        else:
            self._put_back_words(words)
            self._put_back_images(languages)
        self._put_back_bylines(None if shared else languages)

    def keep_descriptions(self, languages):
        """Give the pictures of the story the alternative texts that they have here and lack in these languages."""
        names = _columns(["alt"], languages)
        for use in ImageUse.objects.filter(article=self.article, image__in=self.uses):
            here = self.uses[use.image_id]
            lost = [name for name in names if is_blank(getattr(use, name) or "")]
            words = {name: getattr(here, name) for name in lost}
            if any(words.values()):
                ImageUse.objects.filter(pk=use.pk).update(**words)

    def _put_back_uses(self, then, languages):
        """Keep the images as they are; the words under them are older in the other languages."""
        older = _columns(WORDS, _apart_from(languages))
        words = {use.image_id: use for use in then.uses.all()}
        then.uses.all().delete()
        for image, held in self.uses.items():
            use = copy(held)
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
        referred = (self.article.body_in(language).references for language in languages)
        shown = {image for references in referred for image in references.images}
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


def _bring_images(then, uses, languages):
    """Give a story the pictures (image -> use) that come back with a text, with their words in all but these languages."""
    for image in sorted(then.images_in_bodies() & uses.keys()):
        use = uses[image]
        for name in _columns(WORDS, languages):
            setattr(use, name, None)
        # What all languages share decides what leads the story.
        use.is_lead = False
        use.save(force_insert=True)


def _values(row):
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


def _columns(fields, languages):
    return [name for language in languages for name in columns(fields, language)]


# --- What no longer exists ---


def let_go(version):
    """Drop the rows of a story, just brought back, whose other end is gone; return their names.

    The database looks at such a row only at the end of the transaction, and then refuses all.
    """
    article = int(version.object_id)
    lost = [*_credits(article, version), *_pictures(article, version), *_tags(article, version)]
    return lost + _categories(article)


def _credits(article, version):
    rows = _orphans(Byline.objects.filter(article=article), author=Author)
    return _dropped(rows, _names(Byline, version))


def _pictures(article, version):
    rows = _orphans(ImageUse.objects.filter(article=article), image=Image)
    return _dropped(rows, _names(ImageUse, version))


def _tags(article, version):
    """A tag that was merged into another left it its name as a spelling: it is found by that."""
    rows = _orphans(TaggedArticle.objects.filter(content_object=article), tag=Tag)
    names = _names(TaggedArticle, version)
    lost = []
    for words in _dropped(rows, names):
        words = words.removesuffix(f" on {article}")
        if tag := Tag.objects.meaning(words).first():
            TaggedArticle.objects.get_or_create(tag=tag, content_object_id=article)
        else:
            lost.append(words)
    return lost


def _categories(article):
    rows = _orphans(Article.categories.through.objects.filter(article=article), category=Category)
    count, _models = rows.delete()
    return [ngettext("%d category", "%d categories", count) % count] if count else []


def _orphans(rows, **target):
    ((name, model),) = target.items()
    return rows.filter(~Exists(model.objects.filter(pk=OuterRef(f"{name}_id"))))


def _dropped(rows, names):
    """Delete rows, and return what each was called."""
    keys = [str(key) for key in rows.order_by("pk").values_list("pk", flat=True)]
    rows.delete()
    return [names.get(key, f"#{key}") for key in keys]


def _names(model, version):
    """Return row -> what it was called when this version was made."""
    versions = Version.objects.get_for_model(model).filter(revision=version.revision_id)
    return dict(versions.values_list("object_id", "object_repr"))
