"""What a parser is told besides its file."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path


@dataclass(frozen=True, kw_only=True)
class Context:
    """What a file does not say of itself. Settings, database and command line reach a parser by this alone.

    `languages` are the codes that a text may have. `identify` gives the id and the language of a story
    that has a file of its own, from the path of that file. `categories` maps the names that a file may
    use to references ("Middle East" to "region/middle-east"). `published_at` (aware) is the time of
    stories whose file tells none. `folder` is the one below which the pictures of a file lie, None for that of
    the file: a file that was unpacked may have left its own. `language` is that of texts whose file tells none,
    "" for what it says or for that of the site. `media` is the folder that holds the pictures of an archive.
    """

    languages: tuple[str, ...]
    identify: Callable[[Path], tuple[str, str]]
    categories: Mapping[str, str] = field(default_factory=dict)
    published_at: datetime | None = None
    folder: Path | None = None
    language: str = ""
    media: Path | None = None
