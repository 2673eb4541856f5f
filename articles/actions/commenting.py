"""The verbs of comments: readers write, change and erase theirs; moderators publish, hide and delete.

Admin, views and commands call these and nothing else. Each reads the row again under the lock, notes
what it did in the moderation log, and keeps the count of a story's comments.
"""

import hashlib
from contextlib import contextmanager
from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import roles
from articles.comments import limits, mails, spam
from articles.comments.limits import CommentError
from articles.models import Comment, CommentEvent, CommentRule, Edition
from articles.texts import fold, plain
from newsroom.db import locks, together

SYSTEM = None
State = Comment.State
Hold = CommentRule.Hold

EDITABLE = timedelta(minutes=15)
"""For how long after writing it a reader may change a comment."""

LONG = 40
"""Letters from which on the same words by two people are no chance."""

VERBS = {
    "publish": ({State.PENDING, State.HIDDEN, State.SPAM}, State.PUBLISHED),
    "hide": ({State.PENDING, State.PUBLISHED}, State.HIDDEN),
    "spam": ({State.PENDING, State.PUBLISHED, State.HIDDEN}, State.SPAM),
    "delete": ({State.PENDING, State.PUBLISHED, State.HIDDEN, State.SPAM}, State.DELETED),
    "restore": ({State.HIDDEN, State.SPAM, State.DELETED}, State.PENDING),
}
"""What moderators do: from which states, to which."""

TOLD = frozenset({"publish", "hide"})
"""What the reader is told of by mail."""

ASKED = timedelta(hours=1)
"""How long an address waits for the next link to all its comments."""


# --- Readers ---


def write(
    edition, *, name, words, email="", parent=None, sender, form="", is_trapped=False, now=None
):
    """Write a comment under a story that takes them; return it as it stands: published, held or spam.

    `form` names the form that was filled in. The same words from one form are one comment: the second time the
    first one is returned, to nobody but who has sent it. Raise CommentError where the story takes none, its TooMany
    where the sender has written enough.
    """
    now = now or timezone.now()
    words, name = plain(words), " ".join(plain(name).split())
    mark, digest = limits.mark_of(sender, now), digest_of(words)
    # Before anybody has to wait for the lock.
    limits.check(edition, mark, form, digest, now=now)
    with locks.writing():
        locked = Edition.objects.select_for_update().select_related("article").get(pk=edition.pk)
        if not (locked.is_live(at=now) and locked.takes_comments(at=now)):
            # Translators: readers see it.
            raise CommentError(_("This story takes no comments any more."))
        if same := _sent_before(locked, form, digest):
            return same
        limits.check(locked, mark, form, digest, now=now)
        comment = Comment(
            edition=locked,
            parent=_head(parent, locked),
            name=name,
            words=words,
            email=mails.spelled(email),
            written_at=now,
            digest=digest,
            sender=mark,
            form=form,
        )
        _judge(comment, is_trapped=is_trapped)
        comment.save()
        mails.ask(comment)
        _forget_senders(now)
        _count([locked.pk])
    return comment


def bring(edition, comments):
    """Put comments under a story that were written where it comes from; those without a parent come first.

    They keep their time and state, nobody is told, and no rule asks for a moderator: that was done there.
    """
    with locks.writing():
        for comment in sorted(comments, key=lambda comment: comment.parent is not None):
            comment.edition, comment.email = edition, mails.spelled(comment.email)
            comment.digest = digest_of(comment.words)
            comment.save()
        _count([edition.pk])


def take_away(pks):
    """Delete comments that were brought; return the ids of those that stay: somebody has moderated or answered them here."""
    with locks.writing():
        answered = Comment.objects.filter(parent__in=pks).exclude(pk__in=pks)
        moderated = CommentEvent.objects.filter(comment__in=pks)
        kept = {
            *answered.values_list("parent_id", flat=True),
            *moderated.values_list("comment_id", flat=True),
        }
        # What stays keeps what it answers.
        kept |= set(Comment.objects.filter(replies__in=kept).values_list("pk", flat=True))
        gone = Comment.objects.filter(pk__in={*pks} - kept)
        editions = list(gone.order_by().values_list("edition", flat=True).distinct())
        gone.delete()
        _count(editions)
    return kept


