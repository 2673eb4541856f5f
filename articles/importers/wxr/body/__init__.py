"""The body of a post: blocks and shortcodes as HTML, and what it refers to by the names of the file.

Pictures become `img` with the reference of the story's picture as `src`, links to stories of the site
`data-article`. What is cleaned later, by the writer, is left as it is.
"""

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from articles.importers.notes import BLOCKS, LAYOUT, Note
from articles.importers.wxr import urls
from articles.importers.wxr.body.blocks import Blocks, has_blocks
from articles.importers.wxr.body.markup import attributes, pieces, tag, tag_of
from articles.importers.wxr.body.paragraphs import with_paragraphs
from articles.importers.wxr.body.shortcodes import Shortcodes
from articles.importers.wxr.index import Index
from articles.importers.wxr.pictures import Album

_LINKED = re.compile(
    r"""<a\b(?P<attrs>(?:"[^"]*"|'[^']*'|[^'"<>])*+)>\s*(?P<image><img\b(?:"[^"]*"|'[^']*'|[^'"<>])*+>)\s*</a>""",
    re.IGNORECASE,
)
_ALONE = re.compile(r"^[ \t]*(https?://[^\s<>\"]+)[ \t\r]*$", re.MULTILINE)
_EMBEDDED = re.compile(
    r"(?:^|\.)(?:youtube\.com|youtu\.be|vimeo\.com|dailymotion\.com|twitter\.com|x\.com|instagram\.com|facebook\.com"
    r"|soundcloud\.com|spotify\.com|tiktok\.com|wordpress\.tv|ted\.com|mixcloud\.com|bsky\.app|reddit\.com|flickr\.com"
    r"|scribd\.com|issuu\.com|documentcloud\.org|archive\.org)$"
)
_NUMBER = re.compile(r"\bwp-image-(\d+)")
_IMAGES = re.compile(r"\.(?:jpe?g|png|gif|webp|avif|tiff?|bmp|heic|svg|ng)(?:$|\?)", re.IGNORECASE)
_FACES = frozenset({"emoji", "wp-smiley"})


