"""The body of a story: a small HTML vocabulary, stored once per language.

`clean` runs on every way in and tells what it left out. `Body` is what came of it: it knows its words, blocks
and references, and its `render` is the only way out.
docs/reference/body.md says it in full.
"""

from articles.body.body import Block, Body, References, parsed
from articles.body.cleaning import Cleaned, clean
from articles.body.directions import isolated_words
from articles.body.markup import DEEPEST
from articles.body.notes import Note
from articles.body.rendering import AWAY, LITE
from articles.body.vocabulary import ATTRIBUTES, CHECKS, PASSED_ON, TAGS

__all__ = [
    "ATTRIBUTES",
    "AWAY",
    "CHECKS",
    "DEEPEST",
    "LITE",
    "PASSED_ON",
    "TAGS",
    "Block",
    "Body",
    "Cleaned",
    "Note",
    "References",
    "clean",
    "isolated_words",
    "parsed",
]
