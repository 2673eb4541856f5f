"""HTML as a tree of elements, as the events from which one is built, and as pieces that can be read again."""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import Enum
from html import unescape
from html.parser import HTMLParser
from typing import NamedTuple, Self, Union

from articles.body.vocabulary import REFERENCES

MARKED = REFERENCES | {"a", "span"}
"""Elements that readers get otherwise than they are stored, or that lead somewhere."""

VOID = frozenset(["br", "col", "embed", "hr", "img", "input", "param", "source", "track", "wbr"])
# What a browser does not read as HTML, so that neither do we.
RAW = ("iframe", "noembed", "noframes", "noscript", "script", "style")
ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\xa0": "&nbsp;"})
IN_ATTRIBUTES = ESCAPES | str.maketrans({'"': "&quot;"})

OPENING = re.compile(r"<(/?)([a-z][^\s/>]*)", re.IGNORECASE)
# Elements that hold no other or end where the next one begins, so that many are not deep.
FLAT = VOID | {"dd", "dt", "li", "option", "p", "tbody", "td", "tfoot", "th", "thead", "tr"}
DEEPEST = 100

ESCAPED = r"[&\xa0][^<>&\xa0]*"
MOST_ESCAPED = 500
# A tag, more escapes than are written at once, or fewer.
LONG = re.compile(rf"<[^<>]*>|((?:{ESCAPED}){{{MOST_ESCAPED}}})|(?:{ESCAPED})+")
TOKEN = re.compile(r"""(<(/?)([a-z][a-z0-9]*)((?: [a-z-]+="[^"]*")*)>|[^<]+)""")
"""A tag as we write it, or the words between two; an HTML parser takes ten times as long.

Its groups: all of it, the slash of an end, the name, the attributes.
"""
OURS = re.compile(rf"(?:{TOKEN.pattern})*+")
MARK = re.compile(rf"""(<(/?)({"|".join(sorted(MARKED))})((?: [a-z-]+="[^"]*")*)>)""")
ATTRIBUTE = re.compile(r' ([a-z-]+)="([^"]*)"')


Attrs = dict[str, str]


@dataclass(eq=False)
class Element:
    """One element. Its children are elements and strings, which are text without escapes."""

    tag: str
    attrs: Attrs = field(default_factory=dict)
    children: list[Union[str, "Element"]] = field(default_factory=list)

    def is_filled(self) -> bool:
        """Return whether it holds anything but white space and line breaks."""
        return any(
            child.strip() if isinstance(child, str) else child.tag != "br"
            for child in self.children
        )

    def html(self) -> str:
        if self.tag in VOID:
            return start_tag(self.tag, self.attrs)
        return f"{start_tag(self.tag, self.attrs)}{self.inner_html()}</{self.tag}>"

    def inner_html(self) -> str:
        return "".join(
            escaped(child) if isinstance(child, str) else child.html() for child in self.children
        )

    def text(self) -> str:
        """Return its words as they stand in it."""
        return "".join(
            child if isinstance(child, str) else "\n" if child.tag == "br" else child.text()
            for child in self.children
        )


def escaped(words: str) -> str:
    return words.translate(ESCAPES)


def start_tag(tag: str, attrs: Attrs) -> str:
    words = "".join(f' {name}="{value.translate(IN_ATTRIBUTES)}"' for name, value in attrs.items())
    return f"<{tag}{words}>"


class Events(HTMLParser):
    """Calls `start(tag, attrs)`, `end(tag)` and `text(words)` for HTML that is well formed."""

    CDATA_CONTENT_ELEMENTS = RAW  # type: ignore[misc]  # final for typeshed only

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.start(tag, {name: value or "" for name, value in attrs})

    def handle_endtag(self, tag: str) -> None:
        self.end(tag)

    def handle_data(self, data: str) -> None:
        self.text(data)

    def start(self, tag: str, attrs: Attrs) -> None:
        raise NotImplementedError

    def end(self, tag: str) -> None:
        raise NotImplementedError

    def text(self, words: str) -> None:
        raise NotImplementedError

    def read(self, html: str) -> Self:
        self.feed(html)
        self.close()
        return self


