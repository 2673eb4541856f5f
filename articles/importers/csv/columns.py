"""The columns of a table: what their names say, or the mapping file beside it."""

import csv
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from articles.importers.context import Context
from articles.importers.decode import MAPPING, read_json
from articles.importers.fields import quoted
from articles.importers.story import BadFile

FIELDS = {
    "id, guid, uuid, nid, post_id": "id",
    "title, headline": "title",
    "standfirst, summary, excerpt, description, lead": "standfirst",
    "body, content, text, html": "body",
    "language, lang, locale": "language",
    "slug": "slug",
    "status, state": "status",
    "published_at, published, date, pubdate, publish_date, created": "published_at",
    "modified_at, modified, updated, updated_at": "modified_at",
    "author, authors, byline, creator": "bylines",
    "category, categories, section": "categories",
    "tags, keywords, tag": "tags",
    "image, picture, photo, thumbnail, featured_image": "image",
    "caption, image_caption": "caption",
    "alt, image_alt": "alt",
    "credit, image_credit": "credit",
    "url, link, permalink, address": "old_addresses",
}
"""Names of columns, in small letters and with _ for spaces, and what they become."""

TRANSLATED = (
    "title",
    "standfirst",
    "body",
    "slug",
    "status",
    "published_at",
    "modified_at",
    "caption",
    "alt",
    "old_addresses",
)
KNOWN = {name: field for names, field in FIELDS.items() for name in (*names.split(", "), field)}
DELIMITERS = ",;\t|"
_TITLED = re.compile(r"title|headline", re.IGNORECASE)
_WORDED = re.compile(r"body|content|text|html|date|published|slug|summary|author", re.IGNORECASE)
_SPACES = re.compile(r"[\s-]+")


class Column(NamedTuple):
    """What a column holds: a field, and the language of it where the table has a column for each."""

    field: str
    language: str


def columns_of(path: Path, names: list[str], context: Context) -> list[Column | None]:
    """Return what each column is, None for one that is not read."""
    mapping = _mapping(path, names)
    columns = [_column(mapping.get(name, name), context) for name in names]
    if not any(column and column.field == "title" for column in columns):
        raise BadFile(
            path,
            f"no column is a title (there are {', '.join(map(quoted, names[:20])) or 'none'}); name one in "
            f'{path.stem}{MAPPING}: {{"column": "title"}}.',
        )
    return columns


def _mapping(path: Path, names: list[str]) -> dict[str, str]:
    """Return column -> field of the mapping file beside a table, empty without one."""
    place = path.with_name(f"{path.stem}{MAPPING}")
    if not place.is_file():
        return {}
    mapping = read_json(place)
    if not isinstance(mapping, dict):
        raise BadFile(place, 'no object; write {"column": "field"}.')
    for name, field in mapping.items():
        if name not in names:
            raise BadFile(place, f"the table has no column {quoted(name)}; correct the name.")
        bare = str(field).rpartition(":")[0] or str(field)
        if field and bare not in KNOWN.values():
            raise BadFile(
                place, f"{quoted(str(field))} is no field; use one of {', '.join(FIELDS.values())}."
            )
    return {name: str(field or "") for name, field in mapping.items()}


def _column(name: str, context: Context) -> Column | None:
    """Return what a name says: "title", "Headline" and "title_es" or "title:es"."""
    words = _SPACES.sub("_", name.strip().lower())
    if words in KNOWN:
        return Column(KNOWN[words], "")
    for language in context.languages:
        for sign in "_:":
            field = KNOWN.get(words.removesuffix(f"{sign}{language.replace('-', '_')}"))
            if field in TRANSLATED:
                return Column(field, language)
    return None


def delimiter_of(line: str) -> str:
    """Return the sign that divides most names of the first line, outside of quotes."""
    bare = re.sub(r'"[^"]*"', "", line)
    return max(DELIMITERS, key=bare.count)


def _cells(line: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([line.rstrip("\r")], delimiter=delimiter), [])
    except csv.Error:
        return []


def _bare(names: list[str]) -> Iterator[str]:
    """Yield the names of columns without a language."""
    for name in names:
        yield re.sub(r"[_:][a-z]{2}(?:[_-]\w+)?$", "", _SPACES.sub("_", name.strip().lower()))


def is_table(head: str) -> bool:
    """Tell whether the first line names columns of a story: a headline and something else."""
    line = head.lstrip("\ufeff").partition("\n")[0]
    names = _cells(line, delimiter_of(line))
    if len(names) < 2 or len(line) > 5_000 or "<" in line or "{" in line:
        return False
    return any(map(_TITLED.fullmatch, _bare(names))) and any(map(_WORDED.search, names))
