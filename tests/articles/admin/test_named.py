"""Names in one direction on pages of the other: the admin keeps each apart from the words round it."""

import lxml.html
import pytest
from reversion.models import Version

from newsroom.i18n.plain import isolated
from tests.articles.one_of_each import written
from tests.factories import AuthorFactory, CategoryFactory

# What templates do with a name; no query is asked about it.
pytestmark = [pytest.mark.once, pytest.mark.django_db]

ARABIC, ENGLISH = "قوات في سوريا 400", "US troops (400)"
NAMES = [("en", "ar", ARABIC, "rtl"), ("ar", "en", ENGLISH, "ltr")]
UNSPOKEN = {"option", "script", "template", "textarea", "title"}
"""Elements that hold words alone: nothing in them can be set apart."""


def loose(html, name):
    """Return the elements in which a name stands without being set apart, and how often it stands in one of its own."""
    page, own = lxml.html.fromstring(html), 0
    elements = []
    for element in page.iter():
        holds = [element.text, *(child.tail for child in element)]
        words = " ".join(filter(None, holds)).replace(isolated(name), "")
        if element.tag in UNSPOKEN or name not in words:
            continue
        is_apart = element.get("dir") or element.tag == "bdi"
        own += bool(is_apart)
        if not is_apart:
            elements.append(lxml.html.tostring(element, encoding="unicode")[:200])
    return elements, own


def pages(story):
    """Return address -> what it is asked with: each page of the admin about one story."""
    first, last = Version.objects.get_for_object(story).order_by("pk").values_list("pk", flat=True)
    of, translated = "articles_article", "es"
    return {
        f"{of}_change": ([story.pk], {}),
        f"{of}_delete": ([story.pk], {}),
        f"{of}_history": ([story.pk], {}),
        f"{of}_compare": ([story.pk], {"old": first, "new": last}),
        f"{of}_revision": ([story.pk, first], {}),
        f"{of}_preview": ([story.pk, translated], {}),
        f"{of}_side_by_side_change": ([story.pk, translated], {}),
        f"{of}_changelist": ([], {}),
        "articles_assignment_changelist": ([], {}),
    }


@pytest.mark.parametrize(("interface", "language", "headline", "direction"), NAMES)
def test_a_headline_is_set_apart_on_each_page_about_its_story(
    editor, interface, language, headline, direction
):
    texts = dict.fromkeys(("title_en", "title_es"), "") | {"title_es": "Tropas"}
    story = written(source_language=language, **texts | {f"title_{language}": headline})
    editor.client.defaults["HTTP_ACCEPT_LANGUAGE"] = interface
    wrong = []
    for name, (arguments, query) in pages(story).items():
        html = editor.open(name, *arguments, **query).text
        assert f'<html lang="{interface}"' in html
        elements, own = loose(html, headline)
        wrong += [f"{name}: {element}" for element in elements]
        if not own:
            wrong.append(f"{name}: it stands nowhere")
        if "<h1><bdi" in html and f'<h1><bdi lang="{language}" dir="{direction}">' not in html:
            wrong.append(f"{name}: its language is not told")

    assert wrong == []


@pytest.mark.parametrize("made", [AuthorFactory, CategoryFactory])
def test_what_is_not_called_anything_in_the_language_of_the_page_is_set_apart(editor, made):
    thing = made(name_en=ENGLISH)
    editor.client.defaults["HTTP_ACCEPT_LANGUAGE"] = "ar"
    kind = f"articles_{thing._meta.model_name}"

    for page in ("change", "delete"):
        elements, own = loose(editor.open(f"{kind}_{page}", thing.pk).text, ENGLISH)
        assert (elements, own > 0) == ([], True)
