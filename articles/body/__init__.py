"""The body of a story: a small HTML vocabulary, stored once per language.

`clean` runs on every way in and tells what it left out, `render` is the only way out.
docs/reference/body.md says it in full.
"""

from articles.body.cleaning import Cleaned, clean
from articles.body.markup import DEEPEST
from articles.body.notes import Note
from articles.body.references import References, references, rewrite
from articles.body.rendering import render
from articles.body.text import plain_text, word_count
from articles.body.vocabulary import ATTRIBUTES, CHECKS, PASSED_ON, TAGS

__all__ = [
    "ATTRIBUTES",
    "CHECKS",
    "DEEPEST",
    "PASSED_ON",
    "TAGS",
    "Cleaned",
    "Note",
    "References",
    "clean",
    "plain_text",
    "references",
    "render",
    "rewrite",
    "word_count",
]
