from datetime import UTC, datetime, timedelta

import pytest

from articles.models import Category, Image
from articles.pages import feed as feeds, subject as subjects
from tests import factories

# What is marked `both` asks what nothing else asks of PostgreSQL; the rest is decided in Python.
pytestmark = [pytest.mark.django_db, pytest.mark.once]

AT = datetime(2019, 6, 15, 12, tzinfo=UTC)


def read(about=None, *, language="en", at=AT):
    return feeds.read(
        about or subjects.of_all(language), tree=Category.tree(language=language), at=at
    )


def test_the_newest_stories_of_a_language_come_first_and_those_to_come_not_at_all():
    for hours in (3, 1, 2, -1):
        factories.story(live=["en"], at=AT - timedelta(hours=hours), title_en=f"{hours} hours ago")
    factories.story(live=["es"], at=AT - timedelta(hours=1))

    assert [entry.title for entry in read().entries] == [
        "1 hours ago",
        "2 hours ago",
        "3 hours ago",
    ]


def test_a_language_without_a_story_has_no_feed():
    factories.story(live=["en"], at=AT)

    assert read(language="es") is None


def test_a_feed_ends_at_its_number_and_knows_the_moment_of_the_last(small_pages):
    for hours in (1, 2, 3):
        factories.story(live=["en"], at=AT - timedelta(hours=hours))

    feed = read()

    assert len(feed.entries) == 2
    assert feed.edge == AT - timedelta(hours=2)


def test_a_feed_that_holds_all_stories_has_no_edge():
    factories.story(live=["en"], at=AT)

    assert read().edge is None


def test_a_tag_has_its_own_stories_only():
    tag = factories.TagFactory(name="Water")
    factories.story(live=["en"], at=AT, tags=[tag], title_en="Of water")
    factories.story(live=["en"], at=AT, title_en="Of sand")

    feed = read(subjects.of_tag(tag, language="en"))

    assert [entry.title for entry in feed.entries] == ["Of water"]


def test_each_story_has_its_own_pictures_credits_tags_and_categories_in_its_language():
    for number in (1, 2):
        factories.story(
            live=["en", "es"],
            at=AT - timedelta(hours=number),
            categories=[
                factories.CategoryFactory(name_en=f"Sea {number}", name_es=f"Mar {number}")
            ],
            tags=[factories.TagFactory(name=f"Salt {number}", label_es=f"Sal {number}")],
            authors=[factories.AuthorFactory(name_en=f"Ana {number}")],
            images=[factories.ImageFactory(creator=f"Painter {number}")],
        )

    for number, entry in enumerate(read(language="es").entries, 1):
        assert [node.label for node in entry.categories] == [f"Mar {number}"]
        assert [tag.label for tag in entry.tags] == [f"Sal {number}"]
        assert [credit.name for credit in entry.authors] == [f"Ana {number}"]
        assert entry.lead.image.creator == f"Painter {number}"


def test_a_text_leads_to_other_stories_by_whole_addresses_and_forgets_what_cannot_be_seen(settings):
    settings.SITE_URL = "https://news.example"
    seen, draft = factories.story(live=["en"], at=AT), factories.story(live=[])
    words = '<p><a data-article="{}">one</a>, <a data-article="{}">two</a></p>'
    factories.story(live=["en"], at=AT, title_en="Both", body_en=words.format(seen.pk, draft.pk))

    (html,) = (entry.html for entry in read().entries if entry.title == "Both")

    assert (
        html == f'<p><a href="https://news.example{factories.edition(seen).url}">one</a>, two</p>'
    )


@pytest.mark.both
def test_a_picture_whose_right_has_ended_is_not_there():
    factories.story(live=["en"], at=AT, images=[factories.ImageFactory()])
    Image.objects.update(valid_until=AT)

    (entry,) = read().entries

    assert entry.lead is None
    assert entry.shown == []


def test_what_was_changed_later_is_updated_then():
    story = factories.story(live=["en"], at=AT)
    edition = factories.edition(story)
    edition.modified_at = AT + timedelta(hours=2)
    edition.save()

    feed = read(at=AT + timedelta(hours=3))

    assert feed.updated_at == feed.entries[0].updated_at == AT + timedelta(hours=2)


def test_the_other_languages_in_which_it_can_be_read_are_named():
    story = factories.story(live=["en", "es"], at=AT, title_pt="Rascunho", body_pt="<p>Não.</p>")

    (entry,) = read().entries

    assert entry.translations == {"es": factories.edition(story, "es").url}


def test_an_easy_read_edition_is_no_translation():
    urls = {"en": "/en/a/", "es": "/es/a/", "es-simple": "/es-simple/a/"}

    assert feeds.translations(urls, language="es") == {"en": "/en/a/"}
    assert feeds.translations(urls, language="es-simple") == {}


def test_who_has_written_a_story_and_who_has_translated_it_are_told_apart():
    article = factories.story(live=["en"], at=AT, authors=[factories.AuthorFactory(name_en="Ana")])
    for name, role in (("Ben", "translator"), ("Cleo", "photographer"), ("House", "organisation")):
        author = factories.AuthorFactory(name_en=name)
        factories.BylineFactory(article=article, author=author, role=role)

    (entry,) = read().entries

    assert [writer.name for writer in entry.authors] == ["Ana"]
    assert [translator.name for translator in entry.translators] == ["Ben"]
    assert [credited.name for credited in entry.named] == ["Ana", "Ben", "Cleo", "House"]
