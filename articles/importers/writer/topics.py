"""Write the categories and tags of a story."""

from collections import defaultdict
from functools import reduce
from operator import or_

from django.core.exceptions import ValidationError
from django.db.models import Q

from articles.actions import organising
from articles.importers.notes import Note
from articles.models import Category, Tag, TagAlias
from articles.texts import column, fold, plain, text, text_or_default
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


def named_categories(references):
    """Return reference -> category of those of these that are here."""
    slugs = {words.partition("/")[2] for words in references}
    named = (Q(**{f"{column('slug', language)}__in": slugs}) for language in with_columns())
    categories = Category.objects.filter(reduce(or_, named)) if slugs else ()
    return {reference(category): category for category in categories}


def set_categories(article, references, given, *, categories, more=()):
    """Put the article in these categories, and take it out of those that the source gave before.

    `categories` are those of named_categories, `more` others. Return whether that changed anything. Raise ValidationError for one
    that is not there.
    """
    for words in references:
        if words not in categories:
            message = (
                f"There is no category “{words}”; create it in the admin, or correct the file."
            )
            raise ValidationError(message)
    named = {category.pk: category for category in (*map(categories.get, references), *more)}
    come, gone = given.exchange("categories", named)
    new = [named[pk] for pk in come]
    return organising.categorise(article, new, gone=gone, is_new=given.is_new)


def words_of(stories):
    """Yield the words by which stories name tags."""
    for story in stories:
        for label in story.tags:
            yield from (label.name, *label.labels.values(), *label.aliases)
        for subject in story.subjects:
            yield from subject.names.values()


class Tags:
    """The tags that words mean, all looked for at once: nobody else writes meanwhile."""

    def __init__(self, words=()):
        self._aliases = defaultdict(dict)
        folded = {TagAlias.folded_of(word) for word in words}
        for alias in TagAlias.objects.filter(folded__in=folded).select_related("tag"):
            self._aliases[alias.folded][alias.key] = alias.tag
        self._asked = folded

    def meaning(self, words):
        """Return the tag that words mean, or None."""
        return self._alike(words).get(TagAlias.key_of(words))

    def resembling(self, words):
        """Return the tags with a spelling that differs only by accents or signs."""
        alike = {
            key: tag for key, tag in self._alike(words).items() if key != TagAlias.key_of(words)
        }
        return sorted({tag.pk: tag for tag in alike.values()}.values(), key=str)

    def note(self, tag):
        """Learn what a tag means by now, of which more is known than before."""
        for words in tag.spellings():
            self._alike(words)[TagAlias.key_of(words)] = tag

    def learn(self, tag, words):
        organising.learn(tag, words)
        self._alike(words)[TagAlias.key_of(words)] = tag

    def _alike(self, words):
        folded = TagAlias.folded_of(words)
        if folded not in self._asked:
            self._asked.add(folded)
            for alias in TagAlias.objects.filter(folded=folded).select_related("tag"):
                self._aliases[folded][alias.key] = alias.tag
        return self._aliases[folded]


def set_tags(article, labels, given, *, tags):
    """Tag the article as the source does; return (notes, whether that changed anything).

    A spelling that means another tag already is left to it, and noted.
    """
    notes, chosen = [], {}
    for label in labels:
        if not fold(plain(label.name)):
            words = f"“{label.name}” holds no letter or digit, and is no tag."
            notes.append(Note(words, "tags left out"))
            continue
        notes += _resemblance(label.name, tags)
        tag, label_notes = _tag(label, tags)
        if tag.pk in chosen:
            words = f"“{label.name}” is the tag “{tag}”, which the story has already."
            notes.append(Note(words, "tags given twice"))
        notes += label_notes
        chosen[tag.pk] = tag
    come, gone = given.exchange("tags", chosen)
    new = [chosen[pk] for pk in come]
    return tuple(notes), organising.tag(article, new, gone=gone, is_new=given.is_new)


def _resemblance(words, tags):
    """Name the tags that a new one resembles: only a person knows whether they are the same."""
    if tags.meaning(words):
        return []
    return [
        f"“{words}” is a new tag, which resembles “{other}”: merge the two if they mean the same."
        for other in tags.resembling(words)
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
        organising.save(tag)
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
