"""HTML as a tree of elements, as the events from which one is built, and as pieces that can be read again."""

import re
from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import NamedTuple

from articles.body.vocabulary import REFERENCES

VOID = frozenset(["br", "col", "embed", "hr", "img", "input", "param", "source", "track", "wbr"])
# What a browser does not read as HTML, so that neither do we.
RAW = ("iframe", "noembed", "noframes", "noscript", "script", "style")
ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\xa0": "&nbsp;"})
IN_ATTRIBUTES = ESCAPES | str.maketrans({'"': "&quot;"})

OPENING = re.compile(r"<(/?)([a-z][^\s/>]*)", re.IGNORECASE)
# Elements that hold no other or end where the next one begins, so that many are not deep.
FLAT = VOID | {"dd", "dt", "li", "option", "p", "tbody", "td", "tfoot", "th", "thead", "tr"}
DEEPEST = 100


@dataclass(eq=False)
class Element:
    """One element. Its children are elements and strings, which are text without escapes."""

    tag: str
    attrs: dict = field(default_factory=dict)
    children: list = field(default_factory=list)

    def is_filled(self):
        """Return whether it holds anything but white space and line breaks."""
        return any(
            child.strip() if isinstance(child, str) else child.tag != "br"
            for child in self.children
        )

    def html(self):
        if self.tag in VOID:
            return start_tag(self.tag, self.attrs)
        return f"{start_tag(self.tag, self.attrs)}{self.inner_html()}</{self.tag}>"

    def inner_html(self):
        return "".join(
            escaped(child) if isinstance(child, str) else child.html() for child in self.children
        )

    def text(self):
        """Return its words as they stand in it."""
        return "".join(
            child if isinstance(child, str) else "\n" if child.tag == "br" else child.text()
            for child in self.children
        )


def escaped(words):
    return words.translate(ESCAPES)


def start_tag(tag, attrs):
    words = "".join(f' {name}="{value.translate(IN_ATTRIBUTES)}"' for name, value in attrs.items())
    return f"<{tag}{words}>"


class Events(HTMLParser):
    """Calls `start(tag, attrs)`, `end(tag)` and `text(words)` for HTML that is well formed."""

    CDATA_CONTENT_ELEMENTS = RAW

    def handle_starttag(self, tag, attrs):
        self.start(tag, {name: value or "" for name, value in attrs})

    def handle_endtag(self, tag):
        self.end(tag)

    def handle_data(self, data):
        self.text(data)

    def read(self, html):
        self.feed(html)
        self.close()
        return self


class Piece(NamedTuple):
    """A tag of a clean body, or the words between two. `source` is how it stands there."""

    source: str
    tag: str = ""
    attrs: dict | None = None
    words: str = ""

    @property
    def is_start(self):
        return self.attrs is not None

    @property
    def is_end(self):
        return bool(self.tag) and self.attrs is None


class _Pieces(Events):
    def __init__(self):
        super().__init__()
        self.pieces = []

    def start(self, tag, attrs):
        self.pieces.append(Piece(self.get_starttag_text(), tag, attrs))

    def end(self, tag):
        self.pieces.append(Piece(f"</{tag}>", tag))

    def text(self, words):
        self.pieces.append(Piece(escaped(words), words=words))


def pieces(html):
    """Return the pieces of HTML that is well formed, in their order."""
    return _Pieces().read(html).pieces


KEEP, UNWRAP = object(), object()


def copied(pieces, visit):
    """Return HTML with start tags changed: `visit(tag, attrs)` is asked about each.

    The answer is KEEP, UNWRAP (the content stays), or a string that replaces the start tag; where that is
    all of an element that holds nothing, as the string of a reference is, no end tag follows.
    """
    out, ends = [], []
    for piece in pieces:
        if piece.is_start:
            start, end = _answered(visit(piece.tag, piece.attrs), piece)
            out.append(start)
            if piece.tag not in VOID:
                ends.append(end)
        elif piece.is_end:
            out.append(ends.pop() if ends else "")
        else:
            out.append(piece.source)
    return "".join(out)


def _answered(answer, piece):
    end = f"</{piece.tag}>"
    if answer is KEEP:
        return piece.source, end
    if answer is UNWRAP:
        return "", ""
    return answer, "" if piece.tag in REFERENCES else end


def shallow(html):
    """Make start tags comments where more elements are open than any story has.

    The time that an HTML parser takes grows with the square of the depth.
    """
    if html.count("<") <= DEEPEST:
        return html
    is_open = Counter()
    depth = 0

    def limit(found):
        nonlocal depth
        end, tag = found[1], found[2].lower()
        if tag in FLAT:
            return found[0]
        if end:
            if is_open[tag]:
                is_open[tag] -= 1
                depth -= 1
        elif depth >= DEEPEST:
            return f"<!{found[2]}"
        else:
            is_open[tag] += 1
            depth += 1
        return found[0]

    return OPENING.sub(limit, html)
