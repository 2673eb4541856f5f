"""The words under which an edition stands in the index of search: what it says, and what it is filed under.

Each begins with its language and its kind, so that the words of one language and kind are a list of their own in the
database: what is in all headlines is found as fast as what is in few of them.
"""

from datetime import UTC, datetime

from articles.models import SearchEntry
from newsroom.db.fulltext import Window
from newsroom.i18n import words

HEADLINE, TOP, ANYWHERE = TIERS = ("h", "t", "b")
"""Where a word stands: in the headline; in that or the standfirst; in any of these or in the body."""

CATEGORY, TAG, AUTHOR = "c", "g", "a"
"""What an edition is filed under, by its id: a category or one above it, a tag, an author."""

YEAR, MONTH = "y", "m"
"""When it was published, in UTC: the time zone of a site can change."""

LARGEST = 400_000
"""Bytes of words of one edition: PostgreSQL takes a megabyte, and refuses the row beyond that."""


def word(language, kind, value):
    """Return a word of the index."""
    return f"{language}:{kind}:{value}"


def words_of(text, kind, language):
    """Return the words of the index for a text, each once; of a whole library, for its beginning."""
    found, size = {}, 0
    for each in words.words(text):
        for term in words.terms(each.text, language):
            made = word(language, kind, term)
            if made not in found:
                found[made] = None
                size += len(made.encode())
        if size > LARGEST:
            break
    return list(found)


def when(moment, language):
    """Return the words for the moment of publication."""
    return [_year(moment.year, language), _month(moment.year, moment.month, language)]


def windows(top, language, *, at):
    """Return the fulltext.Windows over all that was published up to the place `top`, of the moment `at` or before.

    Two months, two years, and the rest. So of a word that is in every story those of two months are looked at; there
    are few windows, since of other words each of them costs as much as all.
    """
    year, month = at.year, at.month
    before = (year, month - 1) if month > 1 else (year - 1, 12)
    return (
        Window((_month(year, month, language), _month(*before, language)), top),
        Window((_year(year, language), _year(year - 1, language)), min(top, _before(*before))),
        Window((), min(top, _before(year - 1, 1))),
    )


def _before(year, month):
    """Return the last place before a month begins."""
    return SearchEntry.place_of(datetime(max(year, 1), month, 1, tzinfo=UTC), 0) - 1


def _year(year, language):
    return word(language, YEAR, year)


def _month(year, month, language):
    return word(language, MONTH, f"{year}-{month}")
