"""One story as an object of JSON: its keys, and the Story that they tell.

docs/reference/import-jsonl.md explains every key to the people who write such files.
"""

import re
from dataclasses import dataclass, fields as fields_of
from pathlib import Path
from typing import Any

from articles.importers.fields import Fault, Fields, checked, quoted
from articles.importers.notes import MISSING, Note
from articles.importers.record import beside
from articles.importers.story import (
    CATEGORY_KINDS,
    EVERY_LANGUAGE,
    MAX_BODY_BYTES,
    MAX_LENGTHS,
    PASSING_ON,
    PERSON_KINDS,
    PICTURE_KINDS,
    ROLES,
    STATUSES,
    TAG_KINDS,
    Person,
    Picture,
    Story,
    TagLabel,
    Text,
)
from articles.texts import is_blank
from newsroom.db.fields import LETTERS

KEYS = {
    "story": {
        "id": MAX_LENGTHS["external_id"],
        "source_language": 0,
        "editions": 0,
        "bylines": 0,
        "categories": 0,
        "tags": 0,
        "images": 0,
        "related": MAX_LENGTHS["external_id"],
        "old_addresses": 0,
        "comments": 0,
        "corrections": 0,
        "machine_drafts": 0,
    },
    "edition": {field.name: MAX_LENGTHS.get(field.name, 0) for field in fields_of(Text)},
    "byline": {"name": MAX_LENGTHS["person"], "kind": 0, "role": 0, "language": 0},
    "tag": dict.fromkeys(("name", "labels", "aliases"), MAX_LENGTHS["tag"]) | {"kind": 0},
    "image": {
        "path": MAX_LENGTHS["reference"],
        "lead": 0,
        "caption": 0,
        "alt": MAX_LENGTHS["alt"],
        "creator": MAX_LENGTHS["creator"],
        "credit_line": MAX_LENGTHS["credit_line"],
        "copyright_notice": MAX_LENGTHS["copyright_notice"],
        "licence": MAX_LENGTHS["licence"],
        "licence_url": MAX_LENGTHS["url"],
        "source_url": MAX_LENGTHS["url"],
        "valid_until": 0,
        "passing_on": 0,
        "kind": 0,
        "focal_point": 0,
        "description": MAX_LENGTHS["description"],
    },
    "comment": beside.COMMENT,
    "correction": beside.CORRECTION,
    "machine_draft": beside.DRAFT,
}
"""The keys of each kind of object, as the reference page lists them, with the greatest lengths."""

_SLUG = re.compile(rf"(?!-){LETTERS}(?<!-)")
_CATEGORY = re.compile(rf"(?:{'|'.join(CATEGORY_KINDS)})/{_SLUG.pattern}")
_OLD_ADDRESS = re.compile(r"/(?!/)[^\s#]*")


@dataclass(frozen=True)
class Source:
    """Where the stories come from: the folder that holds their pictures, and the languages."""

    folder: Path
    languages: tuple[str, ...]

    def find(self, reference: str, place: str) -> Path | None:
        """Return the file that a path of the source means, None if it is not there.

        Raise Fault for a path that leads out of the folder: a file of stories may come from
        anywhere, and must not publish what else lies on the machine.
        """
        remedy = "name a file below the folder of this file, with / between folders"
        try:
            path = (self.folder / reference).resolve()
            inside = path.is_relative_to(self.folder.resolve())
            is_there = inside and path.is_file()
        except (OSError, RuntimeError, ValueError):
            raise Fault(f"{place} is {quoted(reference)}, no usable path; {remedy}") from None
        if not inside or Path(reference).is_absolute() or "\\" in reference:
            raise Fault(f"{place} is {quoted(reference)}, outside the folder; {remedy}")
        return path if is_there else None


def story_in(record: object, source: Source) -> Story:
    """Return the Story that an object tells; raise Fault for the first thing that does not fit."""
    fields = Fields(record, at="", keys=KEYS["story"])
    external_id = fields.required("id", remedy="give the story a name that never changes")
    texts = _texts(fields, source)
    pictures, picture_notes = _pictures(fields, source)
    tags, tag_notes = _tags(fields, source)
    return Story(
        external_id=external_id,
        source_language=_source_language(fields, texts),
        texts=texts,
        bylines=tuple(_person(value, at, source) for at, value in fields.items("bylines")),
        categories=_categories(fields),
        tags=tags,
        pictures=pictures,
        related=fields.words("related"),
        old_addresses=_old_addresses(fields, texts, source),
        comments=beside.comments(fields, texts),
        corrections=beside.corrections(fields, source.languages),
        machine_drafts=tuple(
            beside.drafted(value, at, tuple(texts)) for at, value in fields.items("machine_drafts")
        ),
        notes=(*picture_notes, *tag_notes),
    )


