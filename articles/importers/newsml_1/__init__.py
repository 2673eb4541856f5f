"""IPTC NewsML 1.0 to 1.2: news items of components. docs/reference/formats.md tells what becomes of each element."""

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from articles.importers import nitf
from articles.importers.context import Context
from articles.importers.fields import Fault
from articles.importers.making import Making, status_of, stories
from articles.importers.making.words import later, paragraphs, plain_words
from articles.importers.markup import LANG, elements, local, start_tag, to_html, words_of
from articles.importers.newsml_1.components import (
    BODIES,
    LEADS,
    TITLES,
    Unit,
    contents,
    formal,
    languages,
    role_of,
)
from articles.importers.newsml_1.pictures import take_pictures
from articles.importers.story import BadFile, BadStory, Person, Story, Subject

DESCRIPTION = "IPTC NewsML 1.0 to 1.2, one news item or several"
SUFFIXES = (".newsml1",)

FIELDS = {
    "ProviderId, DateId, NewsItemId": "id",
    "Language, xml:lang": "language",
    "HeadLine": "title",
    "SubHeadLine": "standfirst",
    "DataContent": "body",
    "Href": "pictures",
    "FirstCreated": "published_at",
    "StatusWillChange": "published_at",
    "ThisRevisionCreated": "modified_at",
    "Status": "status",
    "ByLine": "bylines",
    "KeywordLine, Keyword": "subjects",
    "AssociatedWith": "related",
}

_ROOT = re.compile(r"<NewsML\b")
_MARKUP = re.compile(r"</?[a-zA-Z][^<>]*>")
_REVISION = re.compile(r":\d+[A-Z]*$")
_NAMES = nitf.NAMES | {"DataContent": "", "div": "", "html": "", "head": None}


def sniff(head: str) -> bool:
    """Tell whether a document is NewsML 1 by its first tag."""
    return bool(_ROOT.match(start_tag(head)))


def read(path: Path, context: Context) -> Iterator[Story | BadStory]:
    """Yield the Story of each news item in each of its languages, or the BadStory that tells why it is none."""
    language, has_items = context.identify(path)[1], False
    for answer in stories(
        _units(path),
        lambda unit: _story(unit, Making(context, path, language=language)),
        own=lambda unit: _id(unit.item),
        number=lambda _count, unit: unit.item.sourceline or 0,
        unit="Line",
    ):
        has_items = True
        yield answer
    if not has_items:
        raise BadFile(path, "it holds no NewsItem; name another file.")


def _units(path: Path) -> Iterator[Unit]:
    for item in elements(path, "NewsItem"):
        for component in languages(item):
            yield Unit(item, component)


def _story(unit: Unit, making: Making) -> Story:
    parts = _parts(unit, making)
    document = next((root for part in parts for root in part.iterfind(".//{*}nitf")), None)
    language = making.language(_language(unit, document))
    lead = next(contents(unit.component, LEADS), None)
    body = "".join(_html(part, making, language) for part in parts)
    take_pictures(unit, making, language)
    return making.story(
        external_id=_id(unit.item),
        language=language,
        title=_title(unit, document),
        standfirst=words_of(lead) or _standfirst(unit, document),
        body=body,
        status=status_of(_status(unit.item), making),
        published_at=later(
            _moment(unit.item, making, "FirstCreated", "ThisRevisionCreated"),
            _moment(unit.item, making, "StatusWillChange/{*}DateAndTime"),
        ),
        modified_at=_moment(unit.item, making, "ThisRevisionCreated"),
        people=_people(unit, document, making),
        subjects=_subjects(unit, document, making),
        related=_related(unit.item),
    )


# --- What an item says of itself ---


def _id(item: Any) -> str:
    """Return the name of an item without that of its revision."""
    names = (
        f".//{{*}}NewsIdentifier/{{*}}{part}" for part in ("ProviderId", "DateId", "NewsItemId")
    )
    parts = [words_of(item.find(name)) for name in names]
    if parts[-1]:
        return ":".join(("urn:newsml", *filter(None, parts)))
    return _unrevised(words_of(item.find(".//{*}PublicIdentifier")))


