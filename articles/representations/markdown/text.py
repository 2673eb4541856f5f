"""The text of a story as Markdown."""

from itertools import groupby, zip_longest
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from articles.body.markup import VOID, Element
from articles.body.text import DIGITS
from articles.body.vocabulary import MARKS
from articles.representations.markdown import words
from newsroom.page import whole

SIGNS = {"em": "_", "strong": "**"}
LEVELS = {"h2": 2, "h3": 3}
BULLETS = "-*"


def text(body, *, uses, links):
    """Return an articles.body.Body, with the `uses` and `links` of Body.render, as a text of Markdown."""
    return "\n\n".join(Writer(uses, links).blocks(tree(body.pieces)))


def figure(use):
    """Return a cards.Use that can be seen as blocks: the picture, then its caption and credit."""
    image, parts = use.image, []
    if use.caption:
        parts.append(words.escaped(use.caption))
    if credit := image.credit_line or image.creator:
        licence = words.escaped(image.licence)
        if licence and image.licence_url:
            licence = words.link(licence, image.licence_url)
        named = " · ".join(filter(None, [words.escaped(credit), licence]))
        parts.append(f"({named})")
    shown = words.picture(use.alt, whole(use.picture.src))
    return [shown, words.paragraph(" ".join(parts))] if parts else [shown]


def tree(pieces):
    """Return the children of a clean body: strings and Elements."""
    root = Element("")
    is_open = [root]
    for piece in pieces:
        if piece.is_start:
            made = Element(piece.tag, piece.attrs)
            is_open[-1].children.append(made)
            if piece.tag not in VOID:
                is_open.append(made)
        elif piece.is_end:
            is_open.pop()
        else:
            is_open[-1].children.append(piece.words)
    return root.children


class Writer:
    """Writes the elements of one body; see articles/body/vocabulary.py for what there is."""

    def __init__(self, uses, links):
        self.uses, self.links = uses, links

    def blocks(self, children):
        """Return children as blocks of Markdown: a paragraph for words that stand in no line."""
        made, before, is_second = [], None, False
        for is_inline, group in groupby(children, _is_inline):
            if is_inline:
                made.append(words.paragraph(self.inline([*group])))
                continue
            for child in group:
                # Of two lists in a row the second would continue the first.
                is_second = child.tag == before and not is_second
                made += self.block(child, is_second=is_second)
                before = child.tag
        return [block for block in made if block]

    def block(self, element, *, is_second=False):
        tag, children = element.tag, element.children
        if tag in LEVELS:
            return [words.heading(LEVELS[tag], self.inline(children))]
        match tag:
            case "ol" | "ul":
                return [self.list(element, is_second=is_second)]
            case "blockquote":
                return [_quoted(self.blocks(children))]
            case "table":
                return self.table(element)
            case "figure" | "aside" | "div":
                return self.reference(element)
            case "cite":
                return [words.paragraph(f"— {self.inline(children).strip()}")]
            case _:
                return self.blocks(children)

    def list(self, element, *, is_second):
        """Return a list, of which the second in a row has other signs."""
        items = [self.blocks(child.children) for child in element.children if _is(child, "li")]
        items = ["\n\n".join(blocks) for blocks in items if blocks]
        mark = ("1)" if is_second else "1.") if element.tag == "ol" else BULLETS[is_second]
        return words.listed(items, mark=mark)

    def table(self, element):
        """Return a table with its caption before it; without a head its first row is one of blanks."""
        captions = [child for child in element.children if _is(child, "caption")]
        before = [block for caption in captions for block in self.blocks(caption.children)]
        rows = [*_rows(element)]
        grid = _grid([[(cell, self.line(cell)) for cell in _cells(row)] for row in rows])
        if not grid:
            return before
        has_head = all(cell.tag == "th" for cell in _cells(rows[0]))
        head, *others = grid if has_head else [[""] * len(grid[0]), *grid]
        lines = [head, ["---"] * len(head), *others]
        return [*before, "\n".join(f"| {' | '.join(line)} |" for line in lines)]

    def reference(self, element):
        """Return what stands for something else; nothing where that is not to be seen."""
        attrs = element.attrs
        if element.tag == "figure":
            use = self.uses.get(int(attrs["data-image"]))
            return figure(use) if use else []
        if element.tag == "aside":
            card = self.links.get(int(attrs.get("data-article", 0)))
            return [self.card(card)] if card else []
        url = attrs["data-embed"]
        host = (urlsplit(url).hostname or "").removeprefix("www.")
        return [words.link(words.escaped(attrs.get("data-title") or host), url)]

    def card(self, card):
        """Return a pointer to another story, with what it is where that is no news."""
        label = words.escaped(_("Read"))
        genre = f"{words.escaped(card.genre.label)}: " if card.genre else ""
        return f"{label}: {genre}{words.link(words.escaped(card.title), whole(card.url))}"

    def line(self, element):
        """Return all that an element holds, as one line of a table."""
        parts = []
        for is_inline, group in groupby(element.children, _is_inline):
            if is_inline:
                parts.append(words.paragraph(self.inline([*group])).replace("\\\n", "<br>"))
            else:
                parts += [
                    " ".join(self.reference(child)) if _is(child, *REFERENCES) else self.line(child)
                    for child in group
                ]
        return "<br>".join(filter(None, parts))

    # --- Words in a line ---

    def inline(self, children, *, outer=("", ""), inside=frozenset()):
        """Return escaped words with their marks; `outer` are the signs that stand before and behind them."""
        made = ""
        for place, child in enumerate(children):
            if isinstance(child, str):
                made += words.escaped(child)
            elif child.tag == "br":
                made += "\n"
            else:
                beside = _beside(children, place, outer)
                made += self.marked(child, beside=beside, inside=inside)
        return made

    def marked(self, element, *, beside, inside):
        tag, attrs = element.tag, element.attrs
        outer = ("", "") if tag == "a" else beside
        made = self.inline(element.children, outer=outer, inside=inside | {tag})
        if tag in inside or not made.strip():
            return made
        before, inner, behind = _apart(made)
        if tag == "a":
            url = self.target(attrs)
            inner = words.link(inner.replace("\n", " "), url) if url else inner
        elif tag in SIGNS:
            fits = all(words.is_apart(sign) for sign in beside)
            sign = SIGNS[tag]
            inner = f"{sign}{inner}{sign}" if fits else f"<{tag}>{inner}</{tag}>"
        elif tag in DIGITS:
            inner = _raised(tag, inner)
        return f"{before}{inner}{behind}"

    def target(self, attrs):
        """Return the whole address of a link, "" for one that leads nowhere."""
        if "data-article" in attrs:
            card = self.links.get(int(attrs["data-article"]))
            return whole(card.url) if card else ""
        url = attrs.get("href", "")
        return whole(url) if url.startswith("/") else url


