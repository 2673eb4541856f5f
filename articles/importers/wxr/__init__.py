"""WordPress exports (WXR 1.0 to 1.2): the posts of a site with their pictures, comments and languages.

docs/reference/import-wxr.md tells what becomes of each part.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from articles.importers.context import Context
from articles.importers.story import BadStory, Story
from articles.importers.wxr.reading import Reading

DESCRIPTION = "the export of a WordPress site"
SUFFIXES = (".wxr",)

_SIGNS = re.compile(r"<rss\b.*?(?:wordpress\.org/export/|<wp:wxr_version)", re.DOTALL)


def sniff(head: str) -> bool:
    """Tell whether a file is a feed with the elements of a WordPress export."""
    return bool(_SIGNS.search(head))


def read(path: Path, context: Context) -> Iterator[Story | BadStory]:
    """Yield a Story for each post, or the BadStory that tells why it is none.

    The file is read twice, as a stream. A broken item never stops those after it. Raise BadFile where
    the file as a whole cannot be read, or holds no post.
    """
    yield from Reading(path, context).results()