@dataclass
class Body:
    """Makes the body of one post in one language."""

    index: Index
    album: Album
    language: str
    number: str
    meta: dict[str, str]
    notes: list[str] = field(default_factory=list)

    def convert(self, text: str) -> str:
        """Return the HTML of a post whose content is `text`."""
        # A section of XML is nothing in HTML: what is written about it would be lost.
        text = text.replace("\r\n", "\n").replace("<![CDATA[", "&lt;![CDATA[")
        codes = Shortcodes(self._children)
        blocks = Blocks(
            classic=lambda words: with_paragraphs(codes.convert(_embedded(words, self.index))),
            inside=codes.convert,
            shared=self.index.blocks,
            footnotes=_footnotes(self.meta.get("footnotes", "")),
        )
        made = blocks.convert(text) if has_blocks(text) else blocks.classic(text)
        if "<img" in made.lower():
            made = _LINKED.sub(self._unlinked, made)
        told = self._referring(made)
        for name in dict.fromkeys(codes.unknown):
            self.notes.append(
                f"The shortcode [{name}] means nothing here, and stays in the body as words."
            )
        if codes.left_out:
            names = ", ".join(dict.fromkeys(codes.left_out))
            self.notes.append(Note(f"Shortcodes that only laid out the page: {names}.", LAYOUT))
        if blocks.left_out:
            names = ", ".join(dict.fromkeys(blocks.left_out))
            self.notes.append(Note(f"Blocks that show nothing here: {names}.", BLOCKS))
        return told.strip()

    def _children(self) -> list[str]:
        return [number for _order, number in sorted(self.index.children.get(self.number, []))]

    def _unlinked(self, match: re.Match[str]) -> str:
        """Take off the link of a picture to its own file or page; name another."""
        href = attributes(f"<a {match['attrs']}>").get("href", "")
        is_own = self.index.is_own(href) and not self.index.story_at(href)
        if href and not (is_own or _IMAGES.search(href)):
            self.notes.append(f"The link of a picture is left out: {href}")
        return match["image"]

    def _referring(self, text: str) -> str:
        """Return the HTML with its pictures and links by the names of the file."""
        out: list[str] = []
        figures: list[str] = []
        lists: list[bool] = []
        row = pieces(text)
        for piece in row:
            name, is_end = tag_of(piece), piece.startswith("</")
            if name == "img":
                piece = self._image(piece, figures)
            elif name == "a" and not is_end:
                piece = self._link(piece)
            elif name == "figure":
                _follow(figures, is_end=is_end)
            elif name == "figcaption" and not is_end and figures and figures[-1]:
                words = "".join(_until(row, "figcaption"))
                self.album.caption(figures[-1], language=self.language, words=words)
                continue
            elif name in {"ul", "li"}:
                piece = _unlisted(piece, lists, is_end=is_end)
            out.append(piece)
        return "".join(out)

    def _image(self, piece: str, figures: list[str]) -> str:
        told = attributes(piece)
        if _FACES & set(told.get("class", "").split()):
            return html.escape(told.get("alt", ""))
        if told.get("width") == told.get("height") == "1":
            return ""
        match = _NUMBER.search(told.get("class", ""))
        number = told.get("data-number") or told.get("data-id") or (match[1] if match else "")
        source = self._source(told, number)
        if not source:
            return "" if not told.get("src") else piece
        if "data-number" in told and not _IMAGES.search(source):
            return f"{tag('div', data_embed=source)}</div>"
        alt, language = told.get("alt", ""), self.language
        reference = self.album.show(source, language=language, number=number, alt=alt)
        library = self.index.attachments.get(number) if "data-number" in told else None
        caption = told.get("data-words") or (library.caption if library else "")
        self.album.caption(reference, language=language, words=caption)
        if figures:
            figures[-1] = reference
        return tag("img", src=reference)

    def _source(self, told: dict[str, str], number: str) -> str:
        names = ("data-orig-file", "data-lazy-src", "data-src", "src")
        source = next(
            (told[name] for name in names if told.get(name) and not told[name].startswith("data:")),
            "",
        )
        if source.startswith("//"):
            return f"https:{source}"
        if source.startswith("/"):
            return f"{self.index.base}{source}"
        if not source and (attachment := self.index.attachments.get(number)):
            return attachment.url
        return source if source.startswith("http") else ""

    def _link(self, piece: str) -> str:
        number = self.index.story_at(attributes(piece).get("href", ""))
        return tag("a", data_article=number) if number else piece


def _embedded(words: str, index: Index) -> str:
    """Return a classic text with the addresses that stand alone in a line as embeds and cards."""

    if "http" not in words:
        return words

    def made(match: re.Match[str]) -> str:
        url = html.unescape(match[1])
        if number := index.story_at(url):
            return f"{tag('aside', data_article=number)}</aside>"
        return (
            f"{tag('div', data_embed=url)}</div>"
            if _EMBEDDED.search(urls.host_of(url))
            else match[0]
        )

    return _ALONE.sub(made, words)


def _follow(figures: list[str], *, is_end: bool) -> None:
    """Keep account of the figures that are open, each with the picture in it."""
    if not is_end:
        figures.append("")
    elif figures:
        figures.pop()


def _until(row: Iterator[str], name: str) -> Iterator[str]:
    """Yield the pieces up to the end of an element, and take that away."""
    for piece in row:
        if tag_of(piece) == name and piece.startswith("</"):
            return
        yield piece


def _unlisted(piece: str, lists: list[bool], *, is_end: bool) -> str:
    """Take away the lists in which old galleries keep their pictures."""
    if is_end:
        return "" if lists and lists.pop() else piece
    lists.append("blocks-gallery" in piece)
    return "" if lists[-1] else piece


def _footnotes(words: str) -> str:
    try:
        footnotes = json.loads(words or "[]")
    except (ValueError, RecursionError):
        return ""
    told = (
        [str(footnote.get("content", "")) for footnote in footnotes if isinstance(footnote, dict)]
        if isinstance(footnotes, list)
        else []
    )
    return f"<ol>{''.join(f'<li>{footnote}</li>' for footnote in told)}</ol>" if told else ""
