"""From Story to Article: the only importer module that knows the database.

An imported article goes through writing and publishing like one that was written here.
"""

from dataclasses import dataclass, replace
from enum import StrEnum

import reversion
from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, OperationalError, transaction
from django.utils import timezone

from articles import addresses, body, links, publishing, turns
from articles.importers.people import set_bylines
from articles.importers.pictures import Pictures
from articles.importers.story import BadStory
from articles.importers.topics import set_categories, set_tags
from articles.models import Article, Edition, Origin
from articles.texts import ARTICLE_TEXTS, column
from articles.writing import settle


class Outcome(StrEnum):
    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    KEPT = "kept"
    FAILED = "failed"


@dataclass(frozen=True)
class Result:
    """What became of one story: `notes` say what is missing, `problems` what went wrong."""

    name: str
    outcome: Outcome
    notes: tuple = ()
    problems: tuple = ()


# What one story may fail of; anything else ends the run.
FAILURES = (BadStory, ValidationError, DataError, IntegrityError, OperationalError, OSError)


def save(story, *, source, publish, dry_run=False, now=None):
    """Store a story in one transaction and return its Result; a failure leaves nothing behind.

    The pair of `source` and the story's id is its identity. An article that was changed here since
    it was imported is kept as it is. With `publish`, texts get the state that the story gives
    them; without, they stay drafts. A dry run does all of this and takes it back.
    """
    options = {"publish": publish, "dry_run": dry_run, "now": now}
    try:
        try:
            return _attempt(story, source, **options)
        except OperationalError:  # a deadlock or a lock that did not come: somebody else was first
            return _attempt(story, source, **options)
    except FAILURES as error:
        return Result(story.external_id, Outcome.FAILED, problems=tuple(_reasons(error)))


def _attempt(story, source, *, publish, dry_run, now):
    pictures = Pictures(dry_run=dry_run)
    try:
        with transaction.atomic():
            turns.take()
            # One revision for text and states together: each costs a copy of the whole story.
            with reversion.create_revision(manage_manually=True, atomic=False):
                result = _save(
                    story, source, publish=publish, now=now or timezone.now(), pictures=pictures
                )
                reversion.set_comment(f"imported from {source}")
            if dry_run:
                transaction.set_rollback(True)
    except BaseException:
        pictures.take_back()
        raise
    return result


def _save(story, source, *, publish, now, pictures):
    origin = (
        Origin.objects.select_for_update()
        .filter(source=source, external_id=story.external_id)
        .select_related("article")
        .first()
    )
    if origin is None:
        outcome, article = Outcome.CREATED, Article()
    elif origin.checksum == story.checksum:
        outcome, article = Outcome.UNCHANGED, origin.article
    elif origin.rev != origin.article.rev:
        note = "It was changed here since it was imported, so it is left as it is."
        problems = _withdrawn_there(story, origin.article)
        return Result(story.external_id, Outcome.KEPT, notes=(note,), problems=problems)
    else:
        outcome, article = Outcome.UPDATED, origin.article
    notes = ()
    if outcome is not Outcome.UNCHANGED:
        notes = _write(story, article, source, origin=origin, pictures=pictures)
    elif origin.rev != article.rev:
        publish = False  # what was changed here since is for its editor to publish
    problems = _withdrawn_there(story, article) if origin else ()
    if publish:
        state_notes, state_problems, changed = _set_states(story, article, now=now)
        notes, problems = notes + state_notes, problems + state_problems
        if outcome is Outcome.UNCHANGED and changed:
            outcome = Outcome.UPDATED
    return Result(story.external_id, outcome, notes, problems)


