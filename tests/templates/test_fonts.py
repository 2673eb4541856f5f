"""A page fetches at once the fonts of the site that have every letter of its language, so that no word is of two hands."""

import re
import unicodedata
from collections import Counter
from functools import cache

import pytest
from fontTools.ttLib import TTFont

from newsroom.i18n.dates import locale_of
from newsroom.languages import FONTS, LANGUAGES
from tests.templates.source import STYLES
from tests.templates.test_scripts import blocks, read

TOLD = ("languages", "territories", "months", "days")
"""Of what CLDR has names in every language: some hundred words."""

HEADLINES = {
    "headline-latin": "css/tokens.css",
    "cyrillic": "css/scripts/cyrillic.css",
    "greek": "css/scripts/greek.css",
}
"""The letters of names of papers whose lines are closer than the letters are high -> the sheet with their leading."""

NUMBERS = {
    "leading": re.compile(r"--leading-display: ([\d.]+);"),
    "pad": re.compile(r"padding-block-end: ([\d.]+)em;"),
    "largest": re.compile(r"--size-name-front: .* ([\d.]+)rem\)"),
    "gap": re.compile(r"--space-2: ([\d.]+)rem;"),
}


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
        for part in told.values():
            yield from strings(part)
    elif isinstance(told, (list, tuple)):
        for part in told:
            yield from strings(part)


@pytest.mark.parametrize(("file", "sheet"), HEADLINES.items())
def test_the_lowest_letter_of_a_papers_name_ends_above_the_words_below_it(file, sheet):
    """A line of large words is less high than its letters; all numbers are parts of their size."""
    with TTFont(STYLES.parent / "fonts" / f"{file}.woff2") as font:
        scale, metrics = font["head"].unitsPerEm, font["hhea"]
        lowest = -min(bottoms(font)) / scale
        middle = (metrics.ascent + metrics.descent) / scale
    line_end = (float(NUMBERS["leading"].search(read(sheet))[1]) - middle) / 2

    pad, largest, gap = (
        float(NUMBERS[name].search(read(path))[1])
        for name, path in (
            ("pad", "css/components/masthead-front.css"),
            ("largest", "css/tokens.css"),
            ("gap", "css/tokens.css"),
        )
    )
    assert lowest < line_end + pad + gap / largest


def bottoms(font):
    """Yield where each letter ends below the line it stands on, as far as it does."""
    for code, name in font.getBestCmap().items():
        if chr(code).isalpha():
            yield getattr(font["glyf"][name], "yMin", 0)
