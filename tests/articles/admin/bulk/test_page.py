"""One verb for many stories: what will happen, what happens, once, and what did not."""

import re

import pytest
from django.urls import reverse

from articles.admin.bulk import verbs
from articles.models import Article, Assignment, Edition
from newsroom.models import SentForm
from tests.articles.admin.conftest import messages_of
from tests.factories import CategoryFactory, TagFactory, edition, story

pytestmark = pytest.mark.django_db

HIDDEN = re.compile(r'name="(form_key|seen)" value="([0-9a-f]+)"')


def ask(desk, articles, **asked):
    return desk.client.post(
        reverse("admin:articles_article_bulk"), {"story": [a.pk for a in articles], **asked}
    )


def do(desk, page, articles, **asked):
    return ask(desk, articles, do="1", **dict(HIDDEN.findall(page.text)), **asked)


def live():
    return set(Edition.objects.filter(status="published").values_list("article", "language"))


def test_the_list_leads_to_what_will_happen_and_that_is_done_once(editor):
    ready = [story(title_en=f"Story {n}", body_en="<p>x</p>") for n in range(3)]
    empty = story(title_en="Empty")
    chosen = [*ready, empty]
    action = {"action": "change_many", "_selected_action": [a.pk for a in chosen]}
    page = editor.client.post(reverse("admin:articles_article_changelist"), action)
    assert "4 stories are chosen." in page.text

    asked = {"verb": "publish", "languages": ["en"]}
    page = ask(editor, chosen, **asked)

    assert "3 will be done, 1 will not" in page.text
    assert "The body is empty." in page.text
    assert live() == set()

    told = do(editor, page, chosen, **asked)
    assert "3 done, 1 not done" in told.text
    assert "Empty" in told.text
    assert live() == {(article.pk, "en") for article in ready}
    assert "It was done once." in do(editor, page, chosen, **asked).text


@pytest.mark.parametrize("are_late", [False, True])
def test_what_is_wholly_refused_leaves_nothing_behind(editor, monkeypatch, are_late):
    """Refused before anything is done, or only when it is."""
    article = story(title_en="A", body_en="<p>x</p>" if are_late else "")
    monkeypatch.setattr(verbs, "do", lambda *_told, **_asked: ["Too late."])
    asked = {"verb": "publish", "languages": ["en"]}
    page = ask(editor, [article], **asked)

    told = do(editor, page, [article], **asked)

    assert "0 done, 1 not done" in told.text
    assert not SentForm.objects.exists()


def test_nothing_is_done_that_was_not_shown_before(editor):
    article = story(title_en="A", body_en="<p>x</p>", title_es="B", body_es="<p>x</p>")
    page = ask(editor, [article], verb="publish", languages=["en"])

    answer = do(editor, page, [article], verb="publish", languages=["en", "es"])

    assert "2 will be done" in answer.text
    assert live() == set()


@pytest.mark.once  # as many statements on either database
def test_a_hundred_stories_cost_no_more_questions_than_two(editor, django_assert_num_queries):
    asked = {"verb": "publish", "languages": ["en", "es"]}
    for number in (2, 100):
        bare = [Article(title_en=f"S{n}", body_en="<p>x</p>") for n in range(number)]
        articles = Article.objects.bulk_create(bare)
        Edition.objects.bulk_create(Edition(article=article, language="en") for article in articles)
        with django_assert_num_queries(14):
            page = ask(editor, articles, **asked)
        assert f"{number} will be done" in page.text


def test_each_verb_asks_for_what_it_needs_and_does_it(editor, second_editor):
    article, tag, region = story(live=["en"]), TagFactory(name="Sea"), CategoryFactory()
    wanting = {
        "publish": "Choose at least one language.",
        "withdraw": "Say why: readers are told the reason.",
        "assign": "Choose somebody.",
        "tag": "Name at least one tag.",
        "categorise": "Choose a category.",
    }
    for verb, sentence in wanting.items():
        assert sentence in ask(editor, [article], verb=verb).text
    assert "No tag means “Land”" in ask(editor, [article], verb="tag", tags="sea, Land").text

    for asked in (
        {"verb": "assign", "languages": ["es"], "user": second_editor.user.pk},
        {"verb": "tag", "tags": "SEA"},
        {"verb": "categorise", "categories": region.pk},
        {"verb": "withdraw", "languages": ["en"], "reason": "Wrong."},
    ):
        told = do(editor, ask(editor, [article], **asked), [article], **asked)
        assert "1 done" in told.text, asked
        assert "0 will be done, 1 will not" in ask(editor, [article], **asked).text, asked

    assert Assignment.objects.get().user == second_editor.user
    assert (list(article.tags.all()), list(article.categories.all())) == ([tag], [region])
    assert edition(article).withdrawn_reason == "Wrong."


def test_stories_are_withdrawn_in_every_language_after_these_are_named(editor):
    both, one, none = story(live=["en", "es"]), story(live=["pt"]), story(title_en="Draft")
    asked = {"verb": "withdraw_all", "reason": "Wrong."}
    assert "Say why: readers are told" in ask(editor, [both], verb="withdraw_all").text

    page = ask(editor, [both, one, none], **asked)

    assert "2 will be done, 1 will not" in page.text
    assert "No language of it is published." in page.text
    assert re.findall(r'class="bulk__language" lang="(\w+)"', page.text) == ["en", "es", "pt"]
    assert "2 done, 1 not done" in do(editor, page, [both, one, none], **asked).text
    assert set(Edition.objects.values_list("language", "status", "withdrawn_reason")) == {
        ("en", "withdrawn", "Wrong."),
        ("en", "draft", ""),
        ("es", "withdrawn", "Wrong."),
        ("pt", "withdrawn", "Wrong."),
    }


def test_who_may_only_write_claims_and_gives_back_and_does_nothing_else(writer):
    article = story(live=["en"])
    for verb in ("publish", "withdraw", "withdraw_all", "assign", "tag", "categorise"):
        page = ask(writer, [article], verb=verb, languages=["en"], reason="x", tags="y")
        assert 'name="do"' not in page.text
    asked = {"verb": "claim", "languages": ["es", "en"]}

    told = do(writer, ask(writer, [article], **asked), [article], **asked)

    assert "Claim: 1 done, 1 not done" in told.text
    assert "The story is written in this language: only the desk gives it to somebody." in told.text
    assert Assignment.objects.get().language == "es"


def test_nothing_chosen_and_far_too_much_are_refused(editor):
    for chosen in ([], ["x"], [str(n) for n in range(1, 502)]):
        response = editor.client.post(
            reverse("admin:articles_article_bulk"), {"story": chosen, "verb": "publish"}
        )
        assert "Choose at least one story, and 500 at most." in messages_of(response)
    assert editor.open("articles_article_bulk").status_code == 302
