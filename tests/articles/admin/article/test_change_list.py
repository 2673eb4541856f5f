"""The list of stories: what its columns tell and what its filters leave."""

from datetime import timedelta

import lxml.html
import pytest
import time_machine
from django.utils import timezone

from articles.actions import assigning, publishing, writing
from articles.models import Category
from tests.factories import AuthorFactory, CategoryFactory, ImageFactory, TagFactory, story

LIST = "articles_article_changelist"


def titles(response):
    return {str(article) for article in response.context_data["cl"].result_list}


def test_the_list_shows_each_headline_in_the_language_it_was_written_in(editor):
    story(title_en="Strike", title_es="Huelga", source_language="es")

    page = editor.open(LIST).content.decode()

    assert '<bdi lang="es" dir="ltr">Huelga</bdi>' in page
    assert "Strike" not in page


def test_the_list_shows_the_state_of_each_language_and_leads_editors_beside_its_source(
    editor, writer
):
    article = story(
        live=["en"], title_en="A", title_es="B", body_en="<p>x</p>", images=[ImageFactory(file="")]
    )
    article.title_en = "Better"
    writing.save(article)
    later = timezone.now() + timedelta(days=3)
    story(live=["pt"], title_pt="C", at=later)

    page = editor.open(LIST).content.decode()

    for words in ("Published", "Draft", "Scheduled", "Behind", "Missing file", "(UTC)"):
        assert words in page
    beside = f"/admin/articles/article/{article.pk}/side-by-side/"
    assert f'href="{beside}es/"' in page
    assert f"{beside}en/" not in page
    assert "side-by-side" not in writer.open(LIST).text


@pytest.mark.once  # as many statements on either database
def test_a_list_costs_the_same_for_one_story_as_for_many(
    editor, django_assert_max_num_queries, django_assert_num_queries
):
    story(live=["en"], images=[ImageFactory()])
    with django_assert_max_num_queries(20) as few:
        editor.open(LIST)
    for _ in range(5):
        story(live=["en", "es"], images=[ImageFactory()], categories=[CategoryFactory()])

    with django_assert_num_queries(len(few)):
        editor.open(LIST)


def test_a_language_that_is_not_live_says_how_long_it_has_been_so(editor):
    with time_machine.travel(timezone.now() - timedelta(days=3)):
        article = story(live=["pt"], title_en="A", title_es="B", source_language="en")
    with time_machine.travel(timezone.now() - timedelta(hours=2)):
        publishing.submit(article.editions.get(language="es"), by=editor.user)
    with time_machine.travel(timezone.now() - timedelta(hours=5)):
        publishing.withdraw(article.editions.get(language="pt"), by=editor.user, reason="Wrong.")

    page = lxml.html.fromstring(editor.open(LIST).text)

    ages = {
        code: page.xpath(f"//td[@class='field-state_{code}']/span[@class='state-note']/text()")
        for code in ("en", "es", "pt", "ar")
    }
    assert ages == {"en": ["3 days"], "es": ["2 hrs"], "pt": ["5 hrs"], "ar": []}


NARROWED = [
    ({}, {"Live in English", "Live in Spanish", "Later", "Newer source"}),
    ({"state": "published"}, {"Live in English", "Live in Spanish"}),
    ({"state": "published", "in": "es"}, {"Live in Spanish"}),
    ({"state": "draft", "in": "es"}, {"Live in English", "Newer source"}),
    ({"state": "scheduled"}, {"Later"}),
    ({"state": "behind"}, {"Newer source"}),
    ({"state": "behind", "in": "en"}, set()),
    ({"state": "none", "in": "es"}, {"Later"}),
    ({"in": "es"}, {"Live in English", "Live in Spanish", "Newer source"}),
    ({"in": "xx", "state": "yy"}, {"Live in English", "Live in Spanish", "Later", "Newer source"}),
]


def test_language_and_state_narrow_together(editor):
    story(live=["en"], title_en="Live in English", title_es="Borrador")
    story(
        live=["es"], title_es="Live in Spanish", title_en="Draft in English", source_language="es"
    )
    story(live=["en"], title_en="Later", at=timezone.now() + timedelta(days=1))
    behind = story(title_en="Old source", title_es="Atrasada")
    behind.title_en = "Newer source"
    writing.save(behind)

    for query, expected in NARROWED:
        assert titles(editor.open(LIST, **query)) == expected, query


def test_a_category_holds_what_is_under_it(editor):
    east = CategoryFactory(name_en="Middle East")
    story(title_en="In Syria", categories=[CategoryFactory(name_en="Syria")])
    story(title_en="In France", categories=[CategoryFactory(name_en="France")])

    assert titles(editor.open(LIST, region=str(east.pk))) == {"In Syria"}


def test_section_tag_author_and_desk_narrow_each_by_itself(editor, second_editor):
    opinion = CategoryFactory(name_en="Opinion", kind=Category.Kind.SECTION)
    story(title_en="In Opinion", categories=[opinion])
    story(title_en="Tagged", tags=[TagFactory(name="EE. UU.")])
    story(title_en="Signed", authors=[AuthorFactory(name_en="Ana Duarte", user=editor.user)])
    held = story(title_en="Held")
    assigning.assign(held, "es", to=editor.user, by=second_editor.user)

    for query, expected in (
        ({"section": str(opinion.pk)}, {"In Opinion"}),
        ({"tag": "ee uu"}, {"Tagged"}),
        ({"tag": "Raqqa"}, set()),
        ({"author": "duarte ana"}, {"Signed"}),
        ({"author": "Duarte Rui"}, set()),
        ({"desk": "mine"}, {"Signed"}),
        ({"desk": "hand"}, {"Held"}),
    ):
        assert titles(editor.open(LIST, **query)) == expected, query
    assert titles(second_editor.open(LIST, desk="hand")) == set()


def test_stories_with_a_missing_file_can_be_found(editor):
    story(title_en="With a gap", images=[ImageFactory(file="")])
    story(title_en="Whole", images=[ImageFactory()])

    assert titles(editor.open(LIST, gap="yes")) == {"With a gap"}
