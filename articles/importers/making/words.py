"""Words, times and addresses of others, as they are kept here."""

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from html import escape
from urllib.parse import unquote, urlsplit

from articles.importers.decode import storable
from articles.importers.fields import one_line
from articles.importers.markup import parse_html
from articles.importers.story import MAX_LENGTHS
from articles.texts import is_blank
from newsroom import moments

_ENDING = re.compile(r"\s*(?:\[(?:…|\.\.\.)\]|…|\.\.\.)\s*$")
_MARKUP = re.compile(r"<[a-zA-Z/!][^<>]*>|&#?\w+;")


def moment(said: object) -> datetime | None:
    """Return a point in time in UTC, None where `said` is none. A time without an offset is in UTC."""
    words = str(said or "").strip()
    for reading in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            instant = reading(words)
            instant = instant if instant.tzinfo else instant.replace(tzinfo=UTC)
            return instant.astimezone(UTC) if moments.is_usable(instant) else None
        except (ValueError, OverflowError, TypeError, IndexError):
            continue
    return None


def later(first: datetime | None, *others: datetime | None) -> datetime | None:
    """Return the last of these moments: what is under embargo until then is not public before."""
    return max(filter(None, (first, *others)), default=None)


def paragraphs(words: str) -> str:
    """Return plain text as HTML: blank lines part paragraphs, or else ends of lines do."""
    words = storable(words).replace("\r\n", "\n").replace("\r", "\n")
    parts = re.split(r"\n\s*\n" if re.search(r"\n\s*\n", words.strip()) else r"\n", words)
    return "".join(
        f"<p>{escape(one_line(part), quote=False)}</p>" for part in parts if not is_blank(part)
    )


def plain_words(said: object) -> str:
    """Return text as one line, without markup and without what cannot be stored."""
    words = str(said or "")
    if _MARKUP.search(words):
        root = parse_html(storable(words))
        words = "" if root is None else root.text_content()
    return one_line(storable(words))


def begins(words: str, standfirst: str) -> bool:
    """Tell whether a text begins with its standfirst, which is none then: "The ferry sails […]"."""
    begin = "".join(_ENDING.sub("", standfirst).split())
    return bool(begin) and "".join(words[: 2 * len(standfirst) + 200].split()).startswith(begin)


def address_of(url: str) -> str:
    """Return the path of a web address, query included, under which it is kept here; "" for none."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return ""
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    usable = re.fullmatch(r"/(?!/)[^\s#]+", path) and len(path) <= MAX_LENGTHS["old_address"]
    return path if usable and storable(unquote(path)) == unquote(path) else ""


def whole_number(said: object) -> int:
    """Return the number of up to six digits that `said` is, 0 for anything else."""
    words = str(said or "").strip()
    return int(words) if re.fullmatch(r"[0-9]{1,6}", words) else 0
