"""The page of the desk: what it costs, who may press what, and its table."""

import csv

import pytest
from django.urls import reverse

from articles.actions import assigning
from articles.models import Assignment, Target
from tests.articles.admin.conftest import messages_of
from tests.factories import AuthorFactory, CategoryFactory, TagFactory, story

pytestmark = pytest.mark.django_db

DESK = "articles_assignment_changelist"


def press(desk, **button):
    return desk.client.post(f"{reverse(f'admin:{DESK}')}?days=3", button)


def test_the_desk_costs_the_same_for_one_story_as_for_many(editor, django_assert_num_queries):
    Target.objects.create(category=CategoryFactory(), language="es", minutes=60)
    Target.objects.create(tag=TagFactory(), language="pt", minutes=60)
    with django_assert_num_queries(9):
        assert "No story is like this." in editor.open(DESK).text
    for _ in range(3):
        article = story(live=["en"], categories=[CategoryFactory()], tags=[TagFactory()])
        assigning.claim(article, "es", by=editor.user)

    with django_assert_num_queries(15):
        page = editor.open(DESK, order="late", state="waiting", who="me").text

    assert page.count('class="desk__link"') == 12
    assert "Eva Ortiz" in page


def test_a_volunteer_claims_a_cell_and_gives_it_back(writer, editor):
    article = story(live=["en"])
    key = f"{article.pk}:es"

    response = press(writer, claim=key)

    assert response.url == f"{reverse(f'admin:{DESK}')}?days=3#cell-{article.pk}-es"
    assert Assignment.objects.get().user == writer.user
    page = writer.open(DESK).text
    assert f'name="release" value="{key}"' in page
    beside = reverse("admin:articles_article_side_by_side_change", args=[article.pk, "es"])
    assert page.count("side-by-side") == page.count(beside) == 1
    assert writer.client.get(beside).status_code == 200
    assert f'value="{key}"' not in editor.open(DESK).text
    assert any("has it in hand" in said for said in messages_of(press(editor, claim=key)))
    press(writer, release=key)
    assert not Assignment.objects.exists()
    for nonsense in ({}, {"claim": "x"}, {"claim": "0:es"}, {"claim": f"{article.pk}:xx"}):
        assert "There is no such button." in messages_of(press(writer, **nonsense))


@pytest.mark.once
def test_who_claims_and_would_not_be_credited_is_told_so_with_the_remedy(writer):
    first, second = story(live=["en"]), story(live=["en"])

    told = messages_of(press(writer, claim=f"{first.pk}:es"))
    AuthorFactory(user=writer.user)
    writer.open(DESK)

    assert any("no author has your login" in words for words in told)
    assert messages_of(press(writer, claim=f"{second.pk}:es")) == []


def test_the_table_has_a_line_for_each_language_and_no_formula(editor, django_assert_num_queries):
    story(live=["en"], title_en='=HYPERLINK("x")')
    story(title_en="Draft")

    with django_assert_num_queries(13):
        response = editor.open("articles_assignment_table", live="en")
        lines = list(csv.reader(response.getvalue().decode("utf-8-sig").splitlines()))

    assert [line[2:4] for line in lines] == [
        ["Language", "State"],
        ["en", "published"],
        *([code, "none"] for code in ("es", "pt", "ar")),
    ]
    assert {line[1] for line in lines[1:]} == {'\'=HYPERLINK("x")'}


def test_a_target_is_made_in_the_admin_and_is_not_for_its_own_language(editor):
    fields = {"source_language": "en", "language": "en", "minutes": "60"}
    name = "articles_target_add"
    assert "into its own language" in editor.save(name, fields=fields).text

    editor.save(name, fields=fields | {"language": "es"})

    assert Target.objects.get().minutes == 60
    assert "All" in editor.open("articles_target_changelist").text
