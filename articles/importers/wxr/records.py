"""Cut a WordPress export into records, the text of one item, author or term at a time, and parse each.

A record is found by its tags before any XML is parsed: one that is broken spoils no other, and memory
does not grow with the file. Nothing is fetched and no entity of a file's own is resolved.
"""

import html
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from lxml import etree

from articles.importers.markup import SAFE_XML, check
from articles.importers.story import BadFile

CHUNK = 1 << 20
MAX_RECORD = 20_000_000
"""An item of more characters than this is no story; the limit bounds the memory of an import."""

MAX_HEAD = 200_000
_MARGIN = 400
"""No tag that is looked for is longer, so that one is never cut in two by the end of a chunk."""

_BEGIN = re.compile(r"<(?P<name>item|wp:(?:author|category|tag|term))(?:\s[^<>]*)?>")
_STOP = re.compile(r"<!\[CDATA\[|</(?:item|wp:(?:author|category|tag|term))\s*>|<item(?=[\s>])")
_ENDS = {
    name: re.compile(rf"</{name}\s*>")
    for name in ("item", "wp:author", "wp:category", "wp:tag", "wp:term")
}
_TAGS = r"(?:[\w.-]+:[\w.-]+|title|link|guid|category|description|pubDate|generator|language)"
# A CDATA section ends before a tag of the export; what looks like an end elsewhere is text. One that is
# never closed ends where its element does.
_CDATA_END = re.compile(
    rf"(?P<closed>\]\]>)(?=\s*(?:<!\[CDATA\[|</{_TAGS}\s*>))"
    r"|(?=</(?:content|excerpt|wp|dc):[\w]+\s*>)|(?=</item>\s*(?:<item[\s>]|</channel>))"
)
_UNUSABLE = [*map(chr, {*range(32), 127, 0xFFFE, 0xFFFF} - {9, 10, 13})]
_BARE = re.compile(r"&(?!#\d{1,7};|#x[0-9a-fA-F]{1,6};|(?:amp|lt|gt|quot|apos);)|<(?![/A-Za-z])")
_ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)[A-Za-z]\w{1,30};")
_NAMESPACE = re.compile(r"""\sxmlns:([\w.-]+)\s*=\s*["']([^"'<>]*)["']""")
_NAMESPACES = {
    "wp": "http://wordpress.org/export/1.2/",
    "excerpt": "http://wordpress.org/export/1.2/excerpt/",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
}


class Record(NamedTuple):
    """A piece of the file: `name` is "head", "item", or "wp:author" and the like; `line` counts from 1.

    `fault` says why the piece is not whole, "" if it is.
    """

    name: str
    text: str
    line: int
    fault: str = ""


class Parsed(NamedTuple):
    """The element of a record, and what had to be mended: "" for nothing."""

    element: etree._Element
    fault: str


def records(path: Path) -> Iterator[Record]:
    """Yield the head (all that stands before the first record), then each record in its order.

    Raise BadFile where the file cannot be read, or declares entities.
    """
    buffer = _Buffer(_chunks(path))
    begin = _next(buffer)
    head = buffer.before(begin)[:MAX_HEAD]
    yield Record("head", head, 1)
    while begin:
        buffer.go_to(begin.start())
        yield _cut(buffer, begin["name"])
        begin = _next(buffer)


def _next(buffer: "_Buffer") -> "re.Match[str] | None":
    match = buffer.find(_BEGIN)
    while match is None and buffer.is_full:
        buffer.go_to(len(buffer.text) - _MARGIN)
        match = buffer.find(_BEGIN)
    return match


def namespaces(head: str) -> dict[str, str]:
    """Return the prefixes that the file declares, and those of every export."""
    return _NAMESPACES | dict(_NAMESPACE.findall(head))


def parse(text: str, prefixes: Mapping[str, str]) -> Parsed:
    """Return the element of a record; what is not well-formed is mended as far as it can be."""
    # Each is looked for by itself, several times as fast as all of them by an expression.
    for sign in _UNUSABLE:
        if sign in text:
            text = text.replace(sign, "")
    element, errors = _parsed(text, prefixes)
    if not errors:
        return Parsed(element, "")
    element, left = _parsed(_mended(text), prefixes)
    return Parsed(element, left or errors)


def _parsed(text: str, prefixes: Mapping[str, str]) -> tuple[etree._Element, str]:
    # A body may be longer than libxml2 takes by itself; how long an item may be was looked at before.
    parser = etree.XMLParser(**SAFE_XML | {"huge_tree": True})
    root = etree.fromstring(f"{_beginning(*prefixes.items())}{text}</record>", parser)
    errors = [error for error in parser.error_log if error.domain_name != "NAMESPACE"]
    return root, errors[0].message if errors else ""


