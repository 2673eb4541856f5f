"""From bytes to text where they do not say in which encoding they are: what is assumed is told."""

import re
from importlib import import_module

from articles.importers.notes import Note

SAMPLE = 200_000
"""So many bytes show the encoding of a text."""

LONG = 1_000
"""In fewer bytes no statistics see a language; what is neither UTF-8 nor long is what Windows wrote in the West."""

WESTERN = "cp1252"

OTHERS = [
    *("cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258", "cp874"),
    *("cp932", "gb18030", "big5", "euc_jp", "cp949", "koi8_r", "iso8859_2"),
]
"""What texts of the web are in, of the hundred that statistics choose from else."""

_NOT_ASCII = re.compile("[\x80-\U0010ffff]")

_LETTERS = "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜŒßàáâãäåæçèéêëìíîïñòóôõöøùúûüÿœ"
_LETTER = f"[A-Za-z{_LETTERS}]"
_STRANGE = re.compile(rf"[{_LETTERS}]{{3}}|[ÐÝÞðýþŠŽšž]|{_LETTER}[±¼¹¶¦¾¤]|[£±¼¹¶¦¾¤³]{_LETTER}")
"""What no text of the West of Europe holds, read as WESTERN: accents in a row, letters that other alphabets have there, signs inside words."""


class Words(str):
    """A text with `notes` on the encoding that was assumed."""

    __slots__ = ("notes",)
    notes: tuple[str, ...]

    def __new__(cls, words: str, notes: tuple[str, ...] = ()) -> "Words":
        text = super().__new__(cls, words)
        text.notes = notes
        return text


def decode(data: bytes, *, declared: str = "") -> Words:
    """Return the text of bytes without a byte order mark; raise UnicodeDecodeError where they are none.

    What is `declared` comes first, where it is an encoding and fits; then UTF-8, to the last byte. Only then is one assumed.
    """
    try:
        if declared:
            return Words(data.decode(declared))
    except (LookupError, UnicodeError):
        pass
    try:
        return Words(data.decode())
    except UnicodeDecodeError as error:
        assumed = likely(data)
        if not assumed:
            raise
        try:
            words = data.decode(assumed)
        except UnicodeDecodeError:
            raise error from None
    return Words(words, (note(assumed),))


def note(assumed: str) -> Note:
    """Return what is to be said of an encoding that was assumed."""
    words = f"The file is no UTF-8; it was read as {assumed.upper()}. Look whether its letters are right."
    return Note(words, "encodings assumed")


def likely(data: bytes) -> str:
    """Return the likely encoding of bytes that are no UTF-8, "" for UTF-8 with a wrong byte in it."""
    replaced = data[:SAMPLE].decode(errors="replace")
    wrong = replaced.count("\ufffd")
    if len(_NOT_ASCII.findall(replaced)) > 2 * wrong:
        return ""
    if len(data) <= LONG:
        return WESTERN
    # Statistics take these for the code page of Central Europe, which has most of their letters in the same places.
    if not _STRANGE.search(data[:SAMPLE].decode(WESTERN, errors="replace")):
        return WESTERN
    best = import_module("charset_normalizer").from_bytes(data[:SAMPLE], cp_isolation=OTHERS).best()
    return best.encoding if best else WESTERN
