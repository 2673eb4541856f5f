"""The verbs of publication. Admin, commands and importers all call these and nothing else.

Each checks the permission and the state, changes the edition, and writes a revision and an event,
in one transaction. `by` is the user who does it, or SYSTEM for a command run on the host. Times
are aware; the verb's own moment is `now`, which tests may give.
"""

from contextlib import contextmanager
from copy import copy

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _, gettext_lazy

from articles import roles
from articles.actions import assigning, commenting
from articles.derived import addresses, items, listings, wordings
from articles.models import Article, Edition, Event
from articles.texts import is_blank, plain, text
from newsroom import moments
from newsroom.db import locks, revisions, together
from newsroom.languages import LANGUAGES

SYSTEM = None
Status = Edition.Status

WRITERS_VERBS = frozenset({"submit", "send_back"})
"""The verbs of those who write; all others say what readers see."""

NOT_ALLOWED = gettext_lazy("You are not allowed to do this: ask somebody who may publish.")
NOTHING_PUBLISHED = gettext_lazy("No language of it is published.")
NOT_PUBLISHED = gettext_lazy("Only a published edition can be withdrawn.")


class PublishingError(Exception):
    """What stands in the way, as sentences for the editor: `error.reasons`."""

    def __init__(self, *reasons):
        super().__init__(" ".join(str(reason) for reason in reasons))
        self.reasons = reasons


class Obstacle(str):
    """What keeps an edition from readers, as a sentence, and where it is mended.

    `field` is one of the edition, of the `use` of an image ("alt"), or else of the image that is used.
    """

    __slots__ = ("field", "use")

    def __new__(cls, sentence, field, use=None):
        obstacle = super().__new__(cls, sentence)
        obstacle.field, obstacle.use = field, use
        return obstacle


def submit(edition, *, by, now=None):
    """Hand a draft to those who may publish it."""
    with _verb(edition, "submit", by=by, now=now) as (locked, _moment):
        _require(locked.status == Status.DRAFT, _("Only a draft can be submitted."))
        locked.status = Status.SUBMITTED


def send_back(edition, *, by, now=None):
    """Make a draft again of what was handed in: who wrote it goes on, or those who publish ask for more."""
    with _verb(edition, "send_back", by=by, now=now) as (locked, _moment):
        _require(locked.status == Status.SUBMITTED, _("Only what waits for review can go back."))
        locked.status = Status.DRAFT


def publish(edition, *, by, at=None, was_out=False, comments_until=None, now=None):
    """Let readers see the edition from now on, dated `at` (default: now; never in the future).

    One that `was_out` since then, on another site, may have pictures without words or credit, or whose right has ended
    meanwhile: see `lacking`. It takes comments until the moment that is given, or as long as the rules say.
    """
    with _verb(edition, "publish", by=by, now=now) as (locked, moment):
        at = at or moment
        _require(at <= moment, _("A time in the future is for “schedule”."))
        _require_unpublished(locked, at=moment)
        _release(locked, at=at, moment=moment, was_out=was_out, comments_until=comments_until)


def schedule(edition, *, by, at, comments_until=None, now=None):
    """Let readers see the edition from `at` on, a moment in the future; no job is needed.

    It takes comments as one that is published does.
    """
    with _verb(edition, "schedule", by=by, now=now) as (locked, moment):
        _require(at > moment, _("Choose a moment in the future, or publish now."))
        is_same = locked.status == Status.PUBLISHED and locked.published_at == at
        _require(not is_same, _("This edition is scheduled for that moment already."))
        _require_unpublished(locked, at=moment)
        _release(locked, at=at, moment=moment, comments_until=comments_until)


def withdraw(edition, *, by, reason, now=None):
    """Take a published edition back: its address answers 410 with `reason` from now on.

    One that was only scheduled goes back to draft, since no reader has seen it.
    """
    with _verb(edition, "withdraw", by=by, now=now, note=reason) as (locked, moment):
        _require(locked.status == Status.PUBLISHED, NOT_PUBLISHED)
        if locked.is_out(at=moment):
            _require(not is_blank(reason), _("Say why: readers are told the reason."))
            locked.status, locked.withdrawn_reason = Status.WITHDRAWN, plain(reason)
        else:
            locked.status, locked.published_at = Status.DRAFT, None


