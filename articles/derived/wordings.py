"""What readers have read of an edition and can read no more, kept when it is reworded.

What was never live is not kept: drafts, what waits for its moment, and what is written while an edition is withdrawn.
"""

from datetime import timedelta

from articles.body import parsed
from articles.comparing.published import BODY, Words, is_cosmetic, new_words, parts
from articles.comparing.wordings import LINES
from articles.models import Edition, Wording
from articles.texts import column
from newsroom.db import together

APART = timedelta(hours=1)
"""Changes that follow each other sooner are one to readers: an editor saves more than once."""

LOOKED_AT = 20
"""How many of the newest changes are looked through for words that are called cosmetic."""


def keep(edition, *, was, now):
    """Keep what an edition said, by the columns of its story that `was` holds, if readers have seen it and it says otherwise."""
    at = now if edition.is_live(at=now) else None
    if together.is_new(edition) or not (at or edition.status == Edition.Status.WITHDRAWN):
        return
    words, here = _words(was, edition.language), _words(vars(edition.article), edition.language)
    if not words.headline or words == here:
        return
    last = edition.wordings.order_by("-pk").first()
    if last and _goes_on(last, at):
        last.replaced_at, last.is_cosmetic = at, False
        last.save(update_fields=["replaced_at", "is_cosmetic"])
    else:
        Wording.objects.create(edition=edition, words=words.held(), replaced_at=at)


def replace(edition, *, at):
    """Say that readers see an edition again, which may have been reworded meanwhile."""
    edition.wordings.filter(replaced_at=None).update(replaced_at=at)


def call_cosmetic(edition, blocks):
    """Say that these Blocks say nothing new: a change of nothing else is not one that readers are told of."""
    called = {block.html if block.id in LINES else parsed(block.html).text for block in blocks}
    now = _words(vars(edition.article), edition.language)
    for row in edition.wordings.order_by("-pk")[:LOOKED_AT]:
        before = Words.read(row.words)
        changed_parts = parts(before, now)
        if of_these := new_words(changed_parts) & called:
            row.cosmetic = sorted({*row.cosmetic, *of_these})
            row.is_cosmetic = is_cosmetic(changed_parts, row.cosmetic)
            row.save(update_fields=["cosmetic", "is_cosmetic"])
        now = before


def _goes_on(last, at):
    """Return whether readers are given what is new now instead of what they were given, or were to be, just before."""
    return last.replaced_at is None or (at is not None and at - last.replaced_at < APART)


def _words(row, language):
    return Words.of(*(row.get(column(name, language)) or "" for name in (*LINES, BODY)))
