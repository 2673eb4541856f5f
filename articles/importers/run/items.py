"""What is read from the files, cut into parts that are treated together."""

from typing import NamedTuple

from articles.importers.run.sources import Source
from articles.importers.story import Story

MOST, MOST_TEXT = 100, 1_000_000
"""So many stories, or so many characters of their bodies, are treated together: a second of work for which an editor may have to wait."""


class Item(NamedTuple):
    """A story, the file that holds it, and the name of the source that it comes from."""

    story: Story
    file: Source
    source: str


def together(items):
    """Yield lists of Items, and of what stands between them, in their order; no story twice in a list."""
    some, size, names = [], 0, set()
    for item in items:
        ids = _ids(item)
        if len(some) >= MOST or size > MOST_TEXT or ids & names:
            yield some
            some, size, names = [], 0, set()
        some.append(item)
        if ids:
            names |= ids
            size += sum(len(text.body) for text in item.story.texts.values())
    if some:
        yield some


def _ids(item):
    """Return what names a story: whoever looks for it finds what was stored under any of its ids."""
    if not isinstance(item, Item):
        return set()
    return {
        (item.source, external_id) for external_id in (item.story.external_id, *item.story.aliases)
    }