def withdraw_all(article, *, by, reason, now=None):
    """Take a story back in every language that is published or scheduled, all at once or not at all; return these editions."""
    if not allowed(by, "withdraw"):
        raise PermissionDenied(NOT_ALLOWED)
    with locks.writing(comment="withdraw", by=by):
        editions = list(article.editions.filter(status=Status.PUBLISHED))
        _require(editions, NOTHING_PUBLISHED)
        for edition in editions:
            withdraw(edition, by=by, reason=reason, now=now)
    return editions


def restore(edition, *, by, now=None):
    """Publish a withdrawn edition again, under its old date and address."""
    with _verb(edition, "restore", by=by, now=now) as (locked, moment):
        _require(locked.status == Status.WITHDRAWN, _("Only a withdrawn edition can be restored."))
        locked.withdrawn_reason = ""
        _release(locked, at=locked.published_at, moment=moment)
        wordings.replace(locked, at=moment)


def redate(edition, *, by, at, now=None):
    """Correct the date under which readers see the edition; its address under the old one answers 301.

    With the date that it has, nothing is written.
    """
    out = Edition.objects.live(at=now or timezone.now()).filter(pk=edition.pk, published_at=at)
    if allowed(by, "redate") and out.exists():
        return
    with _verb(edition, "redate", by=by, now=now) as (locked, moment):
        _require(locked.is_out(at=moment), _("Only what readers can see has a date to correct."))
        _require(at <= moment, _("A date in the future is for what readers do not see yet."))
        _require(moments.is_usable(at), moments.OUT_OF_BOUNDS)
        _require(at != locked.published_at, _("This is its date already."))
        locked.published_at = at
        addresses.make_free(locked)


def forget(edition, *, by, now=None):
    """Take what the edition has said before out of what readers may be shown; its revisions keep it."""
    with _verb(edition, "forget", by=by, now=now) as (locked, _moment):
        locked.wordings.all().delete()


def allowed(user, verb):
    """Return whether `user` may use a verb: one of those who write, or one that is for who says what readers see."""
    permission = "articles.submit_article" if verb in WRITERS_VERBS else "articles.publish_article"
    return user is SYSTEM or user.has_perm(permission)


def _is_theirs(edition, verb, *, by):
    """Return whether a verb of those who write is given by somebody who may write this language."""
    is_any = by is SYSTEM or verb not in WRITERS_VERBS
    return is_any or edition.language in roles.writable_languages(by, edition.article)


def refusals(verb, edition, *, at, uses=None):
    """Return why one cannot "publish" or "withdraw" an edition at a moment, as sentences; [] if nothing speaks against it.

    `uses` are those of the images of its article.
    """
    if verb == "withdraw":
        return [] if edition.status == Status.PUBLISHED else [NOT_PUBLISHED]
    return [*_publication(edition, at=at), *obstacles(edition, at=at, uses=uses)]


def obstacles(edition, *, at, uses=None):
    """Return what keeps an edition from being published at a moment, as Obstacles; [] if nothing.

    `uses` are those of the images of its article, for who asks of many languages.
    """
    return [*_missing_words(edition), *lacking(edition, at=at, uses=uses)]


def lacking(edition, *, at, uses=None):
    """Return what the pictures of an edition lack that readers need at a moment, as sentences; [] if nothing.

    What was public elsewhere is published all the same: that an archive has no alternative texts takes no story from readers.
    """
    uses = uses_of(edition.article) if uses is None else uses
    return [
        sentence
        for use in _shown(uses, edition)
        for sentence in _image_obstacles(use, edition.language, at=at)
    ]


def _missing_words(edition):
    if is_blank(edition.title):
        yield Obstacle(_("The headline is missing."), "title")
    if not edition.article.body_in(edition.language).text:
        yield Obstacle(_("The body is empty."), "body")


