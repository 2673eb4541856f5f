"""Feeds: RSS 0.9 to 2.0, Atom and JSON Feed. docs/reference/formats.md tells what becomes of each element."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import feedparser
from lxml import etree

from articles.importers.context import Context
from articles.importers.decode import read_json
from articles.importers.fields import Fault
from articles.importers.making import Making, stories
from articles.importers.making.words import paragraphs, plain_words
from articles.importers.markup import LANG, elements, start_tag
from articles.importers.story import BadFile, BadStory, Person, Story, Subject

DESCRIPTION = "a feed: RSS, Atom or JSON Feed"
SUFFIXES = (".rss", ".atom", ".rdf")

FIELDS = {
    "guid, id": "id",
    "link": "old_addresses",
    "title": "title",
    "content:encoded, content, content_html, content_text": "body",
    "description, summary": "standfirst",
    "pubDate, published, date_published": "published_at",
    "updated, date_modified": "modified_at",
    "author, dc:creator, authors": "bylines",
    "category, tags": "subjects",
    "media:content, media:thumbnail, enclosure, image": "pictures",
    "language, xml:lang, dc:language": "language",
    "app:draft": "status",
}
"""What is read, in the words of the formats, and what it becomes; the reference lists the same."""

MEDIA = "{http://search.yahoo.com/mrss/}"
DC = "{http://purl.org/dc/elements/1.1/}"
KIND = "http://schemas.google.com/g/2005#kind"
HEADLINE_WORDS = 12
FAILURES = (AssertionError, AttributeError, LookupError, RuntimeError, TypeError, ValueError)
"""What feedparser ends with where an item is none in a way that it does not know."""

_FEED = re.compile(
    r"<(?:\w+:)?(?:rss\b|(?:feed|entry)\b[^>]*\batom\b|(?:RDF|Channel)\b[^>]*\b(?:rss|netscape))",
    re.IGNORECASE,
)
_JSON = re.compile(
    r'\s*\{(?=.*?"version"\s*:\s*"https?://(?:www\.)?jsonfeed\.org/version/)', re.DOTALL
)


def sniff(head: str) -> bool:
    """Tell whether a file begins as a feed does, and not as an export of WordPress, which is one by its first tag."""
    is_feed = _FEED.match(start_tag(head)) and "wordpress.org/export" not in head
    return bool(is_feed or _JSON.match(head))


def read(path: Path, context: Context) -> Iterator[Story | BadStory]:
    """Yield each item's Story, or the BadStory that tells why it is none."""
    if sniff_json(path):
        yield from _read_json(path, context)
        return
    reader = _Feed(path, context)
    yield from stories(
        reader.items(),
        reader.story,
        own=lambda item: item.findtext("{*}guid") or item.findtext("{*}id"),
        number=lambda _count, item: item.sourceline or 0,
        unit="Line",
    )


def sniff_json(path: Path) -> bool:
    with path.open("rb") as stream:
        return b"{" in stream.read(64).lstrip(b"\xef\xbb\xbf \t\r\n")[:1]


class _Feed:
    """A feed in XML: each item is read by feedparser in a feed of its own, so that memory does not grow with the file."""

    def __init__(self, path: Path, context: Context) -> None:
        self.path, self.context = path, context
        self.language = self.address = self.author = ""

    def items(self) -> Iterator[Any]:
        is_first = True
        for item in elements(self.path, "item", "entry"):
            if is_first:
                self._look_at(item.getroottree().getroot())
                is_first = False
            if _is_post(item):
                yield item
        if is_first:
            raise BadFile(self.path, "the feed holds no item; name another file.")

    def _look_at(self, root: Any) -> None:
        """Take what the feed says of all its items: it is forgotten with the first of them."""
        channel = root.find("{*}channel")
        channel = root if channel is None else channel
        told = (channel.findtext("{*}language"), channel.findtext(f"{DC}language"))
        attributes = (channel.get(LANG), root.get(LANG))
        self.language = next(
            (language.strip() for language in (*attributes, *told) if language), ""
        )
        self.address = (channel.findtext("{*}link") or "").strip()
        self.author = channel.findtext("{*}author/{*}name") or ""

    def story(self, item: Any) -> Story:
        entry, making = self._entry(item), self._making()
        said = item.get(LANG) or item.findtext(f"{DC}language") or self.language
        language = making.language(said)
        link = entry.get("link", "")
        summary, body = _texts(entry)
        for order, (address, words) in enumerate(_pictures(item)):
            making.picture(address, lead=order == 0, language=language, **words)
        making.notes += _left_out(item)
        return making.story(
            external_id=entry.get("id") or link,
            language=language,
            title=_headline(entry.get("title"), body, making),
            standfirst=summary,
            body=body,
            status="draft" if _is_draft(item) else "published",
            published_at=_moment(entry, "published_parsed", "created_parsed", "updated_parsed"),
            modified_at=_moment(entry, "updated_parsed"),
            people=self._people(entry, making),
            subjects=_subjects(entry, making),
            addresses=[link],
        )

    def _making(self) -> Making:
        return Making(self.context, self.path, language=self.context.identify(self.path)[1])

    def _entry(self, item: Any) -> Any:
        """Return what feedparser reads in the item."""
        is_atom = etree.QName(item).localname == "entry"
        namespace = etree.QName(item).namespace or ""
        before, after = (
            (f'<feed xmlns="{namespace}">', "</feed>")
            if is_atom
            else ('<rss version="2.0"><channel>', "</channel></rss>")
        )
        base = next((element.base for element in (item,) if element.base), "") or self.address
        data = (
            before.encode()
            + etree.tostring(item, encoding="utf-8", with_tail=False)
            + after.encode()
        )
        headers = {
            "content-type": "application/xml; charset=utf-8",
            "content-location": base,
        }
        try:
            feed = feedparser.parse(BytesIO(data), response_headers=headers, sanitize_html=False)
        except FAILURES:
            raise Fault("feedparser cannot read the item; export the feed again") from None
        if not feed.entries:
            raise Fault("the item cannot be read; export the feed again")
        return feed.entries[0]

    def _people(self, entry: Any, making: Making) -> Iterator[Person]:
        names = [author.get("name", "") for author in entry.get("authors", ())]
        for name in filter(None, names or [self.author]):
            yield from making.person(name)


