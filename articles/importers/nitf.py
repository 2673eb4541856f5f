"""NITF 3.x: one story in XML. docs/reference/formats.md tells what becomes of each element."""

import re
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from articles.importers.context import Context
from articles.importers.making import Making, status_of, stories
from articles.importers.making.words import later, plain_words, whole_number
from articles.importers.markup import LANG, elements, local, start_tag, to_html, words_of
from articles.importers.story import BadFile, BadStory, Person, Story, Subject

DESCRIPTION = "NITF, a story in XML"
SUFFIXES = (".nitf",)

FIELDS = {
    "doc-id": "id",
    "xml:lang": "language",
    "hl1, title": "title",
    "abstract, hl2": "standfirst",
    "body.content, tagline": "body",
    "media": "pictures",
    "date.issue, story.date, date.publication": "published_at",
    "date.release": "published_at",
    "management-status": "status",
    "byline": "bylines",
    "tobject.subject, keyword, identified-content": "subjects",
}

NAMES = {
    "hl1": "h2",
    "hl2": "h2",
    "bq": "blockquote",
    "credit": "cite",
    "nitf-table-metadata": None,
    "media-metadata": None,
    "media-object": None,
    "note": None,
    "script": None,
    "style": None,
} | dict.fromkeys(
    (
        *("body.content", "body", "block", "nitf-table", "nitf", "person", "name.given", "name.family", "org"),
        *("location", "sublocation", "city", "state", "region", "country", "postcode", "event", "chron"),
        *("money", "num", "frac", "numer", "frac-sep", "denom", "function", "object.title", "virtloc"),
        *("copyrite", "copyrite.year", "copyrite.holder", "lang", "pronounce", "alt-code", "classifier", "postaddr"),
        *("dl", "fn", "datasource", "byttl"),
    ),
    "",
) | {"dt": "p", "dd": "p"}  # fmt: skip
"""What an element of NITF is in HTML: "" for its words alone, None for nothing. All others keep their names."""

_NITF = re.compile(r"<(?:\w+:)?nitf\b")
_ENDS = " ,.;:–—-\n\t"


def sniff(head: str) -> bool:
    """Tell whether a document is NITF by its first tag."""
    return bool(_NITF.match(start_tag(head)))


def read(path: Path, context: Context) -> Iterator[Story | BadStory]:
    """Yield the story of a file, or of each document in it; the BadStory that tells why it is none."""
    own, language = context.identify(path)
    make = partial(_story, make=lambda: Making(context, path, language=language), own=own)
    has_documents = False
    for answer in stories(
        elements(path, "nitf"),
        make,
        own=lambda root: _id(root) or own,
        number=lambda _count, root: root.sourceline or 0,
        unit="Line",
    ):
        has_documents = True
        yield answer
    if not has_documents:
        raise BadFile(path, "it holds no nitf; name another file.")


def _story(root: Any, *, make: Callable[[], Making], own: str) -> Story:
    making = make()
    language = making.language(language_of(root))
    docdata = _find(root, "docdata")
    status = "" if docdata is None else docdata.get("management-status")
    return making.story(
        external_id=_id(root) or own,
        is_named=bool(_id(root)),
        language=language,
        title=headline(root) or words_of(_find(root, "title")),
        standfirst=standfirst(root),
        body=body(root, making, language),
        status=status_of(status, making),
        published_at=later(
            _moment(root, making, "date.issue", "story.date", "pubdata"),
            _moment(root, making, "date.release"),
        ),
        people=people(root, making),
        subjects=subjects(root, making),
    )


def language_of(root: Any) -> str:
    """Return the language that a document, or its body, says it is in."""
    languages = [
        element.get(LANG) for element in (_find(root, "body"), root) if element is not None
    ]
    return next(filter(None, languages), "")


def headline(root: Any) -> str:
    """Return the main headline, "" where there is none."""
    return words_of(_find(root, "hl1"))


def standfirst(root: Any) -> str:
    """Return the abstract, or the second headline."""
    abstract = " ".join(words_of(paragraph) for paragraph in root.iterfind(".//{*}abstract/{*}p"))
    return abstract or words_of(_find(root, "abstract")) or words_of(_find(root, "hedline", "hl2"))


def people(root: Any, making: Making) -> Iterator[Person]:
    """Yield who is named in the bylines: people by themselves, an agency where it stands alone."""
    for line in root.iterfind(".//{*}body.head/{*}byline"):
        named = [words_of(person) for person in line.iterfind(".//{*}person")]
        titles = [words_of(element) for element in line.iterfind("{*}byttl")]
        words = words_of(line)
        for title in titles:
            words = words.replace(title, "")
        for name in filter(None, named or [words.strip(_ENDS)]):
            yield from making.person(name.strip(_ENDS))
        if titles and not named and not words.strip(_ENDS):
            yield from making.person(titles[0], role="organisation", kind="organisation")


def body(root: Any, making: Making, language: str) -> str:
    """Return the story as HTML; its pictures are taken note of, and stay where they are."""
    content, end = _find(root, "body", "body.content"), _find(root, "body.end", "tagline")
    special = {"media": partial(_media, making=making, language=language)}
    text = "" if content is None else to_html(content, NAMES, special)
    closing = "" if end is None else to_html(end, NAMES | {"tagline": "p"}, special)
    return text + closing


def _media(media: Any, *, making: Making, language: str) -> str:
    """Return a picture as an element of HTML; name what is none."""
    references = [
        reference for reference in media.iterfind("{*}media-reference") if reference.get("source")
    ]
    if not references:
        return ""
    best = max(references, key=lambda reference: whole_number(reference.get("width")))
    kinds = f"{media.get('media-type')} {best.get('mime-type')}".lower()
    if not any(word in kinds for word in ("image", "photo", "picture", "graphic")):
        making.notes.append(f"Left out, no picture: {plain_words(best.get('source'))}")
        return ""
    producers = [words_of(producer) for producer in media.iterfind("{*}media-producer")]
    source = best.get("source").strip()
    making.picture(
        source,
        lead=True,
        language=language,
        caption=" ".join(words_of(caption) for caption in media.iterfind("{*}media-caption")),
        alt=best.get("alternate-text"),
        creator=producers[0] if producers else "",
        credit_line="/".join(producers),
        kind="graphic" if "graphic" in kinds else "photo",
    )
    return making.shown(source)


def _id(root: Any) -> str:
    element = _find(root, "doc-id")
    return "" if element is None else plain_words(element.get("id-string"))


def _moment(root: Any, making: Making, *names: str) -> datetime | None:
    for name in names:
        element = _find(root, name)
        said = None if element is None else element.get("norm") or element.get("date.publication")
        if said and (moment := making.moment(said, name)):
            return moment
    return None


def subjects(root: Any, making: Making) -> Iterator[Subject]:
    """Yield the narrowest names of what a document is about."""
    for element in root.iterfind(".//{*}tobject.subject"):
        levels = (element.get(f"tobject.subject.{level}") for level in ("detail", "matter", "type"))
        yield from making.subject(next(filter(None, levels), ""))
    for keyword in root.iterfind(".//{*}key-list/{*}keyword"):
        yield from making.subject(keyword.get("key"))
    for element in root.iterfind(".//{*}docdata/{*}identified-content/*"):
        if local(element) in ("person", "org", "location", "event", "object.title"):
            yield from making.subject(words_of(element))


def _find(root: Any, *names: str) -> Any:
    return root.find(".//" + "/".join(f"{{*}}{name}" for name in names))
