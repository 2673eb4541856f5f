"""Builds the tree of a clean body from words, lines and containers in their order."""

import re
from dataclasses import dataclass, field

from articles.body.markup import Attrs, Element
from articles.body.vocabulary import NOTHING_WHEN_EMPTY

# A line of words that stand in no element of their own: they become a paragraph.
LOOSE = "loose"
# A blank line ends such a paragraph, as WordPress has it.
BLANK_LINE = re.compile(r"(\n[ \t\r\f]*\n\s*)")
WHITE = " \t\r\n\f"
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


@dataclass(eq=False)
class Mark:
    """What words are marked with: strong, a link … `is_used` once words stand in it."""

    tag: str
    attrs: Attrs = field(default_factory=dict)
    is_used: bool = False


@dataclass(frozen=True)
class Context:
    """Where words stand: in which line, and in which marks.

    `line` is the tag of a line, LOOSE, or "" where words may stand in their container without one.
    """

    line: str = LOOSE
    marks: tuple[Mark, ...] = ()
    is_preformatted: bool = False
    quotes: int = 0


class Builder:
    """A body that grows at its end.

    A line is opened by its words, and ended by whatever is no part of it; the words behind that begin
    another line of the same kind, with the same marks. So blocks never stand in a line or in a mark.
    """

    def __init__(self) -> None:
        self.root = Element("")
        self.containers = [self.root]
        self.headings: list[Element] = []
        self._line: Element | None = None
        self._open_marks: list[tuple[Mark, Element]] = []
        self._has_break = False

    # --- Words ---

    def text(self, words: str, context: Context) -> None:
        """Add words as they stand in the source."""
        if context.line != LOOSE:
            self._lines(words, context)
            return
        for number, piece in enumerate(BLANK_LINE.split(words)):
            if number % 2:
                self.end_line()
            self._lines(piece, context)

    def words(self, words: str, context: Context) -> None:
        """Add words to the line, and open one where none is open."""
        is_blank = not words.strip()
        if self._line is None:
            if is_blank:
                self.containers[-1].children.append(words)
                return
            self.open_line(context)
            words = words.lstrip(WHITE) if context.line == LOOSE else words
        self._inside(context).children.append(words)
        if not is_blank:
            self._has_break = False
            for mark in context.marks:
                mark.is_used = True

    def break_line(self, context: Context) -> None:
        """Add a line break; a second one ends a paragraph of loose words."""
        if context.line == LOOSE and (self._line is None or self._has_break):
            self.end_line()
            return
        if self._line is None:
            self.open_line(context)
        self._inside(context).children.append(Element("br"))
        self._has_break = True

    def _lines(self, words: str, context: Context) -> None:
        first, *others = words.split("\n") if context.is_preformatted else [words]
        self.words(first, context) if first else None
        for line in others:
            self.break_line(context)
            self.words(line, context) if line else None

    # --- Lines and marks ---

    def open_line(self, context: Context) -> None:
        if not context.line:
            self._line = self.containers[-1]
            return
        self._line = Element("p" if context.line == LOOSE else context.line)
        self._is_loose = context.line == LOOSE
        self.containers[-1].children.append(self._line)

    def end_line(self) -> None:
        """End the line, if one is open; one that says nothing is taken back."""
        self._end_marks(0)
        line, self._line, self._has_break = self._line, None, False
        if line is None or line is self.containers[-1]:
            return
        if self._is_loose:
            _trim(line.children)
        if not line.is_filled():
            self.containers[-1].children.pop()
        elif line.tag in HEADINGS:
            self.headings.append(line)

    def _inside(self, context: Context) -> Element:
        """Return the element that the next words of the line stand in."""
        same = 0
        for (mark, _element), wanted in zip(self._open_marks, context.marks, strict=False):
            if mark is not wanted:
                break
            same += 1
        self._end_marks(same)
        for mark in context.marks[same:]:
            element = Element(mark.tag, mark.attrs)
            self._innermost().children.append(element)
            self._open_marks.append((mark, element))
        return self._innermost()

    def _end_marks(self, left: int) -> None:
        """End all marks but the first ones; of one that says nothing the white space stays."""
        while len(self._open_marks) > left:
            _mark, element = self._open_marks.pop()
            if not element.is_filled():
                self._innermost().children[-1:] = element.children

    def _innermost(self) -> Element:
        return self._open_marks[-1][1] if self._open_marks else self._line or self.containers[-1]

    # --- Blocks ---

    def open(self, tag: str, attrs: Attrs) -> None:
        self.end_line()
        element = Element(tag, attrs)
        self.containers[-1].children.append(element)
        self.containers.append(element)

    def close(self) -> None:
        self.end_line()
        element = self.containers.pop()
        if element.tag in NOTHING_WHEN_EMPTY and not element.is_filled():
            self.containers[-1].children.pop()

    def put(self, tag: str, attrs: Attrs) -> None:
        """Add an element that holds nothing."""
        self.end_line()
        self.containers[-1].children.append(Element(tag, attrs))


def _trim(children: list[str | Element]) -> None:
    """Take the white space and line breaks from the end of loose words."""
    while children and _is_white(children[-1]):
        children.pop()
    if children and isinstance(children[-1], str):
        children[-1] = children[-1].rstrip(WHITE)


def _is_white(child: str | Element) -> bool:
    return not child.strip(WHITE) if isinstance(child, str) else child.tag == "br"
