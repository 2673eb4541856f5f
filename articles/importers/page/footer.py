"""The footer of a story page: names of categories in its last lines.

They run together ("Middle EastNewsSyria"), are divided by bars, commas, dots or number signs, or stand
one on a line. A line that runs together is cut into names that are known; where several ways lead
through it, the one with the longest name first wins.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from articles.importers.notes import Note
from articles.importers.page.furniture import is_furniture
from articles.importers.page.names import Names, spaced
from articles.importers.page.words import is_tag_label, split_label
from articles.importers.story import MAX_LENGTHS, TagLabel

_SENTENCE_ENDS = tuple(".!?…:;,\"'”’»)]؟؛،")

# More letters than the names of all categories a story is filed under.
_LONGEST = 1000

# Where one name runs into the next: the "sE" of "AmericasEurope".
_JOINT = re.compile("[a-zß-öø-ÿ][A-ZÀ-ÖØ-Þ]")

_BARS = re.compile(r"\s*[|·•#]\s*|\s+/\s+")
_COMMAS = re.compile(r"\s*[,،、;]\s*")

_TAKEN = 'Taken as the footer, not as text: "{line}".'
_BELOW = 'Left out, below the footer: "{line}".'
_UNKNOWN_PART = (
    'The footer line "{line}" holds "{part}", which is no known category; '
    "add that category and import the page again, or file the story by hand."
)
_UNKNOWN_LINE = (
    'The last paragraph "{line}" looks like a footer, but its categories are not known; '
    "add them and import the page again, or remove the paragraph."
)
_DOUBTFUL = (
    'The line "{line}" holds nothing but names of categories and was left in the text; '
    "if it is the footer, remove it and file the story by hand."
)

_DOUBT = "lines left in doubt"

_WORDS_OF_A_TAG = 5


@dataclass(frozen=True)
class _Line:
    """A line that may be part of a footer. `is_sure`: no sentence is written like this. `is_tags`: it says of itself that it holds tags."""

    words: str
    known: list[str]
    unknown: list[str] = field(default_factory=list)
    is_sure: bool = False
    is_joined: bool = False
    is_tags: bool = False


@dataclass(frozen=True)
class Footer:
    """What the footer tells: category references, tags, what was decided, and all other lines."""

    categories: tuple[str, ...]
    tags: tuple[TagLabel, ...]
    notes: tuple[str, ...]
    decisions: tuple[str, ...]
    other_lines: list[str]

    @classmethod
    def find(
        cls,
        lines: list[str],
        known_categories: Mapping[str, str],
        language: str,
        *,
        is_announced: bool,
    ) -> "Footer":
        """Take the footer out of the end of `lines`, the lines of a page down to its comments.

        `is_announced` tells that comments stand below: then a last line that is one name is a footer.
        """
        names = Names(known_categories)
        end = len(lines)
        while end and is_furniture(lines[end - 1]):
            end -= 1
        start, block = _block(lines[:end], names)
        if not _is_plausible(block, lines[:start], is_announced=is_announced or end < len(lines)):
            doubts = _doubts(lines[:end], names)
            return cls((), (), doubts, tuple(_DOUBT for _note in doubts), lines)
        categories = dict.fromkeys(
            known_categories[name] for footer_line in block for name in footer_line.known
        )
        doubts = _doubts(lines[:start], names, is_end=False)
        notes = [
            *(
                _UNKNOWN_PART.format(line=footer_line.words, part=part)
                for footer_line in block
                if not footer_line.is_tags
                for part in dict.fromkeys(footer_line.unknown)
            ),
            *(Note(_TAKEN.format(line=line), "footers taken") for line in lines[start:end]),
            *(Note(_BELOW.format(line=line), "footers taken") for line in lines[end:]),
            *doubts,
        ]
        decisions = ("footers taken", *(_DOUBT for _note in doubts))
        words = dict.fromkeys(
            part for footer_line in block if footer_line.is_tags for part in footer_line.unknown
        )
        tags = tuple(TagLabel(name=part, labels={language: part}) for part in words)
        return cls(tuple(categories), tags, tuple(notes), decisions, lines[:start])


def _block(lines: list[str], names: Names) -> tuple[int, list[_Line]]:
    """Return where the last lines begin that may be a footer, and those lines."""
    block: list[_Line] = []
    start = len(lines)
    while start and (line := _read(lines[start - 1], names, is_last=not block)):
        block.insert(0, line)
        start -= 1
    if block and start and split_label(lines[start - 1]) != ("", lines[start - 1]):
        # The label stands on a line of its own.
        start -= 1
        block[0] = _Line(block[0].words, block[0].known, block[0].unknown, is_sure=True)
    return start, block


def _is_plausible(block: list[_Line], above: list[str], *, is_announced: bool) -> bool:
    if not block:
        return False
    if any(line.is_joined for line in block):
        return True
    if above and above[-1].endswith((":", "：")):
        return False  # "The winner in one word:" is about what follows
    return is_announced or len(block) > 1 or any(line.is_sure for line in block)


def _read(line: str, names: Names, *, is_last: bool) -> _Line | None:
    """Return what a line holds as part of a footer, None for any other."""
    words = spaced(line)
    if len(words) > _LONGEST:
        return None
    label, words = split_label(words)
    if label and not words:
        return None
    if words.isupper() and not names.split(words):
        names = names.in_capitals()
    if words.endswith(_SENTENCE_ENDS) and not names.split(words):
        return None
    if is_tag_label(label) and (tags := _tags(words, names)):
        return tags
    divided = _divided(words, names, is_labelled=bool(label))
    if divided:
        return divided
    if known := names.split(words):
        joined = _is_joined(words, known)
        return _Line(line, names.originals(known), is_sure=bool(label), is_joined=joined)
    return _roughly(words, names) if is_last else None


def _tags(words: str, names: Names) -> _Line | None:
    """Read what stands behind "Tags:", names of categories among it; None for what runs together or is none."""
    parts = [part for bars in _BARS.split(words) for part in _COMMAS.split(bars) if part]
    if len(parts) == 1 and names.split(words):
        return None
    if any(len(part.split()) > _WORDS_OF_A_TAG or len(part) > MAX_LENGTHS["tag"] for part in parts):
        return None
    known = [name for part in parts if (name := names.one(part))]
    unknown = [part for part in parts if not names.one(part)]
    return _Line(words, names.originals(known), unknown, is_sure=True, is_tags=True)


def _divided(words: str, names: Names, *, is_labelled: bool) -> _Line | None:
    """Read names with signs between them: bars may hold unknown ones, commas only after a label."""
    for signs, is_strict in ((_BARS, False), (_COMMAS, True)):
        parts = [part for part in signs.split(words) if part]
        if len(parts) < 2 and not words.startswith("#"):
            continue
        known = [name for part in parts if (name := names.one(part))]
        unknown = [part for part in parts if not names.one(part)]
        enough = len(known) >= (1 if is_labelled else 2) and len(known) >= len(unknown)
        if known and (not unknown or (enough and (is_labelled or not is_strict))):
            return _Line(words, names.originals(known), unknown, is_sure=True)
    return None


def _is_joined(words: str, names: list[str]) -> bool:
    """Tell whether two names touch, as no sentence has them."""
    return any((first + second).casefold() in words.casefold() for first, second in pairwise(names))


def _roughly(words: str, names: Names) -> _Line | None:
    """Return the known names of a last line in which names run into each other, with unknown ones."""
    joints = len(_JOINT.findall(words))
    known, unknown = names.parts(words, spaced=not joints)
    if len(known) > 1 and (joints or _is_joined(words, known)):
        return _Line(words, names.originals(known), unknown, is_sure=True, is_joined=True)
    return None


def _doubts(lines: list[str], names: Names, *, is_end: bool = True) -> tuple[str, ...]:
    """Name the lines that stay in the text and could be a footer."""
    notes = [
        _DOUBTFUL.format(line=line)
        for number, line in enumerate(lines, start=1)
        if (footer_line := _read(line, names, is_last=False))
        and (len(footer_line.known) > 1 or number == len(lines))
    ]
    if is_end and lines and not notes and _resembles(spaced(lines[-1]), names):
        notes.append(_UNKNOWN_LINE.format(line=spaced(lines[-1])))
    return tuple(notes)


def _resembles(words: str, names: Names) -> bool:
    """Tell whether a last line is nearly all known names, or unknown ones that run together."""
    if words.endswith(_SENTENCE_ENDS) or len(words) > _LONGEST:
        return False
    joints = len(_JOINT.findall(words))
    known, unknown = names.parts(words, spaced=not joints)
    return joints > 1 or (len(known) > 1 and sum(map(len, unknown)) < sum(map(len, known)))
