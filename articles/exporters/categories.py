"""The categories of a site as a file of which another site can be started: see articles/management/starting_categories.py."""

from articles.models import Category
from articles.texts import text
from newsroom.languages import with_columns

WORDS = ("name", "slug", "description")


def as_data():
    """Return all regions, each with those under it, and all sections, as plain values for JSON."""
    tree = Category.tree()
    descriptions = {category.pk: category for category in Category.objects.all()}
    return {
        "regions": [_branch(node, descriptions) for node in tree.regions],
        "sections": [_branch(node, descriptions) for node in tree.sections],
    }


def _branch(node, rows):
    row = rows[node.pk]
    words = {
        field: {code: wording for code in with_columns() if (wording := text(row, field, code))}
        for field in WORDS
    }
    made = {**words, "position": row.position}
    made["under"] = [_branch(child, rows) for child in node.children]
    made["stands_before_headlines"] = row.is_genre
    return {
        key: value
        for key, value in made.items()
        if value not in ({}, [], False) or key == "position"
    }
