"""Write the bylines of a story."""

from django.db.models import Q

from articles.importers.story import EVERY_LANGUAGE, Person
from articles.models import Author, AuthorName, Byline
from articles.texts import column, text
from newsroom.db import together
from newsroom.languages import first_language, with_columns


class People:
    """The authors whom stories name, each looked for once: nobody else writes meanwhile."""

    def __init__(self):
        self._found = {}

    def author_of(self, person):
        """Return the author who has, or had, one of the person's names; create a new one."""
        key = person.kind, tuple(sorted(person.names.items()))
        if key not in self._found:
            self._found[key] = author_of(person)
        return self._found[key]


def set_bylines(article, bylines, given, *, people):
    """Credit these people, and no more those whom only the same source credited before.

    Return whether that changed anything. Their order is the source's, unless it was changed here.
    """
    found = ((people.author_of(each).pk, each.role, each.language) for each in bylines)
    keys = [list(key) for key in dict.fromkeys(found)]
    before = given.before("bylines")
    come, gone = given.exchange("bylines", keys)
    here = {} if given.is_new else {_key(byline): byline for byline in article.bylines.all()}
    left = [byline for key in gone if (byline := here.pop(tuple(key), None))]
    for byline in left:
        byline.delete()
    order = [list(key) for key in here]
    follows = [key for key in before if key in order] == [key for key in order if key in before]
    order += [key for key in come if key not in order]
    if follows:
        order = _in_order(order, keys)
    return _place(article, order, here) or bool(left)


def _key(byline):
    return byline.author_id, byline.role, byline.language


def _in_order(order, wanted):
    """Return `order` with those that are wanted in their order, where the first of them stands."""
    moved = iter([key for key in wanted if key in order])
    return [next(moved) if key in wanted else key for key in order]


def _place(article, order, here):
    """Let the credits stand in this order; return whether anything changed."""
    changed = False
    for position, (author, role, language) in enumerate(order):
        byline = here.get((author, role, language)) or Byline(
            article=article, author_id=author, role=role, language=language
        )
        if byline.pk is None or byline.position != position:
            byline.position, changed = position, True
            together.insert(byline) if byline.pk is None else byline.save()
    return changed


def author_of(person):
    """Return the author who has, or had, one of the person's names; create a new one."""
    author = _known(person) or Author(kind=person.kind)
    changed = author.pk is None
    for language, name in _names(person).items():
        if not text(author, "name", language):
            setattr(author, column("name", language), name)
            changed = True
    if changed:
        author.save()
    _remember(author, person)
    return author


def is_known(kind, names):
    """Return whether an author of a kind has, or had, one of these names."""
    return _known(Person(names=dict(enumerate(names)), kind=kind)) is not None


def names_of(author):
    """Return what an author is called, and was called by imports."""
    now = {text(author, "name", language) for language in with_columns()} - {""}
    return now | {*author.imported_names.values_list("name", flat=True)}


def _known(person):
    """Find by what authors are called now, and only then by what imports called them before."""
    authors = Author.objects.order_by("pk")
    renamed = authors.filter(imported_names__name__in=person.names.values(), kind=person.kind)
    return authors.filter(_named(person)).first() or renamed.first()


def _remember(author, person):
    """Keep the names, so that the next story finds the author under whom a correction was made."""
    names = set(filter(None, person.names.values()))
    known = AuthorName.objects.filter(author=author, name__in=names)
    for name in sorted(names - set(known.values_list("name", flat=True))):
        AuthorName.objects.update_or_create(name=name, defaults={"author": author})


def _names(person):
    """Return the name per language; one without a language stands in the default one."""
    names = dict(person.names)
    everywhere = names.pop(EVERY_LANGUAGE, None)
    return names if everywhere is None else {first_language(): everywhere} | names


def _named(person):
    condition = Q(pk__in=[])
    for name in set(person.names.values()):
        for language in with_columns():
            condition |= Q(**{column("name", language): name})
    return condition & Q(kind=person.kind)
