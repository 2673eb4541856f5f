"""Words that an export writes as HTML, as plain text."""

import html
import re

from articles.texts import is_blank, plain

_TAG = re.compile(r"<!--.*?-->|</?[A-Za-z][^<>]*>", re.DOTALL)
_BREAKS = (
    (re.compile(r"\s*</p\s*>\s*", re.IGNORECASE), "\n\n"),
    (re.compile(r"<br\b[^<>]*>\n?|</(?:div|li|blockquote|h\d)\s*>\s*", re.IGNORECASE), "\n"),
)
_UNUSABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def one_line(words: str) -> str:
    """Return the words of HTML in one line, without markup."""
    return " ".join(_bare(words).split())


def is_empty(words: str) -> bool:
    """Return whether HTML shows no word; quicker than to take all words out."""
    return is_blank(html.unescape(_TAG.sub("", words)))


def lines(words: str) -> str:
    """Return the words of HTML with the line breaks that a reader sees."""
    words = words.replace("\r\n", "\n")
    for pattern, end in _BREAKS:
        words = pattern.sub(end, words)
    clean_lines = (" ".join(line.split()) for line in _bare(words).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(clean_lines)).strip()


def cut(words: str, length: int) -> str:
    """Return at most so many characters, ended by … at a word where there are more."""
    if len(words) <= length:
        return words
    return f"{words[: length - 1].rsplit(' ', 1)[0].rstrip() or words[: length - 1]}…"


def _bare(words: str) -> str:
    if "<" in words:
        words = _TAG.sub("", words)
    words = html.unescape(words)
    return plain(words if words.isprintable() else _UNUSABLE.sub("", words))
