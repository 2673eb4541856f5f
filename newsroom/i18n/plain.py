"""Words without what cannot be seen: what is blank, and what must not stand in a text."""

import re

# What shows nothing and shapes nothing beside it: spaces, fillers, soft hyphens, byte order marks.
_EMPTY = (
    r"\s\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b\u2060-\u2065\u206a-\u206f"
    r"\u2800\u3164\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
)
# What shows nothing by itself, but in words: joiners, marks of direction, variants, the tags of flags.
_SHAPING = (
    r"\u061c\u180b-\u180d\u180f\u200c-\u200f\u202a-\u202e\u2066-\u2069\ufe00-\ufe0f"
    r"\U000e0000-\U000e0fff"
)
_VISIBLE = re.compile(rf"[^{_EMPTY}{_SHAPING}\x00-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")
_AT_ENDS = re.compile(rf"\A[{_EMPTY}]+|[{_EMPTY}]+\Z")
# What parts two words all the same: the end of a line as Word has it, that of a page, and that of old machines.
_PARTING = re.compile(r"[\x0b\x0c\x85]")
# Ends of lines and tabs are text; U+0000 is refused with a sentence by whatever stores words.
_CONTROLS = re.compile(r"[\x01-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff\ud800-\udfff]")
_OPENING = dict.fromkeys("\u202a\u202b\u202d\u202e", "\u202c") | dict.fromkeys(
    "\u2066\u2067\u2068", "\u2069"
)
_CLOSING = frozenset(_OPENING.values())


def is_blank(words: str) -> bool:
    """Return whether nothing of these words can be seen: there are none, or invisible signs only."""
    return not _VISIBLE.search(words)


def plain(words: str) -> str:
    """Return one text without what must not stand in it: "" where nothing can be seen.

    Space and invisible signs at the ends, control characters, and marks of direction that are not
    closed in their line go. What shapes the letters beside it stays: joiners, and marks without an end.
    """
    if words.isascii() and words.isprintable():  # as most are: nothing is blank but a space
        return words.strip(" ")
    if is_blank(words):
        return ""
    words = without_controls(words)
    if not words.isascii():
        words = "\n".join(_balanced(line) for line in words.split("\n"))
    return _AT_ENDS.sub("", words)


def without_controls(words: str) -> str:
    """Return words or HTML without the characters that neither XML nor HTML can hold; what parts words is a space."""
    return _CONTROLS.sub("", _PARTING.sub(" ", words))


def isolated(words: object) -> str:
    """Return a name as it stands in a sentence of another direction where no markup can be: between U+2068 and U+2069."""
    return f"\u2068{words}\u2069"


def _balanced(line: str) -> str:
    """Take out what opens a direction that is never closed, and what closes none."""
    open_: list[int] = []
    lone: set[int] = set()
    for place, sign in enumerate(line):
        if sign in _OPENING:
            open_.append(place)
        elif sign in _CLOSING:
            if open_ and _OPENING[line[open_[-1]]] == sign:
                open_.pop()
            else:
                lone.add(place)
    lone.update(open_)
    return "".join(sign for place, sign in enumerate(line) if place not in lone) if lone else line
