"""Mails to readers about their comments, each in the language of the story; sent by the worker.

Only to an address that a reader gave, and, but for the link that confirms it, only once it is confirmed.
"""

from contextlib import suppress
from datetime import timedelta

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django_tasks import task

from articles.comments import links
from articles.models import Comment
from newsroom.page import whole
from newsroom.site.reading import current

MOST = 3
"""How many links to confirm it one address is sent a day: somebody else may have given it."""


def spelled(email):
    """Return the one spelling of an address by which it is kept and found: in small letters, its host in ASCII.

    So nobody gets at what was written with "kim@…" by an address in which the K is another letter.
    """
    local, _at, host = email.rpartition("@")
    with suppress(UnicodeError):
        host = host.encode("idna").decode()
    return f"{local}@{host}".lower() if local else ""


def ask(comment):
    """Have a link sent to the address of a new comment, with which its reader confirms it."""
    day = timezone.now() - timedelta(days=1)
    given = Comment.objects.filter(email=comment.email, written_at__gt=day)
    if comment.email and given.count() <= MOST:
        _queue(ask_by_mail, comment)


def tell(comment):
    """Have the reader told what has become of a comment."""
    if comment.email and comment.confirmed_at:
        _queue(tell_by_mail, comment)


def _queue(send, comment):
    if settings.SENDS_MAIL:
        transaction.on_commit(lambda: send.enqueue(comment_id=comment.pk))


@task()
def ask_by_mail(comment_id):
    comment = _found(comment_id)
    if comment and not comment.confirmed_at:
        with translation.override(comment.edition.language):
            sentence = _("You have written a comment here. Open this page to confirm your address:")
            rest = _("If it was not you, do nothing: you get no other mail about it.")
            _send(comment, _("Confirm your address"), sentence, own_url(comment), rest)


@task()
def tell_by_mail(comment_id):
    comment = _found(comment_id)
    if comment is None or comment.state not in {Comment.State.PUBLISHED, Comment.State.HIDDEN}:
        return
    with translation.override(comment.edition.language):
        is_shown = comment.state == Comment.State.PUBLISHED
        address = whole(comment.url)
        shown = _("Your comment has appeared")
        told = shown if is_shown else _("Your comment is not shown")
        sentence = (
            _("Everybody can read your comment now:")
            if is_shown
            else _("The newsroom has decided not to show your comment:")
        )
        rest = _("Here you can delete it: %s") % own_url(comment)
        _send(comment, told, sentence, address if is_shown else own_url(comment), rest)


@task()
def send_all(email, language):
    """Send a link to the page of all comments that were written with an address."""
    with translation.override(language):
        token = links.of_all(email)
        path = reverse("articles:comments_of_reader", args=[language, token])
        words = _("All comments that were written with this address, to keep or to delete:")
        rest = _("The link is good for a day.")
        body = f"{words}\n\n{whole(path)}\n\n{rest}\n"
        send_mail(f"{current(language).name}: {_('Your comments')}", body, None, [email])


def own_url(comment):
    """Return the whole address of a reader's own comment, as it goes to their mail."""
    token = links.mailed(comment)
    path = reverse("articles:comment", args=[comment.edition.language, token])
    return whole(path)


def _found(comment_id):
    """Return a comment whose reader can be told of it; None where nobody may read its story."""
    comments = Comment.objects.filter(pk=comment_id).exclude(email="")
    comment = comments.select_related("edition__article").first()
    return comment if comment and comment.edition.is_live(at=timezone.now()) else None


def _send(comment, subject, sentence, address, rest):
    title, name = " ".join(comment.edition.title.split()), current(comment.edition.language).name
    body = f"{sentence}\n\n{title}\n{address}\n\n{rest}\n\n{name}\n{settings.SITE_URL}\n"
    send_mail(f"{name}: {subject}", body, None, [comment.email])
