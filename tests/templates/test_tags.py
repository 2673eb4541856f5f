import re
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.utils import timezone, translation

from articles.pages import layouts
from articles.templatetags.articles import crop_classes
from newsroom.languages import Label
from tests.templates import examples

MOMENT = datetime(2017, 11, 30, 12, 5, tzinfo=UTC)


def rendered(source, **context):
    return Template("{% load articles %}" + source).render(Context(context)).strip()


def test_a_moment_is_shown_in_the_time_zone_of_the_page_and_says_so():
    with timezone.override(ZoneInfo("Asia/Tokyo")):
        html = rendered("{% published moment %}", moment=MOMENT)

    assert html == '<time datetime="2017-11-30T21:05+09:00">30 November 2017, 21:05 GMT+9</time>'


def test_a_zone_is_that_of_the_page():
    with timezone.override(ZoneInfo("Asia/Tokyo")), translation.override("ar"):
        assert rendered("{{ moment|zone }}", moment=MOMENT) == "غرينتش\u200e+9"


def test_a_day_is_one_to_machines():
    html = rendered('{% published day form="day" %}', day=date(2017, 11, 30))

    assert html == '<time datetime="2017-11-30">30 November 2017</time>'


@pytest.mark.parametrize("nothing", [None, ""])
def test_no_moment_is_shown_as_nothing(nothing):
    assert rendered("{% published moment %}", moment=nothing) == ""


def test_an_unknown_form_is_an_error_that_names_the_known_ones():
    with pytest.raises(TemplateSyntaxError, match="'tiny', not one of .*brief"):
        rendered('{% published moment form="tiny" %}', moment=MOMENT)


def test_a_month_is_named_in_the_language_of_the_page():
    with translation.override("es"):
        assert rendered("{{ moment|month_name }}", moment=MOMENT) == "Noviembre"


@pytest.mark.parametrize("use", [None, examples.use(picture=None)])
def test_a_missing_picture_is_shown_as_nothing(use):
    assert rendered("{% picture use %}", use=use) == ""


def test_a_picture_offers_the_best_formats_first():
    html = rendered("{% picture use kind %}", use=examples.use(), kind=layouts.Figure("50vw"))

    assert html.index("image/avif") < html.index("<img")
    assert 'sizes="50vw"' in html


@pytest.mark.parametrize(
    ("wanted", "widths"),
    [
        ((480, 640), "640w"),
        ((320, 800), "320w 640w"),
        ((100, 320), "320w"),
        ((50, 99), "320w 640w"),
    ],
)
def test_a_picture_offers_the_files_that_its_place_needs_and_at_least_the_widest(wanted, widths):
    kind = layouts.Figure("50vw", wanted)

    html = rendered("{% picture use kind %}", use=examples.use(), kind=kind)

    assert " ".join(re.findall(r"\b\d+w\b", html)) == widths


def test_a_cropped_picture_keeps_its_focal_point():
    use = examples.use()
    use.image.focus = (0.21, 0.98)

    assert crop_classes(use.image) == "picture--focus-x-25 picture--focus-y-100"
    assert "picture--focus-x-25" in rendered("{% picture use kind %}", use=use, kind=layouts.ROW)
    assert "picture--focus" not in rendered("{% picture use %}", use=use)


def test_the_middle_needs_no_class():
    assert crop_classes(examples.use().image) == ""


def test_a_graphic_is_whole_in_every_shape():
    use = examples.use()
    use.image.is_graphic = True

    html = rendered("{% picture use kind %}", use=use, kind=layouts.ROW)

    assert 'class="picture picture--standard picture--whole"' in html


@pytest.mark.parametrize(
    ("label", "html"),
    [
        (Label("Flour & bread", "en"), '<bdi lang="en">Flour &amp; bread</bdi>'),
        (Label("خبز", "ar"), "خبز"),
        ("12 March", "12 March"),
    ],
)
def test_a_label_of_another_language_than_the_page_says_which(label, html):
    with translation.override("ar"):
        assert rendered("{{ label|bdi }}", label=label) == html


@pytest.mark.parametrize(
    ("language", "direction", "is_set_apart"),
    [
        *(("ar", "", True), ("en", "", False), ("en", "rtl", True), ("ar", "ltr", False)),
        *(("en", "auto", True), ("ar", "auto", True)),
    ],
)
def test_names_are_set_apart_in_words_that_run_from_the_right(language, direction, is_set_apart):
    words = "<C++>"
    shown = '&lt;<bdi dir="ltr">C++</bdi>&gt;' if is_set_apart else "&lt;C++&gt;"

    with translation.override(language):
        assert rendered(f'{{{{ words|isolated:"{direction}" }}}}', words=words) == shown


def test_an_address_of_another_language_ends_no_attribute():
    page = examples.page(addresses={code: f'/{code}/?q="<&>' for code in ("en", "ar")})

    html = rendered(
        "{% load alternates %}{% hreflangs page %}{% switches page.alternates %}", page=page
    )

    assert html.count('href="http://127.0.0.1:8000/ar/?q=%22%3C&amp;%3E"') == 1
    assert html.count('href="/ar/?q=&quot;&lt;&amp;&gt;" hreflang="ar"\nrel="alternate"') == 1


def test_languages_of_one_name_in_open_graph_are_told_once():
    page = examples.page(addresses={code: f"/{code}/" for code in ("en", "pt", "pt-br", "ar")})

    html = rendered("{% load alternates %}{% other_locales page %}", page=page)

    assert re.findall('content="(.*)"', html) == ["pt_BR", "ar_AR"]
