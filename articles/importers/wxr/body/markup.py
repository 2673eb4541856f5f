"""The HTML of a post as a row of pieces: tags, comments, and the words between them."""

import html
import re
from collections.abc import Iterator

_PIECE = re.compile(
    r"""</?[A-Za-z](?:"[^"]*"|'[^']*'|[^'"<>])*+>|</?[A-Za-z][^<>]*>|[^<]+|<""",
)
_ATTRIBUTE = re.compile(r"""([\w:-]+)\s*=\s*("[^"]*"|'[^']*'|[^\s"'<>]+)""")
_NAME = re.compile(r"</?([A-Za-z][\w:-]*)")

BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "col",
        "colgroup",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "iframe",
        "legend",
        "li",
        "main",
        "math",
        "menu",
        "nav",
        "ol",
        "p",
        "pre",
        "script",
        "section",
        "select",
        "style",
        "summary",
        "svg",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
        "video",
        "audio",
    ]
)


def pieces(text: str) -> Iterator[str]:
    """Yield the text piece by piece; together they are the text, without its comments."""
    return (match[0] for match in _PIECE.finditer(without_comments(text)))


def comments(text: str) -> Iterator[tuple[int, int]]:
    """Yield where each comment begins and ends."""
    place = text.find("<!--")
    while place >= 0 and (end := text.find("-->", place + 4)) >= 0:
        yield place, end + 3
        place = text.find("<!--", end + 3)


def without_comments(text: str) -> str:
    parts, place = [], 0
    for start, end in comments(text):
        parts.append(text[place:start])
        place = end
    return "".join((*parts, text[place:]))


def tag_of(piece: str) -> str:
    """Return the name of the element that a piece begins or ends, "" for words."""
    match = _NAME.match(piece) if piece.endswith(">") else None
    return match[1].lower() if match else ""


def attributes(piece: str) -> dict[str, str]:
    """Return the attributes of a tag; of two with one name the first counts."""
    by_name: dict[str, str] = {}
    for name, value in _ATTRIBUTE.findall(piece):
        by_name.setdefault(name.lower(), html.unescape(value.strip("\"'")))
    return by_name


def tag(name: str, **attrs: str) -> str:
    """Return a start tag; an underscore in the name of an attribute stands for a hyphen."""
    told = "".join(
        f' {key.replace("_", "-")}="{html.escape(value)}"' for key, value in attrs.items() if value
    )
    return f"<{name}{told}>"
