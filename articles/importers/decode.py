"""From a path to text: find the files of a source and decode them, or say why not.

A byte order mark decides the encoding, then what the file declares, then UTF-8 to the last byte; for the rest see encodings.py.
"""

import codecs
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, TextIO

from articles.importers import encodings
from articles.importers.encodings import Words
from articles.importers.story import BadFile

MAX_TEXT_BYTES = 5_000_000
"""A story page of more bytes than this is some other kind of file."""

MAPPING = ".map.json"
"""How the name of a file ends that says what the columns of the table beside it are."""

HEAD_BYTES = 64_000
"""So much of a file is looked at to recognise its format."""

MAX_LINE_BYTES = 20_000_000
"""A line of more bytes than this is not one story; the limit bounds the memory of an import."""

MAX_DEPTH = 100
"""A folder further down than this is one that holds itself, or no archive of stories."""

PICTURE_SUFFIXES = frozenset(
    {".avif", ".gif", ".heic", ".jpeg", ".jpg", ".png", ".svg", ".tif", ".tiff", ".webp"}
)
"""Files that lie beside stories and are reached through them, never imported alone."""

# The longer marks first: the mark of UTF-32 LE begins with that of UTF-16 LE.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

# PostgreSQL cannot store NUL, XML cannot carry the others, and no encoding has half a surrogate.
_UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def find_files(source: Path) -> Iterator[Path | BadFile]:
    """Yield the files to import: `source` itself, or all files of a folder, in their order.

    Folders are walked to the bottom, entry by entry in the order of their names, where s2 is before s10. Hidden entries and
    pictures are left out, links to folders are not followed, and no link leads out of `source`: a
    folder may come from anywhere, and must not publish what else lies on the machine. What cannot
    be read is yielded as a BadFile in its place, so that one locked folder does not end the run.
    """
    source = Path(source)
    if not source.is_dir():
        yield source
        return
    has_files = False
    for file in _walk(source, source.resolve(), depth=0):
        has_files = True
        yield file
    if not has_files:
        yield BadFile(source, "the folder holds no file to import; name the folder that does.")


def _walk(folder: Path, source: Path, *, depth: int) -> Iterator[Path | BadFile]:
    if depth > MAX_DEPTH:
        yield BadFile(folder, f"more than {MAX_DEPTH} folders deep; move what it holds further up.")
        return
    try:
        entries = sorted(folder.iterdir(), key=_natural)
    except OSError as error:
        yield _unreadable(folder, error)
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        try:
            is_folder = entry.is_dir()
        except OSError as error:  # listed, but not to be looked at; or its path is too long
            yield _unreadable(entry, error)
            continue
        if not is_folder:
            if entry.suffix.lower() not in PICTURE_SUFFIXES and not entry.name.endswith(MAPPING):
                yield entry if _is_inside(entry, source) else _leading_out(entry)
        elif not entry.is_symlink():
            yield from _walk(entry, source, depth=depth + 1)


def _natural(entry: Path) -> tuple[list[str | int], str]:
    """Return what sorts names as people count: every second part is a number."""
    parts = re.split(r"([0-9]+)", entry.name)
    return [int(part) if place % 2 else part for place, part in enumerate(parts)], entry.name


def _is_inside(entry: Path, source: Path) -> bool:
    try:
        return not entry.is_symlink() or entry.resolve().is_relative_to(source)
    except (OSError, RuntimeError):  # links that lead to each other
        return False


def _leading_out(entry: Path) -> BadFile:
    return BadFile(entry, "a link that leads out of the folder; put the file itself there.")


def read_head(path: Path) -> str:
    """Return the begin of a text file, whatever its encoding; raise BadFile where it is none."""
    check_file(path)
    try:
        with path.open("rb") as stream:
            data = stream.read(HEAD_BYTES)
    except OSError as error:
        raise _unreadable(path, error) from error
    encoding, mark = _marked(data)
    if not mark and b"\0" in data:
        raise _binary(path, data.index(0))
    return data[len(mark) :].decode(encoding, errors="replace")


def read_text(path: Path, *, declared: str = "") -> Words:
    """Return the text of a file, without its byte order mark, with notes on an encoding that was assumed.

    `declared` is the encoding that the file names. Raise BadFile where the file is missing, unreadable, empty,
    too large, not text, or in another encoding than its byte order mark says.
    """
    path = Path(path)
    check_file(path)
    try:
        with path.open("rb") as stream:
            data = stream.read(MAX_TEXT_BYTES + 1)
    except OSError as error:
        raise _unreadable(path, error) from error
    if len(data) > MAX_TEXT_BYTES:
        raise BadFile(
            path, f"larger than {MAX_TEXT_BYTES:,} bytes, so not one story; split the file."
        )
    text = _decode(data, path, declared)
    if not text.strip():
        raise BadFile(path, "the file holds nothing but white space; fill or remove it.")
    return text


def open_text(path: Path) -> tuple[TextIO, tuple[str, ...]]:
    """Return a text of any size as a stream, and notes on the encoding that was assumed."""
    check_file(path)
    try:
        with path.open("rb") as data:
            head = data.read(encodings.SAMPLE)
        encoding, mark = _marked(head)
        if mark or _is_utf_8(path):
            encoding = "utf-8-sig" if encoding == "utf-8" else encoding.rpartition("-")[0]
            return path.open(encoding=encoding, errors="replace", newline=""), ()
        if not (assumed := encodings.likely(head)):
            raise BadFile(path, "some of its bytes are no UTF-8; save it as UTF-8.")
        return path.open(encoding=assumed, errors="replace", newline=""), (encodings.note(assumed),)
    except OSError as error:
        raise _unreadable(path, error) from error