@lru_cache(maxsize=1)
def _beginning(*prefixes: tuple[str, str]) -> str:
    declared = " ".join(
        f'xmlns:{prefix}="{html.escape(uri)}"'
        for prefix, uri in prefixes
        if uri and not prefix.lower().startswith("xml")
    )
    return f"<record {declared}>"


def _mended(text: str) -> str:
    """Return the text with its CDATA sections as escaped words, and what else is no XML escaped."""
    parts: list[str] = []
    place = 0
    while (start := text.find("<![CDATA[", place)) >= 0:
        parts.append(_without_bare(text[place:start]))
        end = _CDATA_END.search(text, start + 9)
        stop = end.start() if end else len(text)
        parts.append(html.escape(text[start + 9 : stop], quote=False))
        place = end.end() if end else len(text)
    parts.append(_without_bare(text[place:]))
    return "".join(parts)


def _without_bare(text: str) -> str:
    text = _ENTITY.sub(lambda match: html.escape(html.unescape(match[0]), quote=False), text)
    return _BARE.sub(lambda match: html.escape(match[0], quote=False), text)


def _whole(buffer: "_Buffer", name: str) -> int:
    """Return the length of a record that ends before another begins, 0 where a closer look is needed."""
    end = buffer.find(_ENDS[name], 1)
    text = buffer.text[buffer.place : end.end()] if end else ""
    is_plain = text.count("<![CDATA[") == text.count("]]>") and text.count("<item>") <= (
        name == "item"
    )
    return len(text) if is_plain else 0


def _cut(buffer: "_Buffer", name: str) -> Record:
    """Take one record out of the buffer, which stands at its start."""
    line, place = buffer.line, 1
    if whole := _whole(buffer, name):
        return Record(name, buffer.take(whole), line)
    while match := buffer.find(_STOP, place):
        stop = match.end() - buffer.place
        if match[0].startswith("<!"):
            end = buffer.find(_CDATA_END, stop)
            place = end.end() - buffer.place if end else len(buffer.text) - buffer.place
        elif not match[0].startswith("</"):  # another item begins before this one has ended
            return Record(name, buffer.take(match.start() - buffer.place), line)
        elif match[0].strip("</> \r\n\t") == name:
            return Record(name, buffer.take(stop), line)
        else:
            place = stop
    fault = "it is longer than any story" if buffer.is_full else "the file ends inside it"
    begin = buffer.text[buffer.place : buffer.place + MAX_HEAD]
    buffer.go_to(len(buffer.text) - _MARGIN if buffer.is_full else len(buffer.text))
    return Record(name, begin, line, fault)


class _Buffer:
    """The text of a file as far as it is needed. Places that are given and returned count from `place`."""

    def __init__(self, chunks: Iterator[str]) -> None:
        self._chunks = chunks
        self.text, self.place, self.line = "", 0, 1
        self.is_full = self._is_end = False

    def find(self, pattern: re.Pattern[str], start: int = 0) -> "re.Match[str] | None":
        """Return the first match at or after `start`, reading on as far as must be; None at the end."""
        self.is_full = False
        while True:
            match = pattern.search(self.text, self.place + start)
            if match and (self._is_end or match.end() <= len(self.text) - _MARGIN):
                return match
            if self._is_end:
                return None
            if len(self.text) - self.place > MAX_RECORD:
                self.is_full = True
                return None
            start = max(start, len(self.text) - self.place - _MARGIN) if match is None else start
            self._read()

    def before(self, match: "re.Match[str] | None") -> str:
        return self.text[self.place : match.start() if match else len(self.text)]

    def go_to(self, place: int) -> None:
        self.line += self.text.count("\n", self.place, place)
        self.place = place

    def take(self, length: int) -> str:
        taken = self.text[self.place : self.place + length]
        self.go_to(self.place + length)
        return taken

    def _read(self) -> None:
        chunk = next(self._chunks, None)
        if chunk is None:
            self._is_end = True
            return
        self.text = self.text[self.place :] + chunk
        self.place = 0


def _chunks(path: Path) -> Iterator[str]:
    """Yield the text of a file in pieces, in the encoding that it names."""
    encoding = check(path)
    try:
        with path.open(encoding=encoding, errors="replace", newline="") as stream:
            while chunk := stream.read(CHUNK):
                yield chunk
    except OSError as error:
        reason = error.strerror or str(error)
        raise BadFile(
            path, f"cannot be read ({reason}); check the path and its permissions."
        ) from error
