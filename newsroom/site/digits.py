"""Dates and numbers in the digits that the site has chosen for a language: Western ones, or its own.

What is shown is made with a Site in that language; without one it is the Site as the page has it, which has been asked
for by then.
"""

from newsroom.i18n import numerals
from newsroom.languages import enabled
from newsroom.site.reading import at_hand


def languages():
    """Return the languages of the site that have digits of their own."""
    return [language for language in enabled() if numerals.digits_of(language)]


def shown(words, language, site=None):
    """Return words as readers of their language see them."""
    if not numerals.digits_of(language):
        return words
    site = site or at_hand(language.code)
    return numerals.in_digits_of(language, words) if site.own_digits else words


def number(value, language):
    """Return a number as readers of a language see it; it can still be counted with."""
    return numerals.Number(value, shown(str(int(value)), language))
