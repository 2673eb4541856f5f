"""The lines of a page that lead to another story: "Read: title", also in brackets, behind a bullet, or in two lines."""

import html
import re
from collections.abc import Iterator

from articles.importers.page.words import read_words, visible
from articles.importers.story import MAX_LENGTHS, Picture

_BULLETS = "•·▪►▶→»>-–—*"
_BRACKETS = {"(": ")", "[": "]"}
_SENTENCE_ENDS = tuple(".!…:;,\"'”’»؛،")
_LONGEST_BELOW = 150
"""A title on a line of its own has no more characters."""


class Cards:
    """Finds cards on a page in one language."""

    def __init__(self, language: str) -> None:
        words = [re.escape(word).replace(r"\ ", r"\s+") for word in read_words(language)]
        several = [word for word in words if r"\s+" in word]
        self._titled = re.compile(
            rf"(?:{'|'.join(words)})\s*[:：](?P<title>.+)", re.IGNORECASE | re.DOTALL
        )
        self._above = re.compile(
            rf"(?:{'|'.join(words)})\s*[:：]|(?:{'|'.join(several)})", re.IGNORECASE
        )

    def title(self, line: str) -> str:
        """Return the title that a line leads to, "" for other lines."""
        match = self._titled.fullmatch(_bare(line))
        title = visible(match["title"]) if match else ""
        return title if len(title) <= MAX_LENGTHS["reference"] else ""

    def blocks(self, items: list[str | Picture]) -> Iterator[str]:
        """Yield lines and pictures as HTML blocks, in order: paragraphs, cards of stories to read, and figures."""
        waiting = list(reversed(items))
        while waiting:
            item = waiting.pop()
            if isinstance(item, Picture):
                yield f'<figure data-image="{item.reference}"></figure>'
            elif title := self.title(item):
                yield _card(title)
            elif waiting and self._leads_on(item, waiting[-1]):
                yield _card(visible(str(waiting.pop())))
            else:
                yield f"<p>{html.escape(item, quote=False)}</p>"

    def _leads_on(self, line: str, below: str | Picture) -> bool:
        """Tell whether a line is nothing but the words before a title, and the line below it is one."""
        if isinstance(below, Picture) or not self._above.fullmatch(_bare(line)):
            return False
        title = visible(below)
        return len(title) <= _LONGEST_BELOW and not title.endswith(_SENTENCE_ENDS)


def _bare(line: str) -> str:
    """Return a line without a bullet before it and brackets around it."""
    line = visible(line)
    line = visible(line[1:]) if line[:1] in set(_BULLETS) else line
    return visible(line[1:-1]) if line and _BRACKETS.get(line[0]) == line[-1] else line


def _card(title: str) -> str:
    return f'<aside data-waiting="{html.escape(title)}"></aside>'
