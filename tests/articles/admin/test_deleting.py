"""What the pages say that ask whether something should be deleted."""

import pytest
from django.urls import reverse

from articles.models import Article, Author, Category, Image, Tag
from articles.templatetags.names import named
from tests.factories import AuthorFactory, CategoryFactory, ImageFactory, TagFactory, story
from tests.pages import statements

# Forms and what they say; the verbs behind them are asked of both databases in tests/articles/actions/.
pytestmark = pytest.mark.once

NOUNS = {
    "article": (Article, lambda: story(title_en="The port")),
    "author": (Author, lambda: AuthorFactory(name_en="Ana Reis")),
    "category": (Category, lambda: CategoryFactory()),
    "image": (Image, lambda: ImageFactory()),
    "tag": (Tag, lambda: TagFactory(name="Ports")),
}
USED = {
    "author": lambda author, **texts: story(authors=[author], **texts),
    "category": lambda category, **texts: story(categories=[category], **texts),
    "image": lambda image, **texts: story(images=[image], **texts),
    "tag": lambda tag, **texts: story(tags=[tag.name], **texts),
}
MEANS = {
    "author": "Credited in 2 stories. Take the credit out there first",
    "category": "2 stories are in it. Delete it on its own page",
    "image": "It stands in 2 stories. Take it out there first",
    "tag": "2 stories lose it",
}


def ask(desk, kind, *things):
    """Return the page that asks before a selection of this kind is deleted."""
    fields = {"action": "delete_selected", "_selected_action": [thing.pk for thing in things]}
    return desk.client.post(reverse(f"admin:articles_{kind}_changelist"), fields).content.decode()


def delete(desk, kind, thing):
    path = reverse(f"admin:articles_{kind}_delete", args=[thing.pk])
    return desk.client.post(path, {"post": "yes"})


@pytest.mark.parametrize("kind", sorted({*NOUNS} - {"category"}))
def test_one_that_nothing_needs_is_deleted(editor, kind):
    model, make = NOUNS[kind]
    thing = make()

    page = editor.open(f"articles_{kind}_delete", thing.pk).content.decode()
    answer = delete(editor, kind, thing)

    assert f"Delete “{named(thing)}”?" in page
    assert answer.status_code == 302
    assert not model.objects.filter(pk=thing.pk).exists()


@pytest.mark.parametrize("kind", sorted(NOUNS))
def test_a_selection_that_nothing_needs_is_deleted(editor, kind):
    model, make = NOUNS[kind]
    things = [make(), make()] if kind != "tag" else [make(), TagFactory(name="Ships")]
    page = ask(editor, kind, *things)
    fields = {"action": "delete_selected", "post": "yes"}
    fields["_selected_action"] = [thing.pk for thing in things]

    editor.client.post(reverse(f"admin:articles_{kind}_changelist"), fields)

    assert all(str(thing) in page for thing in things)
    assert not model.objects.filter(pk__in=[thing.pk for thing in things]).exists()


@pytest.mark.parametrize("kind", sorted(USED))
def test_one_in_use_names_its_stories(editor, kind):
    thing = NOUNS[kind][1]()
    for title in ("Ferry strike", "Şanlıurfa"):
        USED[kind](thing, title_en=title)

    pages = [ask(editor, kind, thing)]
    if kind != "category":
        pages.append(editor.open(f"articles_{kind}_delete", thing.pk).content.decode())

    assert all(
        words in page for page in pages for words in (MEANS[kind], "Ferry strike", "Şanlıurfa")
    )


@pytest.mark.parametrize("kind", sorted({*USED} - {"tag", "category"}))
def test_one_in_use_stays_whoever_insists(editor, kind):
    model, make = NOUNS[kind]
    thing = make()
    USED[kind](thing, title_en="Ferry strike")

    page = delete(editor, kind, thing).content.decode()

    assert "cannot be deleted as long as it is in use" in page
    assert model.objects.filter(pk=thing.pk).exists()


def test_a_parent_stays_as_long_as_another_category_stands_under_it(editor):
    parent = CategoryFactory()
    CategoryFactory(parent=parent)

    page = ask(editor, "category", parent)

    assert "Other categories stand under it." in page


def test_a_story_says_who_loses_it_and_who_leads_to_it(editor):
    port = story(title_en="The port", title_es="El puerto", live=["en", "es"])
    body = f'<p><a data-article="{port.pk}">Read</a></p><aside data-article="{port.pk}"></aside>'
    story(title_en="Ferry strike", body_en=body)
    story(title_pt="Greve", source_language="pt", body_pt=body)
    port.body_en = f'<p><a data-article="{port.pk}">here</a></p>'
    port.save()

    page = editor.open("articles_article_delete", port.pk).content.decode()

    assert "Readers have it in: English, Español. They will be told that it is gone." in page
    assert "2 stories lead to it" in page
    assert "Ferry strike" in page
    assert "Greve" in page


def test_a_draft_says_that_readers_cannot_see_it(editor):
    page = editor.open("articles_article_delete", story(title_en="A").pk).content.decode()

    assert "Readers cannot see it now." in page


def test_ten_stories_are_named_and_the_others_counted(editor):
    tag = TagFactory(name="Ports")
    for number in range(13):
        story(title_en=f"Story {number:02}", tags=["Ports"])

    page = ask(editor, "tag", tag)

    assert "13 stories lose it" in page
    assert page.count("Story ") == 10
    assert "and 3 more" in page


def test_no_page_speaks_of_tables(editor):
    tag, author, image = TagFactory(name="Ports"), AuthorFactory(name_en="Ana"), ImageFactory()
    article = story(title_en="A", live=["en"], tags=["Ports"], authors=[author], images=[image])

    page = editor.open("articles_article_delete", article.pk).content.decode()

    main = page[page.index('id="content"') :]
    assert not [word for word in ("Listing", "Old address", "Edition", "image use") if word in main]
    assert tag.name not in main


@pytest.mark.parametrize("kind", sorted(NOUNS))
def test_a_large_selection_asks_no_more_queries(editor, kind):
    make = NOUNS[kind][1]
    things = (
        [make() for _ in range(9)]
        if kind != "tag"
        else [TagFactory(name=f"Ports {number}") for number in range(9)]
    )
    for thing in things:
        if kind in USED:
            USED[kind](thing, title_en="A")
    ask(editor, kind, *things[:1])

    with statements() as asked:
        ask(editor, kind, *things)
    assert len(asked) <= 18
