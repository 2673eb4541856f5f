"""The shortcodes of WordPress, such as [caption] and [gallery], as HTML that this site understands.

A known one is converted. One that only lays out a page is taken away from around its words. Any other
stays to be seen, and is named. Words in brackets that are no shortcode are left alone.
"""

import html
import re
from bisect import bisect_right
from collections.abc import Callable
from typing import NamedTuple

from articles.importers.wxr.body.markup import pieces, tag, tag_of, without_comments
from articles.importers.wxr.words import one_line

_MARK = re.compile(
    r"""(?P<escape>\[?)\[(?P<end>/?)(?P<name>[A-Za-z][\w-]*)"""
    r"""(?P<attrs>(?:(?<=[=\s])"[^"]{0,4000}"|(?<=[=\s])'[^'\[\]]{0,4000}'|[^\[\]])*+)\](?P<escaped>\]?)"""
)
_QUOTED = re.compile(r"""[\w-]+\s*=\s*(?:["'“”″])""")
_ATTRIBUTE = re.compile(
    r"""(?P<name>[\w-]+)\s*=\s*(?:"(?P<a>[^"]*)"|'(?P<b>[^']*)'|[“”″](?P<c>[^“”″]*)[“”″]|(?P<d>[^\s"']+))"""
)
_ADDRESS = re.compile(r"""https?://[^\s"'“”″<>\[\]]+""")
_BUILDER = re.compile(
    r"(?:vc|et_pb|fusion|av|wpb|mk|tatsu|nectar|thb|tdb?|kc|cs|x)_\w+", re.IGNORECASE
)
_LAYOUT = re.compile(
    r"rows?|columns?|col\d*|section|container|clear|spacer|divider|dropcaps?|highlight|center|box|lead"
    r"|(?:one|two|three|four)_(?:half|third|fourth|fifth|sixth|quarter)s?(?:_last)?",
    re.IGNORECASE,
)
DEEPEST = 12
CAPTIONS = frozenset({"caption", "wp_caption"})
GALLERIES = frozenset({"gallery", "playlist"})
CODES = frozenset({"code", "source", "sourcecode"})
QUOTES = frozenset({"blockquote", "pull_quote", "pullquote", "quote"})
MEDIA = (
    "src",
    "mp4",
    "m4v",
    "webm",
    "ogv",
    "flv",
    "mp3",
    "m4a",
    "ogg",
    "wav",
    "wma",
    "url",
    "link",
)
SITES = frozenset(
    [
        "youtube",
        "vimeo",
        "dailymotion",
        "twitter",
        "tweet",
        "instagram",
        "facebook",
        "soundcloud",
        "spotify",
        "tiktok",
        "googlemaps",
        "ted",
        "flickr",
        "video",
        "audio",
        "playlist",
        "wpvideo",
        "slideshare",
        "scribd",
        "issuu",
        "embedly",
        "tumblr",
        "reddit",
        "mixcloud",
        "vc_video",
        "fusion_youtube",
        "fusion_vimeo",
        "iframe",
        "embed",
    ]
)


class Mark(NamedTuple):
    """One pair of brackets of a text."""

    start: int
    stop: int
    name: str
    attrs: str
    is_end: bool


class Shortcodes:
    """Converts those of one post. `children` are the ids of the pictures that were uploaded to it."""

    def __init__(self, children: Callable[[], list[str]]) -> None:
        self._children = children
        self.unknown: list[str] = []
        self.left_out: list[str] = []

    def convert(self, text: str, depth: int = 0) -> str:
        """Return the text with its shortcodes as HTML."""
        if "[" not in text:
            return text
        text = without_comments(text)
        marks = _marks(text)
        ends = _pairs(marks)
        paired = {*ends, *ends.values()}
        out: list[str] = []
        place, at = 0, 0
        while at < len(marks):
            mark, last = marks[at], ends.get(at, at)
            out.append(text[place : mark.start])
            inner = text[mark.stop : marks[last].start] if last > at else None
            made = None if mark.is_end else self._known(mark, inner, depth)
            if made is None:
                out.append(self._other(mark, text[mark.start : mark.stop], is_paired=at in paired))
                last = at
            out.append(made or "")
            at, place = last + 1, marks[last].stop
        return "".join((*out, text[place:]))

    def _other(self, mark: Mark, words: str, *, is_paired: bool) -> str:
        """Return what stands for a mark that has no meaning of its own here."""
        name, is_quoted = mark.name.lower(), bool(_QUOTED.search(mark.attrs))
        if _BUILDER.fullmatch(name) or (_LAYOUT.fullmatch(name) and (is_paired or is_quoted)):
            self.left_out.append(name)
            return "\n\n" if mark.is_end else ""
        if not (is_paired or is_quoted):
            return words
        if mark.is_end:  # what cleans bodies knows an end by its form
            return f"[/ {mark.name}]"
        self.unknown.append(name)
        return _visible(words)

    def _known(self, mark: Mark, inner: str | None, depth: int) -> str | None:
        """Return the HTML of a shortcode that is known, None for another."""
        name, told = mark.name.lower(), _attributes(mark.attrs)
        if depth > DEEPEST:
            return None
        if name in GALLERIES and (mark.attrs.strip(" /") in {"", ":"} or told):
            return self._gallery(told)
        if inner is not None and (made := self._around(name, told, inner, depth)) is not None:
            return made
        if name == "vc_single_image" and told.get("image", "").isdigit():
            return _shown(told["image"])
        if name == "vc_custom_heading" and told.get("text"):
            return f"<h2>{html.escape(told['text'])}</h2>"
        return _embedded(name, mark.attrs, told, inner or "") if name in SITES else None

    def _around(self, name: str, told: dict[str, str], inner: str, depth: int) -> str | None:
        """Return the HTML of one that stands around words."""
        if name in CAPTIONS:
            return _captioned(told.get("caption", ""), self.convert(inner, depth + 1))
        if name in CODES:
            return f"<pre>{html.escape(html.unescape(inner.strip()), quote=False)}</pre>"
        if name in QUOTES:
            is_pull = " data-pull" if name.startswith("pull") else ""
            return f"<blockquote{is_pull}>{self.convert(inner, depth + 1)}</blockquote>"
        return None

    def _gallery(self, told: dict[str, str]) -> str:
        ids = re.findall(r"\d+", told.get("ids") or told.get("include") or "")
        return "\n\n".join(["", *map(_shown, ids or self._children()), ""])


