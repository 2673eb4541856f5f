"""Words that somebody else says in the translation."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from articles.checks.side import Check, Side

_SAID = re.compile(r"“[^”]*”|«[^»]*»|„[^“]*“|\"[^\"]*\"")
_NAME = re.compile(r"[^\W\d_]+")
_STOP = re.compile(r"[.!?…]\s")
SEVERAL = 2


def swapped(source: Side, target: Side) -> Iterator[Check]:
    """Ask who says what, where the same people are quoted in another order; a name is compared letter by letter."""
    both = _capitalised(source.text) & _capitalised(target.text)
    ours, theirs = _speakers(source.text, both), _speakers(target.text, both)
    if len(ours) != len(theirs):
        return
    pairs = [pair for pair in zip(ours, theirs, strict=True) if all(pair)]
    sayings = [list(side) for side in zip(*pairs, strict=True)]
    if len(pairs) >= SEVERAL and sorted(sayings[0]) == sorted(sayings[1]):
        for ours_said, theirs_said in pairs:
            if ours_said != theirs_said:
                sentence = _("What “%(source)s” says in the source, “%(target)s” says here.")
                yield Check("names", sentence % {"source": ours_said, "target": theirs_said})


def _capitalised(text: str) -> set[str]:
    """Return the words outside of what is said that begin with a capital letter."""
    return {word for word in _NAME.findall(_SAID.sub(" ", text)) if word[0].isupper()}


def _speakers(text: str, names: set[str]) -> list[str]:
    """Return for each quotation who of the `names` stands nearest in its sentence, behind it or else before; "" for nobody."""
    said = list(_SAID.finditer(text))
    rest = _SAID.split(text)
    speakers = []
    for before, quotation, after in zip(rest, said, rest[1:], strict=False):
        has_ended = quotation[0][:-1].endswith(".")
        behind = [] if has_ended else _named(_STOP.split(after)[0], names)
        ahead = _named(_STOP.split(before)[-1], names)
        speakers.append((behind[:1] or ahead[-1:] or [""])[0])
    return speakers


def _named(text: str, names: set[str]) -> list[str]:
    return [word for word in _NAME.findall(text) if word in names]
