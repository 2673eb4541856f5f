"""IPTC ninjs 1.0 to 3.1, News in JSON: one item, a list of items, or one a line. docs/reference/formats.md tells what becomes of each property.

The versions say the same under other names: `body_xhtml`, `bodies`; `versioncreated`, `versionCreated`. All names are read in small letters.
"""

import json
import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from articles.importers.context import Context
from articles.importers.decode import MAX_LINE_BYTES, open_text, read_json
from articles.importers.fields import Fault, quoted
from articles.importers.making import Making, status_of, stories
from articles.importers.making.words import later, paragraphs
from articles.importers.story import ROLES, BadFile, BadStory, Person, Story, Subject

DESCRIPTION = "IPTC ninjs: one item, a list, or one a line"
SUFFIXES = (".ninjs",)

FIELDS = {
    "uri": "id",
    "language": "language",
    "headline, headlines, title": "title",
    "body_xhtml, body_text, bodies": "body",
    "description_text, descriptions": "standfirst",
    "firstcreated, contentcreated": "published_at",
    "embargoed, embargoeduntil": "published_at",
    "versioncreated": "modified_at",
    "pubstatus": "status",
    "byline, by": "bylines",
    "people, organisations": "bylines",
    "subject, place, object, event, genre": "subjects",
    "associations, renditions": "pictures",
    "poi": "pictures",
    "expires": "pictures",
}

CONCEPTS = {
    "person": ("person", "people"),
    "organisation": ("organisation", "organisations"),
    "subject": ("subject", "subjects"),
    "place": ("place", "places"),
    "object": ("object", "objects"),
    "event": ("event", "events"),
    "genre": ("genre", "genres"),
}
PICTURES = {"picture": "photo", "graphic": "graphic"}
WITHOUT_WORDS = {*PICTURES, "audio", "video", "event", "planning", "component"}

_BEGIN = re.compile(r"\s*(?:\[\s*)?\{")
_URI = re.compile(r'"uri"\s*:\s*"')
_SIGNS = re.compile(
    r'"(?:versioncreated|body_\w+|bodies|headlines?|headline_\w+|pubstatus|representationtype)"\s*:',
    re.IGNORECASE,
)
_OTHERS = re.compile(r'jsonfeed\.org/version|"(?:editions|source_language)"\s*:')
_LEADS = re.compile(r"main|lead|feature|hero", re.IGNORECASE)


def sniff(head: str) -> bool:
    """Tell whether a file begins with an object that has a `uri` and another property of ninjs."""
    if not _BEGIN.match(head) or _OTHERS.search(head):
        return False
    return bool(_URI.search(head) and _SIGNS.search(head))


def read(path: Path, context: Context) -> Iterator[Story | BadStory]:
    """Yield each item's Story, or the BadStory that tells why it is none."""
    make = partial(_story, path=path, context=context, default=context.identify(path)[1])
    yield from stories(
        _items(path), make, own=lambda item: isinstance(item, dict) and item.get("uri") or ""
    )


def _items(path: Path) -> Iterator[object]:
    """Yield the items of a file: one a line, or all in one text."""
    stream, _notes = open_text(path)
    with stream:
        lines = filter(str.strip, iter(partial(stream.readline, MAX_LINE_BYTES), ""))
        first = _parsed(next(lines, ""))
        if first is not None and (second := next(lines, "")):
            yield from (first, _parsed(second))
            yield from map(_parsed, lines)
            return
    content = read_json(path)
    if content == []:
        raise BadFile(path, "the file holds no item; name another one.")
    yield from content if isinstance(content, list) else [content]


def _parsed(line: str) -> dict[str, Any] | None:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def _story(value: object, *, path: Path, context: Context, default: str) -> Story:
    item = _lowered(value)
    if not item.get("uri"):
        raise Fault("it has no uri; give it one that never changes")
    making = Making(context, path, language=default)
    language, body = making.language(item.get("language")), _body(item)
    if not body and item.get("type") in WITHOUT_WORDS:
        raise Fault(f"it is a {item['type']} without a text; import the story that shows it")
    published_at = later(
        making.moment(
            _first(item, "firstcreated", "contentcreated", "versioncreated"), "firstCreated"
        ),
        making.moment(_first(item, "embargoed", "embargoeduntil"), "embargoed"),
    )
    _take_pictures(item, making, language)
    return making.story(
        external_id=item["uri"],
        language=language,
        title=_title(item),
        standfirst=_text(item, "description", roles=("summary", "abstract", "main", "text", "")),
        body=body,
        status=status_of(item.get("pubstatus"), making),
        published_at=published_at,
        modified_at=making.moment(item.get("versioncreated"), "versionCreated"),
        people=_people(item, making),
        subjects=_subjects(item, making, language),
        addresses=[href for rendition in _listed(item, "renditions") if (href := _page(rendition))],
        related=[
            story["uri"] for story in _stories_beside(item) if story.get("rel") != "translation"
        ],
        aliases=[
            story["uri"] for story in _stories_beside(item) if story.get("rel") == "translation"
        ],
    )


def _lowered(value: object) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise Fault("it is no object in curly brackets; export the file again")
    return {key.lower(): inner for key, inner in value.items()}


def _first(item: dict[str, Any], *names: str) -> Any:
    return next((item[name] for name in names if item.get(name)), None)


def _listed(item: dict[str, Any], *names: str) -> Iterator[dict[str, Any]]:
    """Yield the objects under these names: a list of them, or an object of named ones as in ninjs 1."""
    for name in names:
        value = item.get(name)
        if isinstance(value, dict):
            value = [
                {"name": key, **inner} for key, inner in value.items() if isinstance(inner, dict)
            ]
        if isinstance(value, list):
            yield from (_lowered(inner) for inner in value if isinstance(inner, dict))


