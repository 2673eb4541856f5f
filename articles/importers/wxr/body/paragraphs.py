"""Classic posts: their paragraphs are blank lines, their line breaks are line ends."""

import re

from articles.importers.wxr.body.markup import BLOCKS, pieces, tag_of

_VERBATIM = frozenset({"pre", "script", "style", "svg", "textarea"})
_BLANK_LINE = re.compile(r"[ \t\r]*\n[ \t\r]*\n\s*")
_LINE_END = re.compile(r"[ \t\r]*\n[ \t\r]*")


def with_paragraphs(text: str) -> str:
    """Return a classic post as HTML: what WordPress does to it when it shows it."""
    row = list(pieces(text))
    out: list[str] = []
    verbatim = ""
    for place, piece in enumerate(row):
        name = tag_of(piece)
        if verbatim:
            verbatim = "" if name == verbatim and piece.startswith("</") else verbatim
        elif name in _VERBATIM and not piece.startswith("</"):
            verbatim = name
        elif not name:
            before, after = (
                tag_of(row[at]) if 0 <= at < len(row) else "p" for at in (place - 1, place + 1)
            )
            piece = _words(piece, before, after)
        out.append(piece)
    return "".join(out)


def _words(words: str, before: str, after: str) -> str:
    """Return the words between two tags with their breaks; none stands beside a block."""
    if before in BLOCKS:
        words = words.lstrip()
    elif before == "br" and not _BLANK_LINE.match(words):
        words = words.lstrip("\r\n")
    if after in BLOCKS:
        words = words.rstrip()
    if not words.replace("&nbsp;", "").strip() and before in BLOCKS and after in BLOCKS:
        return "\n"
    return _LINE_END.sub("<br>", _BLANK_LINE.sub("<p>", words))
