"""Give the editions of a story the state, the time and the address that their source gives them."""

from datetime import UTC
from functools import partial

from django.db import transaction

from articles import publishing
from articles.models import Edition
from articles.texts import ARTICLE_TEXTS, text

Status = Edition.Status


def withdrawn_there(story, article):
    """Name what readers can still read here: why the source took it back is for a person to judge."""
    published = article.editions.filter(status=Status.PUBLISHED).order_by("pk")
    return tuple(
        f"The source has withdrawn it in {edition.language}; it is still published here."
        for edition in published
        if (said := story.texts.get(edition.language)) and said.status == "withdrawn"
    )


def set_states(story, article, given, *, now):
    """Give each edition that is still a draft, and that nobody edited, the state of its text.

    Return (notes, problems, changed). What the newsroom took back, it took back for a reason.
    """
    notes, problems, changed = [], [], False
    touched = set(article.events.values_list("language", flat=True))
    for edition in article.editions.order_by("pk"):
        said = story.texts.get(edition.language)
        if said is None or said.status == "draft":
            continue
        if edition.status != Status.DRAFT or edition.language in touched:
            notes += _kept_state(edition, said)
        elif not _is_edited(edition, given):
            problems += _tried(edition, partial(_set_state, edition, said, now=now))
            changed |= edition.status != Status.DRAFT
            name = f"published_at.{edition.language}"
            given.takes(name, said=plain(said.published_at), here="")
            given.stored(name, plain(edition.published_at))
    return tuple(notes), tuple(problems), changed


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
        with transaction.atomic():
            change()
    except publishing.PublishingError as error:
        return [f"Not published in {edition.language}: {reason}" for reason in error.reasons]
    return []


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
    verb = publishing.publish if at <= now else publishing.schedule
    verb(edition, at=at, **system)
    if text.status == "withdrawn":
        publishing.withdraw(edition, reason=text.withdrawn_reason, **system)


def plain(moment):
    """Return a moment, or None, as a text that is equal for the same moment."""
    return moment.astimezone(UTC).isoformat() if moment else ""
