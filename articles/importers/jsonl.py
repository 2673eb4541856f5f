"""Stories as JSON Lines: one story per line, in all its languages.

docs/reference/import-jsonl.md explains every key to the people who write such files.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from articles.importers.context import Context
from articles.importers.decode import MAX_LINE_BYTES, find_unstorable, read_lines, wrong_byte
from articles.importers.fields import Fault, one_line, quoted
from articles.importers.record import Source, story_in
from articles.importers.story import BadFile, BadStory, Story

DESCRIPTION = "one story per line, in all its languages"
SUFFIXES = (".jsonl", ".ndjson")

_SIGNS = re.compile(r'\s*\{.*"(?:editions|source_language)"\s*:', re.DOTALL)


def sniff(head: str) -> bool:
    """Tell whether a file begins with an object that has keys of a story."""
    return bool(_SIGNS.match(head))


def read(path: Path, context: Context) -> Iterator[Story | BadStory]:
    """Yield each line's Story, or the BadStory that tells why the line is none.

    Lines are read one at a time, blank ones skipped; a bad line never stops those after it. A
    picture's path is taken from the folder of the pictures, a missing picture is a gap and a note.
    Raise BadFile where the file as a whole cannot be read, or holds no line at all.
    """
    source = Source(context.folder or path.parent, context.languages)
    line_of_id: dict[str, int] = {}
    is_blank = True
    for number, offset, line in read_lines(path):
        if line is None or line.strip():
            is_blank = False
            yield _read_line(line, number, offset, source, line_of_id)
    if is_blank:
        raise BadFile(path, "the file holds no story; write one JSON object per line.")


def _read_line(
    line: bytes | None, number: int, offset: int, source: Source, line_of_id: dict[str, int]
) -> Story | BadStory:
    external_id = ""
    try:
        record = _parse(line, offset)
        external_id = _own_id(record)
        story = story_in(record, source)
        if earlier := line_of_id.get(story.external_id):
            raise Fault(f"id was used on line {earlier} already; give each story an id of its own")
    except Fault as fault:
        named = f"Line {number}, story {quoted(external_id)}" if external_id else f"Line {number}"
        return BadStory(f"{named}: {fault.sentence}", line=number, external_id=external_id)
    line_of_id[story.external_id] = number
    return replace(story, line=number)


def _parse(line: bytes | None, offset: int) -> object:
    if line is None:
        raise Fault(f"the line is longer than {MAX_LINE_BYTES:,} bytes; put one story on each line")
    try:
        return json.loads(
            line.decode(), object_pairs_hook=_without_repetition, parse_constant=_refuse_constant
        )
    except UnicodeDecodeError as error:
        raise Fault(f"{wrong_byte(error, offset=offset)}; save the file as UTF-8") from None
    except json.JSONDecodeError as error:
        raise Fault(
            f"no JSON at character {error.pos + 1} ({error.msg}); "
            "write one complete story on one line"
        ) from None
    except (RecursionError, ValueError):
        raise Fault("nested too deeply, or a number too long; write a story as shown") from None


def _without_repetition(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    by_key = dict(pairs)
    if len(by_key) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise Fault(f"the key {quoted(twice)} stands twice in one object; keep one of them")
    return by_key


def _refuse_constant(name: str) -> None:
    raise Fault(f"{name} is no JSON value; write a number or null")


def _own_id(record: object) -> str:
    """Return the id for naming a story that may turn out bad, "" where it has none of use."""
    value = record.get("id") if isinstance(record, dict) else None
    is_usable = isinstance(value, str) and find_unstorable(value) is None
    return one_line(str(value)) if is_usable else ""
