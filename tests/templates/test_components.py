"""Rules for templates/: parts say what they need, get it by name, and hold no style or script."""

import re
from dataclasses import replace

import pytest
from django.template.loader import render_to_string

from articles.pages.story import Chip
from newsroom.languages import Label
from tests.every import every
from tests.templates import examples
from tests.templates.source import (
    ALL,
    COMPONENTS,
    PAGES,
    STYLES,
    TEMPLATES,
    TOP_COMMENT,
    name,
    part,
)

INCLUDE = re.compile(r'\{% include "(?P<target>[^"]+)"(?P<rest>[^%]*)%\}')
ARGUMENT = re.compile(r"([a-z_]+)=")
DOCUMENTED = re.compile(r"^([a-z_]+(?:, [a-z_]+)*)  +(.*)$", re.MULTILINE)

each_page = every(PAGES, name=name)
each_component = every(COMPONENTS, name=name)


def documented(path):
    """Return parameter name -> its description, from the comment at the top."""
    match = TOP_COMMENT.match(path.read_text(encoding="utf-8"))
    lines = DOCUMENTED.findall(match["words"]) if match else []
    return {word: text for words, text in lines for word in words.split(", ")}


def test_there_are_pages_and_components():
    assert len(PAGES) > len(COMPONENTS) > 0


@each_component
def test_a_component_begins_with_what_it_is_and_needs(path):
    assert TOP_COMMENT.match(path.read_text(encoding="utf-8"))


def test_each_component_has_a_stylesheet_and_each_stylesheet_a_component():
    sheets = {part(path) for path in (STYLES / "components").glob("*.css")}

    assert sheets == {path.stem for path in COMPONENTS}


@each_component
def test_a_component_renders_from_its_documented_parameters(path):
    parameters = examples.COMPONENTS[path.stem]

    html = render_to_string(f"components/{path.name}", dict(parameters))

    assert f'class="{path.stem}' in html
    assert parameters.keys() == documented(path).keys()


@each_page
def test_parts_are_included_with_only_what_they_are_given(path):
    calls = INCLUDE.findall(path.read_text(encoding="utf-8"))

    assert [target for target, rest in calls if not rest.endswith(" only ")] == []


@each_page
def test_parts_are_given_what_they_document_and_all_they_require(path):
    wrong = []
    for target, rest in INCLUDE.findall(path.read_text(encoding="utf-8")):
        parameters = documented(TEMPLATES / target)
        required = {word for word, text in parameters.items() if "required" in text}
        given = set(ARGUMENT.findall(rest))
        if given - parameters.keys() or required - given:
            wrong.append((target, given ^ required))

    assert wrong == []


@every(ALL, name=name)
def test_a_template_has_short_lines_and_each_element_stands_two_spaces_further_in(path):
    lines = TOP_COMMENT.sub("", path.read_text(encoding="utf-8")).splitlines()
    depths = [len(line) - len(line.lstrip()) for line in lines if line.strip()]

    assert [line for line in lines if len(line) > 140 or "\t" in line] == []
    assert all(depth % 2 == 0 for depth in depths)
    assert all(inner - outer <= 2 for outer, inner in zip(depths, depths[1:], strict=False))


@every(ALL, name=name)
def test_words_that_are_translated_do_not_depend_on_the_indentation(path):
    tags = re.findall(r"\{% blocktrans[^%]*%\}", path.read_text(encoding="utf-8"))

    assert [tag for tag in tags if " trimmed" not in tag] == []


@each_page
def test_a_colon_behind_translated_words_is_that_of_their_language(path):
    assert not re.search(
        r"translate [^%]*%\}(\{% if [^%]*%\})?\s*:", path.read_text(encoding="utf-8")
    )


@each_page
def test_nothing_that_the_content_security_policy_would_block(path):
    html = path.read_text(encoding="utf-8")

    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)", html)


@each_page
def test_nothing_comes_from_another_host(path):
    assert not re.search(r'(?:src|href)="(?:https?:)?//', path.read_text(encoding="utf-8"))


@pytest.mark.parametrize(("number", "folded"), [(6, 0), (7, 1), (12, 6)])
def test_chips_beyond_six_are_folded(number, folded):
    chips = [Chip(f"Word {place}", "/x/", is_tag=True) for place in range(number)]

    html = render_to_string("components/tag-list.html", {"chips": chips})

    shown, _details, others = html.partition("<details")
    assert (shown.count("<li>"), others.count("<li>")) == (6, folded)


@pytest.mark.parametrize(
    ("name", "is_long"), [("The Courier", False), ("The Courier of the Coast", True)]
)
def test_a_long_name_of_a_site_is_smaller_on_a_phone(name, is_long):
    page = examples.page()
    site = replace(page.site, name=Label(name, "en"))

    html = render_to_string(
        "components/masthead.html", {"page": replace(page, site=site), "issued_at": examples.MOMENT}
    )

    assert ("masthead__name--long" in html) == is_long
