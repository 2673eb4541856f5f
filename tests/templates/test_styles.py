"""Rules for the stylesheets that tests/house_rules does not hold: tokens, names, contrast."""

import re
from collections import defaultdict

import pytest

from tests.every import every
from tests.templates.source import (
    PAGES,
    SCRIPTS,
    SHEETS,
    STYLES,
    WHOLE,
    name,
    part,
    without_comments,
)

TOKENS = STYLES / "tokens.css"
DEFINITION = re.compile(r"^  (--[\w-]+): (.+?);(.*)$", re.MULTILINE)
NIGHT = re.compile(r"^    (--[\w-]+): .*?(--[\w-]+)\)+;$", re.MULTILINE)
CLASS = re.compile(r"\.([a-z][\w-]*)")
# By templatetags/articles.py, layouts.py and body.py.
BUILT_BY_CODE = re.compile(
    r"picture--focus-[xy]-\d+|picture--whole|rows__item--[a-z-]+|table-(?:scroll|number)|result__marked"
    "|language-switcher__link"
)
MADE_BY_CODE = defaultdict(set, {"article-body": {"table-scroll", "table-number"}})
"""Parts that no template makes, by the component that they stand in."""

READABLE = 4.5

each_sheet = every(SHEETS, name=name)


def tokens():
    """Return (palette, functional): name -> (value, note), as the headings divide them."""
    text = TOKENS.read_text(encoding="utf-8")
    palette, functional = text.split("/* Palette */")[1].split("/* Colour", 1)
    functional = functional.partition("/* Joined letters")[0]  # which are given again there
    return (
        {word: (value, note) for word, value, note in DEFINITION.findall(palette)},
        {word: (value, note) for word, value, note in DEFINITION.findall(functional)},
    )


def colour(token, *, scheme):
    """Return the "#rrggbb" of a functional colour by "day" or by "night"."""
    palette, functional = tokens()
    by_night = dict(NIGHT.findall(TOKENS.read_text(encoding="utf-8")))
    # The last one: before it stands what a site may say instead.
    named = re.findall(r"--[\w-]+", functional[token][0])[-1]
    return palette[by_night[token] if scheme == "night" else named][0]


def used_in(text):
    return set(re.findall(r"var\((--[\w-]+)", text))


def test_every_functional_token_says_what_it_is_for():
    _palette, functional = tokens()

    assert len(functional) > 20
    assert [word for word, (_value, note) in functional.items() if "/*" not in note] == []


def test_every_token_is_used():
    palette, functional = tokens()
    used = set().union(*(used_in(without_comments(sheet)) for sheet in SHEETS))

    assert (palette.keys() | functional.keys()) - used == set()


def test_the_palette_stays_in_the_tokens():
    palette, _functional = tokens()
    elsewhere = [sheet for sheet in SHEETS if sheet != TOKENS]

    leaks = [name(s) for s in elsewhere if used_in(without_comments(s)) & palette.keys()]
    assert leaks == []


@pytest.mark.parametrize("words", ["text", "text-quiet", "accent"])
@pytest.mark.parametrize("ground", ["page", "surface"])
@pytest.mark.parametrize("scheme", ["day", "night"])
def test_words_can_be_read_on_what_they_stand_on(words, ground, scheme):
    both = [relative_luminance(colour(f"--colour-{x}", scheme=scheme)) for x in (words, ground)]
    darker, lighter = sorted(both)
    assert (lighter + 0.05) / (darker + 0.05) >= READABLE


def relative_luminance(colour):
    """Return the luminance of "#rrggbb" as the accessibility guidelines define it."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(part * weight for part, weight in zip(linear, (0.2126, 0.7152, 0.0722), strict=True))


def rules(sheet):
    """Return each (selectors, declarations) of a stylesheet, those within a condition without it."""
    pairs = re.findall(r"([^{}]+)\{([^{}]*)\}", without_comments(STYLES / sheet))
    return [({one.strip() for one in names.split(",")}, body) for names, body in pairs]


@pytest.mark.parametrize(
    ("sheet", "words"),
    [
        ("layout-story.css", ".story__standfirst"),
        ("layout-lists.css", ".listing__description"),
        ("components/card-front.css", ".card--lead .card__standfirst"),
        ("components/card-lists.css", ".card--opener .card__standfirst"),
    ],
)
def test_the_sentence_under_the_first_headline_of_a_page_is_no_paler_than_it(sheet, words):
    told = "".join(body for names, body in rules(sheet) if words in names)

    assert told
    assert re.findall(r"(?<!-)color: ([^;]+);", told) in ([], ["inherit"])
    assert ("card" not in words) or "color: inherit" in told


def test_long_words_are_divided_wherever_a_story_has_words():
    divided = [names for names, body in rules("base.css") if "hyphens: auto" in body]
    titles = {"h1", "h2", "h3"}

    # Very long ones at any width, in headlines alone; then long ones, on narrow pages.
    assert divided == [titles, titles | {"p", "li", "dd", "td", "th", "figcaption"}]


def test_the_browser_frame_has_the_colours_of_the_page():
    base = next(path for path in PAGES if path.name == "base.html").read_text(encoding="utf-8")

    colours = re.findall(r'name="theme-color" content="(#\w+)"', base)

    assert colours == [colour("--colour-page", scheme=scheme) for scheme in ("day", "night")]


def blocks(sheet):
    """Return what the classes of a stylesheet are of: "card" of "card__picture" and "card--lead"."""
    selectors = " ".join(re.findall(r"[^{}@;]+(?=\{)", without_comments(sheet)))
    return {re.split("__|--", word)[0] for word in CLASS.findall(selectors)}


@every(sorted((STYLES / "components").glob("*.css")), name=name)
def test_a_component_styles_itself_only(sheet):
    assert blocks(sheet) <= {part(sheet)} | MADE_BY_CODE[part(sheet)]


def test_a_class_is_styled_in_one_file():
    """Front pages and lists may have more of it, in another. Paper alone is another matter: there whole parts of a page go."""
    owners = defaultdict(set)
    for sheet in SHEETS:
        for block in blocks(sheet) if not sheet.stem.startswith("print") else ():
            owners[block].add(name(sheet.with_stem(part(sheet))))

    assert {block: names for block, names in owners.items() if len(names) > 1} == {}


@each_sheet
def test_every_class_that_is_styled_is_on_some_page(sheet):
    html = "".join(path.read_text(encoding="utf-8") for path in PAGES)
    selectors = " ".join(re.findall(r"[^{}@;]+(?=\{)", without_comments(sheet)))

    def on_a_page(word):
        modifier = word.split("--")[0] + "--{{"
        return bool(re.search(rf"\b{word}\b(?!-)", html)) or modifier in html

    unknown = {word for word in CLASS.findall(selectors) if not on_a_page(word)}
    assert {word for word in unknown if not BUILT_BY_CODE.fullmatch(word)} == set()


def test_every_part_is_imported_once():
    words = "".join(sheet.read_text(encoding="utf-8") for sheet in WHOLE)

    imported = re.findall(r'@import "([^"]+)"', words)

    assert sorted(imported) == sorted(
        sheet.relative_to(STYLES).as_posix() for sheet in SHEETS if sheet not in [*WHOLE, *SCRIPTS]
    )
