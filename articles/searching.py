"""The words under which an edition stands in the index of search: what it says, and what it is filed under.

Each begins with its language and its kind, so that the words of one language and kind are a list of their own in the
database: what is in all headlines is found as fast as what is in few of them.
"""

from itertools import accumulate, chain

from newsroom.i18n import words

HEADLINE, TOP, ANYWHERE = TIERS = ("h", "t", "b")
"""Where a word stands: in the headline; in that or the standfirst; in any of these or in the body."""

CATEGORY, TAG, AUTHOR = "c", "g", "a"
"""What an edition is filed under, by its id: a category or one above it, a tag, an author."""

LARGEST = 400_000
"""Bytes of words of one edition: PostgreSQL takes a megabyte, and refuses the row beyond that."""


def word(language, kind, value):
    """Return a word of the index."""
    return f"{language}:{kind}:{value}"


def filed(kind, pk):
    """Return the word under which a story stands for editors who look for a tag or an author: of no language, as its other words."""
    return f"{kind}:{pk}"


def is_filed(word):
    """Return whether a word of a story is one of these: what is read in a text has no colon."""
    return ":" in word


def words_of(text, kind, language):
    """Return the words of the index for a text, each once; of a whole library, for its beginning."""
    before = word(language, kind, "")
    terms = (words.terms(written, language) for written in words.distinct(text))
    indexed = [before + term for term in dict.fromkeys(chain.from_iterable(terms))]
    if len(" ".join(indexed).encode()) <= LARGEST:
        return indexed
    sizes = accumulate(len(made.encode()) for made in indexed)
    return [made for made, size in zip(indexed, sizes, strict=True) if size <= LARGEST]
