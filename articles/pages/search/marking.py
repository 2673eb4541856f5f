"""The words that were asked for, marked where they stand in a text."""

from itertools import islice
from typing import NamedTuple

from articles.sentences import shortened
from newsroom.i18n import words

LENGTH, LEAD = 220, 60
"""Letters of an excerpt, and how many of them stand before the first word at most."""

READ = 40_000
"""Letters of a text in which words are looked for: an excerpt of a book is one of its beginning."""


LOOKED_AT = 200
"""The most places among which the best is chosen."""


class Piece(NamedTuple):
    """A part of a text, and whether it is one of the words that were asked for."""

    text: str
    is_marked: bool = False


def marked(text, asked):
    """Return a text as Pieces, with the words of a question.Asked marked."""
    return _pieces(text, list(_places(text, _terms(asked), asked.language)))


def excerpt(text, asked):
    """Return the Pieces of the part of a text that holds the most of the words; of its beginning, if it holds none."""
    text = " ".join(text[:READ].split())
    terms = _terms(asked)
    places = list(islice(_places(text, terms, asked.language), LOOKED_AT))
    if not places:
        return [Piece(shortened(text, LENGTH))] if text else []
    first = max(places, key=lambda place: (_different(places, place), -place[0]))
    start, end = _around(text, first[0])
    inside = [
        (begins - start, ends - start, word)
        for begins, ends, word in places
        if begins >= start and ends <= end
    ]
    pieces = _pieces(text[start:end], inside)
    before = [Piece("… ")] if start else []
    return [*before, *pieces, *([Piece(" …")] if end < len(text) else [])]


def count(text, asked):
    """Return how many of the words stand in a text."""
    return len({word for *_place, word in _places(text, _terms(asked), asked.language)})


def _terms(asked):
    """Return term -> the number of the word that it stands for."""
    return {
        term: number
        for number, word in enumerate(asked.words)
        for term in words.terms(word, asked.language)
    }


def _places(text, terms, language):
    """Yield where a word that was asked for starts and ends in a text, and which one it is."""
    for word in words.words(text):
        for term in words.terms(word.text, language):
            if term in terms:
                yield word.start, word.end, terms[term]
                break


def _different(places, first):
    """Return how many different words have room in an excerpt from a place on."""
    start = first[0]
    return len(
        {word for begins, ends, word in places if start <= begins and ends < start + LENGTH - LEAD}
    )


def _around(text, place):
    """Return the start and the end of an excerpt round a place, between words."""
    start = max(0, place - LEAD)
    if start:
        start = text.find(" ", start, place) + 1 or place
    end = start + LENGTH
    if end < len(text):
        space = text.rfind(" ", place + 1, end)
        end = space if space > start else end
    return start, min(end, len(text))


def _pieces(text, places):
    """Return a text as Pieces, those marked that stand in these places; places that touch are one."""
    pieces, done = [], 0
    for start, end in _joined(places):
        pieces += [Piece(text[done:start]), Piece(text[start:end], is_marked=True)]
        done = end
    pieces.append(Piece(text[done:]))
    return [piece for piece in pieces if piece.text]


def _joined(places):
    """Return the places without overlaps, as those of pairs of signs have."""
    joined = []
    for start, end, _word in places:
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return joined
