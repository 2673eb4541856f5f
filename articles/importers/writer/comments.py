"""Put the comments of a source under the story, and its corrections: those that have come since, and none a second time."""

from collections import defaultdict

from articles.actions import commenting, correcting
from articles.models import Comment, Correction
from articles.texts import plain, text
from newsroom.languages import with_columns


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


# --- Corrections ---


def bring_corrections(article, story, given, *, now):
    """Store what this source tells of its mistakes since it came before; return whether anything is another now.

    A note that was reworded here stays so, and what was taken back here is not told again. What the source tells no
    more in the languages that it speaks of goes, unless somebody has reworded it here. Before readers have the story, nothing is told.
    """
    known = dict(given.own.get("corrections", {}))
    if not (story.corrections or known) or not correcting.is_read(article, at=now):
        return False
    rows = {row.pk: row for row in article.corrections.all()}
    by_name = {told.reference: told for told in story.corrections}
    known = _same(by_name.values(), rows.values()) | known
    changed = False
    for reference in {**by_name, **known}:
        told, row = by_name.get(reference), rows.get(known.get(reference))
        if row is None and reference in known:
            continue
        notes = _notes(reference, told, row, story.texts, given)
        if not notes:
            continue
        changed, left = True, _written(article, told, row, notes, now=now)
        known[reference] = left.pk if left else None
    given.own["corrections"] = known
    return changed


def is_told(told, given):
    """Return whether a source told the same when it came before."""
    said = ((_name(told.reference, code), note) for code, note in told.notes.items())
    return told.reference in given.own.get("corrections", {}) and all(
        given.has_said(*words) for words in said
    )


def _same(corrections, rows):
    """Return reference -> the id of the row that says the same already, as after an import that was taken back."""
    return {
        told.reference: row.pk
        for told in corrections
        for row in rows
        if row.published_at == told.published_at
        and all(text(row, "note", code) == note for code, note in told.notes.items())
    }


def _notes(reference, told, row, languages, given):
    """Return language -> the note that the source tells otherwise than before; "" for none any more."""
    said = dict.fromkeys(languages, "") | (dict(told.notes) if told else {})
    here = {code: text(row, "note", code) if row else "" for code in said}
    return {
        code: note
        for code, note in said.items()
        if given.takes(_name(reference, code), said=note, here=here[code])
    }


def _written(article, told, row, notes, *, now):
    """Write notes of a correction; return it, or None where nothing is left of it."""
    row = row or Correction(article=article, kind=told.kind)
    left = {code: text(row, "note", code) for code in with_columns()} | notes
    if not any(left.values()):
        correcting.take_back(row, by=correcting.SYSTEM, now=now)
        return None
    at = min(told.published_at, now) if told else None
    return correcting.save(row, notes, by=correcting.SYSTEM, at=at, was_told=True, now=now)


def _name(reference, language):
    return f"correction.{language}.{reference}"
