"""Making one of several categories, and putting them in another order."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from articles.actions import menu
from articles.derived import addresses
from articles.models import Article, Category, OldAddress, Partner, Promotion
from newsroom.db import locks


@locks.writing()
def merge_categories(categories, *, into):
    """Give `into` the stories, subcategories, promotions, entries of the menu and addresses of `categories`, which are deleted."""
    kept = Category.objects.select_for_update(of=("self",)).get(pk=into.pk)
    gone = list(
        Category.objects.select_for_update(of=("self",)).filter(pk__in=[c.pk for c in categories])
    )
    _check_place(kept, gone)
    paths = [path for category in gone for path in addresses.paths(category).values()]
    links = Article.categories.through.objects.filter(category__in=gone)
    articles = sorted(set(links.values_list("article_id", flat=True)))
    rows = [links.model(category=kept, article_id=article) for article in articles]
    links.model.objects.bulk_create(rows, ignore_conflicts=True)
    for child in Category.objects.filter(parent__in=gone).exclude(pk__in=[c.pk for c in gone]):
        child.parent = kept
        child.save()
    OldAddress.objects.filter(category__in=gone).update(category=kept)
    Promotion.objects.filter(category__in=gone).update(category=kept)
    menu.hand_over(gone, to=kept)
    for partner in Partner.objects.filter(categories__in=gone).distinct():
        partner.categories.add(kept)
    Category.objects.filter(pk__in=[category.pk for category in gone]).delete()
    for path in paths:
        addresses.add(kept, path=path)


def _check_place(kept, gone):
    if any(category.kind != kept.kind for category in gone):
        raise ValidationError(_("Regions go into a region, and sections into a section."))
    above = {node.pk for node in Category.tree().nodes[kept.pk].lineage()}
    if any(category.pk in above for category in gone):
        raise ValidationError(
            _("A category cannot go into itself, or into one that stands under it.")
        )


def targets_of(category):
    """Return the categories into which one can be merged: those of its kind that do not stand under it."""
    under = {node.pk for node in Category.tree().nodes[category.pk].subtree()}
    return Category.objects.filter(kind=category.kind).exclude(pk__in=under)


@locks.writing()
def move_categories(categories, *, up):
    """Move each of `categories` by one place among those beside it, in the order of menus; return the ids of those that moved."""
    tree, chosen = Category.tree(), {category.pk for category in categories}
    nodes, moved = [tree.nodes[pk] for pk in chosen], set()
    for parent in {(node.kind, node.parent_id) for node in nodes}:
        beside = [node for node in tree.walk() if (node.kind, node.parent_id) == parent]
        order, passed = menu.moved(beside, chosen, up=up)
        moved |= {node.pk for node, other in passed if other}
        if order != beside:
            _number([node.pk for node in order])
    return moved


def _number(pks):
    """Let these categories stand in this order in every language."""
    categories = Category.objects.in_bulk(pks)
    for place, pk in enumerate(pks, start=1):
        if categories[pk].position != place * 10:
            categories[pk].position = place * 10
            categories[pk].save()
