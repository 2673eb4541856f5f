"""What was chosen for the menu of each language."""

from django.conf import settings

from articles.models import MenuEntry
from articles.pages import own_page as own_pages
from articles.pages.menu.menu import Choice, of
from articles.texts import column, text, text_or_default
from newsroom.db.statements import named, statement
from newsroom.languages import Label, with_columns
from newsroom.site.kept import Kept


def read(tree):
    """Return the Menu in the language of a tree, as it is now."""
    choices = KEPT.current().get(tree.language, ())
    return of(tree, choices, own_pages.every(tree.language))


def stored():
    """Return language -> the Choices for it, in their order, as the database has them; one query."""
    by_language = {}
    for row in _every():
        for code, _name in settings.LANGUAGES:
            if code in (row.languages or [code]):
                by_language[code] = (*by_language.get(code, ()), _choice(row, code))
    return by_language


def _choice(row, language):
    label = text_or_default(row, "label", language)
    if not row.link:
        # The name that the thing has there is better than a label that is not in this language.
        label = Label(text(row, "label", language), language)
    return Choice(row.category_id, row.page_id, row.link, label)


@statement
def _every():
    labels = [column("label", code) for code in with_columns()]
    rows = MenuEntry.objects.rewrite(mode=False).order_by("position", "pk")
    return named(rows, "category_id", "page_id", "link", "languages", *labels)


KEPT = Kept("menu:kept", stored)
