"""The menu: what it begins with, what stands in it, in which order, and what becomes of an entry when its category is merged into another."""

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _

from articles.models import Category, MenuEntry
from articles.texts import column, text
from newsroom.db import locks
from newsroom.languages import LANGUAGES, enabled, first_language

STEP = 10
"""How far apart entries stand once they have been moved, so that a number fits between any two."""


def without_entries():
    """Return the codes of the site's languages that no entry is meant for: the tree of categories is their menu."""
    taken = MenuEntry.objects.values_list("languages", flat=True)
    return [
        language.code
        for language in enabled()
        if not any(language.code in (codes or [language.code]) for codes in taken)
    ]


def begin(languages):
    """Give those of these languages that have no entry the menu that they have now, as entries; return what was made.

    Readers see the same before and after. Where all languages begin together, one that is enabled later has the entries, too.
    """
    with locks.writing():
        codes = [code for code in without_entries() if code in languages]
        if not codes:
            return []
        is_for_all = len(codes) == len(enabled()) and not MenuEntry.objects.exists()
        tree = Category.tree()
        return MenuEntry.objects.bulk_create(
            MenuEntry(
                category_id=node.pk, languages=[] if is_for_all else codes, position=place * STEP
            )
            for place, node in enumerate([*tree.regions, *tree.sections], start=1)
        )


def save(entry):
    """Save an entry; raise ValidationError where something stands in the way: see `obstacles`."""
    with locks.writing():
        if problems := [sentence for _field, sentence in obstacles(entry)]:
            raise ValidationError(problems)
        entry.save()


def obstacles(entry):
    """Yield (field, sentence) for what keeps an entry from being saved as it is."""
    chosen = [name for name in MenuEntry.PLACES if getattr(entry, name)]
    if len(chosen) != 1:
        yield None, _("Choose one: a category, a page or a link.")
        return
    if entry.link:
        yield from _obstacles_of_link(entry)
    others = MenuEntry.objects.exclude(pk=entry.pk)
    same = others.filter(**{name: getattr(entry, name) for name in MenuEntry.PLACES})
    if any(entry.meets(other) for other in same):
        sentence = _("“%s” stands in the menu already: change that entry.")
        yield chosen[0], sentence % entry


def move(entries, *, up):
    """Move each of these entries by one place; the first stays first."""
    with locks.writing():
        rows = list(MenuEntry.objects.order_by("position", "pk"))
        order = moved(rows, {entry.pk for entry in entries}, up=up)
        # Where nobody moves, the numbers that somebody gave them stay.
        for place, row in enumerate(order if order != rows else [], start=1):
            if row.position != place * STEP:
                row.position = place * STEP
                row.save()


def moved(rows, chosen, *, up):
    """Return rows in another order: each whose id is chosen one place further up, or down, as long as the one there is not."""
    order = rows[:] if up else rows[::-1]
    for place in range(1, len(order)):
        if order[place].pk in chosen and order[place - 1].pk not in chosen:
            order[place - 1 : place + 1] = order[place], order[place - 1]
    return order if up else order[::-1]


def hand_over(categories, *, to):
    """Let the entries of categories that are about to go lead to another one, unless it stands there already."""
    for entry in MenuEntry.objects.filter(category__in=categories).order_by("position", "pk"):
        entry.category = to
        if not list(obstacles(entry)):
            entry.save()


def _obstacles_of_link(entry):
    if not _is_address(entry.link):
        yield (
            "link",
            _("“%(line)s” is no address: begin it with https://.") % {"line": entry.link},
        )
    first = entry.languages or [first_language()]
    if not any(text(entry, "label", code) for code in first):
        sentence = _("The label in %s is missing: a link has no other name.")
        names = ", ".join(LANGUAGES[code].name for code in first)
        yield column("label", first[0]), sentence % names


def _is_address(words):
    try:
        URLValidator(schemes=["http", "https"])(words)
    except ValidationError:
        return False
    # The validator takes a scheme in capitals, too; the database does not.
    return words.startswith(MenuEntry.SCHEMES)
