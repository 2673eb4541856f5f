"""Categories, tags and authors: made, renamed, moved, merged, and given to stories."""

from articles.actions.organising.authors import merge_authors
from articles.actions.organising.categories import merge_categories, move_categories, targets_of
from articles.actions.organising.crediting import credit, credits_of
from articles.actions.organising.filing import (
    categorise,
    file_under,
    filing_refusals,
    may_file,
    tag,
)
from articles.actions.organising.saving import forget, learn, save
from articles.actions.organising.tags import merge_tags

__all__ = [
    "categorise",
    "credit",
    "credits_of",
    "file_under",
    "filing_refusals",
    "forget",
    "learn",
    "may_file",
    "merge_authors",
    "merge_categories",
    "merge_tags",
    "move_categories",
    "save",
    "tag",
    "targets_of",
]
