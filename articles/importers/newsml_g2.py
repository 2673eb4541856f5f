"""IPTC NewsML-G2: news items, alone or in a message. docs/reference/formats.md tells what becomes of each element."""

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from articles.importers import nitf
from articles.importers.context import Context
from articles.importers.fields import Fault
from articles.importers.making import Making, status_of, stories
from articles.importers.making.words import later, paragraphs, plain_words, whole_number
from articles.importers.markup import LANG, elements, local, start_tag, to_html, words_of
from articles.importers.story import BadFile, BadStory, Person, Story, Subject

DESCRIPTION = "IPTC NewsML-G2, one news item or a message of them"
SUFFIXES = (".newsml", ".g2")

FIELDS = {
    "guid": "id",
    "language, xml:lang": "language",
    "headline": "title",
    "description": "standfirst",
    "inlineXML, inlineXHTML, inlineData": "body",
    "remoteContent": "pictures",
    "firstCreated, contentCreated": "published_at",
    "embargoed": "published_at",
    "versionCreated": "modified_at",
    "pubStatus": "status",
    "by, creator": "bylines",
    "subject, keyword, genre": "subjects",
    "residref": "related",
    "canonical": "old_addresses",
    "itemClass": "refused",
}

WORDED = ("text", "composite", "")
_ROOT = re.compile(r"<(?:\w+:)?(?:newsItem|newsMessage|packageItem)\b")
_TRANSLATION = re.compile(r"translat", re.IGNORECASE)
_RELATED = re.compile(r"(?:seealso|related|previous|sequel)", re.IGNORECASE)
_XHTML = {"html": "", "body": "", "head": None, "script": None, "style": None, "div": ""}


def sniff(head: str) -> bool:
    """Tell whether a document is NewsML-G2 by its first tag."""
    return bool(_ROOT.match(start_tag(head)))


def read(path: Path, context: Context) -> Iterator[Story | BadStory]:
    """Yield each news item's Story, or the BadStory that tells why it is none."""
    reader = _Message(path, context)
    yield from stories(
        reader.items(),
        reader.story,
        own=lambda item: item.get("guid"),
        number=lambda _count, item: item.sourceline or 0,
        unit="Line",
    )
    if not reader.has_items:
        raise BadFile(path, "it holds no newsItem; name another file.")


class _Message:
    """A file of news items. The pictures of a message are items of their own, which its stories name."""

    def __init__(self, path: Path, context: Context) -> None:
        self.path, self.context = path, context
        self.language = context.identify(path)[1]
        self.pictures: dict[str, dict[str, Any]] = {}
        self.shown: set[str] = set()
        self.beside: dict[str, list[str]] = {}
        self.has_items = False

    def items(self) -> Iterator[Any]:
        """Yield the items that are stories, and the pictures that no story of the file shows."""
        self._look_through()
        for item in elements(self.path, "newsItem"):
            self.has_items = True
            if item.get("guid") not in self.shown:
                yield item

    def _look_through(self) -> None:
        """Take note of the pictures, and of what stands together in a package."""
        links: list[list[str]] = []
        for item in elements(self.path, "newsItem", "packageItem"):
            if local(item) == "packageItem":
                links.append([ref.get("residref") or "" for ref in item.iterfind(".//{*}itemRef")])
            elif _class(item) in ("picture", "graphic"):
                self.pictures[item.get("guid") or ""] = _picture(item)
            else:
                links.append([item.get("guid") or "", *_linked(item)])
        for group in links:
            pictures = [guid for guid in group if guid in self.pictures]
            for guid in group:
                if guid and pictures and guid not in self.pictures:
                    self.beside.setdefault(guid, []).extend(pictures)
                    self.shown.update(pictures)

    def story(self, item: Any) -> Story:
        making = Making(self.context, self.path, language=self.language)
        if (kind := _class(item)) not in WORDED:
            raise Fault(
                f"it is a {plain_words(kind)} without a text; import the story that shows it"
            )
        language = making.language(_language(item))
        document = item.find(".//{*}contentSet//{*}nitf")
        for guid in self.beside.get(item.get("guid") or "", ()):
            making.picture(lead=True, language=language, **self.pictures[guid])
        own = _picture(item)
        making.picture(language=language, lead=True, **own)
        return making.story(
            external_id=item.get("guid"),
            language=language,
            title=_headline(item) or _of_document(document, nitf.headline),
            standfirst=_description(item) or _of_document(document, nitf.standfirst),
            body=_body(item, document, making, language),
            status=status_of(_code(item, "itemMeta", "pubStatus"), making),
            published_at=later(
                _moment(item, making, "firstCreated", "contentCreated", "versionCreated"),
                _moment(item, making, "embargoed"),
            ),
            modified_at=_moment(item, making, "versionCreated"),
            people=[*_people(item, making)]
            or [*_of_document(document, lambda root: nitf.people(root, making))],
            subjects=_subjects(item, making, language),
            addresses=[_address(item)],
            related=[linked for linked in _linked(item, _RELATED) if linked not in self.pictures],
            aliases=_linked(item, _TRANSLATION),
        )


def _of_document(document: Any, reader: Any) -> Any:
    return "" if document is None else reader(document)


