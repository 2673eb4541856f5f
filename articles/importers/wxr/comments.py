"""The comments under a post: words, threads and states; pings of other sites are none."""

import re
from typing import NamedTuple

from articles.importers.story import Comment
from articles.importers.wxr.items import Item
from articles.importers.wxr.times import Clock
from articles.importers.wxr.words import cut, lines, one_line

KINDS = frozenset({"", "comment"})
STATES = {
    "1": "published",
    "approve": "published",
    "approved": "published",
    "spam": "spam",
    "trash": "hidden",
    "post-trashed": "hidden",
}
MAX_WORDS, MAX_NAME = 5000, 80
_LINK = re.compile(
    r"""<a\b[^<>]*href\s*=\s*["']([^"'<>]+)["'][^<>]*>(.*?)</a>""", re.DOTALL | re.IGNORECASE
)
_MAIL = re.compile(r"[^@\s<>]{1,64}@[^@\s<>]{1,180}\.[^@\s<>.]{2,24}")


class Thread(NamedTuple):
    comments: tuple[Comment, ...]
    notes: tuple[str, ...]


def thread(item: Item, *, language: str, clock: Clock) -> Thread:
    """Return the comments under an item, in its order, and notes on what is not taken over."""
    by_reference: dict[str, Comment] = {}
    notes: list[str] = []
    for told in item.comments:
        if told.get("comment_type", "").strip() not in KINDS:
            continue
        comment, words = _comment(told, language, clock)
        if comment and comment.reference not in by_reference:
            by_reference[comment.reference] = comment
        notes += words
    return Thread(tuple(by_reference.values()), tuple(notes))


def _comment(told: dict[str, str], language: str, clock: Clock) -> tuple[Comment | None, list[str]]:
    reference, words = (
        told.get("comment_id", "").strip()[:400],
        _words(told.get("comment_content", "")),
    )
    name = cut(one_line(told.get("comment_author", "")), MAX_NAME) or "—"
    at, _is_assumed = clock.moment(told.get("comment_date_gmt", ""), told.get("comment_date", ""))
    if not (reference and words and at):
        missing = "words" if at else "time"
        return None, [
            f"The comment {reference or '?'} of {name} has no {missing} that can be read, and is left out."
        ]
    notes = [
        f"The comment {reference} of {name} is longer than {MAX_WORDS:,} characters, and is cut."
    ] * (len(words) > MAX_WORDS)
    parent, email = (
        told.get("comment_parent", "").strip(),
        told.get("comment_author_email", "").strip(),
    )
    comment = Comment(
        reference=reference,
        language=language,
        name=name,
        words=cut(words, MAX_WORDS),
        written_at=at,
        answers="" if parent in {"", "0", reference} else parent,
        state=STATES.get(told.get("comment_approved", "").strip(), "pending"),
        email=email if _MAIL.fullmatch(email) else "",
    )
    return comment, notes


def _words(content: str) -> str:
    """Return a comment as plain text; a link keeps its address where its words do not tell it."""

    def told(match: re.Match[str]) -> str:
        address, words = match[1], match[2]
        return (
            words
            if address.rstrip("/") in words or words.strip() in address
            else f"{words} ({address})"
        )

    return lines(_LINK.sub(told, content))