REFERENCES = ("figure", "aside", "div")
ROWS = ("thead", "tbody", "tr")
A_LETTER = "x"


def _is(child, *tags):
    return isinstance(child, Element) and child.tag in tags


def _is_inline(child):
    return isinstance(child, str) or child.tag in MARKS or child.tag == "br"


def _beside(children, place, outer):
    """Return the signs before and behind a child, by those of what it stands in where it is the first or the last."""
    before, behind, *_rest = (
        *(children[place - 1 : place] or [None]),
        *children[place + 1 : place + 2],
        None,
    )
    return (
        _sign(before, -1) if before is not None else outer[0],
        _sign(behind, 0) if behind is not None else outer[1],
    )


def _sign(child, place):
    if isinstance(child, str):
        return child[place] if child else ""
    # Of two marks side by side nobody could tell which sign belongs to which.
    return "\n" if child.tag == "br" else A_LETTER


def _apart(made):
    """Return the white space before words, the words, and that behind them."""
    inner = made.strip()
    before, _inner, behind = made.partition(inner)
    return before, inner, behind


def _raised(tag, inner):
    """Return raised or lowered words: in signs of Unicode where there are such, else as HTML, which Markdown may hold."""
    signs = inner.translate(DIGITS[tag])
    is_all = all(sign != own for sign, own in zip(signs, inner, strict=True))
    return signs if is_all else f"<{tag}>{inner}</{tag}>"


def _quoted(blocks):
    """Return blocks as a quotation."""
    text = "\n\n".join(blocks)
    return "\n".join(f"> {line}".rstrip() for line in text.split("\n")) if text else ""


def _rows(element):
    for child in element.children:
        if _is(child, "tr"):
            yield child
        elif _is(child, *ROWS):
            yield from _rows(child)


def _cells(row):
    return [cell for cell in row.children if _is(cell, "td", "th")]


def _grid(rows):
    """Return the words of the cells with blanks where a cell is wider or higher than one, all rows of one length."""
    taken, lines = {}, []
    for y, row in enumerate(rows):
        line, cells = [], list(row)
        while cells or (y, len(line)) in taken:
            if (y, len(line)) in taken:
                line.append("")
                continue
            cell, words_of_cell = cells.pop(0)
            width, height = (int(cell.attrs.get(name, 1)) for name in ("colspan", "rowspan"))
            taken |= {
                (below, len(line) + right): True
                for below in range(y, min(y + height, len(rows)))
                for right in range(width)
            }
            line.append(words_of_cell)
        lines.append(line)
    return [list(column) for column in zip(*zip_longest(*lines, fillvalue=""), strict=True)]
