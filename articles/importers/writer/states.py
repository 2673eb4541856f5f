"""Give the editions of a story the state, the time and the address that their source gives them."""

from datetime import UTC
from functools import partial
from urllib.parse import unquote

from articles.actions import publishing
from articles.derived import addresses
from articles.importers.notes import LACKING, Note
from articles.models import Edition
from articles.texts import ARTICLE_TEXTS, slug_from, text
from newsroom.db import locks

Status = Edition.Status


def withdrawn_there(story, editions):
    """Name what readers can still read here: why the source took it back is for a person to judge."""
    published = (edition for edition in editions if edition.status == Status.PUBLISHED)
    return tuple(
        f"The source has withdrawn it in {edition.language}; it is still published here."
        for edition in published
        if (said := story.texts.get(edition.language)) and said.status == "withdrawn"
    )


def set_states(story, article, editions, given, *, now):
    """Give each edition that is still a draft, and that nobody edited, the state of its text.

    Return (notes, problems, changed). What the newsroom took back, it took back for a reason.
    """
    notes, problems, changed = [], [], False
    # Only a draft may be given a state, and of a new story nobody has touched any.
    is_open = not given.is_new and any(edition.status == Status.DRAFT for edition in editions)
    touched = set(article.events.values_list("language", flat=True)) if is_open else set()
    for edition in editions:
        said = story.texts.get(edition.language)
        if said is None or said.status == "draft":
            continue
        if edition.status != Status.DRAFT or edition.language in touched:
            notes += _kept_state(edition, said)
        elif not _is_edited(edition, given):
            new_problems = _tried(edition, partial(_set_state, edition, said, now=now))
            problems += new_problems
            changed |= not new_problems and edition.status != Status.DRAFT
            notes += _lacking(edition, now=now) if story.pictures or not given.is_new else []
            name, here = f"published_at.{edition.language}", plain(edition.published_at)
            given.put(name, said=plain(said.published_at), here=here)
    return tuple(notes), tuple(problems), changed


def correct_dates(story, editions, given, *, now):
    """Date what is published as its source does by now; return (problems, changed)."""
    problems, changed = [], False
    for edition in editions:
        if edition.status != Status.PUBLISHED:
            continue
        said = story.texts.get(edition.language)
        if said is None or said.published_at is None:
            continue
        name, here = f"published_at.{edition.language}", plain(edition.published_at)
        if given.takes(name, said=plain(said.published_at), here=here):
            new_problems = _tried(edition, partial(_date, edition, said.published_at, now=now))
            problems, changed = problems + new_problems, changed or not new_problems
    return tuple(problems), changed


def _date(edition, at, *, now):
    verb = publishing.redate
    if not edition.is_out(at=now):
        verb = publishing.publish if at <= now else publishing.schedule
    verb(edition, by=publishing.SYSTEM, at=at, now=now)


def name_slugs(story, editions, before):
    """Let the addresses that the source wanted lead here; return notes on the slugs that became others.

    `before` maps a language to what its edition had before this import, its slug first.
    """
    notes = []
    for edition in editions:
        if (said := story.texts.get(edition.language)) is None:
            continue
        wanted = said.slug or slug_from(said.title, language=edition.language)
        if edition.slug in {wanted, before.get(edition.language, [None])[0]}:
            continue
        notes.append(f"Its slug in {edition.language} is “{edition.slug}”, not “{wanted}”.")
        there = Edition(
            language=edition.language, slug=edition.slug, published_at=said.published_at
        )
        if folder := unquote(there.url).rpartition(edition.slug)[0]:
            addresses.add(edition, path=f"{folder}{wanted}/")
    return tuple(notes)


def _is_edited(edition, given):
    """Return whether words were changed here: then it is for the editor to publish them."""
    language = edition.language
    return any(
        given.is_edited(f"{field}.{language}", text(edition.article, field, language))
        for field in ARTICLE_TEXTS
    )


def _tried(edition, change):
    """Change the edition, or leave it as it is; return why, if so."""
    try:
        with locks.writing():
            change()
    except publishing.PublishingError as error:
        return [f"Not published in {edition.language}: {reason}" for reason in error.reasons]
    return []


def _lacking(edition, *, now):
    """Name what the pictures of an edition that was published lack."""
    if edition.status != Status.PUBLISHED:
        return []
    sentences = publishing.lacking(edition, at=now)
    return [
        Note(f"Published in {edition.language} although {_within(sentence)}", LACKING)
        for sentence in sentences
    ]


def _within(sentence):
    return sentence[:1].lower() + sentence[1:]


def _kept_state(edition, text):
    """Tell why an edition that the source publishes is not published here."""
    if text.status == "published" and edition.status == Status.WITHDRAWN:
        yield f"It was withdrawn here in {edition.language}, and stays so."
    if edition.status == Status.DRAFT:
        yield f"It was made a draft again here in {edition.language}, and stays one."


def _set_state(edition, text, *, now):
    system = {"by": publishing.SYSTEM, "now": now}
    if text.status == "submitted":
        publishing.submit(edition, **system)
        return
    at = text.published_at or now
    if text.status == "withdrawn" and at > now:
        return  # it would have been withdrawn before anybody read it
    verb = partial(publishing.publish, was_out=True) if at <= now else publishing.schedule
    verb(edition, at=at, comments_until=text.comments_until, **system)
    if text.status == "withdrawn":
        publishing.withdraw(edition, reason=text.withdrawn_reason, **system)


def plain(moment):
    """Return a moment, or None, as a text that is equal for the same moment."""
    return moment.astimezone(UTC).isoformat() if moment else ""
