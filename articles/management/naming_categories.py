"""Names of categories in languages that the site has got since it began."""

from collections import defaultdict

from articles.management import starting_categories
from articles.models import Category
from articles.texts import column, text
from newsroom.db import locks
from newsroom.languages import LANGUAGES, enabled

SHOWN = 3
"""So many categories without a name are told by one that they have."""


def missing():
    """Return the code of a language -> the categories without a name of their own in it.

    An easy-read form borrows that of its main language.
    """
    without = defaultdict(list)
    codes = [language.code for language in enabled() if not language.main]
    for category in Category.objects.order_by("pk"):
        for code in codes:
            if not text(category, "name", code):
                without[code].append(category)
    return dict(without)


def in_categories():
    """Yield a sentence for each language in which categories have no name, for the doctor."""
    for code, categories in missing().items():
        told = ", ".join(str(category) for category in categories[:SHOWN])
        more = f" and {len(categories) - SHOWN} more" if len(categories) > SHOWN else ""
        yield (
            f"Categories have no name in {LANGUAGES[code].name} ({told}{more}), so readers see that of another language: "
            "run manage.py name_categories, and write what it does not know in the admin."
        )


@locks.writing()
def fill(file):
    """Give categories the names that a file of categories has for them where they have none; return how many were named.

    One is known by a name that it has in any language: what the site has named otherwise everywhere is its own. No name is changed.
    """
    named, known = set(), _known(file)
    for code, categories in missing().items():
        for category in categories:
            if name := _name(category, known, code):
                setattr(category, column("name", code), name)
                named.add(category)
    for category in sorted(named, key=lambda category: category.pk):
        category.save()
    return len(named)


def _known(file):
    """Return (kind, language, name) -> the names by language of the category that a file calls so."""
    codes = [language.code for language in enabled()]
    # The categories of the world have a name in English, whatever the languages of the site.
    languages = ["en", *codes] if file == "world" else codes
    start, known = starting_categories.named(file, languages=languages), {}
    for kind, branches in (("region", start.regions), ("section", start.sections)):
        for branch in starting_categories.walk(branches):
            for code, name in branch.names.items():
                known.setdefault((kind, code, name), branch.names)
    return known


def _name(category, known, code):
    """Return the name of a category in a language by what is known, or nothing."""
    own = ((other.code, text(category, "name", other.code)) for other in enabled())
    names = (known.get((category.kind, *pair), {}) for pair in own if pair[1])
    return next((by_language[code] for by_language in names if by_language.get(code)), "")
