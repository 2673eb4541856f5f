"""The menu: what it begins with, what stands in it, in which order, and what becomes of an entry when its category is merged into another."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from articles.models import Category, MenuEntry
from articles.texts import column, text
from newsroom.db import locks
from newsroom.http import address
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
    """Move each of these entries past the next one that readers of one language see beside it; return (entry, the one it passed).

    None stands for what an entry cannot pass, because it is the first already, or the last.
    """
    with locks.writing():
        rows = list(MenuEntry.objects.order_by("position", "pk"))
        chosen = {entry.pk for entry in entries}
        order, passed = moved(rows, chosen, up=up, meets=MenuEntry.meets)
        # Where nobody moves, the numbers that somebody gave them stay.
        for place, row in enumerate(order if order != rows else [], start=1):
            if row.position != place * STEP:
                row.position = place * STEP
                row.save()
        return passed


def moved(rows, chosen, *, up, meets=lambda _row, _other: True):
    """Return rows in another order, and a pair for each chosen one: it, and the next that it meets, which it has passed.

    One that meets none on its way stays, and None is in its pair; one that meets a chosen one stays behind that, without a pair.
    """
    order, passed = rows[:] if up else rows[::-1], []
    for place, row in enumerate(order[:]):
        if row.pk not in chosen:
            continue
        before = [index for index in range(place) if meets(row, order[index])]
        if not before:
            passed.append((row, None))
        elif order[before[-1]].pk not in chosen:
            passed.append((row, order[before[-1]]))
            order.insert(before[-1], order.pop(place))
    return order if up else order[::-1], passed


def told_of_move(entry, passed, *, up):
    """Return the sentence on what `move` has done with an entry."""
    if passed is None:
        sentence = _("“%(name)s” is first already.") if up else _("“%(name)s” is last already.")
        return sentence % {"name": entry}
    sentence = (
        _("“%(name)s” stands before “%(other)s” now.")
        if up
        else _("“%(name)s” stands behind “%(other)s” now.")
    )
    return sentence % {"name": entry, "other": passed}


def hand_over(categories, *, to):
    """Let the entries of categories that are about to go lead to another one, unless it stands there already."""
    for entry in MenuEntry.objects.filter(category__in=categories).order_by("position", "pk"):
        entry.category = to
        if not list(obstacles(entry)):
            entry.save()


def _obstacles_of_link(entry):
    try:
        entry.link = address.read(entry.link, schemes=address.ELSEWHERE)
    except ValidationError as error:
        yield "link", " ".join(error.messages)
    first = entry.languages or [first_language()]
    if not any(text(entry, "label", code) for code in first):
        sentence = _("The label in %s is missing: a link has no other name.")
        names = ", ".join(LANGUAGES[code].name for code in first)
        yield column("label", first[0]), sentence % names
