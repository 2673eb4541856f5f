"""The footer of a story page: category names, run together without anything between them.

"Middle EastNewsSyria" is cut into names that are known; where several ways lead through the line,
the one with the longest name first wins.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

_SENTENCE_ENDS = tuple(".!?…:;,\"'”’»)]؟؛،")

# More letters than the names of all categories a story is filed under.
_LONGEST = 1000

# Where one name runs into the next: the "sE" of "AmericasEurope".
_JOINT = re.compile("[a-zß-öø-ÿ][A-ZÀ-ÖØ-Þ]")

_UNKNOWN_PART = (
    'The footer line "{line}" holds "{part}", which is no known category; '
    "add that category and import the page again, or file the story by hand."
)
_UNKNOWN_LINE = (
    'The last paragraph "{line}" looks like a footer, but its categories are not known; '
    "add them and import the page again, or remove the paragraph."
)


@dataclass(frozen=True)
class Footer:
    """What the footer tells: category references, what was not understood, and all other lines."""

    categories: tuple[str, ...]
    notes: tuple[str, ...]
    other_lines: list[str]

    @classmethod
    def find(cls, lines: list[str], known_categories: Mapping[str, str]) -> "Footer":
        """Take the footer out of `lines`, the lines of a page down to its comments.

        A line made of two names or more is a footer wherever it stands, a line of one name only as
        the last. A last line that is a footer with unknown names in it gives the known ones, and a
        note for each unknown part.
        """
        names = Names(known_categories)
        parts, notes, others = [], [], []
        for number, line in enumerate(lines, start=1):
            found = names.split(line) or []
            if len(found) > 1 or (found and number == len(lines)):
                parts += found
            else:
                others.append(line)
        if others and others[-1:] == lines[-1:]:
            found, notes = _read_roughly(lines[-1], names)
            parts += found
            others = others[:-1] if found else others
        categories = dict.fromkeys(known_categories[names.original(part)] for part in parts)
        return cls(tuple(categories), tuple(notes), others)


class Names:
    """Known names, and the ways to cut a line into them. White space counts as one space."""

    def __init__(self, names: Iterable[str]) -> None:
        self._original = {_spaced(name): name for name in names if _spaced(name)}
        self._by_first: dict[str, list[str]] = {}
        for name in sorted(self._original, key=len, reverse=True):
            self._by_first.setdefault(name[0], []).append(name)

    def original(self, name: str) -> str:
        """Return `name` as the caller spelled it."""
        return self._original[name]

    def at(self, line: str, start: int) -> Iterable[str]:
        """Return the names that begin at `start`, the longest first."""
        candidates = self._by_first.get(line[start : start + 1], ())
        return (name for name in candidates if line.startswith(name, start))

    def split(self, line: str) -> list[str] | None:
        """Return the names that make up the whole line, or None if there is no way.

        Positions are tried once each, so a line costs no more than its length however many ways
        there are, and a paragraph costs the look at its first letter.
        """
        line = _spaced(line)
        reached = self._reachable(line)
        good = {len(line)}
        for start in sorted(reached, reverse=True):
            if any(_after(line, start, name) in good for name in self.at(line, start)):
                good.add(start)
        if 0 not in good or not line:
            return None
        parts, start = [], 0
        while start < len(line):
            name = next(n for n in self.at(line, start) if _after(line, start, n) in good)
            parts.append(name)
            start = _after(line, start, name)
        return parts

    def _reachable(self, line: str) -> set[int]:
        reached, waiting = set(), [0]
        while waiting:
            start = waiting.pop()
            if start < len(line) and start not in reached:
                reached.add(start)
                waiting += [_after(line, start, name) for name in self.at(line, start)]
        return reached


def _spaced(text: str) -> str:
    return " ".join(text.split())


def _after(line: str, start: int, name: str) -> int:
    """Return where the next name would begin: names may have a space between them."""
    end = start + len(name)
    return end + 1 if line[end : end + 1] == " " else end


def _read_roughly(line: str, names: Names) -> tuple[list[str], list[str]]:
    """Return the known names of a last line that looks like a footer, and what there is to note.

    It does if it holds two known names or more, names run into each other, and it does not end like
    a sentence. A line that is only similar stays in the body, with a note: it may be the story's.
    """
    line = _spaced(line)
    if line.endswith(_SENTENCE_ENDS) or len(line) > _LONGEST:
        return [], []
    joints = len(_JOINT.findall(line))
    known, unknown = _parts(line, names, spaced=not joints)
    touching = any(first + second in line for first, second in pairwise(known))
    if len(known) > 1 and (joints or touching):
        return known, [
            _UNKNOWN_PART.format(line=line, part=part) for part in dict.fromkeys(unknown)
        ]
    mostly_known = len(known) > 1 and sum(map(len, unknown)) < sum(map(len, known))
    return [], [_UNKNOWN_LINE.format(line=line)] if mostly_known or joints > 1 else []


def _parts(line: str, names: Names, *, spaced: bool) -> tuple[list[str], list[str]]:
    """Return the known names in the line and what stands between them."""
    known, unknown, start, gap = [], [], 0, 0
    while start < len(line):
        fitting = (n for n in names.at(line, start) if _stands_alone(line, start, n, spaced=spaced))
        name = next(fitting, None)
        if name is None:
            start += 1
            continue
        unknown.append(line[gap:start])
        known.append(name)
        start = gap = start + len(name)
    unknown.append(line[gap:])
    return known, [part.strip() for part in unknown if part.strip()]


def _stands_alone(line: str, start: int, name: str, *, spaced: bool) -> bool:
    """Tell "Syria" from the "Syria" in "Syrian", and "Europe" from that in "Europe & Russia".

    Only where the footer has spaces between its names may a name end at one.
    """
    end = start + len(name)
    before, after = line[max(start - 1, 0) : start], line[end : end + 1]
    return not after.islower() and (spaced or not (before.isspace() or after.isspace()))