def _source_language(fields: Fields, texts: dict[str, Text]) -> str:
    remedy = f"name the language that the story was written in, one of {', '.join(texts)}"
    language = fields.required("source_language", remedy=remedy)
    if language not in texts:
        raise Fault(f"source_language is {quoted(language)}, which is not in editions; {remedy}")
    return language


def _texts(fields: Fields, source: Source) -> dict[str, Text]:
    editions = fields.by_language("editions", source.languages)
    if not editions:
        raise Fault("editions is missing; give the text in one language or more")
    return {code: _text(value, f"editions.{code}") for code, value in editions.items()}


def _text(value: object, at: str) -> Text:
    fields = Fields(value, at=at, keys=KEYS["edition"])
    published_at = fields.moment("published_at")
    status = fields.choice("status", STATUSES, "published" if published_at else "draft")
    is_begun = "status" in fields and status == "draft"
    special: dict[str, Any] = {
        "title": fields.text("title")
        if is_begun
        else fields.required("title", remedy='write the headline, or give the status "draft"'),
        "body": fields.markup("body"),
        "status": status,
        "published_at": published_at,
        "modified_at": fields.moment("modified_at"),
        "earlier_changes": fields.moments("earlier_changes"),
        "comments_until": fields.moment("comments_until"),
    }
    others: dict[str, Any] = {
        name: fields.text(name) for name in KEYS["edition"] if name not in special
    }
    text = Text(**special, **others)
    _check_text(text, at)
    return text


def _check_text(text: Text, at: str) -> None:
    if len(text.body.encode()) > MAX_BODY_BYTES:
        raise Fault(
            f"{at}.body is longer than {MAX_BODY_BYTES:,} bytes; make several stories of it"
        )
    if text.slug and not _SLUG.fullmatch(text.slug):
        raise Fault(
            f"{at}.slug is {quoted(text.slug)}; use letters and digits with hyphens between them"
        )
    if text.status == "published" and text.published_at is None:
        raise Fault(f'{at} is published without published_at; give the time or the status "draft"')
    if text.status == "published" and is_blank(text.body):
        raise Fault(f'{at} is published without a body; write it or give the status "draft"')
    if text.modified_at and not (text.published_at and text.modified_at >= text.published_at):
        raise Fault(f"{at}.modified_at is not after published_at; correct one of the two")
    if text.status == "withdrawn" and not text.withdrawn_reason:
        raise Fault(f"{at} is withdrawn without withdrawn_reason; tell readers why in a sentence")
    if text.withdrawn_reason and text.status != "withdrawn":
        raise Fault(
            f'{at} has a withdrawn_reason but is {text.status}; give the status "withdrawn" '
            "or remove the reason"
        )


def _person(value: object, at: str, source: Source) -> Person:
    fields = Fields(value, at=at, keys=KEYS["byline"])
    if "name" in fields and not fields.is_text("name"):
        names = fields.labels("name", source.languages)
    else:
        names = {EVERY_LANGUAGE: fields.text("name")}
    if not any(names.values()):
        raise Fault(f"{fields.place('name')} is missing; write the name as readers shall see it")
    return Person(
        names=names,
        kind=fields.choice("kind", PERSON_KINDS, "person"),
        role=fields.choice("role", ROLES, "author"),
        language=fields.choice("language", (EVERY_LANGUAGE, *source.languages), EVERY_LANGUAGE),
    )


def _categories(fields: Fields) -> tuple[str, ...]:
    for at, value in fields.items("categories"):
        if not _CATEGORY.fullmatch(name := checked(value, str, at)):
            raise Fault(
                f"{at} is {quoted(name)}; write the kind and the English slug, "
                "as in region/middle-east or section/news"
            )
    return fields.words("categories")


