"""Links, figures, cards and quotations of the source that the translation lacks."""

import re
from collections import Counter
from collections.abc import Iterator

from django.utils.translation import gettext as _

from articles.checks.side import Check, Side

_QUOTE = re.compile('[«»“”„‟"‹›「」『』]')


def missing(source: Side, target: Side) -> Iterator[Check]:
    """Name what the source leads to or shows and the translation does not.

    They count by their number: a link may lead to a page in another language.
    """
    ours, theirs = _parts(source), _parts(target)
    sentences = {
        "figure": _("A figure of the source is missing."),
        "aside": _("A card of the source is missing."),
        "div": _("An embed of the source is missing."),
        "blockquote": _("It is a quotation in the source, and none here."),
        "a": _("A link of the source is missing."),
    }
    for tag, sentence in sentences.items():
        if ours[tag] > theirs[tag]:
            yield Check("references", sentence)


def unquoted(source: Side, target: Side) -> Iterator[Check]:
    """Ask where the words are that the source quotes."""
    if _QUOTE.search(source.text) and not _QUOTE.search(target.text):
        yield Check("quotes", _("The source quotes somebody, and no quotation marks stand here."))


def _parts(side: Side) -> Counter[str]:
    return Counter(piece.tag for piece in side.body.pieces if piece.is_start)