def _class(item: Any) -> str:
    return _code(item, "itemMeta", "itemClass").rpartition(":")[2].rpartition("/")[2]


def _code(item: Any, *names: str) -> str:
    element = item.find("/".join(f"{{*}}{name}" for name in names))
    return "" if element is None else element.get("qcode") or element.get("uri") or ""


def _language(item: Any) -> str:
    """Return the language of the text: what the content says comes before what is said of the item's own words."""
    for content in item.iterfind(".//{*}contentSet/*"):
        inner = next((inside.get(LANG) for inside in content.iter() if inside.get(LANG)), "")
        if inner:
            return inner
    tag = item.find("{*}contentMeta/{*}language")
    return (None if tag is None else tag.get("tag")) or item.get(LANG) or ""


def _headline(item: Any) -> str:
    headlines = [
        (headline.get("role") or "", words_of(headline))
        for headline in item.iterfind("{*}contentMeta/{*}headline")
    ]
    headlines.sort(
        key=lambda headline: headline[0].rpartition(":")[2] not in ("", "main", "headline")
    )
    return headlines[0][1] if headlines else ""


def _description(item: Any) -> str:
    for description in item.iterfind("{*}contentMeta/{*}description"):
        if (description.get("role") or "").rpartition(":")[2] in ("", "summary", "abstract"):
            return words_of(description)
    return ""


def _body(item: Any, document: Any, making: Making, language: str) -> str:
    if document is not None:
        return nitf.body(document, making, language)
    for content in item.iterfind(".//{*}contentSet/*"):
        kind = (content.get("contenttype") or "").lower()
        if local(content) == "inlineData":
            words = content.text or ""
            return words if "html" in kind else paragraphs(words)
        if local(content) in ("inlineXML", "inlineXHTML") and len(content):
            return to_html(content, _XHTML | {local(content): ""}, {})
    for remote in item.iterfind(".//{*}contentSet/{*}remoteContent"):
        if not _is_picture(remote):
            making.notes.append(f"Left out, not in the file: {plain_words(remote.get('href'))}")
    return ""


def _address(item: Any) -> str:
    """Return the address that a page inside of an item gives itself."""
    links = (link for link in item.iterfind(".//{*}head/{*}link") if link.get("rel") == "canonical")
    return next((link.get("href") or "" for link in links), "")


def _picture(item: Any) -> dict[str, Any]:
    """Return the widest picture of an item and its words, without an address where it has none."""
    pictures = [
        picture
        for picture in item.iterfind(".//{*}contentSet/{*}remoteContent")
        if _is_picture(picture)
    ]
    best = max(pictures, key=lambda picture: whole_number(picture.get("width")), default=None)
    creator = words_of(item.find("{*}contentMeta/{*}creator/{*}name"))
    return {
        "href": "" if best is None else best.get("href"),
        "caption": _caption(item),
        "creator": creator if best is not None else "",
        "credit_line": words_of(item.find("{*}contentMeta/{*}creditline")) or creator,
        "copyright_notice": words_of(item.find("{*}rightsInfo/{*}copyrightNotice")),
        "kind": "graphic" if _class(item) == "graphic" else "photo",
    }


def _caption(item: Any) -> str:
    if _class(item) in WORDED:
        return ""
    descriptions = item.iterfind("{*}contentMeta/{*}description")
    return next(filter(None, map(words_of, descriptions)), "") or _headline(item)


def _is_picture(remote: Any) -> bool:
    kind: str = remote.get("contenttype") or ""
    return kind.lower().startswith("image/")


def _people(item: Any, making: Making) -> Iterator[Person]:
    meta = item.find("{*}contentMeta")
    if meta is None:
        return
    lines = [words_of(line) for line in meta.iterfind("{*}by")]
    creators = [words_of(creator) for creator in meta.iterfind("{*}creator/{*}name")]
    named = all(name in " ".join(lines) for name in creators)
    for words in filter(None, creators if creators and named else lines or creators):
        yield from making.person(words)


def _subjects(item: Any, making: Making, language: str) -> Iterator[Subject]:
    meta = item.find("{*}contentMeta")
    for element in () if meta is None else meta:
        if local(element) == "keyword":
            yield from making.subject(words_of(element), language=language)
        elif local(element) in ("subject", "genre"):
            yield from making.concept(_names(element), language=language)


def _names(concept: Any) -> dict[str, str]:
    """Return the names of a concept by the languages that they are told in, "" for one that tells none."""
    named = [*concept.iterfind("{*}name")] or [*concept.iterfind("{*}mainConcept/{*}name")]
    return {name.get(LANG) or "": words_of(name) for name in reversed(named)}


def _linked(item: Any, kind: re.Pattern[str] | None = None) -> Iterator[str]:
    for link in item.iterfind("{*}itemMeta/{*}link"):
        if (guid := link.get("residref")) and (kind is None or kind.search(link.get("rel") or "")):
            yield guid


def _moment(item: Any, making: Making, *names: str) -> datetime | None:
    for name in names:
        said = words_of(item.find(f".//{{*}}{name}"))
        if said and (moment := making.moment(said, name)):
            return moment
    return None
