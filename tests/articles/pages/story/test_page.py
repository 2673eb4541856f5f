"""A story as one object: made once, complete, and changed by nobody."""

from dataclasses import FrozenInstanceError, fields
from datetime import UTC, datetime

import pytest

from articles.models import Category
from articles.pages import story as stories
from articles.purging import pages
from tests import factories

pytestmark = pytest.mark.django_db

AT = datetime(2017, 11, 30, 12, tzinfo=UTC)


def read(edition):
    tree = Category.tree(language=edition.language, article=edition.article_id)
    loaded = stories.find(edition.slug, language=edition.language)
    return loaded, stories.read(loaded, tree=tree, at=AT)


@pytest.fixture
def edition():
    return factories.live_edition(
        at=AT,
        images=[factories.ImageFactory()],
        categories=[factories.CategoryFactory(name_en="Syria")],
        tags=[factories.TagFactory(name="Raqqa")],
        authors=[factories.AuthorFactory(name_en="Ana Duarte")],
    )


def test_a_story_has_the_words_of_its_language_and_all_that_its_page_names(edition):
    _found, story = read(edition)

    assert (story.title, story.standfirst) == (edition.title, edition.standfirst)
    assert [crumb.name for crumb in story.breadcrumbs] == ["Middle East", "Syria"]
    assert [tag.label for tag in story.tags] == ["Raqqa"]
    assert [(line.role, line.authors[0].name) for line in story.bylines] == [
        ("author", "Ana Duarte")
    ]
    assert story.lead.picture.src == edition.article.uses.get().image.file.url


def test_an_opinion_says_so_before_the_way_to_it_and_to_machines(edition):
    opinion = factories.CategoryFactory(name_en="Opinion", kind="section", is_genre=True)
    edition.article.categories.add(opinion)

    _found, story = read(edition)

    assert (str(story.genre), str(story.section)) == ("Opinion", "Opinion")
    assert [crumb.name for crumb in story.breadcrumbs] == ["Middle East", "Syria"]


def test_an_opinion_without_a_region_is_named_once(edition):
    opinion = factories.CategoryFactory(name_en="Opinion", kind="section", is_genre=True)
    edition.article.categories.set([opinion])

    _found, story = read(edition)

    assert (str(story.genre), story.breadcrumbs) == ("Opinion", [])


def test_an_opinion_says_so_on_a_card_in_a_text():
    opinion = factories.CategoryFactory(name_en="Opinion", kind="section", is_genre=True)
    target = factories.live_edition(at=AT, categories=[opinion]).article
    body = f'<p>Text.</p><aside data-article="{target.pk}"></aside>'
    edition = factories.live_edition(at=AT, body_en=body)

    _found, story = read(edition)

    assert [(card.article_id, str(card.genre)) for card in story.cards] == [(target.pk, "Opinion")]
    assert "Opinion" in story.body_html


def test_the_chips_of_a_story_are_its_categories_and_then_its_tags(edition):
    _found, story = read(edition)

    assert [(chip.label, chip.is_tag) for chip in story.chips] == [
        ("Syria", False),
        ("Raqqa", True),
    ]


def test_a_story_is_changed_by_nobody_and_hangs_nothing_on_the_edition(edition):
    loaded, story = read(edition)

    with pytest.raises(FrozenInstanceError):
        story.more = []
    names = {field.name for field in fields(story)} - {"article_id", "language", "url"}
    columns = {"published_at", "modified_at", "earlier_changes", "corrections"}
    assert names & vars(loaded).keys() == columns


def test_the_cache_tags_of_a_story_need_no_database(edition, django_assert_num_queries):
    _found, story = read(edition)

    with django_assert_num_queries(0):
        tags = list(pages.story(story))

    assert f"article:{edition.article_id}:en" in tags
