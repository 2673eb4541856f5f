"""Write the bylines of a story."""

from django.db.models import Q

from articles.importers.story import EVERY_LANGUAGE
from articles.models import Author, Byline
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
    """Return the author who has one of the person's names in some language; create a new one."""
    author = Author.objects.filter(_named(person)).order_by("pk").first() or Author(
        kind=person.kind
    )
    changed = author.pk is None
    for language, name in _names(person).items():
        if not text(author, "name", language):
            setattr(author, column("name", language), name)
            changed = True
    if changed:
        author.save()
    return author


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
