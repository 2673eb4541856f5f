"""The digits of a language, where it has others than the Western ones.

CLDR names the system that is a language's own; which ones its readers are used to differs from country to country, so a
site says it: see newsroom/site/digits.py.
"""

from functools import cache

from babel.numbers import format_decimal

from newsroom.i18n.dates import locale_of
from newsroom.languages import Language

ZEROS = {
    "arab": "\u0660",
    "arabext": "\u06f0",
    "beng": "\u09e6",
    "deva": "\u0966",
    "tamldec": "\u0be6",
    "thai": "\u0e50",
}
"""The zero of each system by its name in CLDR, of which Babel brings no digits; in Unicode the other nine stand behind it."""

WESTERN = "0123456789"
LEAST_GROUPED = 1000


@cache
def digits_of(language: Language) -> str:
    """Return the ten digits of a language, "" where it has the Western ones only."""
    system = locale_of(language).other_numbering_systems.get("native", "")
    zero = ZEROS.get(system)
    return "".join(chr(ord(zero) + digit) for digit in range(10)) if zero else ""


def grouped(number: int, language: Language, *, native: bool = False) -> str:
    """Return a number in Western digits, in groups as CLDR has them in a language, by the signs of its own digits where it is `native`."""
    if number < LEAST_GROUPED:
        return str(number)
    locale = locale_of(language)
    system = locale.other_numbering_systems["native"] if native else "latn"
    return format_decimal(number, locale=locale, numbering_system=system)


def in_digits_of(language: Language, words: str) -> str:
    """Return words with each Western digit as a language that has its own writes it."""
    return words.translate(str.maketrans(WESTERN, digits_of(language) or WESTERN))


class Number(int):
    """A number that is shown in the digits of a language, and is counted with as any other."""

    shown: str

    def __new__(cls, number: int, shown: str) -> "Number":
        made = super().__new__(cls, number)
        made.shown = shown
        return made

    def __str__(self) -> str:
        return self.shown
