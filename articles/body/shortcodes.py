"""The shortcodes of WordPress, such as [gallery ids="4,5"], which mean nothing here."""

import re
from collections.abc import Iterator

QUOTED = r"""["“”″][^"“”″\[\]]*["“”″]|'[^'\[\]]*'"""
MARKER = re.compile(
    rf"\[(?P<end>/?)(?P<name>[a-z][\w-]*)"
    rf"(?P<attributes>(?:\s+[\w-]+=(?:{QUOTED}|[^\s\"'“”″\[\]]+))*)\s*/?\]",
    re.IGNORECASE,
)
EMBED = re.compile(r"\[embed\b[^\[\]]*\]\s*(https?://[^\s\[\]<>\"]+)\s*\[/embed\]", re.IGNORECASE)
END = re.compile(r"\[/([a-z][\w-]*)\]", re.IGNORECASE)
KNOWN = frozenset(
    ["audio", "caption", "embed", "gallery", "instagram", "playlist", "soundcloud", "twitter"]
    + ["video", "vimeo", "wp_caption", "youtube"]
)


class Shortcodes:
    """Finds the shortcodes of one body.

    Prose in brackets stays: a shortcode is known by attributes in quotation marks, or by a name of
    WordPress together with attributes or an end.
    """

    def __init__(self, html: str) -> None:
        self._ends = {name.lower() for name in END.findall(html)} if "[/" in html else set()
        self._open: set[str] = set()

    def split(self, words: str) -> Iterator[tuple[str, str, str]]:
        """Yield (words, shortcode, address) for each piece: one of the three, the others empty."""
        place = 0
        for match in EMBED.finditer(words):
            yield from self._pieces(words[place : match.start()])
            yield "", "", match[1]
            place = match.end()
        yield from self._pieces(words[place:])

    def _pieces(self, words: str) -> Iterator[tuple[str, str, str]]:
        place = 0
        for match in MARKER.finditer(words):
            if self._is_one(match):
                yield words[place : match.start()], "", ""
                yield "", match[0], ""
                place = match.end()
        yield words[place:], "", ""

    def _is_one(self, match: re.Match[str]) -> bool:
        name, attributes = match["name"].lower(), match["attributes"]
        if match["end"]:
            return name in self._open
        known = name in KNOWN
        has_end = name in self._ends and (known or "_" in name)
        if re.search(QUOTED, attributes) or (known and attributes) or has_end or name == "gallery":
            self._open.add(name)
            return True
        return False