def _unrevised(name: str) -> str:
    return _REVISION.sub("", name)


def _status(item: Any) -> str:
    """Return the word for the state of an item; an embargo whose end is not told is none that ends."""
    said = formal(item.find("{*}NewsManagement/{*}Status"))
    is_endless = item.find("{*}NewsManagement/{*}StatusWillChange/{*}DateAndTime") is None
    return "withheld" if said.lower() == "embargoed" and is_endless else said


def _moment(item: Any, making: Making, *names: str) -> datetime | None:
    for name in names:
        said = words_of(item.find(f"{{*}}NewsManagement/{{*}}{name}"))
        if said and (moment := making.moment(said, name.partition("/")[0])):
            return moment
    return None


def _related(item: Any) -> list[str]:
    links = item.iterfind("{*}NewsManagement/{*}AssociatedWith")
    return [_unrevised(link.get("NewsItem") or "") for link in links]


# --- What a component says, its parts, and what stands around it ---


def _language(unit: Unit, document: Any) -> str:
    """Return the language of the text: that of its component, else what is said of it, else that of the NITF inside."""
    own = unit.component.get(LANG)
    said = map(formal, unit.said("DescriptiveMetadata/{*}Language"))
    marked = (component.get(LANG) for component in unit.component.iter("{*}NewsComponent"))
    inside = None if document is None else nitf.language_of(document) or document.get("baselang")
    return own or next(filter(None, (*said, *marked)), inside) or ""


def _title(unit: Unit, document: Any) -> str:
    """Return the headline: of the component, of its words, of the NITF inside, of what stands around it."""
    own = words_of(unit.component.find("{*}NewsLines/{*}HeadLine"))
    told = own or words_of(next(contents(unit.component, TITLES), None))
    inside = "" if document is None else nitf.headline(document)
    return told or inside or unit.line("HeadLine")


def _standfirst(unit: Unit, document: Any) -> str:
    told = "" if document is None else nitf.standfirst(document)
    return told or unit.line("SubHeadLine")


def _people(unit: Unit, document: Any, making: Making) -> list[Person]:
    lines = dict.fromkeys(map(words_of, unit.said("NewsLines/{*}ByLine")))
    named = [person for line in lines for person in making.person(line)]
    return named or ([] if document is None else [*nitf.people(document, making)])


def _subjects(unit: Unit, document: Any, making: Making) -> Iterator[Subject]:
    lines = [words_of(line) for line in unit.said("NewsLines/{*}KeywordLine")]
    for element in unit.said("DescriptiveMetadata/{*}Property"):
        if formal(element) == "Keyword":
            lines.append(element.get("Value") or "")
    for words in re.split(r"[;,]", ";".join(lines)):
        yield from making.subject(words)
    if document is not None:
        yield from nitf.subjects(document, making)


# --- Words ---


def _parts(unit: Unit, making: Making) -> list[Any]:
    """Return the parts of a text; those of roles that are not known serve where there are no others."""
    parts, others = list(contents(unit.component, BODIES)), list(contents(unit.component, None))
    if parts:
        told = (plain_words(role_of(part)) for part in others)
        making.notes.extend(f"Left out, a part that is called {role}." for role in told)
    elif not others:
        raise Fault("it has no text; import the story that it belongs to")
    return parts or others


def _html(content: Any, making: Making, language: str) -> str:
    document = next(content.iterfind(".//{*}nitf"), None)
    if document is not None:
        return nitf.body(document, making, language)
    if local(content.getparent()) == "Encoding":
        making.notes.append("Left out, words in another encoding than text.")
        return ""
    if len(content):
        return to_html(content, _NAMES, {})
    words = content.text or ""
    return words if _MARKUP.search(words) else paragraphs(words)
