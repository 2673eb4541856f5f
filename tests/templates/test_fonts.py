"""A page fetches at once the fonts of the site that have every letter of its language, so that no word is of two hands."""

import unicodedata
from collections import Counter
from functools import cache

from fontTools.ttLib import TTFont

from newsroom.i18n.dates import locale_of
from newsroom.languages import FONTS, LANGUAGES
from tests.templates.source import STYLES
from tests.templates.test_scripts import blocks, read

TOLD = ("languages", "territories", "months", "days")
"""Of what CLDR has names in every language: some hundred words."""


def test_the_fonts_of_a_page_have_every_letter_of_its_language():
    lacking = {
        (language.code, family): letters_of(language) - set().union(*map(letters_in, files))
        for language in LANGUAGES.values()
        for family, files in by_family(language.fonts).items()
        if not language.main
    }

    assert {pair: letters for pair, letters in lacking.items() if letters} == {}


def test_a_language_has_letters_of_the_system_only_where_those_of_its_script_lack_some():
    named = [codes for codes, tokens in blocks(read("css/tokens.css")) if "--font-script" in tokens]
    for language in LANGUAGES.values():
        if language.script in FONTS and not language.fonts and not language.hand:
            files = FONTS[language.script]
            assert letters_of(language) - set().union(*map(letters_in, files)), language.code
            assert any(language.code in codes for codes in named), language.code


def by_family(files):
    families = {}
    for file in files:
        families.setdefault(file.replace("-ext.", "."), []).append(file)
    return families


@cache
def letters_in(file):
    with TTFont(STYLES.parent / file) as font:
        return {chr(code) for code in font.getBestCmap()}


@cache
def letters_of(language):
    """Return the letters, small and large, of the words that CLDR has of a language.

    A letter of one word alone is that of somebody else's name, and Latin ones are of others, too, where it has another script.
    """
    data = locale_of(language)._data
    words = {word for kind in TOLD for word in " ".join(strings(data[kind])).split()}
    counted = Counter(
        letter for word in words for letter in set(word + word.upper() + word.lower())
    )
    return {
        letter
        for letter, number in counted.items()
        if number > 1 and letter.isalpha() and is_own(letter, language.script)
    }


def is_own(letter, script):
    return script == "Latin" or not unicodedata.name(letter, "").startswith("LATIN")


def strings(told):
    if isinstance(told, str):
        yield told
    elif hasattr(told, "values"):
        for each in told.values():
            yield from strings(each)
    elif isinstance(told, (list, tuple)):
        for each in told:
            yield from strings(each)
