"""Categories, tags and authors: merged, moved, and given to stories."""

from articles.actions.organising.authors import merge_authors
from articles.actions.organising.categories import merge_categories, move_categories, targets_of
from articles.actions.organising.filing import file_under, filing_refusals, may_file
from articles.actions.organising.tags import merge_tags

__all__ = [
    "file_under",
    "filing_refusals",
    "may_file",
    "merge_authors",
    "merge_categories",
    "merge_tags",
    "move_categories",
    "targets_of",
]
