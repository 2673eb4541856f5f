"""Write the categories and tags of a story."""

from functools import reduce
from operator import or_

from django.core.exceptions import ValidationError
from django.db.models import Q

from articles.importers.notes import Note
from articles.models import Category, Tag, TagAlias, TaggedArticle
from articles.texts import column, fold, plain, text, text_or_default
from newsroom.db import together
from newsroom.languages import with_columns


def known_categories(*, languages):
    """Return the names of all categories in these languages, each with its "kind/slug"."""
    return {
        name: reference(category)
        for category in Category.objects.all()
        for language in languages
        if (name := text(category, "name", language))
    }


def reference(category):
    """Return how files name a category: its kind and its English slug, or else that of the first language that has one."""
    return f"{category.kind}/{text_or_default(category, 'slug', 'en')}"


def set_categories(article, references, given, *, more=()):
    """Put the article in these categories, and take it out of those that the source gave before.

    `more` are ids of others. Return whether that changed anything. Raise ValidationError for one that is not there.
    """
    if given.is_new and not (references or more):
        return False
    slugs = [words.partition("/")[2] for words in references]
    named = (Q(**{f"{column('slug', language)}__in": slugs}) for language in with_columns())
    found = {
        reference(category): category for category in Category.objects.filter(reduce(or_, named))
    }
    for words in references:
        if words not in found:
            message = (
                f"There is no category “{words}”; create it in the admin, or correct the file."
            )
            raise ValidationError(message)
    keys = dict.fromkeys([*(found[words].pk for words in references), *more])
    return _exchange(article.categories, Category, given, *given.exchange("categories", keys))


class Tags:
    """The tags that words mean, each looked for once: nobody else writes meanwhile."""

    def __init__(self):
        self._found = {}

    def meaning(self, words):
        """Return the tag that words mean, or None."""
        key = TagAlias.key_of(words)
        if key not in self._found:
            self._found[key] = Tag.objects.meaning(words).first()
        return self._found[key]

    def note(self, tag):
        """Learn what a tag means by now, of which more is known than before."""
        self._found |= {TagAlias.key_of(words): tag for words in tag.spellings()}

    def learn(self, tag, words):
        tag.learn(words)
        self._found[TagAlias.key_of(words)] = tag


def set_tags(article, labels, given, *, tags):
    """Tag the article as the source does; return (notes, whether that changed anything).

    A spelling that means another tag already is left to it, and noted.
    """
    notes, found = [], {}
    for label in labels:
        if not fold(plain(label.name)):
            words = f"“{label.name}” holds no letter or digit, and is no tag."
            notes.append(Note(words, "tags left out"))
            continue
        notes += _resemblance(label.name, tags)
        tag, label_notes = _tag(label, tags)
        if tag.pk in found:
            words = f"“{label.name}” is the tag “{tag}”, which the story has already."
            notes.append(Note(words, "tags given twice"))
        notes += label_notes
        found[tag.pk] = tag
    come, gone = given.exchange("tags", found)
    if not given.is_new:
        return tuple(notes), _exchange(article.tags, Tag, given, come, gone)
    for pk in come:
        together.insert(TaggedArticle(content_object=article, tag=found[pk]))
    return tuple(notes), bool(come)


def _exchange(manager, model, given, come, gone):
    """Add and remove things by their ids; return whether that changed anything."""
    here = set() if given.is_new else set(manager.values_list("pk", flat=True))
    come, gone = [pk for pk in come if pk not in here], [pk for pk in gone if pk in here]
    if come:
        manager.add(*model.objects.filter(pk__in=come))
    if gone:
        manager.remove(*model.objects.filter(pk__in=gone))
    return bool(come or gone)


def _resemblance(words, tags):
    """Name the tags that a new one resembles: only a person knows whether they are the same."""
    if tags.meaning(words):
        return []
    return [
        f"“{words}” is a new tag, which resembles “{other}”: merge the two if they mean the same."
        for other in Tag.objects.resembling(words).order_by("name")
    ]


def _tag(label, tags):
    """Return (tag, notes): the tag that is meant, or a new one, with the labels and spellings it lacked.

    A new one is saved once, with its labels: its first address is the one that it keeps.
    """
    tag = tags.meaning(label.name) or Tag(name=plain(label.name), kind=label.kind)
    notes, changed = [], tag.pk is None
    if label.kind not in {Tag.Kind.TOPIC, tag.kind}:
        there = Tag.Kind(label.kind).value
        notes.append(
            f"“{tag}” is a {tag.kind} here, and a {there} there: say in the admin which it is."
        )
    for language, words in label.labels.items():
        if not text(tag, "label", language):
            notes_of_label = _conflict(tag, words, tags)
            notes += notes_of_label
            if not notes_of_label:
                setattr(tag, column("label", language), words)
                changed = True
    if changed:
        tag.save()
        tags.note(tag)
    for words in label.aliases:
        if not (conflict := _conflict(tag, words, tags)):
            tags.learn(tag, words)
        notes += conflict
    return tag, notes


def _conflict(tag, words, tags):
    other = tags.meaning(words)
    if other is None or other.pk == tag.pk:
        return []
    return [f"“{words}” means the tag “{other}” here, not “{tag}”."]