def _is_utf_8(path: Path) -> bool:
    try:
        with path.open(encoding="utf-8") as text:
            while text.read(MAX_TEXT_BYTES):
                pass
    except UnicodeDecodeError:
        return False
    return True


def read_json(path: Path) -> object:
    """Return what a file of JSON holds; raise BadFile where it is none."""
    try:
        value: object = json.loads(read_text(path))
    except json.JSONDecodeError as error:
        raise BadFile(
            path, f"no JSON in line {error.lineno} ({error.msg}); export it again."
        ) from error
    except (ValueError, RecursionError) as error:
        raise BadFile(
            path, "its JSON is nested too deeply, or a number too long; export it again."
        ) from error
    return value


def read_lines(path: Path) -> Iterator[tuple[int, int, bytes | None]]:
    """Yield (line number from 1, byte offset of the line, its bytes) and hold one line at a time.

    Line ends and a UTF-8 byte order mark are taken off. The bytes are None for a line longer than
    MAX_LINE_BYTES. Raise BadFile where the file is missing, unreadable or empty, or begins like
    a binary file or one in another encoding.
    """
    path = Path(path)
    check_file(path)
    number = offset = 0
    try:
        with path.open("rb") as stream:
            offset = _skip_mark(stream.read(4096), path)
            stream.seek(offset)
            while line := stream.readline(MAX_LINE_BYTES + 1):
                number += 1
                length, kept = _finish_line(stream, line)
                yield number, offset, kept
                offset += length
    except OSError as error:
        raise _unreadable(path, error) from error


def _finish_line(stream: BinaryIO, line: bytes) -> tuple[int, bytes | None]:
    """Return the length of the line in the file and its content, None where it is too long."""
    if len(line) <= MAX_LINE_BYTES or line.endswith(b"\n"):
        return len(line), line.rstrip(b"\r\n")
    length = len(line)
    while not line.endswith(b"\n") and (line := stream.readline(MAX_LINE_BYTES)):
        length += len(line)
    return length, None


def _skip_mark(head: bytes, path: Path) -> int:
    """Return how many bytes the byte order mark takes; refuse what is not UTF-8."""
    encoding, mark = _marked(head)
    if encoding != "utf-8":
        raise BadFile(path, f"the file is in {encoding.upper()}; save it as UTF-8.")
    if b"\0" in head:
        raise _binary(path, head.index(0))
    return len(mark)


def check_file(path: Path) -> None:
    """Raise BadFile unless `path` is an ordinary file with something in it."""
    try:
        status = path.stat()
    except FileNotFoundError as error:
        raise BadFile(path, "there is no such file; check the path.") from error
    except (OSError, ValueError) as error:
        raise _unreadable(path, error) from error
    if path.is_dir():
        raise BadFile(path, "a folder stands where a file was expected; name a file in it.")
    if not path.is_file():
        raise BadFile(path, "neither a file nor a folder; name a file.")
    if status.st_size == 0:
        raise BadFile(path, "the file is empty; fill or remove it.")


def find_unstorable(text: str) -> int | None:
    """Return the index of the first character that no text holds, or None."""
    match = _UNSTORABLE.search(text)
    return match.start() if match else None


def storable(text: str) -> str:
    """Return the text without the characters that no text holds."""
    return _UNSTORABLE.sub("", text)


def _decode(data: bytes, path: Path, declared: str) -> Words:
    """Return the text without its mark; raise BadFile at the first byte that is not text."""
    encoding, mark = _marked(data)
    if not mark and b"\0" in data:
        raise _binary(path, data.index(0))
    try:
        text = (
            encodings.decode(data, declared=declared)
            if not mark
            else _exactly(data, mark, encoding)
        )
    except UnicodeDecodeError as error:
        raise BadFile(
            path, f"{wrong_byte(error, offset=len(mark), encoding=encoding)}; save it as UTF-8."
        ) from error
    if (index := find_unstorable(text)) is not None:
        place = len(mark) + len(text[:index].encode(encoding, errors="replace"))
        raise BadFile(
            path,
            f"the unusable character U+{ord(text[index]):04X} at byte {place}; "
            "remove it, or name a text file.",
        )
    return text


def _exactly(data: bytes, mark: bytes, encoding: str) -> Words:
    return Words(data[len(mark) :].decode(encoding))


def _marked(data: bytes) -> tuple[str, bytes]:
    """Return the encoding and the byte order mark that `data` begins with, b"" for none."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding, mark
    return "utf-8", b""


def wrong_byte(error: UnicodeDecodeError, *, offset: int, encoding: str = "utf-8") -> str:
    """Describe where decoding failed; `offset` is where the decoded bytes begin in their file."""
    place = offset + error.start
    return f"not {encoding.upper()} (byte 0x{error.object[error.start]:02X} at byte {place})"


def _binary(path: Path, place: int) -> BadFile:
    return BadFile(
        path, f"not a text file (a NUL byte at byte {place}); name a text file, saved as UTF-8."
    )


def _unreadable(path: Path, error: Exception) -> BadFile:
    reason = getattr(error, "strerror", None) or str(error)
    return BadFile(path, f"cannot be read ({reason}); check the path and its permissions.")
