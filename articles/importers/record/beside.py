"""What an object of JSON tells beside the text of a story: comments, corrections, and what machines have drafted."""

from collections.abc import Mapping

from articles.importers.fields import Fault, Fields, checked, one_line
from articles.importers.story import (
    COMMENT_STATES,
    CORRECTION_KINDS,
    MAX_LENGTHS,
    Comment,
    Correction,
    Drafted,
    Text,
)
from articles.texts import plain

COMMENT = {
    "id": MAX_LENGTHS["external_id"],
    "language": 0,
    "name": MAX_LENGTHS["reader"],
    "words": MAX_LENGTHS["comment"],
    "written_at": 0,
    "answers": MAX_LENGTHS["external_id"],
    "state": 0,
    "email": MAX_LENGTHS["email"],
}
CORRECTION = {"id": MAX_LENGTHS["external_id"], "kind": 0, "published_at": 0, "notes": 0}
DRAFT = {
    "language": 0,
    "service": MAX_LENGTHS["service"],
    "asked_at": 0,
    "texts": 0,
    "blocks": 0,
    "signed_by": MAX_LENGTHS["signed_by"],
    "signed_at": 0,
    "changed": 0,
}


def corrections(fields: Fields, languages: tuple[str, ...]) -> tuple[Correction, ...]:
    """Return what was wrong in a story, each once."""
    by_name: dict[str, Correction] = {}
    for at, value in fields.items("corrections"):
        told = _correction(value, at, languages)
        if told.reference in by_name:
            raise Fault(f"{at}.id is that of an earlier correction; give each one of its own")
        by_name[told.reference] = told
    return tuple(by_name.values())


def _correction(value: object, at: str, languages: tuple[str, ...]) -> Correction:
    fields = Fields(value, at=at, keys=CORRECTION)
    notes, published_at = fields.labels("notes", languages), fields.moment("published_at")
    if not any(notes.values()) or published_at is None:
        missing = "published_at" if any(notes.values()) else "notes"
        raise Fault(f"{at}.{missing} is missing; give it, or remove the correction")
    return Correction(
        reference=fields.required("id", remedy="give the correction a name that never changes"),
        published_at=published_at,
        notes=notes,
        kind=fields.choice("kind", CORRECTION_KINDS, "correction"),
    )


def comments(fields: Fields, texts: Mapping[str, Text]) -> tuple[Comment, ...]:
    """Return what readers wrote under a story, each behind what it answers."""
    comments: dict[str, Comment] = {}
    for at, value in fields.items("comments"):
        comment = _comment(value, at, tuple(texts))
        if comment.reference in comments:
            raise Fault(f"{at}.id is that of an earlier comment; give each one of its own")
        if comment.answers and comment.answers not in comments:
            raise Fault(f"{at}.answers is none of the comments above; list what it answers first")
        comments[comment.reference] = comment
    return tuple(comments.values())


def _comment(value: object, at: str, languages: tuple[str, ...]) -> Comment:
    fields = Fields(value, at=at, keys=COMMENT)
    words = plain(fields.markup("words"))
    written_at = fields.moment("written_at")
    if not words or written_at is None:
        missing = "written_at" if words else "words"
        raise Fault(f"{at}.{missing} is missing; give it, or remove the comment")
    if len(words) > MAX_LENGTHS["comment"]:
        raise Fault(
            f"{at}.words are longer than {MAX_LENGTHS['comment']:,} characters; shorten them"
        )
    return Comment(
        reference=fields.required("id", remedy="give the comment a name that never changes"),
        language=fields.choice("language", languages, ""),
        name=fields.text("name"),
        words=words,
        written_at=written_at,
        answers=fields.text("answers"),
        state=fields.choice("state", COMMENT_STATES, "pending"),
        email=fields.text("email"),
    )


def drafted(value: object, at: str, languages: tuple[str, ...]) -> Drafted:
    """Return what a machine wrote of a text."""
    fields = Fields(value, at=at, keys=DRAFT)
    asked_at, signed_at = fields.moment("asked_at"), fields.moment("signed_at")
    signed_by = fields.text("signed_by")
    if asked_at is None:
        raise Fault(f"{at}.asked_at is missing; give it, or remove the draft")
    if bool(signed_by) != bool(signed_at):
        raise Fault(
            f"{at} is signed by nobody, or at no time; give signed_by and signed_at, or none"
        )
    return Drafted(
        language=fields.choice("language", languages, ""),
        service=fields.required("service", remedy="name what translated it"),
        asked_at=asked_at,
        texts=tuple(one_line(checked(words, str, at)) for at, words in fields.items("texts")),
        blocks=tuple(checked(html, str, at) for at, html in fields.items("blocks")),
        signed_by=signed_by,
        signed_at=signed_at,
        changed=fields.number("changed"),
    )
