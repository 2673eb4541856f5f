"""Two lists of blocks as one that shows what differs: block by block, and in a block word by word."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from articles.body import Body
from articles.body.markup import Attrs, pieces
from articles.body.vocabulary import REFERENCES
from articles.comparing.blocks import aligned
from articles.comparing.words import ADDED, REMOVED, SAME, Run, changes

CHANGED = "changed"


@dataclass(frozen=True)
class Difference:
    """A block of two texts: `SAME`, `CHANGED`, `ADDED` or `REMOVED`, and its words in runs.

    One that is `CHANGED` while its words are not has another form: a heading, a link, italics.
    """

    kind: str
    runs: tuple[Run, ...]

    @property
    def is_of_form(self) -> bool:
        return self.kind == CHANGED and all(run.kind == SAME for run in self.runs)


def compared(
    old: Sequence[str], new: Sequence[str], read: Callable[[str], str] = str
) -> list[Difference]:
    """Return each block of both texts, in the order of the new one; `read` makes words of a block."""
    return [
        _difference(
            None if place is None else old[place], None if there is None else new[there], read
        )
        for place, there in aligned(old, new)
    ]


def _difference(old: str | None, new: str | None, read: Callable[[str], str]) -> Difference:
    if old is None or new is None:
        kind = ADDED if old is None else REMOVED
        words = read(old or new or "")
        return Difference(kind, (Run(kind, words),) if words else ())
    kind = SAME if old == new else CHANGED
    return Difference(kind, tuple(changes(read(old), read(new))))


def blocks_of(html: str) -> list[str]:
    """Return the blocks of a body, each with its markup."""
    return [block.html for block in Body(html).blocks]


def as_read(block: str, named: Callable[[str, Attrs], str]) -> str:
    """Return the words of a block of a body; one that only refers to something is `named` by its tag and attributes."""
    first = pieces(block)[0] if block else None
    if first and first.tag in REFERENCES:
        return named(first.tag, first.attrs or {})
    return Body(block).text
