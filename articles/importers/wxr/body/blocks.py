"""Posts of the block editor: the comments that mark blocks, and the blocks that are more than their HTML."""

import html
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from articles.importers.wxr.body.markup import comments, tag
from articles.importers.wxr.words import one_line

_BLOCK = re.compile(
    r"<!--\s+(?P<end>/?)wp:(?P<name>[a-z][a-z0-9_-]*(?:/[a-z][a-z0-9_-]*)?)\s*(?P<attrs>\{.*\})?\s*(?P<void>/?)-->",
    re.DOTALL,
)
_CAPTION = re.compile(r"<figcaption\b[^<>]*>(.*?)</figcaption>", re.DOTALL | re.IGNORECASE)
_ADDRESS = re.compile(r"https?://[^\s\"'<>]+")
_BUTTON = re.compile(r"<a\b[^<>]*wp-block-file__button[^<>]*>[^<>]*</a>")
_QUOTATION = re.compile(r"<blockquote\b", re.IGNORECASE)
_CLASSIC = frozenset({"", "classic", "freeform", "shortcode"})
_NOTHING = frozenset({"comments", "more", "nextpage", "query-no-results", "read-more", "spacer"})
_PARTS = re.compile(
    r"post-|site-|query|comment|navigation|template-part|loginout|page-list|avatar|home-link"
)
DEEPEST = 4


class _Open(NamedTuple):
    name: str
    attrs: dict[str, object]
    start: int


@dataclass
class Blocks:
    """Turns the blocks of one post into HTML.

    `classic` converts a text between blocks, `inside` one in a block. `shared` are the patterns of the
    site by id; `footnotes` stands for the block that shows them. `left_out` names blocks that show
    what is no part of the post.
    """

    classic: Callable[[str], str]
    inside: Callable[[str], str]
    shared: dict[str, str]
    footnotes: str = ""
    left_out: list[str] = field(default_factory=list)

    def convert(self, text: str, depth: int = 0) -> str:
        out: list[str] = []
        open_: list[_Open] = []
        place = 0
        for start, end in comments(text):
            match = _BLOCK.fullmatch(text, start, end)
            out.append(self._words(text[place:start], open_))
            place = end
            if match and match["end"]:
                self._close(match["name"], open_, out, depth)
            elif match:
                block = _Open(match["name"].removeprefix("core/"), _read(match["attrs"]), len(out))
                if match["void"]:
                    out.append(self._made(block, "", depth))
                else:
                    open_.append(block)
        out.append(self._words(text[place:], open_))
        return "".join(out)

    def _words(self, words: str, open_: list[_Open]) -> str:
        name = open_[-1].name if open_ else ""
        if name == "html" or not words.strip():
            return words.strip("\n")
        return self.classic(words) if name in _CLASSIC else self.inside(words).strip("\n")

    def _close(self, name: str, open_: list[_Open], out: list[str], depth: int) -> None:
        """End the block of this name, and those in it that have no end of their own."""
        name = name.removeprefix("core/")
        if name not in {opened.name for opened in open_}:
            return
        while (block := open_.pop()).name != name:
            pass
        inner = "".join(out[block.start :])
        out[block.start :] = [self._made(block, inner, depth)]

    def _made(self, block: _Open, inner: str, depth: int) -> str:
        name, attrs = block.name, block.attrs
        if name in _NOTHING:
            return ""
        if name == "embed" or name.startswith("core-embed/"):
            return _embed(attrs, inner)
        if name == "pullquote":
            return _QUOTATION.sub("<blockquote data-pull", inner, count=1)
        if name == "file":
            return _BUTTON.sub("", inner)
        if name == "footnotes":
            return self.footnotes
        if name == "block":
            shared = self.shared.get(str(attrs.get("ref", "")), "") if depth < DEEPEST else ""
            return self.convert(shared, depth + 1)
        if "<img" not in inner and (picture := _picture(attrs)):
            return picture + inner
        if not inner.strip() or _PARTS.match(name):
            self.left_out.append(name)
        return inner


def has_blocks(text: str) -> bool:
    return "<!-- wp:" in text


def _read(words: str | None) -> dict[str, object]:
    if not words:
        return {}
    try:
        value = json.loads(words)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def _embed(attrs: dict[str, object], inner: str) -> str:
    url = attrs.get("url")
    if not isinstance(url, str) or not url.startswith("http"):
        match = _ADDRESS.search(html.unescape(inner))
        url = match[0] if match else ""
    caption = _CAPTION.search(inner)
    title = one_line(caption[1])[:200] if caption else ""
    return f"{tag('div', data_embed=url, data_title=title)}</div>" if url else inner


def _picture(attrs: dict[str, object]) -> str:
    """Return the pictures that a block shows without an element of their own: a cover, an old gallery."""
    url, ids = attrs.get("url"), attrs.get("ids")
    if isinstance(url, str) and url.startswith("http") and attrs.get("id"):
        return tag("img", src=url, data_number=str(attrs["id"]))
    numbers = [str(number) for number in ids] if isinstance(ids, list) else []
    return "".join(tag("img", data_number=number) for number in numbers if number.isdigit())
