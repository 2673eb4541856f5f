"""What readers were told in other words: of headline, standfirst and each block of a body the words alone."""

from collections.abc import Collection
from typing import Any, NamedTuple

from articles.body import parsed
from articles.comparing.differences import Difference, compared
from articles.comparing.wordings import HEADLINE, STANDFIRST
from articles.comparing.words import REMOVED, SAME

BODY = "body"


class Words(NamedTuple):
    """What an edition says to readers, without links, pictures and cards."""

    headline: str
    standfirst: str
    body: tuple[str, ...]

    @classmethod
    def of(cls, headline: str, standfirst: str, html: str) -> "Words":
        return cls(headline, standfirst, parsed(html).texts)

    @classmethod
    def read(cls, held: list[Any]) -> "Words":
        headline, standfirst, body = held
        return cls(headline, standfirst, tuple(body))

    def held(self) -> list[Any]:
        """Return the same as it is stored."""
        return [self.headline, self.standfirst, list(self.body)]


class Part(NamedTuple):
    """The blocks of the headline, the standfirst or the body that are otherwise."""

    name: str
    differences: list[Difference]


def parts(old: Words, new: Words) -> list[Part]:
    """Return what is said in other words; a paragraph that only stands elsewhere says the same."""
    texts = {
        HEADLINE: ([old.headline], [new.headline]),
        STANDFIRST: (_lines(old.standfirst), _lines(new.standfirst)),
        BODY: (old.body, new.body),
    }
    all_parts = (
        Part(name, [difference for difference in compared(then, now) if difference.kind != SAME])
        for name, (then, now) in texts.items()
    )
    return [part for part in all_parts if part.differences]


def _lines(words: str) -> list[str]:
    return [line for line in words.split("\n") if line.strip()]


def new_words(changed: list[Part]) -> set[str]:
    """Return the texts that stand where something was otherwise."""
    return {
        _new(difference)
        for part in changed
        for difference in part.differences
        if difference.kind != REMOVED
    }


def is_cosmetic(changed: list[Part], called: Collection[str]) -> bool:
    """Return whether all that is otherwise is among what its editor has `called` nothing new."""
    return all(
        difference.kind != REMOVED and _new(difference) in called
        for part in changed
        for difference in part.differences
    )


def _new(difference: Difference) -> str:
    return "".join(run.text for run in difference.runs if run.kind != REMOVED)
