"""What an import has to say of a story, and which of it needs a person.

A plain string is for a person. A Note of one of the kinds in ROUTINE asks nobody for a decision: a run
counts it, and names it only in its report.
"""

from articles.body.notes import Note as BodyNote

MISSING = "pictures missing"
LATER = "related stories that come later"
LACKING = "pictures without alternative text, credit or right"
CHANGED = "changed or taken out here"
GAPS = "gaps of the source"
BLOCKS = "blocks that show what is no part of a story"
LAYOUT = "shortcodes of page builders taken off"
STICKY = "stories kept at the top of their site"

ROUTINE = frozenset(
    {
        "encodings assumed",
        "footers taken",
        "promotions left out",
        "furniture left out",
        "broken lines joined",
        MISSING,
        LACKING,
        "pictures given twice",
        "tags given twice",
        "tags left out",
        "links waiting for their story",
        LATER,
        CHANGED,
        GAPS,
        BLOCKS,
        LAYOUT,
        STICKY,
        "categories made",
        "categories that became tags",
        "bodies brought into the form of the site",
    }
)

FORM = frozenset({"rule", "headings", "shortcode"})
"""The kinds of articles/body/notes.py that change how a body looks, and take no words from it."""


class Note(str):
    """A sentence that knows of what kind it is."""

    __slots__ = ("kind",)
    kind: str

    def __new__(cls, words: str, kind: str) -> "Note":
        note = super().__new__(cls, words)
        note.kind = kind
        return note


def is_routine(note: str) -> bool:
    return isinstance(note, Note) and note.kind in ROUTINE


def of_body(note: BodyNote, language: str) -> str:
    """Return a note of the body in a language as a note of the import."""
    words = f"Body in {language}: {note}"
    return Note(words, "bodies brought into the form of the site") if note.kind in FORM else words
