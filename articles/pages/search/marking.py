"""The words that were asked for, marked where they stand in a text."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple, Protocol

from articles.sentences import shortened
from newsroom.i18n import words

LENGTH, LEAD = 220, 60
"""Letters of an excerpt, and how many of them stand before the first word at most."""

BEGINNING = 2
"""Letters of a term that stand in every word of which it is one."""

READ = 12_000
"""Letters of a text in which words are looked for: an excerpt of a book is one of its beginning."""


LOOKED_AT = 200
"""The most places among which the best is chosen."""


Place = tuple[int, int, int]
"""Where a word starts and ends in a text, and the number of the word that was asked for."""


class Asked(Protocol):
    """What is needed of a question.Asked."""

    @property
    def words(self) -> Sequence[str]: ...

    @property
    def language(self) -> str: ...


class Piece(NamedTuple):
    """A part of a text, and whether it is one of the words that were asked for."""

    text: str
    is_marked: bool = False


def marked(text: str, asked: Asked) -> list[Piece]:
    """Return a text as Pieces, with the words of a question.Asked marked."""
    return _pieces(text, list(_places(text, _terms(asked), asked.language)))


def excerpt(texts: Iterable[str], asked: Asked) -> list[Piece]:
    """Return the Pieces of an excerpt: of the text that holds most of the words, and there of the part that does.

    Of texts that hold as many it is the first, and if none holds any, its beginning.
    """
    texts = [" ".join(text[:READ].split()) for text in texts]
    texts = [text for text in texts if text]
    if not texts:
        return []
    terms, best = _terms(asked), texts[0]
    places: list[Place] = []
    for text in texts:
        text_places = list(islice(_places(text, terms, asked.language), LOOKED_AT))
        if _number(text_places) > _number(places):
            best, places = text, text_places
        if _number(places) == len(asked.words):
            break
    return _cut(best, places) if places else [Piece(shortened(best, LENGTH))]


def _cut(text: str, places: Sequence[Place]) -> list[Piece]:
    first = max(places, key=lambda place: (_different(places, place), -place[0]))
    start, end = _around(text, first[0])
    inside = [
        (begins - start, ends - start, word)
        for begins, ends, word in places
        if begins >= start and ends <= end
    ]
    before = [Piece("… ")] if start else []
    after = [Piece(" …")] if end < len(text) else []
    return [*before, *_pieces(text[start:end], inside), *after]


def _number(places: Iterable[Place]) -> int:
    """Return how many different words stand in some places."""
    return len({word for *_place, word in places})


def _terms(asked: Asked) -> dict[str, int]:
    """Return term -> the number of the word that it stands for."""
    return {
        term: number
        for number, word in enumerate(asked.words)
        for term in words.terms(word, asked.language)
    }


def _places(text: str, terms: Mapping[str, int], language: str) -> Iterator[Place]:
    """Yield where a word that was asked for starts and ends in a text, and which one it is."""
    # A stemmer takes far longer than to see that a word is another one: it leaves the beginning of a word as it is.
    beginnings = {term[:BEGINNING] for term in terms}
    for word in words.words(text):
        plain = words.fold_word(word.text)
        if any(beginning in plain for beginning in beginnings):
            term = next(
                (candidate for candidate in words.terms(word.text, language) if candidate in terms),
                None,
            )
            if term is not None:
                yield word.start, word.end, terms[term]


def _different(places: Iterable[Place], first: Place) -> int:
    """Return how many different words have room in an excerpt from a place on."""
    start = first[0]
    return len(
        {word for begins, ends, word in places if start <= begins and ends < start + LENGTH - LEAD}
    )


def _around(text: str, place: int) -> tuple[int, int]:
    """Return the start and the end of an excerpt round a place, between words."""
    start = max(0, place - LEAD)
    if start:
        start = text.find(" ", start, place) + 1 or place
    end = start + LENGTH
    if end < len(text):
        space = text.rfind(" ", place + 1, end)
        end = space if space > start else end
    return start, min(end, len(text))


def _pieces(text: str, places: Iterable[Place]) -> list[Piece]:
    """Return a text as Pieces, those marked that stand in these places; places that touch are one."""
    pieces: list[Piece] = []
    done = 0
    for start, end in _joined(places):
        pieces += [Piece(text[done:start]), Piece(text[start:end], is_marked=True)]
        done = end
    pieces.append(Piece(text[done:]))
    return [piece for piece in pieces if piece.text]


def _joined(places: Iterable[Place]) -> list[tuple[int, int]]:
    """Return the places without overlaps, as those of pairs of signs have."""
    joined: list[tuple[int, int]] = []
    for start, end, _word in places:
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return joined
