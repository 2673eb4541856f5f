"""The lite edition of the pages from plain contexts: words, links, and one small stylesheet."""

import re
from dataclasses import replace

import brotli
import pytest
from babel.dates import format_date
from django.templatetags.static import static

from articles.management.demo_categories import LANGUAGES
from articles.pages.front import Front
from newsroom.files.static import fold
from newsroom.i18n import dates
from newsroom.languages import LANGUAGES as KNOWN
from newsroom.page import in_lite
from newsroom.pagecache.serving.page import encoded
from tests.templates import examples, test_scripts, test_weights
from tests.templates.source import STYLES, TEMPLATES
from tests.templates.test_pages import PAGES, Outline, rendered

MOST = 10_000
"""Bytes of a page and its style, as they are sent."""

LITE = {
    name: (f"lite/{template.rpartition('/')[2]}", context)
    for name, (template, context) in PAGES.items()
    if (TEMPLATES / "lite" / template.rpartition("/")[2]).exists()
}

each_page = pytest.mark.parametrize("page", LITE.values(), ids=LITE)


@each_page
@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_page_is_words_in_an_outline_and_one_stylesheet(page, language):
    html = rendered(page, language=language, has_forms=True)
    outline = Outline(html)
    levels, named = (
        outline.headings(),
        [attrs["id"] for _tag, attrs in outline.elements if "id" in attrs],
    )

    assert outline.open == []
    assert not {tag for tag, _attrs in outline.elements} & {"script", "style", "img", "picture"}
    assert [link["rel"] for link in outline.all("link")] == ["canonical", "icon", "stylesheet"]
    assert levels.count(1) == 1
    assert all(below - above <= 1 for above, below in zip(levels, levels[1:], strict=False))
    assert len(named) == len(set(named))


def test_search_engines_get_the_description_of_the_full_page_and_leave_out_what_that_leaves_out():
    for indexed, robots in ((True, None), (False, "noindex")):
        html = rendered(LITE["article"], has_forms=True, is_indexed=indexed)
        told = {meta["name"]: meta["content"] for meta in Outline(html).all("meta")[1:]}

        assert (told["description"], told.get("robots")) == ("A description", robots)


@each_page
def test_a_page_leads_to_others_of_the_lite_edition_and_to_its_full_one(page):
    outline = Outline(rendered(page, has_forms=True))
    links = [attrs["href"] for attrs in outline.all("a")]

    assert links[0] == "/en/x/"
    leading_out = [href for href in links[1:] if in_lite(href) != href]
    assert [href for href in leading_out if not href.endswith("/comments/write/")] == []


def test_a_page_has_the_letters_of_its_script_and_no_font_of_the_site():
    for language in KNOWN.values():
        html = rendered(LITE["article"], language=language.code, languages=[language.code])
        told = f'<html lang="{language.code}" dir="{language.direction}">'
        linked = [link["href"] for link in Outline(html).all("link") if link["rel"] == "stylesheet"]

        assert told in html
        assert format_date(examples.MOMENT, "long", dates.locale_of(language)) in html
        assert linked == [static(sheet) for sheet in ("css/lite.css", language.sheet) if sheet]
        assert "woff2" not in html
    named = re.findall(r"--font[\w-]*", (STYLES / "lite.css").read_text(encoding="utf-8"))
    assert set(named) == {"--font-script"}


def test_a_picture_is_a_link_with_its_size():
    use = examples.use()
    use.picture = replace(use.picture, light_bytes=43_210)

    words = rendered(("lite/figure.html", {"use": use}))

    assert f'<a href="{use.picture.light}" >Picture: A map</a> (43 kB)' in " ".join(words.split())
    assert "The city" in words


WITHOUT = {
    test_weights.write_comment,
    test_weights.own_comment,
    test_weights.ask_for_comments,
    test_weights.comments_of_reader,
    test_weights.api,
    test_weights.failed,
}
"""Kinds of pages that the lite edition does not have."""


@pytest.fixture(scope="module")
def style():
    def read(name):
        return (STYLES.parent / name).read_text(encoding="utf-8")

    return len(brotli.compress(fold("css/lite.css", read=read).encode()))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", [kind for kind in test_weights.KINDS if kind not in WITHOUT])
def test_a_page_and_its_style_are_less_than_ten_kilobytes(kind, language, style):
    template, context = kind(language)
    if "story" in context:
        context["story"].body_lite = context["story"].body_html
    if "front" in context:
        context["front"].on_top = Front.on_top.fget(context["front"])
    page = f"lite/{template.rpartition('/')[2]}", context

    html = rendered(
        page,
        language=language,
        languages=LANGUAGES,
        menu=test_weights.menu(language),
        has_forms=True,
    )

    assert len(encoded(html.encode())["br"]) + style + test_scripts.MOST < MOST
