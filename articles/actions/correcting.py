"""Corrections: telling readers what was wrong in a story, in each language by a note of its own.

A language without a note tells its readers nothing, and no verb touches the note of another. Those who get a note see
its story as updated.
"""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import roles
from articles.actions import writing
from articles.derived import corrections, items
from articles.models import Article, Correction, Edition, Event
from articles.texts import column, plain, text
from newsroom import moments
from newsroom.db import locks, revisions, together
from newsroom.languages import with_columns

Kind = Correction.Kind
SYSTEM = None


def record(article, notes, *, by, kind=Kind.CORRECTION, at=None, now=None):
    """Tell readers that something was wrong, by `notes`: language -> what, in plain words; return the Correction.

    It is dated `at` (default: now; never in the future). Raise ValidationError where nobody has read the story yet, or nothing is said.
    """
    return save(Correction(article=article, kind=kind), notes, by=by, at=at, now=now)


def save(correction, notes, *, by, at=None, was_told=False, now=None):
    """Save a correction that is new, or of another kind, with these notes; every other language keeps what it has.

    A note that is empty takes that language's away. Of one that `was_told` elsewhere before, no story counts as changed. Where nothing is
    another, nothing is written. Return the correction.
    """
    _require(by)
    with locks.writing(by=by, comment="correct"):
        now = now or timezone.now()
        article = Article.objects.select_for_update().get(pk=correction.article_id)
        locked = _locked(correction, article)
        said = _said(locked, notes)
        if locked.pk and not said and locked.kind == correction.kind:
            return locked
        locked.kind = correction.kind
        _write(locked, said, by=by, at=at, now=now)
        told = [code for code, note in said.items() if note and not was_told]
        _follow(article, told=told, by=by, now=now)
    return locked


def take_back(correction, *, by, now=None):
    """Take a correction away in every language, as one that was told by mistake."""
    _require(by)
    with locks.writing(by=by, comment="take a correction back"):
        article = Article.objects.select_for_update().get(pk=correction.article_id)
        if Correction.objects.filter(pk=correction.pk).delete()[0]:
            _follow(article, told=(), by=by, now=now or timezone.now())


def obstacles(correction, notes, *, at=None, now):
    """Yield what keeps a correction from being saved with these notes, as sentences."""
    if not any({**_notes(correction), **_plain(notes)}.values()):
        yield _("Say what was wrong in one language at least, or take the correction away.")
    if at and not (moments.is_usable(at) and at <= now):
        yield _("A correction is dated now, or when readers were told of it before.")
    if not correction.pk and not is_read(correction.article, at=now):
        yield _("Nobody has read this story yet: change its text instead.")


def is_read(article, *, at):
    """Return whether readers have read a story by a moment, in whichever language."""
    return any(
        edition.is_out(at=at) or edition.status == Edition.Status.WITHDRAWN
        for edition in article.editions.all()
    )


def lacking(correction, *, at):
    """Return the languages in which readers have the story, and no note of this correction."""
    live = Edition.objects.live(at=at).filter(article=correction.article_id)
    codes = set(live.values_list("language", flat=True))
    return [code for code in with_columns() if code in codes and not text(correction, "note", code)]


def _require(by):
    if not roles.may_correct(by):
        raise PermissionDenied(_("You are not allowed to do this: ask somebody who may publish."))


def _locked(correction, article):
    """Return the correction as it stands in the database, or a new one of the article."""
    if correction.pk:
        return Correction.objects.get(pk=correction.pk)
    return Correction(article=article)


def _notes(correction):
    """Return language -> the note that a correction has in the database."""
    stored = Correction.objects.filter(pk=correction.pk).first() if correction.pk else None
    return {code: text(stored, "note", code) for code in with_columns()} if stored else {}


def _plain(notes):
    """Return language -> note, each in plain words on one line."""
    return {code: " ".join(plain(note or "").split()) for code, note in notes.items()}


def _said(locked, notes):
    """Return language -> note for those that say something else than before."""
    return {
        code: note for code, note in _plain(notes).items() if note != text(locked, "note", code)
    }


def _write(locked, said, *, by, at, now):
    for sentence in obstacles(locked, said, at=at, now=now):
        raise ValidationError(sentence)
    for code, note in said.items():
        setattr(locked, column("note", code), note)
    if not locked.pk:
        locked.published_at, locked.by = at or now, by
    locked.save()


def _follow(article, *, told, by, now):
    """Let the editions tell it: those that got a note are updated, for readers and for who was given the story before."""
    for edition in corrections.refresh(article):
        if edition.language in told and edition.is_live(at=now):
            writing.date_change(edition, now=now)
            edition.save(update_fields=["modified_at", "earlier_changes"])
        together.insert(
            Event(article=article, language=edition.language, verb="correct", by=by, at=now)
        )
    if told:
        # Past its watchers: the desk finds it by that, and nothing else follows from it.
        QuerySet(Article).filter(pk=article.pk, active_at__lt=now).update(active_at=now)
    items.refresh([article.pk], now=now)
    revisions.add(article)
