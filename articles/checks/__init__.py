"""What a translation may have got wrong, block by block: questions to its translator, which hinder nothing.

They are those that translators' tools ask; `docs/reference/translation-checks.md` lists them. Nothing here knows a model.
"""

from articles.checks import (
    dates,
    letters,
    names,
    numbers,
    punctuation,
    references,
    speakers,
    wording,
)
from articles.checks.side import Check, Side

CHECKS = (
    wording.unfinished,
    wording.same,
    numbers.differ,
    dates.differ,
    names.missing,
    names.replaced,
    speakers.swapped,
    references.missing,
    references.unquoted,
    letters.doubled_space,
    punctuation.opening_marks,
    punctuation.foreign_marks,
    punctuation.spaces_before_marks,
    punctuation.straight_quotes,
)
"""Each takes the source and the translation as two Sides and yields its Checks."""


def found(
    source_html: str, target_html: str, *, source_language: str, language: str
) -> list[Check]:
    """Return what is to be looked at in a block that was translated; its sentences are in the active language.

    Both are HTML of the body's vocabulary; a headline has to be escaped. A block without any words and parts is only unfinished.
    """
    source, target = Side(source_html, source_language), Side(target_html, language)
    if source.has_anything and not target.has_anything:
        return [wording.nothing()]
    return [check for check_of in CHECKS for check in check_of(source, target)]
