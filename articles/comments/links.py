"""Signed addresses by which readers come back to what they wrote, without a cookie or a login.

Whoever has one may change and erase that comment: it is told to nobody but its reader.
"""

from django.core import signing

from articles.models import Comment

SALT = "articles.comment_links"
OWN, MAILED, ALL = "own", "mailed", "all"
DAY = 24 * 3600


def own(comment):
    """Return the token that the browser gets which has sent a comment."""
    return signing.dumps([OWN, comment.pk], salt=SALT)


def mailed(comment):
    """Return the token that goes to the address of a comment: who has it can read what is sent there."""
    return signing.dumps([MAILED, comment.pk], salt=SALT)


def find(token, *, language):
    """Return (the comment of a token, whether it came by mail); or None for what we did not sign."""
    try:
        kind, pk = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    if kind not in {OWN, MAILED}:
        return None
    comments = Comment.objects.filter(edition__language=language).select_related("edition__article")
    comment = comments.filter(pk=pk).first()
    return comment and (comment, kind == MAILED)


def of_all(email):
    """Return the token of the page on which all comments of an address are, for whoever reads its mail."""
    return signing.dumps([ALL, email], salt=SALT)


def address_of(token):
    """Return the address of such a token; "" for one that is not ours, or older than a day."""
    try:
        kind, email = signing.loads(token, salt=SALT, max_age=DAY)
    except (signing.BadSignature, ValueError, TypeError):
        return ""
    return email if kind == ALL else ""
