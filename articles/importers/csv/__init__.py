"""CSV: a story a row. A mapping file beside it tells what its columns are; without one their names do.

docs/reference/formats.md lists the names and shows a mapping file.
"""

import csv
import re
from collections.abc import Iterator, Mapping
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any

from articles.importers.context import Context
from articles.importers.csv.columns import (
    FIELDS as FIELDS,
    Column,
    columns_of,
    delimiter_of,
    is_table,
)
from articles.importers.decode import open_text
from articles.importers.fields import Fault, quoted
from articles.importers.making import Making, status_of, stories
from articles.importers.making.words import paragraphs
from articles.importers.story import STATUSES, BadFile, BadStory, Person, Story, Subject, Text

DESCRIPTION = "a story a row"
SUFFIXES = (".csv", ".tsv")

MAX_FIELD = 20_000_000
_REFERENCE = re.compile(r"(?:region|section)/[a-z0-9]+(?:[-_][a-z0-9]+)*")
_SEVERAL = re.compile(r"\s*[;|]\s*")
_MARKUP = re.compile(
    r"</?(?:p|div|br|h[1-6]|ul|ol|figure|blockquote|a|strong|em|img|table)\b", re.IGNORECASE
)


def sniff(head: str) -> bool:
    """Tell whether the first line names columns of a story."""
    return is_table(head)


def read(path: Path, context: Context) -> Iterator[Story | BadStory]:
    """Yield each row's Story, or the BadStory that tells why it is none.

    Raise BadFile where the file holds no table, or its mapping file names what is not there.
    """
    csv.field_size_limit(MAX_FIELD)
    stream, notes = open_text(path)
    with stream:
        lines = iter(partial(stream.readline, MAX_FIELD), "")
        first = next(lines, "").lstrip("\ufeff")
        table = csv.reader(chain([first], lines), delimiter=delimiter_of(first))
        try:
            names = next(table, [])
            columns = columns_of(path, names, context)
            default = context.identify(path)[1]
            make = partial(
                _story, columns=columns, notes=notes, path=path, context=context, default=default
            )
            rows = (row for row in table if any(map(str.strip, row)))
            own = partial(_first, columns=columns, field="id")
            yield from stories(
                rows, make, own=own, number=lambda _count, _row: table.line_num, unit="Line"
            )
        except csv.Error as error:
            raise BadFile(
                path, f"line {table.line_num} is no row of a table ({error}); export it again."
            ) from error


def _story(
    row: list[str],
    *,
    columns: list[Column | None],
    notes: tuple[str, ...],
    path: Path,
    context: Context,
    default: str,
) -> Story:
    if len(row) > len(columns):
        raise Fault(
            f"the row has {len(row)} cells, and the table {len(columns)} columns; put quotes round the commas in a text"
        )
    making = Making(context, path, language=default)
    making.notes += notes
    language = making.language(_first(row, columns=columns, field="language"))
    languages = [*dict.fromkeys(column.language or language for column in columns if column)]
    texts = {
        code: _text(cells, making, code)
        for code in languages
        if (cells := _cells_in(row, columns, code, language)).get("title")
    }
    if not texts:
        raise Fault("it has no headline; give it one")
    if language not in texts:
        language = next(iter(texts))
    shared = partial(_first, row, columns=columns)
    _take_picture(row, columns, making, [language, *texts])
    addresses = {
        code: (_cells_in(row, columns, code, language).get("old_addresses", ""),) for code in texts
    }
    return making.record(
        external_id=shared(field="id") or addresses[language][0],
        texts=texts,
        source_language=language,
        is_whole=any(column.language for column in columns if column),
        addresses=addresses,
        people=_people(shared(field="bylines"), making),
        categories=_references(shared(field="categories")),
        subjects=_subjects(shared, making, language),
    )


def _cells_in(row: list[str], columns: list[Column | None], code: str, main: str) -> dict[str, str]:
    """Return field -> what a row holds for a language: its own columns, and in the main one those that name no language."""
    cells: dict[str, str] = {}
    for cell, column in zip(row, columns, strict=False):
        if (
            column
            and cell.strip()
            and (column.language == code or (not column.language and _is_for(column, code, main)))
        ):
            cells.setdefault(column.field, cell)
    return cells


def _is_for(column: Column, code: str, main: str) -> bool:
    return code == main or column.field in ("status", "published_at", "modified_at")


def _text(cells: Mapping[str, str], making: Making, language: str) -> Text:
    status = cells.get("status", "").strip().lower()
    body = cells.get("body", "")
    return making.text(
        title=cells["title"],
        standfirst=cells.get("standfirst", ""),
        body=body if _MARKUP.search(body) else paragraphs(body),
        language=language,
        slug=_slug(cells.get("slug", ""), making),
        status=status if status in STATUSES else status_of(_state(status), making),
        published_at=making.moment(cells.get("published_at"), "published_at"),
        modified_at=making.moment(cells.get("modified_at"), "modified_at"),
    )


def _state(word: str) -> str:
    """Return the word of an agency for that of a table: what it calls public may be published."""
    return (
        "usable"
        if word in ("", "publish", "public", "live", "1", "true", "yes", "future", "scheduled")
        else word
    )


def _slug(said: str, making: Making) -> str:
    words = said.strip().strip("/").rpartition("/")[2]
    if not words or (re.fullmatch(r"\w+(?:-+\w+)*", words) and len(words) <= 100):
        return words
    making.notes.append(
        f"The slug {quoted(words)} is none that can be kept; one is made from the headline."
    )
    return ""


def _first(row: list[str], *, columns: list[Column | None], field: str) -> str:
    cells = zip(row, columns, strict=False)
    return next(
        (
            cell.strip()
            for cell, column in cells
            if column and column.field == field and cell.strip()
        ),
        "",
    )


def _take_picture(
    row: list[str], columns: list[Column | None], making: Making, languages: list[str]
) -> None:
    shared = partial(_first, row, columns=columns)
    for code in languages:
        cells = _cells_in(row, columns, code, languages[0])
        caption, alt = cells.get("caption"), cells.get("alt")
        making.picture(
            shared(field="image"),
            lead=True,
            language=code,
            caption=caption,
            alt=alt,
            credit_line=shared(field="credit"),
        )


def _people(words: str, making: Making) -> Iterator[Person]:
    for name in _SEVERAL.split(words):
        yield from making.person(name)


def _references(words: str) -> tuple[str, ...]:
    """Return the categories that are named as this site names its own."""
    return tuple(filter(_REFERENCE.fullmatch, _SEVERAL.split(words)))


def _subjects(shared: Any, making: Making, language: str) -> Iterator[Subject]:
    for field, kind in (("categories", "category"), ("tags", "tag")):
        words = shared(field=field)
        parts = _SEVERAL.split(words) if _SEVERAL.search(words) else words.split(",")
        for name in parts:
            if kind == "tag" or not _REFERENCE.fullmatch(name):
                yield from making.subject(name, language=language, kind=kind)
