"""Write the bylines of a story."""

from django.db.models import Q

from articles.importers.story import EVERY_LANGUAGE
from articles.models import Author, AuthorName, Byline
from articles.texts import column, text
from newsroom.languages import DEFAULT_LANGUAGE, LANGUAGES


def set_bylines(article, people):
    """Make these the bylines of the article, in this order."""
    kept = []
    for position, person in enumerate(people):
        byline, _new = Byline.objects.update_or_create(
            article=article,
            author=author_of(person),
            role=person.role,
            language=person.language,
            defaults={"position": position},
        )
        kept.append(byline.pk)
    article.bylines.exclude(pk__in=kept).delete()


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
    return names if everywhere is None else {DEFAULT_LANGUAGE: everywhere} | names


def _named(person):
    condition = Q(pk__in=[])
    for name in set(person.names.values()):
        for language in LANGUAGES:
            condition |= Q(**{column("name", language): name})
    return condition & Q(kind=person.kind)
