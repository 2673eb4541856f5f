"""Words as Markdown (CommonMark, with the tables of GitHub): each sign stands for itself."""

import json
import re
import string
import unicodedata
from collections.abc import Mapping, Sequence
from urllib.parse import quote

SPACE = re.compile(r"[ \t\r\n\f\v]+")
ANYWHERE = re.compile(
    r"""[\\`*\[\]<|~]|(?<![^\W_])_+|_+(?![^\W_])|!(?=\[|$)|&(?=[#\w]|$)""",
)
"""What would be read as markup: an underscore within a word would not, "!" would before a link that follows."""
AT_START = re.compile(r"#{1,6}(?=\s|$)|[-+](?=\s|$)|(?P<number>\d{1,9})(?=[.)](?:\s|$))|[:=-]+$|>")
"""What would begin a heading, a list, the line under a heading, the head of a table or a quotation."""
IN_ADDRESS = re.compile(r"""[\s<>()\\"`\[\]|]""")

OUTSIDE = frozenset(["", *string.whitespace, *string.punctuation])

FENCE = "---"
BREAKS = {ord(sign): f"\\u{ord(sign):04x}" for sign in "\x7f\x85\u2028\u2029\ufeff"}
"""Signs that would end a line of YAML, as JSON writes them."""


def escaped(words: object) -> str:
    """Return words in which no sign is markup, in one line; where they begin one, `paragraph` looks after its start."""
    return ANYWHERE.sub(lambda match: "\\" + "\\".join(match[0]), SPACE.sub(" ", str(words)))


def paragraph(words: str) -> str:
    """Return escaped words as a paragraph; each line break in them stays one."""
    lines = (line.strip() for line in words.split("\n"))
    return "\\\n".join(map(_line, filter(None, lines)))


def plain(words: object) -> str:
    """Return words of which nothing is markup, as a paragraph."""
    return paragraph(escaped(words).strip())


def lines(words: object) -> list[str]:
    """Return words that somebody wrote, as paragraphs and lines."""
    blocks = re.split(r"\n\s*\n", str(words).replace("\r\n", "\n"))
    made = ("\n".join(map(escaped, block.split("\n"))) for block in blocks)
    return [paragraph(block) for block in made if block.strip()]


def heading(level: int, words: str) -> str:
    """Return escaped words as a heading; their line breaks become spaces."""
    line = " ".join(words.split("\n")).strip()
    # Signs of a heading at its end would be no words of it.
    return f"{'#' * level} " + re.sub("#+$", r"\\\g<0>", line)


def link(words: str, url: str) -> str:
    """Return escaped words as a link to a whole address."""
    return f"[{words.strip()}]({address(url)})"


def picture(alt: object, url: str) -> str:
    return f"![{escaped(alt).strip()}]({address(url)})"


def address(url: str) -> str:
    """Return an address without the signs that would end a link."""
    return IN_ADDRESS.sub(lambda match: quote(match[0], safe=""), url)


def listed(items: Sequence[str], *, mark: str = "-") -> str:
    """Return items, each a text of Markdown, as a list; of a `mark` "1." the number goes up."""
    is_loose = any("\n\n" in item for item in items)
    made = []
    for number, item in enumerate(items, 1):
        own = mark.replace("1", str(number))
        made.append(f"{own} {indented(item, len(own) + 1)}")
    return ("\n\n" if is_loose else "\n").join(made)


def indented(text: str, width: int) -> str:
    """Return a text of which all lines but the first are moved in."""
    return text.replace("\n", "\n" + " " * width).replace("\n" + " " * width + "\n", "\n\n")


def front_matter(facts: Mapping[str, object]) -> str:
    """Return facts as YAML between two lines, without those that say nothing; JSON is YAML, too."""
    rows = (
        f"{name}: {json.dumps(value, ensure_ascii=False).translate(BREAKS)}"
        for name, value in facts.items()
        if value
    )
    return "\n".join([FENCE, *rows, FENCE])


def is_apart(sign: str) -> bool:
    """Return whether a mark of emphasis may stand beside a sign: white space, punctuation, or none."""
    return sign in OUTSIDE or unicodedata.category(sign)[0] in "PZ"


def _line(line: str) -> str:
    match = AT_START.match(line)
    if not match:
        return line
    # Of a number the sign is the dot behind it.
    place = match.end("number") if match["number"] else 0
    return f"{line[:place]}\\{line[place:]}"
