"""Rules for static/css: colours come from tokens, and every line works from right to left."""

import re
from collections import defaultdict
from functools import cache
from pathlib import Path

from django.contrib import admin

from tests.every import every
from tests.house_rules.source import ROOT, relative

COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
RULE = re.compile(r"(?P<prelude>[^{};]+)\{")
DECLARATION = re.compile(r"(?P<name>--?[\w-]+|[a-z][\w-]*)\s*:\s*(?P<value>[^;{}]+)(?=[;}])")
COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}\b|\b(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch)\(")
PHYSICAL_PROPERTY = re.compile(
    r"(?:(?:margin|padding|border|scroll-margin|scroll-padding)-(?:left|right)(?:-\w+)?"
    r"|border-(?:top|bottom)-(?:left|right)-radius|left|right)"
)
PHYSICAL_VALUE = re.compile(r"\b(?:left|right)\b")
DIRECTED = {"float", "clear", "text-align", "caption-side"}
ID_SELECTOR = re.compile(r"#[A-Za-z_]")
USED = re.compile(r"var\(\s*(--[\w-]+)(?P<fallback>\s*,)?")
DEFINED = re.compile(r"(?<![\w-])(--[\w-]+)\s*:")

OF_DJANGO = {"--font-family-primary"}
"""Custom properties of Django's admin that ours take as they are."""

DJANGO = Path(admin.__file__).parent / "static/admin/css"

SHEETS = sorted((ROOT / "static" / "css").rglob("*.css"))

each_sheet = every(SHEETS, name=relative)


@cache
def content(sheet):
    return COMMENT.sub(" ", sheet.read_text(encoding="utf-8"))


def declarations(sheet):
    return [
        (match["name"], match["value"].strip()) for match in DECLARATION.finditer(content(sheet))
    ]


def selectors(sheet):
    preludes = (match["prelude"].strip() for match in RULE.finditer(content(sheet)))
    return [prelude for prelude in preludes if not prelude.startswith("@")]


LACKING = re.compile(r"light-dark\(|:dir\(")
LEAST = re.compile(r"minmax\(([\w.]+|min\([\w.]+, 100%\)), [\d.]+fr\)")
ALTERNATIVE = re.compile(r'content: (?P<words>"[^"]*") / "";')


def test_there_are_stylesheets():
    assert SHEETS


@each_sheet
def test_colours_are_written_in_the_tokens_only(sheet):
    if sheet.name == "tokens.css":
        return

    assert [pair for pair in declarations(sheet) if COLOUR.search(pair[1])] == []


@each_sheet
def test_nothing_is_placed_left_or_right(sheet):
    physical = [
        (name, value)
        for name, value in declarations(sheet)
        if PHYSICAL_PROPERTY.fullmatch(name) or (name in DIRECTED and PHYSICAL_VALUE.search(value))
    ]

    assert physical == []


@each_sheet
def test_no_style_hangs_on_an_id(sheet):
    # Django's admin marks its parts with ids, so its sheets may.
    if "admin" in relative(sheet):
        return

    assert [selector for selector in selectors(sheet) if ID_SELECTOR.search(selector)] == []


def test_what_a_script_hides_is_hidden_by_one_rule():
    """A rule for one component loses to the next one that gives it a display."""
    named = [
        relative(sheet)
        for sheet in SHEETS
        for selector in selectors(sheet)
        if "[hidden" in selector
    ]

    assert named == ["static/css/admin/newsroom.css", "static/css/base.css"]
    for sheet in named:
        rule = content(ROOT / sheet).partition("[hidden]")[2].partition("}")[0]
        assert "display: none !important" in rule


def test_every_custom_property_that_is_used_is_defined():
    defined = {name for sheet in SHEETS for name in DEFINED.findall(content(sheet))}
    used = {
        match[1]
        for sheet in SHEETS
        for match in USED.finditer(content(sheet))
        if not match["fallback"]
    }

    assert used - defined - OF_DJANGO == set()


def test_a_class_of_the_admin_has_one_sheet():
    """What stands in another part may look otherwise there: the first class of a selector says whose it is."""
    of_django = set(re.findall(r"\.([a-z][\w-]*)", " ".join(map(content, DJANGO.rglob("*.css")))))
    owners = defaultdict(set)
    for sheet in (ROOT / "static/css/admin").glob("*.css"):
        for selector in selectors(sheet):
            for block in blocks(selector):
                owners[block].add(sheet.stem)

    # The form of a story is too long for one.
    assert owners.pop("story") == {"article", "article-rows"}
    assert {b: names for b, names in owners.items() if len(names) > 1 and b not in of_django} == {}


def blocks(selectors_of_a_rule):
    """Return "story" of ".story__side .module, .story > p"."""
    for selector in re.split(r",(?![^(]*\))", selectors_of_a_rule):
        first = re.match(r"\s*[\w-]*\.([a-z][\w-]*)", selector)
        if first:
            yield re.split("__|--", first[1])[0]


@each_sheet
def test_no_colour_or_direction_asks_for_a_browser_of_this_year(sheet):
    """An old one takes `light-dark()` into a custom property and then has no colour at all."""
    # Editors have a browser of this year.
    if "admin" in relative(sheet) and sheet.name != "tokens.css":
        return

    assert LACKING.findall(content(sheet)) == []


@each_sheet
def test_a_sign_with_an_alternative_text_has_a_plain_one_before_it(sheet):
    for match in ALTERNATIVE.finditer(content(sheet)):
        before = content(sheet)[: match.start()].rstrip()
        assert before.endswith(f"content: {match['words']};")


@each_sheet
def test_nothing_comes_from_another_host(sheet):
    assert re.findall(r"url\(\s*[\"']?(?:https?:)?//[^)]*\)", content(sheet)) == []


def test_no_column_of_a_grid_is_as_wide_as_its_longest_word():
    """A column without a least width has that of its words, and a long one makes a phone scroll sideways."""
    public = [sheet for sheet in SHEETS if "admin" not in relative(sheet)]
    columns = [
        value
        for sheet in public
        for name, value in declarations(sheet)
        if name == "grid-template-columns"
    ]

    assert ("grid-auto-columns", "minmax(0, 1fr)") in declarations(ROOT / "static/css/base.css")
    assert [value for value in columns if re.search(r"fr\b", LEAST.sub("", value))] == []