class Piece(NamedTuple):
    """A tag of a clean body, or the words between two. `source` is how it stands there."""

    source: str
    tag: str = ""
    attrs: Attrs | None = None
    words: str = ""

    @property
    def is_start(self) -> bool:
        return self.attrs is not None

    @property
    def is_end(self) -> bool:
        return bool(self.tag) and self.attrs is None


class _Pieces(Events):
    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[Piece] = []

    def start(self, tag: str, attrs: Attrs) -> None:
        self.pieces.append(Piece(self.get_starttag_text() or "", tag, attrs))

    def end(self, tag: str) -> None:
        self.pieces.append(Piece(f"</{tag}>", tag))

    def text(self, words: str) -> None:
        self.pieces.append(Piece(escaped(words), words=words))


def pieces(html: str) -> list[Piece]:
    """Return the pieces of HTML that is well formed, in their order."""
    tokens = TOKEN.findall(html)
    if sum(len(token[0]) for token in tokens) < len(html):
        return read_by_parser(html)  # it was not written by us
    return [_piece(*token) for token in tokens]


def marked(html: str) -> list[Piece]:
    """Return the same pieces, but as one, without words of its own, all that stands between two tags of MARKED."""
    if not OURS.fullmatch(html):
        return read_by_parser(html)
    parts = MARK.split(html)
    made = [Piece(parts[0])]
    for place in range(1, len(parts), 5):
        source, end, tag, attrs, between = parts[place : place + 5]
        made += [_piece(source, end, tag, attrs), Piece(between)]
    return made


def read_by_parser(html: str) -> list[Piece]:
    return _Pieces().read(html).pieces


def _piece(source: str, end: str, tag: str, attrs: str) -> Piece:
    if not tag:
        return Piece(source, "", None, unescape(source) if "&" in source else source)
    if end:
        return Piece(source, tag)
    if not attrs:
        return Piece(source, tag, {})
    return Piece(source, tag, {name: unescape(value) for name, value in ATTRIBUTE.findall(attrs)})


class Answer(Enum):
    KEEP = "keep"
    UNWRAP = "unwrap"


KEEP, UNWRAP = Answer.KEEP, Answer.UNWRAP
Visit = Callable[[str, Attrs], str | Answer]


def copied(pieces: Iterable[Piece], visit: Visit) -> str:
    """Return HTML with start tags changed: `visit(tag, attrs)` is asked about each.

    The answer is KEEP, UNWRAP (the content stays), or a string that replaces the start tag; where that is
    all of an element that holds nothing, as the string of a reference is, no end tag follows.
    """
    out: list[str] = []
    ends: list[str] = []
    for source, tag, attrs, _words in pieces:
        if not tag:
            out.append(source)
        elif attrs is None:
            out.append(ends.pop() if ends else "")
        else:
            answer = visit(tag, attrs)
            out.append(_start(answer, source))
            if tag not in VOID:
                ends.append("" if _is_whole(answer, tag) else f"</{tag}>")
    return "".join(out)


def _start(answer: str | Answer, source: str) -> str:
    if isinstance(answer, str):
        return answer
    return source if answer is KEEP else ""


def _is_whole(answer: str | Answer, tag: str) -> bool:
    """Return whether no end tag follows what an element was answered with."""
    return answer is UNWRAP or (answer is not KEEP and tag in REFERENCES)


def shallow(html: str) -> str:
    """Make start tags comments where more elements are open than any story has.

    The time that an HTML parser takes grows with the square of the depth.
    """
    if html.count("<") <= DEEPEST:
        return html
    is_open: Counter[str] = Counter()
    depth = 0

    def limit(match: re.Match[str]) -> str:
        nonlocal depth
        end, tag = match[1], match[2].lower()
        if tag in FLAT:
            return match[0]
        if end:
            if is_open[tag]:
                is_open[tag] -= 1
                depth -= 1
        elif depth >= DEEPEST:
            return f"<!{match[2]}"
        else:
            is_open[tag] += 1
            depth += 1
        return match[0]

    return OPENING.sub(limit, html)


def divided(html: str) -> str:
    """Put a comment, which nobody reads, into words with more escapes than any story has.

    The time that it takes to write the words between two tags grows with the square of their escapes.
    """
    if html.count("&") + html.count("\xa0") <= MOST_ESCAPED:
        return html
    return LONG.sub(lambda match: f"{match[0]}<!---->" if match[1] else match[0], html)