def edit(comment, *, words, now=None):
    """Give a comment other words, while its reader may; what was published may have to wait again."""
    now = now or timezone.now()
    with _locked(comment) as locked:
        if not is_editable(locked, at=now):
            # Translators: readers see it.
            raise CommentError(_("The time in which this comment could be changed is over."))
        words = plain(words)
        if words == locked.words:
            return
        locked.words, locked.digest, locked.edited_at = words, digest_of(words), now
        # Nobody finds out by other words what would be no spam.
        if locked.state != State.SPAM:
            _judge(locked)


def confirm(comment, *, now=None):
    """Take the address of a comment as that of who wrote it; known readers need not wait for a moderator."""
    now = now or timezone.now()
    with _locked(comment) as locked:
        if not locked.email or locked.confirmed_at:
            return
        locked.confirmed_at = now
        if locked.state == State.PENDING and not locked.signs and _is_known(locked):
            locked.state = State.PUBLISHED
            _note(locked, "publish", SYSTEM, now)


def erase(comment, *, by=SYSTEM, now=None):
    """Erase a comment for its reader: name, address and words are gone for good."""
    with _locked(comment) as locked:
        if locked.is_erased:
            return
        locked.name, locked.words, locked.email, locked.signs = "—", "", "", ""
        locked.sender, locked.form, locked.digest, locked.confirmed_at = "", "", "", None
        locked.state = State.DELETED
        _note(locked, "erase", by, now or timezone.now())


def erase_all(email, *, by=SYSTEM, now=None):
    """Erase every comment that was written with an address; return how many."""
    comments = list(written_with(email))
    for comment in comments:
        erase(comment, by=by, now=now)
    return len(comments)


def ask_for_all(email, *, language, now=None):
    """Have a link to all its comments sent to an address, if there are any and none was sent just now."""
    now = now or timezone.now()
    with locks.writing():
        newest = written_with(email).last()
        sent = CommentEvent.objects.filter(verb="mail", comment__in=written_with(email))
        if newest and not sent.filter(at__gt=now - ASKED).exists():
            _note(newest, "mail", SYSTEM, now)
            transaction.on_commit(
                lambda: mails.send_all.enqueue(email=newest.email, language=language)
            )


def written_with(email):
    """Return a queryset of the comments that were written with an address."""
    comments = Comment.objects.filter(email=mails.spelled(email)).exclude(email="")
    return comments.select_related("edition__article").order_by("pk")


def is_editable(comment, *, at):
    """Return whether who wrote a comment may change it still; who sends spam is told no more than others."""
    is_there = comment.state in {State.PENDING, State.PUBLISHED, State.SPAM}
    return is_there and at < comment.written_at + EDITABLE


# --- Moderators ---


def moderate(comment, verb, *, by, now=None):
    """Do one of VERBS to a comment. Raise CommentError where its state does not allow that any more."""
    _require_moderator(by)
    states, state = VERBS[verb]
    with _locked(comment) as locked:
        if locked.state not in states or locked.is_erased:
            words = _("The comment of %(name)s is “%(state)s” meanwhile.")
            raise CommentError(words % {"name": locked.name, "state": locked.get_state_display()})
        locked.state = state
        _note(locked, verb, by, now or timezone.now())
        if verb in TOLD:
            mails.tell(locked)


def offered(comment):
    """Return the names of the verbs that make sense for a comment now, in order."""
    if comment.is_erased:
        return []
    return [verb for verb, (states, _state) in VERBS.items() if comment.state in states]


def open_story(edition, *, until, by, now=None):
    """Let a story take comments until a moment."""
    _set_end(edition, until, "open", by=by, now=now or timezone.now())


def close_story(edition, *, by, now=None):
    """Let a story take no comments any more; those that are there stay."""
    _set_end(edition, None, "close", by=by, now=now or timezone.now())


def end_for(edition):
    """Return until when a story takes comments by the rules, counted from its publication; None for never."""
    rule = next(iter(CommentRule.objects.fitting(edition)), None)
    if rule is None or not rule.takes_comments:
        return None
    return edition.published_at + timedelta(days=rule.days)


def _set_end(edition, until, verb, *, by, now):
    _require_moderator(by)
    with locks.writing():
        locked = Edition.objects.select_for_update().get(pk=edition.pk)
        if locked.comments_until != until:
            locked.comments_until = until
            locked.save(update_fields=["comments_until"])
            CommentEvent.objects.create(edition=locked, verb=verb, by=by, at=now)
    edition.comments_until = until


