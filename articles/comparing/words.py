"""The words in which one text differs from another."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import groupby
from typing import NamedTuple

from newsroom.i18n.words import SPACELESS_SIGNS

SAME, REMOVED, ADDED = "same", "removed", "added"

LONG = 2_000
"""A text of more words is compared by its rarer ones first: exactly would take seconds."""

_MARKS = re.escape(r"""!"#$%&'()*+,-./:;<=>?@[\]^_`{|}~¡§«»¿،؛؟।。、「」『』""") + "‐-⁞"
_SIGN = rf"[^\s{_MARKS}{SPACELESS_SIGNS}]"
_TOKEN = re.compile(rf"{_SIGN}+(?:[.,'’-]{_SIGN}+)*|\s+|.", re.DOTALL)


class Run(NamedTuple):
    """Words that are in both texts (`SAME`), in the old one alone (`REMOVED`), or in the new one alone (`ADDED`)."""

    kind: str
    text: str


def tokens(text: str) -> list[str]:
    """Return the words of a text, its spaces and its punctuation marks, which joined are the text.

    Where a script has no spaces, each sign is one.
    """
    return _TOKEN.findall(text)


def changes(old: str, new: str) -> list[Run]:
    """Return what is the same and what is not, in order; what was removed stands before what took its place.

    The runs that are not added are the old text, joined, and those that are not removed the new one.
    """
    before, after = tokens(old), tokens(new)
    is_long = len(before) + len(after) > LONG
    matcher = SequenceMatcher(None, before, after, autojunk=is_long)
    runs: list[Run] = []
    for name, start, end, start_after, end_after in matcher.get_opcodes():
        if name == "equal":
            runs.append(Run(SAME, "".join(before[start:end])))
            continue
        runs.append(Run(REMOVED, "".join(before[start:end])))
        runs.append(Run(ADDED, "".join(after[start_after:end_after])))
    return list(_joined([run for run in runs if run.text]))


def _joined(runs: list[Run]) -> Iterator[Run]:
    """Yield the runs with a change of several words as one change: the spaces in it are no words."""
    for is_same, group in groupby(_with_spaces_in_changes(runs), key=lambda run: run.kind == SAME):
        together = list(group)
        for kind in (SAME,) if is_same else (REMOVED, ADDED):
            if text := "".join(run.text for run in together if run.kind == kind):
                yield Run(kind, text)


def _with_spaces_in_changes(runs: list[Run]) -> Iterator[Run]:
    last = len(runs) - 1
    for place, run in enumerate(runs):
        if run.kind == SAME and not run.text.strip() and 0 < place < last:
            yield Run(REMOVED, run.text)
            yield Run(ADDED, run.text)
        else:
            yield run