def _write(story, article, source, *, origin, pictures):
    """Write everything but the state; return the notes of the story and of this writing."""
    article.source_language = story.source_language
    if article.pk is None:
        article.save()  # images and origin need its id
    origin = origin or Origin(article=article, source=source, external_id=story.external_id)
    origin.checksum = story.checksum
    origin.save()
    image_ids, picture_notes = pictures.use(story.pictures, article)
    for language, text in story.texts.items():
        for field in ARTICLE_TEXTS:
            setattr(article, column(field, language), getattr(text, field))
    body_notes = _set_bodies(article, story.texts, source, image_ids)
    article.save()
    set_categories(article, story.categories, name=story.external_id)
    tag_notes = set_tags(article, story.tags)
    set_bylines(article, story.bylines)
    settle(article, slugs={code: text.slug for code, text in story.texts.items() if text.slug})
    reversion.add_to_revision(article)
    address_notes = _add_old_addresses(article, story.old_addresses)
    promotions = (f"Left out, a promotion: {words}" for words in story.promotions)
    notes = (*story.notes, *picture_notes, *body_notes, *tag_notes, *address_notes, *promotions)
    Origin.objects.filter(pk=origin.pk).update(rev=article.rev, report="\n".join(notes))
    return (*notes, *_waiting(article))


def _set_bodies(article, texts, source, image_ids):
    """Clean the bodies, with the references of the source as ids or waiting links; return notes."""

    def references(tag, attrs):
        if tag in {"figure", "img"}:
            name = attrs.get("data-image") or attrs.get("src")
            return {"data-image": str(image_ids[name])} if name and name in image_ids else None
        if "data-article" in attrs:
            kept = {} if tag == "aside" else {k: v for k, v in attrs.items() if k == "href"}
            return kept | {"data-waiting": links.origin_key(source, attrs["data-article"])}
        return attrs

    notes = []
    for language, text in texts.items():
        cleaned = body.clean(text.body, references)
        setattr(article, column("body", language), cleaned.html)
        notes += (f"Body in {language}: {note}" for note in cleaned.notes)
    return notes


def _waiting(article):
    return tuple(
        f"Waits for a story that is not here yet: {link.label.removeprefix(links.ORIGIN)}"
        for link in article.waiting_links.order_by("pk")
    )


def _add_old_addresses(article, old_addresses):
    """Let the old paths lead to the editions; return notes on those that lead elsewhere."""
    return tuple(
        f"{path} is the address of something else here, and stays so."
        for edition in article.editions.all()
        for path in old_addresses.get(edition.language, ())
        if not addresses.add(edition, path=path)
    )


def _withdrawn_there(story, article):
    """Name what readers can still read here: why the source took it back is for a person to judge."""
    published = article.editions.filter(status=Edition.Status.PUBLISHED).order_by("pk")
    return tuple(
        f"The source has withdrawn it in {edition.language}; it is still published here."
        for edition in published
        if (text := story.texts.get(edition.language)) and text.status == "withdrawn"
    )


def _set_states(story, article, *, now):
    """Give each edition that is still a draft the state of its text.

    Return (notes, problems, changed). What the newsroom took back, it took back for a reason.
    """
    notes, problems, changed = [], [], False
    touched = set(article.events.values_list("language", flat=True))
    for edition in article.editions.order_by("pk"):
        text = story.texts.get(edition.language)
        if text is None or text.status == "draft":
            continue
        if edition.status != Edition.Status.DRAFT or edition.language in touched:
            notes += _kept_state(edition, text)
            continue
        try:
            with transaction.atomic():
                _set_state(edition, text, now=now)
            changed |= edition.status != Edition.Status.DRAFT
        except publishing.PublishingError as error:
            problems += [
                f"Not published in {edition.language}: {reason}" for reason in error.reasons
            ]
    return tuple(notes), tuple(problems), changed


def _kept_state(edition, text):
    """Tell why an edition that the source publishes is not published here."""
    if text.status == "published" and edition.status == Edition.Status.WITHDRAWN:
        yield f"It was withdrawn here in {edition.language}, and stays so."
    if edition.status == Edition.Status.DRAFT:
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


def _reasons(error):
    """Return what made a story fail, as sentences."""
    if isinstance(error, ValidationError):
        return error.messages
    if isinstance(error, OSError):
        return [f"A file could not be read or stored: {error}."]
    if isinstance(error, BadStory):
        return [str(error)]
    return [f"The database does not take it: {str(error).strip().splitlines()[0]}."]


def as_published(story):
    """Return the story with every draft text marked to be published when it is stored."""
    texts = {
        code: replace(text, status="published") if text.status == "draft" else text
        for code, text in story.texts.items()
    }
    return replace(story, texts=texts)
