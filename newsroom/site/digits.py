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
    return numerals.in_digits_of(language, words) if _has_own(language, site) else words


def number(value, language):
    """Return a number as readers of a language see it, in groups of digits; it can still be counted with."""
    grouped = numerals.grouped(int(value), language, native=_has_own(language))
    return numerals.Number(value, shown(grouped, language))


def _has_own(language, site=None):
    return bool(numerals.digits_of(language)) and (site or at_hand(language.code)).own_digits
