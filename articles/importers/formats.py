"""The formats that can be imported, and which of them a file is in.

Each is a module with what `Format` names. To add one: docs/howto/develop.md.
"""

from collections.abc import Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import Protocol

from articles.importers.context import Context
from articles.importers.decode import PICTURE_SUFFIXES, read_head
from articles.importers.story import BadFile, BadStory, Story


class Format(Protocol):
    """A parser: it reads a file, yields records, and knows neither the database nor the settings.

    `sniff` is given the begin of a text, and tells whether only a file of this format begins so.
    `read` yields a BadStory for each story that cannot be read, and raises BadFile where the file
    as a whole cannot.
    """

    DESCRIPTION: str
    SUFFIXES: tuple[str, ...]

    def sniff(self, head: str) -> bool: ...

    def read(self, path: Path, context: Context) -> Iterator[Story | BadStory]: ...


NAMES = ("page", "jsonl", "wxr", "rss", "ninjs", "newsml-g2", "newsml-1", "nitf", "html", "csv")
"""The modules beside this one that are formats, in the order in which help texts list them and files are recognised."""


class Formats(Mapping[str, Format]):
    """All formats by name. A module is loaded when it is asked for: some bring a large library, which no web process needs."""

    def __getitem__(self, name: str) -> Format:
        if name not in NAMES:
            raise KeyError(name)
        form: Format = import_module(f"articles.importers.{name.replace('-', '_')}")
        return form

    def __iter__(self) -> Iterator[str]:
        return iter(NAMES)

    def __len__(self) -> int:
        return len(NAMES)


FORMATS = Formats()


def recognise(path: Path) -> str:
    """Return the name of the format that a file is in; raise BadFile where none is recognised.

    What the file says counts. Its suffix is asked only where that begins like no format in particular.
    """
    if path.suffix.lower() in PICTURE_SUFFIXES:
        raise BadFile(
            path,
            "a picture, which comes with its story; name the file of the story, "
            "or upload the picture in the admin.",
        )
    head = read_head(path)
    for name, form in FORMATS.items():
        if form.sniff(head):
            return name
    for name, form in FORMATS.items():
        if path.suffix.lower() in form.SUFFIXES:
            return name
    known = ", ".join(f"{name} ({form.DESCRIPTION})" for name, form in FORMATS.items())
    raise BadFile(
        path,
        f"it begins like no known format; name the format of such files with --format: {known}.",
    )
