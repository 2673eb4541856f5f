"""Find the places of this site for what a source files its stories under in words of its own."""

from typing import NamedTuple

from articles.actions import organising
from articles.importers.notes import Note
from articles.importers.story import EVERY_LANGUAGE, TagLabel
from articles.models import Category
from articles.texts import column, identity, text
from newsroom.languages import first_language, with_columns

DEFAULT = frozenset(
    map(
        identity,
        (
            *("uncategorized", "uncategorised", "sin categoría", "sin categorizar", "sem categoria", "non classé"),
            *("allgemein", "unkategorisiert", "nicht kategorisiert", "senza categoria", "geen categorie"),
            *("ongecategoriseerd", "bez kategorii", "nezařazené", "okategoriserade", "ukategoriseret", "ukategorisert"),
            *("kategorisiz", "genel", "fără categorie", "sense categoria", "без рубрики", "без категорії"),
            *("غير مصنف", "دسته‌بندی نشده", "未分类", "未分類", "미분류", "ללא קטגוריה", "chưa phân loại", "tak berkategori"),
        ),
    )
)  # fmt: skip
"""What WordPress calls a category that nobody chose."""


class Places(NamedTuple):
    """Where a story goes by its subjects: categories, tags, and notes."""

    categories: list
    tags: list
    notes: list


def placed(subjects, here, *, create):
    """Return the Places for subjects by the Categories that are here; with `create`, one that is not is made."""
    places = Places([], [], [])
    for subject in subjects:
        if not _is_default(subject):
            _place(subject, here, places, create=create)
    return places


def _place(subject, here, places, *, create):
    if subject.kind == "category":
        category = here.find(subject)
        if category is None and create:
            category = here.make(subject)
            places.notes.append(Note(f"The category “{category}” is new.", "categories made"))
        # A section stands in no other here: the story is listed in those above it as well.
        above = () if category and category.kind == Category.Kind.REGION else subject.parents
        chosen = [category, *map(here.find, above)]
        places.categories.extend(filter(None, chosen))
        if category:
            return
        words = f"There is no category “{_name(subject)}”; it is a tag."
        places.notes.append(Note(words, "categories that became tags"))
    names = {code: name for code, name in subject.names.items() if code != EVERY_LANGUAGE}
    labels = names if len(names) > 1 else {}
    places.tags.append(TagLabel(name=_name(subject), labels=labels))


def _name(subject):
    names = subject.names
    return names.get(first_language()) or names.get(EVERY_LANGUAGE) or next(iter(names.values()))


def _is_default(subject):
    return bool({identity(words) for words in (*subject.names.values(), subject.slug)} & DEFAULT)


class Categories:
    """The categories of the site by every name and slug that they have: nobody else writes meanwhile."""

    def __init__(self):
        self._slugs, self._names = {}, {}
        for category in Category.objects.order_by("position", "pk"):
            self._know(category)

    def find(self, subject):
        """Return the category that a subject means, or None: by its slug, else by a name in any language."""
        names = (self._names.get(identity(words)) for words in subject.names.values())
        by_slug = self._slugs.get(identity(subject.slug)) if subject.slug else None
        return by_slug or next(filter(None, names), None)

    def make(self, subject):
        """Make a category: a region where one above it is a region, else a section."""
        above = []
        for parent in subject.parents:
            above.append(self.find(parent) or self._made(parent, above))
        return self._made(subject, above)

    def _made(self, subject, above):
        region = next(
            (parent for parent in reversed(above) if parent.kind == Category.Kind.REGION), None
        )
        kind = Category.Kind.REGION if region else Category.Kind.SECTION
        category = Category(kind=kind, parent=region)
        for language, name in subject.names.items():
            setattr(category, column("name", language or first_language()), name)
        language = next(iter(subject.names)) or first_language()
        taken = Category.objects.with_slug(subject.slug, kind=kind, language=language).exists()
        if subject.slug and not taken:
            setattr(category, column("slug", language), subject.slug)
        organising.save(category)
        self._know(category)
        return category

    def _know(self, category):
        for language in with_columns():
            for known, field in ((self._names, "name"), (self._slugs, "slug")):
                if words := text(category, field, language):
                    known.setdefault(identity(words), category)
