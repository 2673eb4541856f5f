"""A word that a catalogue lacks stands in another language, and the page says so."""

import pytest
from django.http import HttpResponse, JsonResponse
from django.template import engines
from django.test import RequestFactory
from django.utils import translation
from django.utils.translation import gettext, ngettext, pgettext, trans_real

from newsroom.i18n.standin import START, StandInMiddleware
from newsroom.page import in_lite
from tests import factories

LACKING = ("Archive", "byline\x04By", *(("%(counter)s story", form) for form in range(3)))


@pytest.fixture(autouse=True)
def lacking(settings, monkeypatch):
    """Let Spanish lack some of its words, on a site whose first language is Portuguese."""
    settings.LANGUAGE_CODE = "pt"
    with translation.override("es"):
        for held in trans_real.translation("es")._catalog._catalogs:
            for words in LACKING:
                monkeypatch.delitem(held, words, raising=False)
        yield


def answer(make, method="get"):
    request = getattr(RequestFactory(), method)("/es/")
    return StandInMiddleware(lambda _request: make())(request).content.decode()


def page(source):
    template = engines["django"].from_string("{% load i18n %}" + source)
    return answer(lambda: HttpResponse(template.render({"kept": gettext("Archive")})))


def test_a_word_that_is_missing_is_that_of_the_sites_first_language_and_marked():
    assert page('<p>{% translate "Archive" %}</p>') == '<p><bdi lang="pt">Arquivo</bdi></p>'


@pytest.mark.django_db
def test_every_page_of_readers_marks_it(client):
    story = factories.edition(factories.story(live=["es"]), "es").url
    paths = ["/es/", story, "/es/archive/", "/es/nothing/", "/es/lite/", in_lite(story)]

    for path in paths:
        assert '<bdi lang="pt">Arquivo</bdi>' in client.get(path).content.decode(), path
    told = client.get("/es/archive/index.md").content.decode()
    assert "# Arquivo\n" in told
    assert START not in told


def test_a_word_that_is_there_is_not_marked():
    assert page('<p>{% translate "Topics" %}</p>') == "<p>Temas</p>"


def test_words_with_a_context_or_a_number_stand_in_too():
    source = (
        '{% translate "By" context "byline" %} '
        "{% blocktranslate count counter=2 %}{{ counter }} story{% plural %}{{ counter }} stories{% endblocktranslate %}"
    )

    assert page(source) == '<bdi lang="pt">Por</bdi> <bdi lang="pt">2 notícias</bdi>'


def test_a_word_that_the_first_language_lacks_as_well_is_english():
    assert page('{% translate "A word of nobody" %}') == '<bdi lang="en">A word of nobody</bdi>'


def test_words_inside_of_others_are_marked_each():
    made = answer(lambda: HttpResponse("<h1>" + gettext("<b>%s</b>!") % gettext("Archive")))

    assert made == '<h1><bdi lang="en"><b><bdi lang="pt">Arquivo</bdi></b>!</bdi>'


def test_no_element_stands_where_none_may():
    source = '<title>{% translate "Archive" %}</title><nav aria-label="{% translate "Archive" %}"><option>{% translate "Archive" %}</option>'

    assert (
        page(source) == '<title>Arquivo</title><nav aria-label="Arquivo"><option>Arquivo</option>'
    )


def test_what_is_no_page_has_the_words_alone():
    assert answer(lambda: JsonResponse({"a": gettext("Archive")})) == '{"a": "Arquivo"}'


def test_words_that_are_written_down_have_no_signs():
    said = []

    answer(lambda: HttpResponse(said.append(gettext("Archive"))), method="post")

    assert [
        *said,
        pgettext("byline", "By"),
        ngettext("%(counter)s story", "%(counter)s stories", 1),
    ] == [
        "Arquivo",
        "Por",
        "%(counter)s notícia",
    ]


def test_a_language_without_any_catalogue_can_be_the_first_of_a_site(settings):
    settings.LANGUAGE_CODE = "am"

    with translation.override("am"):
        assert page('{% translate "Archive" %}') == '<bdi lang="en">Archive</bdi>'


def test_a_variant_has_the_words_of_its_main_language():
    with translation.override("es-simple"):
        assert page('{% translate "Topics" %}') == "Temas"
