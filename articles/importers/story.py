"""The neutral record that every importer produces and the writer stores.

A Story holds one article in all its languages, as its source tells it. Nothing here knows a file
format or the database, so two formats that tell the same story yield equal records.
Mappings are to be read, never changed: a record may be shared.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

EVERY_LANGUAGE = ""
"""The key, in place of a language code, of a name that is the same in all languages."""

STATUSES = ("draft", "submitted", "published", "withdrawn")
PERSON_KINDS = ("person", "organisation")
PICTURE_KINDS = ("photo", "graphic")
PASSING_ON = ("", "yes", "no")
TAG_KINDS = ("topic", "storyline", "series")
SUBJECT_KINDS = ("category", "tag")
COMMENT_STATES = ("pending", "published", "hidden", "spam")
CORRECTION_KINDS = ("correction", "clarification")
ROLES = ("author", "translator", "photographer", "organisation")
CATEGORY_KINDS = ("region", "section")

MAX_BODY_BYTES = 2_000_000
"""The form of a story sends its bodies in all languages at once, and the server takes only so much."""

# What the columns of the models hold. Parsers check it, so that a text that is too long is told by
# its line and not by the database.
MAX_LENGTHS = {
    "external_id": 300,
    "title": 300,
    "slug": 100,
    "person": 150,
    "tag": 100,
    "alt": 400,
    "creator": 200,
    "credit_line": 200,
    "copyright_notice": 300,
    "licence": 100,
    "url": 200,
    "old_address": 400,
    "reference": 400,
    "description": 200,
    "reader": 80,
    "comment": 5000,
    "email": 254,
    "service": 200,
    "signed_by": 200,
}


class InputError(Exception):
    """What cannot be imported. `str()` is one sentence that names the thing and the remedy."""


class BadFile(InputError):
    """A whole file cannot be read; `sentence` says why and what to do."""

    def __init__(self, path: Path, sentence: str) -> None:
        super().__init__(f"{path}: {sentence}")
        self.path = path
        self.sentence = sentence


class BadStory(InputError):
    """One story of a file cannot be read; the other stories of the file can.

    `line` counts from 1. `external_id` is "" where the story does not even tell its own id.
    """

    def __init__(self, message: str, *, line: int, external_id: str = "") -> None:
        super().__init__(message)
        self.line = line
        self.external_id = external_id


def _require_offset(moment: datetime | None) -> None:
    if moment is not None and moment.utcoffset() is None:
        raise ValueError(f"{moment} has no offset; a story's times must be aware.")


@dataclass(frozen=True, kw_only=True)
class Text:
    """The story in one language.

    `title` and `standfirst` are plain text. `body` is HTML as the source gave it, not cleaned yet;
    its references (data-image, data-article, data-waiting) are the source's own, not database ids.
    `slug` is "" where the source leaves it to the writer. `published_at` is aware; without one the
    text has never been public. `modified_at` (aware) is when its words were last changed after that,
    None where the source does not tell; `earlier_changes` are the moments of changes before that. `comments_until`
    (aware) is when it takes comments no more, None where that is for the site to say.
    """

    title: str
    standfirst: str = ""
    body: str = ""
    slug: str = ""
    status: str = "draft"
    published_at: datetime | None = None
    modified_at: datetime | None = None
    earlier_changes: tuple[datetime, ...] = ()
    withdrawn_reason: str = ""
    comments_until: datetime | None = None

    def __post_init__(self) -> None:
        for moment in (
            self.published_at,
            self.modified_at,
            self.comments_until,
            *self.earlier_changes,
        ):
            _require_offset(moment)


@dataclass(frozen=True, kw_only=True)
class Person:
    """One byline, in its place in the order of Story.bylines.

    `names` maps a language to the name as it is written there; the key EVERY_LANGUAGE holds for all
    languages without one of their own. `language` is the one that the byline belongs to (as a
    translator's does), or EVERY_LANGUAGE.
    """

    names: Mapping[str, str]
    kind: str = "person"
    role: str = "author"
    language: str = EVERY_LANGUAGE


@dataclass(frozen=True, kw_only=True)
class TagLabel:
    """A tag by its name, with its label per language, the other spellings that mean it, and one of TAG_KINDS."""

    name: str
    labels: Mapping[str, str] = field(default_factory=dict)
    aliases: tuple[str, ...] = ()
    kind: str = "topic"


@dataclass(frozen=True, kw_only=True)
class Subject:
    """What a source files a story under in words of its own, of which this site may know none.

    `names` are as those of a Person. `slug` is "" where the source has none. `parents` are those above it, from
    the top. `kind` is one of SUBJECT_KINDS: what the source takes it for.
    """

    names: Mapping[str, str]
    slug: str = ""
    parents: tuple["Subject", ...] = ()
    kind: str = "category"


@dataclass(frozen=True, kw_only=True)
class Comment:
    """What a reader wrote under the text in a language.

    `reference` is its id at the source, unique in the story; `answers` that of the comment that it
    answers, "" for none. `words` are plain text with line breaks. `written_at` is aware. `state` is one of COMMENT_STATES.
    """

    reference: str
    language: str
    name: str
    words: str
    written_at: datetime
    answers: str = ""
    state: str = "pending"
    email: str = ""

    def __post_init__(self) -> None:
        _require_offset(self.written_at)


@dataclass(frozen=True, kw_only=True)
class Correction:
    """What was wrong in a story, as readers were told of it at the source.

    `reference` is its id there, unique in the story; `notes` maps a language to what is said in it, in plain words.
    `published_at` is aware. `kind` is one of CORRECTION_KINDS.
    """

    reference: str
    published_at: datetime
    notes: Mapping[str, str]
    kind: str = "correction"

    def __post_init__(self) -> None:
        _require_offset(self.published_at)


@dataclass(frozen=True, kw_only=True)
class Drafted:
    """What a machine wrote of the text in a language, and who has signed that off: "" and None for nobody.

    `texts` are plain, `blocks` HTML as a body has it; `changed` of them were others when it was signed off. `asked_at` and `signed_at` are aware.
    """

    language: str
    service: str
    asked_at: datetime
    texts: tuple[str, ...] = ()
    blocks: tuple[str, ...] = ()
    signed_by: str = ""
    signed_at: datetime | None = None
    changed: int = 0

    def __post_init__(self) -> None:
        _require_offset(self.asked_at)
        _require_offset(self.signed_at)


@dataclass(frozen=True, kw_only=True)
class Picture:
    """One picture with its rights and its words, in the order in which the story uses it.

    `path` is None where the file is missing: a gap that an editor fills later. `reference` is how
    the story's bodies call the picture, "" where they never do. `size` is the file's size in bytes,
    so that a replaced file is seen as a change. `valid_until` is aware: from then on readers no
    longer see the picture. `description` is what editors find it by, "" where the source leaves that to the writer.
    `passing_on` is one of PASSING_ON, and `kind` of PICTURE_KINDS. `focal_point` is (x, y), both from 0 to 1, counted from the upper left corner.
    """

    path: Path | None = None
    reference: str = ""
    size: int = 0
    lead: bool = False
    caption: Mapping[str, str] = field(default_factory=dict)
    alt: Mapping[str, str] = field(default_factory=dict)
    creator: str = ""
    credit_line: str = ""
    copyright_notice: str = ""
    licence: str = ""
    licence_url: str = ""
    source_url: str = ""
    valid_until: datetime | None = None
    passing_on: str = ""
    kind: str = "photo"
    focal_point: tuple[float, float] | None = None
    description: str = ""

    def __post_init__(self) -> None:
        _require_offset(self.valid_until)


@dataclass(frozen=True, kw_only=True)
class Story:
    """One article from one source.

    `external_id` is unique in its source. `texts` maps a language code to its Text and holds at
    least `source_language`. `categories` are references of the form "kind/english-slug"; `subjects` are what a
    source says instead in its own words, for the writer to find or make.
    `related` are the ids of stories of the same source that it names beside itself, in their order.
    `aliases` maps each other id that the story has at its source to the language in which that is its id, "" where
    the source does not tell.
    `old_addresses` maps a language to the paths that must lead to that text. `promotions` are
    the lines of a page that advertise something else: never part of the body.
    `notes` are sentences for the person who imports: what is missing and what was not understood.
    `is_whole` is False where the source holds one language only, as a page does: then the story says
    nothing of its other languages, nor in which it was written.
    `is_named` is False where the source does not tell the id, and the path of its file stands in for one: another file may
    come to lie there.
    `decisions` name what the parser decided without being sure ("footers taken"), once for each time, so
    that a run can say how often.
    `line` is where it begins in its file, from 1; 0 where it has a file of its own.
    """

    external_id: str
    source_language: str
    texts: Mapping[str, Text]
    bylines: tuple[Person, ...] = ()
    categories: tuple[str, ...] = ()
    tags: tuple[TagLabel, ...] = ()
    pictures: tuple[Picture, ...] = ()
    related: tuple[str, ...] = ()
    subjects: tuple[Subject, ...] = ()
    comments: tuple[Comment, ...] = ()
    corrections: tuple[Correction, ...] = ()
    machine_drafts: tuple[Drafted, ...] = ()
    aliases: Mapping[str, str] = field(default_factory=dict)
    old_addresses: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    promotions: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    is_whole: bool = True
    is_named: bool = True
    decisions: tuple[str, ...] = ()
    line: int = 0

    @property
    def reading(self) -> str:
        """Return the language of which alone the story speaks, "" if it holds all of them."""
        return "" if self.is_whole else self.source_language

    @cached_property
    def checksum(self) -> str:
        """Return the SHA-256, in hex, of what the story says.

        Two readings agree exactly when nothing that the writer stores has changed. The id, the
        notes, the decisions and the folder in which the files lie take no part, nor do the state of a text, the
        related stories, the comments, the corrections and the drafts by machine, which each import sees to by themselves; a picture that has come, gone or grown does.
        """
        canonical = json.dumps(_plain(self), sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(canonical.encode("ascii")).hexdigest()


# An id names the story and notes speak about it. A folder may move; what is left of a path is
# whether the file is there, in `size`.
_NOT_CONTENT = {
    Story: {
        "external_id",
        "aliases",
        "is_named",
        "line",
        "notes",
        "decisions",
        "related",
        "comments",
        "corrections",
        "machine_drafts",
    },
    Text: {"status", "published_at", "withdrawn_reason", "comments_until"},
    Picture: {"path"},
}
_CONTENT: dict[type, list[str]] = {
    kind: [part.name for part in fields(kind) if part.name not in _NOT_CONTENT.get(kind, ())]
    for kind in (Story, Text, Person, Subject, TagLabel, Picture)
}
_UNSAID: dict[tuple[type, str], object] = {
    (Story, "subjects"): (),
    (Text, "earlier_changes"): (),
    (Picture, "kind"): "photo",
    (Picture, "description"): "",
    (Picture, "passing_on"): "",
    (TagLabel, "kind"): "topic",
}
"""What a story, a text, a picture and a tag are unless their source says otherwise, and what no checksum has ever said."""


def _plain(value: object) -> object:
    """Return `value` as JSON values that are equal exactly when the meaning is equal."""
    match value:
        case None | str() | int():
            return value
        case Story() | Text() | Person() | Subject() | TagLabel() | Picture():
            kind = type(value)
            return {
                name: _plain(inner)
                for name in _CONTENT[kind]
                if (inner := getattr(value, name)) != _UNSAID.get((kind, name), ...)
            }
        case Mapping():
            return {key: _plain(inner) for key, inner in value.items()}
        case tuple():
            return [_plain(inner) for inner in value]
        case datetime():
            return value.astimezone(UTC).isoformat()
    return value
