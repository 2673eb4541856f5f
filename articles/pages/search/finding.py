"""Which stories fulfil a question: asked of the index, in one statement for all languages."""

import re
from dataclasses import dataclass
from functools import partial
from itertools import islice

from articles.models import SearchEntry
from newsroom.db.fulltext import LOWEST, Search

SIZE = 10
"""Stories on a page."""

COUNTED = 1000
"""The most stories that are counted: of a common word there may be a million."""

ELSEWHERE, COUNTED_ELSEWHERE = 3, 100
"""How many stories of another language are shown, and how many are counted."""

CURSOR = re.compile(r"(?P<tier>[012])-(?P<place>-?[0-9]{1,19})")


@dataclass(frozen=True)
class Cursor:
    """A place among the stories that were found: the tier of the last one before it, and its place in the index."""

    tier: int
    place: int

    @classmethod
    def read(cls, words):
        """Parse what `str(cursor)` wrote; ValueError for anything else."""
        match = CURSOR.fullmatch(words)
        if not match or abs(int(match["place"])) >= -LOWEST:
            raise ValueError(words)
        return cls(int(match["tier"]), int(match["place"]))

    def __str__(self):
        return f"{self.tier}-{self.place}"


@dataclass(frozen=True)
class Found:
    """The places of stories: those of a page, of all up to COUNTED and one, and of each other language.

    `older` is the Cursor of the next page, or None.
    """

    page: list
    older: Cursor | None
    all: list
    elsewhere: dict

    @property
    def number(self):
        return min(len(self.all), COUNTED)

    @property
    def has_more(self):
        return len(self.all) > COUNTED


def read(question, asked, others=(), *, at, before=None):
    """Return what is Found for an Asked at a moment, and in other languages for `others`; one query."""
    top, bottom = _bounds(question, at)
    make = partial(_search, top=top, bottom=bottom)
    # What stands anywhere is counted in any case: a first page takes its last stories from there.
    tiers = asked.tiers if before else asked.tiers[:-1]
    searches = [make([asked.anywhere], COUNTED + 1)]
    searches += [make([other.anywhere], COUNTED_ELSEWHERE + 1) for other in others]
    searches += [make(tiers, SIZE + 1, before=before)]
    everything, *elsewhere, nearest = SearchEntry.index.find(
        searches, using=SearchEntry.objects.all().db
    )
    first = before.tier if before else 0
    page = [Cursor(first + hit.match, hit.key) for hit in nearest]
    if not before:
        near = {cursor.place for cursor in page}
        far = (hit.key for hit in everything if hit.key not in near)
        page += [Cursor(len(tiers), key) for key in islice(far, SIZE + 1 - len(page))]
    return Found(
        page=[cursor.place for cursor in page[:SIZE]],
        older=page[SIZE - 1] if len(page) > SIZE else None,
        all=[hit.key for hit in everything],
        elsewhere={
            other.language: [hit.key for hit in hits]
            for other, hits in zip(others, elsewhere, strict=True)
            if hits
        },
    )


def newest(question, asked, number, *, at):
    """Return the places of the newest stories that are found, in whatever tier; one query."""
    top, bottom = _bounds(question, at)
    search = _search([asked.anywhere], number, top=top, bottom=bottom)
    (hits,) = SearchEntry.index.find([search], using=SearchEntry.objects.all().db)
    return [hit.key for hit in hits]


def which_find_any(asked, *, at):
    """Return those of some Asked that find anything; one query, or none."""
    top = SearchEntry.place_of(at)
    searches = [_search([candidate.anywhere], 1, top=top, bottom=LOWEST) for candidate in asked]
    answers = SearchEntry.index.find(searches, using=SearchEntry.objects.all().db)
    return [candidate for candidate, hits in zip(asked, answers, strict=True) if hits]


def _search(matches, limit, *, top, bottom, before=None):
    """Return the Search for some matches; behind a Cursor, for what comes after it."""
    tops = [top] * len(matches)
    if before:
        matches, tops = matches[before.tier :], tops[before.tier :]
        tops[0] = min(top, before.place - 1)
    return Search(tuple(matches), tuple(tops), limit, bottom)


def _bounds(question, at):
    """Return the highest and the lowest place that is wanted."""
    first, last = question.bounds
    if last is None:
        return SearchEntry.place_of(at), LOWEST
    return SearchEntry.place_of(min(at, last)), SearchEntry.place_of(first, 0)
