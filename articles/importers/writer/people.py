"""Write the bylines of a story."""

from functools import reduce
from operator import or_

from django.db.models import Q

from articles.actions import organising
from articles.importers.story import EVERY_LANGUAGE
from articles.models import Author, AuthorName
from articles.texts import column, text
from newsroom.db import together
from newsroom.languages import first_language, with_columns


class People:
    """The authors whom stories name, all looked for at once: nobody else writes meanwhile.

    An author is found by what it is called now, and only then by what imports called it before.
    """

    def __init__(self, people):
        names = {name for person in people for name in person.names.values() if name}
        self._now = {}
        for author in _called(names):
            self._know(author)
        rows = AuthorName.objects.filter(name__in=names).select_related("author")
        self._before = {row.name: row.author for row in rows}

    def find(self, person):
        """Return the author who has, or had, one of the person's names, or None."""
        names, kind = person.names.values(), person.kind
        now = [author for name in names if name and (author := self._now.get((kind, name)))]
        before = (self._before.get(name) for name in names)
        authors = now or [author for author in before if author and author.kind == kind]
        return min(authors, key=lambda author: author.pk, default=None)

    def author_of(self, person):
        """Return the author who has, or had, one of the person's names; create a new one."""
        author = self.find(person) or Author(kind=person.kind)
        changed = author.pk is None
        for language, name in _names(person).items():
            if not text(author, "name", language):
                setattr(author, column("name", language), name)
                changed = True
        if changed:
            organising.save(author)
            self._know(author)
        self._remember(author, person)
        return author

    def _know(self, author):
        for language in with_columns():
            key = author.kind, text(author, "name", language)
            other = self._now.setdefault(key, author)
            if author.pk < other.pk:
                self._now[key] = author

    def _remember(self, author, person):
        """Keep the names, so that the next story finds the author under whom a correction was made."""
        for name in sorted({*person.names.values()} - {""}):
            other = self._before.get(name)
            if other is None:
                together.insert(AuthorName(author=author, name=name))
            elif other.pk != author.pk:
                AuthorName.objects.filter(name=name).update(author=author)
            self._before[name] = author


def set_bylines(article, bylines, given, *, people):
    """Credit these people, and no more those whom only the same source credited before.

    Return whether that changed anything. Their order is the source's, unless it was changed here.
    """
    credited = ((people.author_of(person).pk, person.role, person.language) for person in bylines)
    keys = [list(key) for key in dict.fromkeys(credited)]
    before = given.before("bylines")
    come, gone = given.exchange("bylines", keys)
    here = {} if given.is_new else organising.credits_of(article)
    order = [list(key) for key in here if list(key) not in gone]
    follows = [key for key in before if key in order] == [key for key in order if key in before]
    order += [key for key in come if key not in order]
    if follows:
        order = _in_order(order, keys)
    return organising.credit(article, [tuple(key) for key in order], here=here)


def _in_order(order, wanted):
    """Return `order` with those that are wanted in their order, where the first of them stands."""
    moved = iter([key for key in wanted if key in order])
    return [next(moved) if key in wanted else key for key in order]


def names_of(author):
    """Return what an author is called, and was called by imports."""
    now = {text(author, "name", language) for language in with_columns()} - {""}
    return now | {imported.name for imported in author.imported_names.all()}


def _names(person):
    """Return the name per language; one without a language stands in the default one."""
    names = dict(person.names)
    everywhere = names.pop(EVERY_LANGUAGE, None)
    return names if everywhere is None else {first_language(): everywhere} | names


def _called(names):
    conditions = (Q(**{f"{column('name', language)}__in": names}) for language in with_columns())
    return Author.objects.filter(reduce(or_, conditions)) if names else ()
