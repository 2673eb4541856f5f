"""From files to articles: file -> parser -> Story -> writer -> publishing.

A parser is one module per format. It reads a file, yields `story.Story` records, and knows neither
the database nor the settings. Only `writer` knows the models.

=========  ==================  ====================================  ==========================
format     suffix              what it holds                         reference
=========  ==================  ====================================  ==========================
page       .txt                one story page, saved as plain text   docs/reference/import-page.md
jsonl      .jsonl, .ndjson     one story per line, all languages     docs/reference/import-jsonl.md
=========  ==================  ====================================  ==========================
"""

from dataclasses import dataclass
from pathlib import Path

from articles.importers.decode import PICTURE_SUFFIXES
from articles.importers.story import BadFile


@dataclass(frozen=True)
class Format:
    """A kind of file: the parser module of the same name reads it."""

    name: str
    suffixes: tuple[str, ...]
    description: str


FORMATS = {
    each.name: each
    for each in (
        Format("page", (".txt",), "a story page saved as plain text"),
        Format("jsonl", (".jsonl", ".ndjson"), "one story per line, in all its languages"),
    )
}
"""All formats by name, in the order in which help texts list them."""


def format_of(path: Path) -> Format:
    """Return the format that the suffix of `path` stands for; raise BadFile for any other."""
    suffix = Path(path).suffix.lower()
    for each in FORMATS.values():
        if suffix in each.suffixes:
            return each
    if suffix in PICTURE_SUFFIXES:
        raise BadFile(
            f"{path}: a picture, which comes with its story; name the file of the story, "
            "or upload the picture in the admin."
        )
    known = ", ".join(
        f"{'/'.join(each.suffixes)} ({each.description})" for each in FORMATS.values()
    )
    named = f'the suffix "{suffix}" is unknown' if suffix else "the name has no suffix"
    raise BadFile(f"{path}: {named}; rename the file to one of {known}.")