def _is_post(item: Any) -> bool:
    """Tell whether an entry is a story: exports of Blogger hold settings and comments, too."""
    kinds = [
        category.get("term", "")
        for category in item.iterfind("{*}category")
        if category.get("scheme") == KIND
    ]
    return not kinds or any(kind.endswith("#post") for kind in kinds)


def _is_draft(item: Any) -> bool:
    return (item.findtext("{*}control/{*}draft") or "").strip() == "yes"


def _texts(entry: Any) -> tuple[str, str]:
    """Return the summary and the body; a summary that stands alone is the body."""
    body = max((_markup(content) for content in entry.get("content", ())), key=len, default="")
    if not body:
        return "", _markup(entry.get("summary_detail", {}))
    return entry.get("summary", ""), body


def _markup(detail: Any) -> str:
    """Return a text of feedparser as HTML."""
    value = detail.get("value") or ""
    return paragraphs(value) if detail.get("type") == "text/plain" else value


def _headline(title: str | None, body: str, making: Making) -> str:
    if title and plain_words(title):
        return title
    words = plain_words(body).split()
    if words:
        making.notes.append("It has no headline; its first words stand for one.")
    return " ".join(words[:HEADLINE_WORDS]) + ("…" if len(words) > HEADLINE_WORDS else "")


def _moment(entry: Any, *names: str) -> datetime | None:
    for name in names:
        if name in entry and (parsed := entry[name]):
            try:
                return datetime(*parsed[:6]).replace(tzinfo=UTC)
            except ValueError:
                continue
    return None


def _subjects(entry: Any, making: Making) -> Iterator[Subject]:
    for tag in entry.get("tags", ()):
        if tag.get("scheme") != KIND:
            yield from making.subject(tag.get("label") or tag.get("term"))


def _pictures(item: Any) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield the address and the words of each picture that stands beside the body."""
    contents = [element for element in item.iter(f"{MEDIA}content") if _is_picture(element)]
    for content in contents or item.iter(f"{MEDIA}thumbnail"):
        yield (
            content.get("url", ""),
            {
                "caption": content.findtext(f"{MEDIA}description")
                or content.findtext(f"{MEDIA}title")
                or "",
                "credit_line": content.findtext(f"{MEDIA}credit") or "",
                "copyright_notice": content.findtext(f"{MEDIA}copyright") or "",
            },
        )
    for enclosure in _enclosures(item):
        if _is_picture(enclosure):
            yield enclosure.get("url") or enclosure.get("href", ""), {}


def _enclosures(item: Any) -> Iterator[Any]:
    yield from item.iterfind("{*}enclosure")
    yield from (link for link in item.iterfind("{*}link") if link.get("rel") == "enclosure")


def _is_picture(element: Any) -> bool:
    kind: str = element.get("type", "")
    return element.get("medium") == "image" or kind.startswith("image/")


def _left_out(item: Any) -> Iterator[str]:
    for element in (*_enclosures(item), *item.iter(f"{MEDIA}content")):
        if not _is_picture(element) and (address := element.get("url") or element.get("href")):
            yield f"Left out, no picture: {plain_words(address)}"


def _read_json(path: Path, context: Context) -> Iterator[Story | BadStory]:
    feed = read_json(path)
    if not isinstance(feed, dict) or not (items := _list(feed, "items")):
        raise BadFile(path, "the feed holds no item; name another file.")
    default = context.identify(path)[1]

    def story(item: object) -> Story:
        if not isinstance(item, dict):
            raise Fault("the item is no object in curly brackets; export the feed again")
        making = Making(context, path, language=default)
        return _json_story(item, making, language=item.get("language") or feed.get("language"))

    yield from stories(
        items, story, own=lambda item: isinstance(item, dict) and item.get("id") or ""
    )


def _json_story(item: dict[str, Any], making: Making, *, language: object) -> Story:
    code = making.language(language)
    making.picture(item.get("image") or item.get("banner_image"), lead=True, language=code)
    for attachment in _list(item, "attachments"):
        if isinstance(attachment, dict) and str(attachment.get("mime_type")).startswith("image/"):
            making.picture(attachment.get("url"), language=code, caption=attachment.get("title"))
    body = str(item.get("content_html") or "") or paragraphs(str(item.get("content_text") or ""))
    authors = [*_list(item, "authors"), item.get("author")]
    return making.story(
        external_id=item.get("id") or item.get("url"),
        language=code,
        title=_headline(item.get("title"), body, making),
        standfirst=item.get("summary"),
        body=body,
        published_at=making.moment(item.get("date_published"), "date_published"),
        modified_at=making.moment(item.get("date_modified"), "date_modified"),
        people=[
            person
            for author in authors
            if isinstance(author, dict)
            for person in making.person(author.get("name"))
        ],
        subjects=[subject for tag in _list(item, "tags") for subject in making.subject(tag)],
        addresses=[str(item.get("url") or "")],
    )


def _list(item: dict[str, Any], key: str) -> list[Any]:
    value = item.get(key)
    return value if isinstance(value, list) else []
