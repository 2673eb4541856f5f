"""The texts of all stories as a table, for people who count, look for gaps, or make a plan of a move."""

import csv
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from io import StringIO

from articles.importers.story import EVERY_LANGUAGE, Person, Story
from newsroom.languages import first_language

DESCRIPTION = "a table with a row for each story in each language, drafts included"
SUFFIX = ".csv"
TAKES = "stories"

COLUMNS = (
    *("id", "language", "source_language", "status", "published_at", "modified_at", "slug"),
    *("title", "standfirst", "body", "bylines", "categories", "tags"),
    *("image", "caption", "alt", "credit", "comments"),
)


def pieces(stories: Iterable[Story]) -> Iterator[str]:
    """Yield the lines of a table in UTF-8, with the mark by which spreadsheets know that."""
    yield "\ufeff" + _line(COLUMNS)
    for story in stories:
        for language in story.texts:
            row = _row(story, language)
            yield _line(row[name] for name in COLUMNS)


def _line(cells: Iterable[object]) -> str:
    out = StringIO()
    csv.writer(out).writerow(cells)
    return out.getvalue()


def _row(story: Story, language: str) -> dict[str, object]:
    text = story.texts[language]
    lead = next((picture for picture in story.pictures if picture.lead), None)
    people = (byline for byline in story.bylines if byline.language in {EVERY_LANGUAGE, language})
    return {
        "id": story.external_id,
        "language": language,
        "source_language": story.source_language,
        "status": text.status,
        "published_at": _moment(text.published_at),
        "modified_at": _moment(text.modified_at),
        "slug": text.slug,
        "title": text.title,
        "standfirst": text.standfirst,
        "body": text.body,
        "bylines": _listed(_name(person, language) for person in people),
        "categories": _listed(story.categories),
        "tags": _listed(tag.labels.get(language, tag.name) for tag in story.tags),
        "image": lead.reference if lead else "",
        "caption": lead.caption.get(language, "") if lead else "",
        "alt": lead.alt.get(language, "") if lead else "",
        "credit": (lead.credit_line or lead.creator) if lead else "",
        "comments": sum(comment.language == language for comment in story.comments),
    }


def _name(person: Person, language: str) -> str:
    names = person.names
    known = (names.get(code) for code in (language, EVERY_LANGUAGE, first_language()))
    return next(filter(None, known), next(iter(names.values())))


def _listed(words: Iterable[str]) -> str:
    return "; ".join(words)


def _moment(moment: datetime | None) -> str:
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z") if moment else ""
