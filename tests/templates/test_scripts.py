"""Each language that can be written has the style of its letters, and no page that of another script."""

import re
from unicodedata import combining, normalize

import brotli
from django.templatetags.static import static
from django.utils.translation import to_locale

from newsroom.files.static import fold
from newsroom.languages import LANGUAGES
from tests.every import every
from tests.house_rules.source import ROOT
from tests.templates import examples
from tests.templates.source import SCRIPTS, STYLES, name, without_comments
from tests.templates.test_pages import rendered

MOST = 500
"""Bytes of a stylesheet of letters, as it is sent."""
SHEETS = {language.sheet for language in LANGUAGES.values()} - {""}
FONTS = ({"--font-script"}, {"--font-headline", "--font-text"})
"""What names the letters: those of the system, which the lite edition has, too, or a font of the site."""
ROOM = "--leading-display"
ABOVE, SELDOM = 230, 0.005
"""The class of a mark above a letter in Unicode, and the share of such letters that a language has by way of exception."""
TOKENS = {
    ROOM,
    "--leading-title",
    "--leading-summary",
    "--leading-body",
}


def read(path):
    return (STYLES.parent / path).read_text(encoding="utf-8")


def blocks(css):
    """Yield the languages and the tokens of each block of letters."""
    layer = (css.partition("@layer tokens {")[2] or css).partition("@layer")[0]
    for selector, rules in re.findall(r"([^{}]+)\{([^{}]+)\}", layer):
        yield (
            set(re.findall(r":lang\(([\w-]+)\)", selector)),
            set(re.findall(r"--[\w-]+(?=:)", rules)),
        )


def test_every_stylesheet_of_letters_is_that_of_a_language():
    assert {name(sheet).removeprefix("static/") for sheet in SCRIPTS} == SHEETS


@every(LANGUAGES)
def test_every_language_has_the_tokens_of_its_letters(code):
    language = LANGUAGES[code]
    if language.sheet:
        token_sets = [tokens for codes, tokens in blocks(read(language.sheet)) if code in codes]
        assert set().union(*token_sets) >= TOKENS
        assert sum(set().union(*token_sets) >= font for font in FONTS) == 1
    else:
        joined = ":lang(" + code + ")" in read("css/tokens.css").partition("/* Joined letters")[2]
        assert joined or language.script == "Latin"


def catalogue(code):
    return ROOT / "articles/locale" / to_locale(code) / "LC_MESSAGES/django.po"


@every(
    code
    for code, language in LANGUAGES.items()
    if language.script == "Latin" and catalogue(code).exists()
)
def test_capitals_with_marks_have_room_where_the_words_of_readers_have_them(code):
    words = re.findall(r'^msgstr.*"(.*)"', catalogue(code).read_text(encoding="utf-8"), re.M)
    capitals = [sign for sign in "".join(words).upper() if sign.isalpha()]
    marked = [sign for sign in capitals if ABOVE in map(combining, normalize("NFD", sign))]

    roomy = [codes for codes, tokens in blocks(read("css/tokens.css")) if ROOM in tokens]

    assert any(code in codes for codes in roomy) == (len(marked) > len(capitals) * SELDOM)


@every(LANGUAGES)
def test_a_page_names_its_language_and_the_letters_of_that_alone(code):
    language = LANGUAGES[code]
    story = ("articles/article.html", {"story": examples.story("…")})

    html = rendered(story, language=code, languages=[code])

    assert f'<html lang="{code}" dir="{language.direction}">' in html
    named = set(re.findall(r"css/scripts/\w+", html))
    assert named == {language.sheet.removesuffix(".css")} - {""}
    preloaded = re.findall(r'rel="preload" href="([^"]+)" as="font"', html)
    assert preloaded == [static(font) for font in language.fonts]


@every(SCRIPTS, name=name)
def test_letters_take_few_bytes(sheet):
    css = fold(f"css/scripts/{sheet.name}", read=read)

    assert len(brotli.compress(css.encode())) < MOST


@every(SCRIPTS, name=name)
def test_a_script_without_capitals_has_no_slant_and_no_tracking(sheet):
    if sheet.stem not in {"cyrillic", "greek"}:
        css = without_comments(sheet)
        assert css.count("--slant-emphasis: normal") == css.count("--tracking-display: normal")
        assert "--slant-emphasis: normal" in css
