"""Put the comments of a source under the story: those that have come since, and none a second time."""

from collections import defaultdict

from articles.actions import commenting
from articles.models import Comment
from articles.texts import plain


def bring(editions, comments, given):
    """Store the comments under these editions that this source has not given before; return whether there were any.

    Those that are here are the moderators': what they changed or deleted stays so.
    """
    known = dict(given.own.get("comments", {}))
    heads = _heads(comments)
    new = [comment for comment in comments if comment.reference not in known]
    by_language = defaultdict(dict)
    for comment in new:
        by_language[comment.language][comment.reference] = _row(comment)
    here = (
        Comment.objects.in_bulk({known[head] for head in heads.values() if head in known})
        if new
        else {}
    )
    for edition in editions:
        if not (rows := by_language.get(edition.language)):
            continue
        for reference, row in rows.items():
            head = heads.get(reference)
            row.parent = rows.get(head) or here.get(known.get(head))
        commenting.bring(edition, list(rows.values()))
        known |= {reference: row.pk for reference, row in rows.items()}
    is_new = len(known) > len(given.own.get("comments", {}))
    if is_new:
        given.own["comments"] = known
    return is_new


def _heads(comments):
    """Return reference -> that of the comment that begins its thread, for all that answer one."""
    answers = {comment.reference: comment.answers for comment in comments}
    heads = {}
    for reference in answers:
        head, seen = reference, set()
        while head not in seen and answers.get(head) in answers:
            seen.add(head)
            head = answers[head]
        if head not in seen and head != reference:  # else they answer each other in a circle
            heads[reference] = head
    return heads


def _row(comment):
    return Comment(
        name=" ".join(plain(comment.name).split()) or "—",
        words=plain(comment.words),
        state=comment.state,
        written_at=comment.written_at,
        email=comment.email,
    )
