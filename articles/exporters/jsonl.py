"""Stories as JSON Lines, as articles/importers/jsonl.py reads them: docs/reference/import-jsonl.md."""

import json
from dataclasses import fields
from datetime import UTC, datetime

from articles.importers.fields import one_line
from articles.importers.story import EVERY_LANGUAGE, Picture, Text

DESCRIPTION = "one story per line, in all its languages: everything that a story has here"
SUFFIX = ".jsonl"
TAKES = "stories"

MIDDLE = (0.5, 0.5)
USUAL = {
    "kind": ("person", "photo", "topic", "correction"),
    "role": ("author",),
    "focal_point": (MIDDLE,),
}
"""What a key says where it is left out."""


def pieces(stories):
    """Yield the lines of a file."""
    for story in stories:
        yield f"{json.dumps(_story(story), ensure_ascii=False)}\n"


def _story(story):
    return {"id": story.external_id, "source_language": story.source_language} | _filled(
        {
            "editions": {code: _text(text) for code, text in story.texts.items()},
            "bylines": [_person(byline) for byline in story.bylines],
            "categories": story.categories,
            "tags": [_tag(tag) for tag in story.tags],
            "images": [_picture(picture) for picture in story.pictures],
            "related": story.related,
            "old_addresses": story.old_addresses,
            "comments": [_comment(comment) for comment in story.comments],
            "corrections": [_correction(told) for told in story.corrections],
            "machine_drafts": [_drafted(draft) for draft in story.machine_drafts],
        }
    )


def _text(text):
    status = text.status
    made = {field.name: getattr(text, field.name) for field in fields(Text)}
    made["withdrawn_reason"] = text.withdrawn_reason if status == "withdrawn" else ""
    if text.modified_at and not (text.published_at and text.modified_at >= text.published_at):
        made["modified_at"], made["earlier_changes"] = None, ()
    return _filled(made, "body")


def _person(person):
    names = dict(person.names)
    name = names[EVERY_LANGUAGE] if names.keys() == {EVERY_LANGUAGE} else names
    made = {"kind": person.kind, "role": person.role, "language": person.language}
    return _filled({"name": name} | made)


def _tag(tag):
    made = {"name": tag.name, "labels": tag.labels, "aliases": tag.aliases, "kind": tag.kind}
    made = _filled(made)
    return made["name"] if made.keys() == {"name"} else made


def _picture(picture):
    made = {field.name: getattr(picture, field.name) for field in fields(Picture)}
    del made["path"], made["size"]
    return _filled({"path": made.pop("reference")} | made, "path")


def _comment(comment):
    made = {field.name: getattr(comment, field.name) for field in fields(comment)}
    return _filled({"id": made.pop("reference")} | made, "words")


def _correction(told):
    made = {field.name: getattr(told, field.name) for field in fields(told)}
    return _filled({"id": made.pop("reference")} | made)


def _drafted(drafted):
    made = {field.name: getattr(drafted, field.name) for field in fields(drafted)}
    return _filled(made, "blocks")


def _filled(made, *exact):
    """Return what is said, as values of JSON: each text on one line, except for those that are `exact`."""
    return {
        key: value if key in exact else _plain(value)
        for key, value in made.items()
        if value not in (None, "", (), [], {}, 0, False) and value not in USUAL.get(key, ())
    }


def _plain(value):
    match value:
        case str():
            return one_line(value)
        case datetime():
            return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
        case tuple() | list():
            return [part if isinstance(part, dict) else _plain(part) for part in value]
        case dict():
            made = {
                key: _plain(part) if isinstance(part, str) else part for key, part in value.items()
            }
            return {key: part for key, part in made.items() if part}
    return value