def _require_moderator(user):
    if not (user is SYSTEM or roles.may_moderate(user)):
        raise PermissionDenied(_("You are not allowed to moderate comments."))


# --- Helpers ---


@contextmanager
def _locked(comment):
    """Lock a comment for the caller to change, save it, and count; the caller's object follows."""
    with locks.writing():
        locked = Comment.objects.select_for_update().get(pk=comment.pk)
        yield locked
        locked.save()
        _count([locked.edition_id])
    for field in locked._meta.concrete_fields:
        setattr(comment, field.attname, getattr(locked, field.attname))


def _merged(calls):
    return {"pks": [pk for call in calls for pk in call["pks"]]}


@together.once(_merged)
def _count(pks):
    """Keep how many comments of these editions readers see."""
    rows = Comment.objects.published().filter(edition__in=pks).order_by()
    numbers = dict(rows.values_list("edition").annotate(number=Count("pk")))
    changed = []
    for edition in Edition.objects.filter(pk__in=pks).only("comment_count"):
        if edition.comment_count != (number := numbers.get(edition.pk, 0)):
            edition.comment_count = number
            changed.append(edition)
    Edition.objects.bulk_update(changed, ["comment_count"])


def _note(comment, verb, by, at):
    CommentEvent.objects.create(
        edition_id=comment.edition_id, comment=comment, verb=verb, by=by, at=at
    )


def _judge(comment, *, is_trapped=False):
    """Give a comment its state: spam, held, or published where the rule asks nobody to look."""
    rules = CommentRule.objects.fitting(comment.edition)
    held_words = [word for rule in rules for word in rule.held_words.splitlines()]
    language = comment.edition.language
    signs = spam.judge(comment.words, comment.name, language=language, held_words=held_words)
    if is_trapped:
        signs.append(("trap", spam.SPAM))
    if _is_copied(comment):
        signs.append(("copied", spam.SPAM))
    comment.signs = " ".join(name for name, _weight in signs)
    comment.state = state_for(comment.words, signs, hold=rules[0].hold if rules else Hold.ALL)


def state_for(words, signs, *, hold):
    """Return the state in which new words begin, by their signs and by whom a rule asks to look at them."""
    if spam.is_spam(signs):
        return State.SPAM
    is_free = hold == Hold.NONE or (hold == Hold.LINKS and not spam.has_link(words))
    return State.PUBLISHED if is_free and not signs else State.PENDING


def _is_known(comment):
    """Return whether readers are known here by their address, and this one is: a comment of theirs was published."""
    rules = CommentRule.objects.fitting(comment.edition)
    others = Comment.objects.published().filter(email=comment.email)
    is_first_held = bool(rules) and rules[0].hold == Hold.FIRST
    return is_first_held and others.filter(confirmed_at__isnull=False).exists()


def _is_copied(comment):
    """Return whether somebody else has written the same long words on this site."""
    if len(fold(comment.words)) < LONG:
        return False
    same = Comment.objects.filter(digest=comment.digest).exclude(pk=comment.pk)
    return same.exclude(state=State.DELETED).exists()


def digest_of(words):
    """Return what is the same for two comments that say the same, whatever their spaces and signs."""
    return hashlib.sha256(fold(words).encode()).hexdigest()


def _sent_before(edition, form, digest):
    """Return the comment that came from the same form; the same words alone would be somebody else's for the asking."""
    same = Comment.objects.filter(edition=edition, form=form, digest=digest)
    return same.first() if form else None


def _head(parent, edition):
    """Return the comment that starts the thread of one that is answered; None for a thread of its own."""
    if parent is None:
        return None
    head = Comment.objects.published().filter(edition=edition, pk=parent).first()
    if head is None:
        raise CommentError(
            # Translators: readers see it.
            _("The comment that you answer is no longer there. Send yours without it.")
        )
    return head.parent or head


def _forget_senders(now):
    """Take the marks of addresses and forms from older comments: nobody asks for them any more."""
    old = Comment.objects.filter(written_at__lt=now - limits.REMEMBERED)
    old.exclude(sender="").update(sender="", form="")