@contextmanager
def _verb(edition, name, *, by, now, note=""):
    """Lock the edition, and record what the caller did to it; the caller's object follows."""
    if not (allowed(by, name) and _is_theirs(edition, name, by=by)):
        raise PermissionDenied(NOT_ALLOWED)
    with locks.writing(comment=f"{name} {edition.language}", by=by):
        # Not before: to who has waited, what was published meanwhile would seem to be scheduled.
        moment = now or timezone.now()
        locked = _locked(edition)
        yield locked, moment
        locked.save()
        listings.refresh([locked.article_id], reworded=())
        items.refresh([locked.article_id], now=moment)
        event = {"language": locked.language, "verb": name, "by": by, "at": moment, "note": note}
        together.insert(Event(article=locked.article, **event))
        active_at = _note_active(locked, at=moment)
        revisions.add(locked.article)
    # Only now: a transaction that failed must leave the caller's object as it was.
    for field in ("status", "slug", "published_at", "withdrawn_reason", "comments_until"):
        setattr(edition, field, getattr(locked, field))
    if Edition.article.is_cached(edition) and "active_at" in vars(edition.article):
        edition.article.active_at = max(edition.article.active_at, active_at)


def _note_active(edition, *, at):
    """Keep that something happens to the story now, or when readers will see the edition; return that moment."""
    at = max(at, edition.published_at or at)
    # A story that has just been made is active already.
    if at > timezone.now() or not together.is_new(edition):
        # Past its watchers: nothing that follows from a story follows from this.
        QuerySet(Article).filter(pk=edition.article_id, active_at__lt=at).update(active_at=at)
    return at


def _locked(edition):
    """Return the edition as it stands in the database, which nobody changes meanwhile."""
    if together.is_new(edition):  # nobody else knows of it yet
        locked = copy(edition)
        together.note_new(locked)
        return locked
    return Edition.objects.select_for_update().get(pk=edition.pk)


def _release(edition, *, at, moment, was_out=False, comments_until=None):
    _require(moments.is_usable(at), moments.OUT_OF_BOUNDS)
    images = [] if was_out else lacking(edition, at=max(at, moment))
    if reasons := [*_missing_words(edition), *images]:
        raise PublishingError(*reasons)
    is_first = edition.status != Status.WITHDRAWN
    edition.status, edition.published_at = Status.PUBLISHED, at
    if is_first:
        edition.comments_until = comments_until or commenting.end_for(edition)
    if not edition.slug:
        edition.slug = addresses.slug_for(edition, title=edition.title)
    addresses.make_free(edition)
    assigning.finish(edition)


def _require_unpublished(edition, *, at):
    if reasons := list(_publication(edition, at=at)):
        raise PublishingError(*reasons)


def _publication(edition, *, at):
    """Yield how an edition was published already, if it was."""
    if edition.is_out(at=at):
        yield _("This edition is published already.")
    if edition.status == Status.WITHDRAWN:
        yield _("This edition was withdrawn: restore it instead.")


def _require(condition, sentence):
    if not condition:
        raise PublishingError(sentence)


def uses_of(article):
    """Return the uses of the images of an article, for `obstacles`."""
    return list(article.uses.select_related("image"))


def _shown(uses, edition):
    """Return those of the uses that this edition would show: the lead, and those in its body."""
    images = edition.article.body_in(edition.language).references.images
    return [use for use in uses if use.image.file and (use.is_lead or use.image_id in images)]


def _image_obstacles(use, language, *, at):
    names = {"image": str(use.image), "language": LANGUAGES[language].name}
    if is_blank(text(use, "alt", language)):
        sentence = _("The image “%(image)s” has no alternative text in %(language)s.")
        yield Obstacle(sentence % names, "alt", use)
    if is_blank(use.image.credit_line + use.image.creator):
        yield Obstacle(_("The image “%(image)s” has no credit.") % names, "creator", use)
    if not use.image.may_be_shown(at=at):
        sentence = _("The right to show the image “%(image)s” has ended.")
        yield Obstacle(sentence % names, "valid_until", use)


VERBS = {
    "submit": submit,
    "send_back": send_back,
    "publish": publish,
    "schedule": schedule,
    "withdraw": withdraw,
    "restore": restore,
    "redate": redate,
}


def offered(edition, *, user, at):
    """Return the verbs that make sense for an edition now and that `user` may use, in order."""
    scheduled = edition.status == Status.PUBLISHED and not edition.is_out(at=at)
    by_status = {
        Status.DRAFT: ("submit", "publish", "schedule"),
        Status.SUBMITTED: ("publish", "schedule", "send_back"),
        Status.PUBLISHED: ("publish", "schedule", "withdraw")
        if scheduled
        else ("redate", "withdraw"),
        Status.WITHDRAWN: ("restore",),
    }
    return [verb for verb in by_status[edition.status] if allowed(user, verb)]