def _tags(fields: Fields, source: Source) -> tuple[tuple[TagLabel, ...], tuple[str, ...]]:
    """Return the tags, and a note for each that stands twice: it is one, with the words of both."""
    tags: dict[str, TagLabel] = {}
    notes: list[str] = []
    for at, value in fields.items("tags"):
        tag = _tag(value, at, source)
        if tag.name in tags:
            words = f"{at} is {quoted(tag.name)} a second time; it is one tag."
            notes.append(Note(words, "tags given twice"))
            tag = _joined(tags[tag.name], tag)
        tags[tag.name] = tag
    return tuple(tags.values()), tuple(notes)


def _joined(first: TagLabel, second: TagLabel) -> TagLabel:
    aliases = dict.fromkeys((*first.aliases, *second.aliases))
    labels = {**second.labels, **first.labels}
    kind = second.kind if first.kind == TAG_KINDS[0] else first.kind
    return TagLabel(name=first.name, labels=labels, aliases=tuple(aliases), kind=kind)


def _tag(value: object, at: str, source: Source) -> TagLabel:
    if isinstance(value, str):
        value = {"name": value}
    fields = Fields(value, at=at, keys=KEYS["tag"])
    return TagLabel(
        name=fields.required("name", remedy="write the tag's name"),
        labels=fields.labels("labels", source.languages),
        aliases=fields.words("aliases"),
        kind=fields.choice("kind", TAG_KINDS, "topic"),
    )


def _pictures(fields: Fields, source: Source) -> tuple[tuple[Picture, ...], tuple[str, ...]]:
    """Return the pictures, and a note for each of which the file is missing."""
    pictures: list[Picture] = []
    notes: list[str] = []
    for at, value in fields.items("images"):
        picture = _picture(value, at, source)
        if picture.reference and picture.reference in {earlier.reference for earlier in pictures}:
            raise Fault(f"{at}.path is that of an earlier picture; list each picture once")
        if picture.lead and any(earlier.lead for earlier in pictures):
            raise Fault(f"{at}.lead is true a second time; a story has one lead picture")
        if picture.path is None:
            words = f"{_named(picture, at)} is missing; add the file and import again."
            notes.append(Note(words, MISSING))
        pictures.append(picture)
    return tuple(pictures), tuple(notes)


def _named(picture: Picture, at: str) -> str:
    return f"The picture {quoted(picture.reference)}" if picture.reference else f"The file of {at}"


def _picture(value: object, at: str, source: Source) -> Picture:
    fields = Fields(value, at=at, keys=KEYS["image"])
    reference = fields.markup("path")
    path = source.find(reference, fields.place("path")) if reference else None
    return Picture(
        path=path,
        reference=reference,
        size=path.stat().st_size if path else 0,
        lead=fields.flag("lead"),
        caption=fields.labels("caption", source.languages),
        alt=fields.labels("alt", source.languages),
        creator=fields.text("creator"),
        credit_line=fields.text("credit_line"),
        copyright_notice=fields.text("copyright_notice"),
        licence=fields.text("licence"),
        licence_url=fields.url("licence_url"),
        source_url=fields.url("source_url"),
        valid_until=fields.moment("valid_until"),
        passing_on=fields.choice("passing_on", PASSING_ON, ""),
        kind=fields.choice("kind", PICTURE_KINDS, "photo"),
        focal_point=fields.point("focal_point"),
        description=fields.text("description"),
    )


def _old_addresses(
    fields: Fields, texts: dict[str, Text], source: Source
) -> dict[str, tuple[str, ...]]:
    values = fields.by_language("old_addresses", source.languages)
    limits = dict.fromkeys(source.languages, MAX_LENGTHS["old_address"])
    by_language = Fields(values, at="old_addresses", keys=limits)
    addresses = {code: by_language.words(code) for code in values}
    seen: set[str] = set()
    for code, paths in addresses.items():
        at = f"old_addresses.{code}"
        if code not in texts:
            raise Fault(f"{at} leads to no edition; add editions.{code} or remove the addresses")
        for path in paths:
            if not _OLD_ADDRESS.fullmatch(path):
                raise Fault(
                    f"{at} holds {quoted(path)}; write the path only, beginning with one /, "
                    "without the host and without spaces"
                )
            if path in seen:
                raise Fault(f"{at} holds {quoted(path)} a second time; one address has one target")
            seen.add(path)
    return addresses
