"""Marks that a language writes in its own way."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from articles.checks.side import Check, Side
from newsroom.i18n.quotation_marks import quotation_marks

ARABIC = {",": "،", ";": "؛", "?": "؟"}
HAN = {",": "，", ".": "。", ";": "；", ":": "：", "?": "？", "!": "！"}
FOREIGN = {
    **dict.fromkeys(("ar", "fa", "ur", "ps"), (r"[\u0600-\u06ff]\s?", ARABIC)),
    **dict.fromkeys(("zh", "ja"), (r"[\u3040-\u30ff\u4e00-\u9fff]\s?", HAN)),
    "el": (r"\w\s?", {"?": ";"}),
}
"""Base of a language -> what stands before its marks, and foreign mark -> its own."""

_OPENED = ((r"¿", r"\?"), (r"¡", "!"))
_CLOSE_IN_FRENCH = re.compile(r"\w([?!;»])|(«)\w")


def opening_marks(_source: Side, target: Side) -> Iterator[Check]:
    """Ask for the marks that begin a question and a cry in Spanish."""
    if target.base != "es":
        return
    for opening, closing in _OPENED:
        if len(re.findall(closing, target.text)) > len(re.findall(opening, target.text)):
            yield Check("punctuation", _("“%(mark)s” is missing.") % {"mark": opening})


def foreign_marks(_source: Side, target: Side) -> Iterator[Check]:
    """Name marks of another script behind letters of this one."""
    before, marks = FOREIGN.get(target.base, ("", {}))
    for mark, own in marks.items():
        if re.search(rf"{before}{re.escape(mark)}(?=\s|\W*\Z)", target.text):
            words = {"mark": mark, "own": own}
            yield Check("punctuation", _("“%(mark)s” is written “%(own)s” here.") % words)


def spaces_before_marks(_source: Side, target: Side) -> Iterator[Check]:
    if target.base == "fr" and (match := _CLOSE_IN_FRENCH.search(target.text)):
        mark = match[1] or match[2]
        sentence = _("A narrow space belongs between “%(mark)s” and the word beside it.")
        yield Check("punctuation", sentence % {"mark": mark})


def straight_quotes(_source: Side, target: Side) -> Iterator[Check]:
    if '"' in target.text:
        sentence = _("The quotation marks of this language are %(marks)s.")
        yield Check("punctuation", sentence % {"marks": " ".join(quotation_marks(target.code)[0])})
