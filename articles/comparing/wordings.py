"""The blocks of a text in one language, and what a translation knows of those that it was made from.

Headline and standfirst are blocks too, with an id that never changes.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple

HEADLINE, STANDFIRST = "title", "standfirst"
LINES = (HEADLINE, STANDFIRST)
"""The blocks that are plain words, above those of the body."""

_REFERRING = ("<figure", "<aside", "<div")
# What is not said: words that are set in bold say the same.
_MARKS = re.compile(r"</?(?:strong|em|bdi|sub|sup|span)\b[^>]*>")
_KIND = re.compile(r"<(\w+)((?: data-(?:image|article|embed|pull)=\"[^\"]*\")*)")


class Text(NamedTuple):
    """What a story says in one language: its headline, its standfirst, and the HTML of each block of its body."""

    headline: str
    standfirst: str
    body: tuple[str, ...]

    @property
    def lines(self) -> dict[str, str]:
        both = zip(LINES, (self.headline, self.standfirst), strict=True)
        return {name: words for name, words in both if words}


@dataclass(frozen=True)
class Block:
    """One block of a text. `source` is the id of the block that it was made from, and `made` that one's wording then.

    Without a source it stands in this language only; without a wording nobody knows from which it was made.
    """

    id: str
    html: str
    source: str = ""
    made: str = ""

    @property
    def is_line(self) -> bool:
        return self.id in LINES

    @property
    def is_free(self) -> bool:
        """Whether it may have been made from any block: a line has its own, and what refers is made from its like."""
        return not self.is_line and not self.html.startswith(_REFERRING)

    @property
    def kind(self) -> str:
        """What it is, and of a reference to what: the same in every language."""
        match = _KIND.match(self.html)
        return self.id if self.is_line else match[0] if match else ""


class Row(NamedTuple):
    """A block of the source beside the one that was made from it; either may be missing."""

    source: Block | None
    target: Block | None
    is_behind: bool


class Told(NamedTuple):
    """What somebody says who translates beside the source, of one language.

    `made_from` tells of new blocks, by their HTML, from which block of the source they were made; otherwise their place
    tells. The blocks of the source in `unseen` say by now what the translator has not read. In the languages that are
    `mended` words were put right, and nothing was brought up to what the source says.
    """

    language: str
    made_from: Mapping[str, str] = MappingProxyType({})
    unseen: frozenset[str] = frozenset()
    mended: frozenset[str] = frozenset()


NOTHING = Told("")


def says_same(one: str, other: str) -> bool:
    """Return whether two wordings of a block say the same and lead to the same places."""
    return one == other or _MARKS.sub("", one) == _MARKS.sub("", other)