def _marks(text: str) -> list[Mark]:
    """Return the brackets of a text that look like shortcodes; what stands inside a tag is none."""
    tags = _tags(text)
    marks: list[Mark] = []
    for match in _MARK.finditer(text):
        if match["escape"] and match["escaped"]:  # it is written about
            continue
        start, stop = match.start() + len(match["escape"]), match.end() - len(match["escaped"])
        at = bisect_right(tags, (start, len(text)))
        if at and tags[at - 1][1] > start:
            continue
        marks.append(Mark(start, stop, match["name"], match["attrs"], bool(match["end"])))
    return marks


def _tags(text: str) -> list[tuple[int, int]]:
    spans, place = [], 0
    for piece in pieces(text):
        if tag_of(piece):
            spans.append((place, place + len(piece)))
        place += len(piece)
    return spans


def _pairs(marks: list[Mark]) -> dict[int, int]:
    """Return, for each mark that has an end, the place of that."""
    open_: dict[str, list[int]] = {}
    pairs: dict[int, int] = {}
    for at, mark in enumerate(marks):
        name = mark.name.lower()
        if not mark.is_end:
            open_.setdefault(name, []).append(at)
        elif open_.get(name):
            pairs[open_[name].pop()] = at
    return pairs


def _attributes(words: str) -> dict[str, str]:
    by_name: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(words):
        value = next((match[key] for key in "abcd" if match[key] is not None), "")
        by_name.setdefault(match["name"].lower(), html.unescape(value))
    return by_name


def _captioned(caption: str, inner: str) -> str:
    """Return the picture of a [caption] with its words, or all of it where it holds no picture."""
    row = list(pieces(inner))
    images = [piece for piece in row if tag_of(piece) == "img"]
    rest = one_line("".join(piece for piece in row if tag_of(piece) != "img"))
    if not images:
        return f"{inner}\n\n{html.escape(caption)}"
    words = caption or rest
    marked = images[0].replace("<img", f'<img data-words="{html.escape(words)}"', 1)
    return "\n\n".join(
        [
            "",
            marked,
            *images[1:],
            *([html.escape(rest)] if caption and rest != one_line(caption) else []),
            "",
        ]
    )


def _shown(number: str) -> str:
    return tag("img", data_number=number)


def _embedded(name: str, attrs: str, told: dict[str, str], inner: str) -> str | None:
    """Return what stands for something on another site; None where no address of it is told."""
    bare = attrs.strip(" =/\"'")
    address = next((told[key] for key in MEDIA if told.get(key, "").startswith("http")), "")
    match = _ADDRESS.search(html.unescape(f"{attrs} {inner}"))
    address = address or (match[0] if match else "")
    number = told.get("id") or bare
    if not address and name == "youtube" and re.fullmatch(r"[\w-]{11}", number):
        address = f"https://www.youtube.com/watch?v={number}"
    if not address and name == "vimeo" and number.isdigit():
        address = f"https://vimeo.com/{number}"
    return f"\n\n<div{tag('div', data_embed=address)[4:-1]}></div>\n\n" if address else None


def _visible(words: str) -> str:
    """Return a shortcode as words that stay: what cleans bodies knows one by its quotation marks."""
    return re.sub(r"""["“”″']([^"“”″']*)["“”″']""", "‘\\1’", words)