def _texts(item: dict[str, Any], name: str, plural: str) -> Iterator[tuple[str, bool, str]]:
    """Yield (role, whether it is markup, words) of each text of a kind."""
    for text in _listed(item, plural):
        kind = str(text.get("contenttype") or "")
        yield str(text.get("role") or ""), "html" in kind, str(text.get("value") or "")
    for key, value in item.items():
        if key == name or key.startswith(f"{name}_"):
            role, _line, ending = key.removeprefix(name).strip("_").rpartition("_")
            yield role, ending in ("xhtml", "html"), value if isinstance(value, str) else ""


def _body(item: dict[str, Any]) -> str:
    """Return the longest body as HTML, one with markup before one without."""
    bodies = [
        (is_markup, len(words), words) for _role, is_markup, words in _texts(item, "body", "bodies")
    ]
    is_markup, length, words = max(bodies, default=(False, 0, ""))
    return words if is_markup or not length else paragraphs(words)


def _text(item: dict[str, Any], name: str, *, roles: tuple[str, ...]) -> str:
    """Return the text of the first of these roles that has one, plain if there is a choice."""
    texts = sorted(
        (roles.index(role), is_markup, words)
        for role, is_markup, words in _texts(item, name, f"{name}s")
        if role in roles and words.strip()
    )
    return texts[0][2] if texts else ""


def _title(item: dict[str, Any]) -> str:
    headlines = [
        words for _role, _is_markup, words in _texts(item, "headline", "headlines") if words.strip()
    ]
    main = _text(item, "headline", roles=("main", "headline", ""))
    return main or next(iter(headlines), "") or str(item.get("title") or "")


def _people(item: dict[str, Any], making: Making) -> Iterator[Person]:
    """Yield who is credited: people and organisations with a role in the story, else the line that names them."""
    people: list[Person] = []
    for concept, kind in (("person", "person"), ("organisation", "organisation")):
        for credited in _listed(item, *CONCEPTS[concept]):
            if (role := credited.get("rel")) in ROLES:
                people += making.person(credited.get("name"), role=role, kind=kind)
    yield from people or making.person(_first(item, "byline", "by"))


def _subjects(item: dict[str, Any], making: Making, language: str) -> Iterator[Subject]:
    """Yield what the story is about; what it only mentions would be too much."""
    for names in CONCEPTS.values():
        for concept in _listed(item, *names):
            if concept.get("rel") in (None, "", "about") and not isinstance(
                concept.get("name"), dict | list
            ):
                yield from making.subject(concept.get("name"), language=language)


def _associations(item: dict[str, Any]) -> list[dict[str, Any]]:
    """Return what stands beside the story, what is named as its main picture first."""
    associations = list(_listed(item, "associations"))
    return sorted(
        associations,
        key=lambda association: (
            not _LEADS.search(f"{association.get('rel')} {association.get('name')}")
        ),
    )


def _stories_beside(item: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        association
        for association in _associations(item)
        if association.get("type") in (None, "text", "composite")
        and isinstance(association.get("uri"), str)
    ]


def _take_pictures(item: dict[str, Any], making: Making, language: str) -> None:
    if best := _best(item):
        making.picture(best["href"], lead=True, language=language)
    for association in _associations(item):
        kind, name = (
            association.get("type"),
            quoted(str(association.get("name") or association.get("uri"))),
        )
        if kind in PICTURES:
            _take_picture(association, making, language)
        elif kind in WITHOUT_WORDS:
            making.notes.append(f"Left out, no picture: the {kind} {name}.")


def _take_picture(item: dict[str, Any], making: Making, language: str) -> None:
    best = _best(item)
    making.picture(
        best.get("href") or item.get("uri"),
        lead=True,
        language=language,
        caption=_text(
            item, "description", roles=("caption", "", "text", "main", "summary", "richtext")
        ),
        alt=_text(item, "description", roles=("alternative-text",)),
        creator=_first(item, "by", "byline"),
        credit_line=_first(item, "copyrightholder", "by", "byline"),
        copyright_notice=item.get("copyrightnotice"),
        kind=PICTURES[item["type"]],
        valid_until=making.moment(item.get("expires"), "expires"),
        focal_point=_point(best),
    )


def _best(item: dict[str, Any]) -> dict[str, Any]:
    """Return the widest rendition that is a picture."""
    renditions = [
        (_number(rendition.get("width")), -place, rendition)
        for place, rendition in enumerate(_listed(item, "renditions"))
        if str(_first(rendition, "contenttype", "mimetype")).startswith("image/")
        and isinstance(rendition.get("href"), str)
    ]
    return max(renditions)[2] if renditions else {}


def _page(rendition: dict[str, Any]) -> str:
    is_page = _first(rendition, "contenttype", "mimetype") == "text/html"
    return str(rendition.get("href") or "") if is_page else ""


def _point(rendition: dict[str, Any]) -> tuple[float, float] | None:
    poi = rendition.get("poi")
    width, height = _number(rendition.get("width")), _number(rendition.get("height"))
    if not isinstance(poi, dict) or not width or not height:
        return None
    x, y = _number(poi.get("x")) / width, _number(poi.get("y")) / height
    return (x, y) if 0 <= x <= 1 and 0 <= y <= 1 else None


def _number(value: object) -> float:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return float(value) if is_number and abs(value) < 1e9 else 0.0  # type: ignore[arg-type]
