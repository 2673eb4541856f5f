"""Two who do the same at the same moment, on real connections: one wins, nobody gets an error."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Barrier

import pytest
from django.db import connection, connections, transaction

from articles.actions import organising, publishing, writing
from articles.importers import writer
from articles.importers.story import Person, Story, TagLabel, Text
from articles.models import Article, Author, Edition, Event, Listing, Tag, WaitingLink
from tests import factories
from tests.waiting import SECONDS

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time"),
]

COUNT = 4
NOW = datetime(2020, 5, 4, 12, tzinfo=UTC)


def at_once(*acts):
    """Do all acts at the same moment; return for each its result, or the exception it raised."""
    barrier = Barrier(len(acts), timeout=SECONDS)

    def do(act):
        try:
            connection.ensure_connection()
            barrier.wait()
            return act()
        except Exception as error:  # noqa: BLE001, told apart by the test
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(do, acts))


def errors(results):
    return [repr(result) for result in results if isinstance(result, Exception)]


def save(external_id, *, title="Tide", body="<p>Words.</p>", **fields):
    record = Story(
        external_id=external_id,
        source_language="en",
        texts={"en": Text(title=title, body=body, status="published", published_at=NOW)},
        **fields,
    )
    return writer.save(record, source="wire", publish=True)


def test_stories_of_one_headline_get_a_slug_each():
    results = at_once(*(lambda i=i: save(f"story-{i}") for i in range(COUNT)))

    assert errors(results) == []
    slugs = Edition.objects.values_list("slug", flat=True)
    assert set(slugs) == {"tide", *(f"tide-{i}" for i in range(2, COUNT + 1))}


def test_one_story_imported_at_once_is_one_article():
    results = at_once(*([lambda: save("same")] * COUNT))

    assert sorted(result.outcome for result in results) == ["created"] + ["unchanged"] * (COUNT - 1)
    assert Article.objects.count() == 1


def test_a_new_tag_and_a_new_author_are_made_once():
    spellings = ["Raqqa", "RAQQA", "Ra-qqa", "raqqa"]
    results = at_once(
        *(
            lambda words=words: save(
                words, tags=(TagLabel(name=words),), bylines=(Person(names={"": "Ana"}),)
            )
            for words in spellings
        )
    )

    assert errors(results) == []
    assert (Tag.objects.count(), Author.objects.count()) == (1, 1)
    assert Tag.objects.get().items.count() == len(spellings)


def test_tags_of_two_editors_do_not_clash():
    articles = [factories.ArticleFactory() for _ in range(COUNT)]

    results = at_once(*(lambda a=a: a.tags.add("Water", "Fire") for a in articles))

    assert errors(results) == []
    assert Tag.objects.count() == 2


def test_authors_of_one_name_get_an_address_each():
    results = at_once(*([lambda: factories.AuthorFactory(name_en="Ana")] * COUNT))

    assert errors(results) == []
    assert Author.objects.values("slug").distinct().count() == COUNT


def test_of_several_who_publish_one_wins_and_the_others_are_told():
    edition = factories.edition(factories.story(title_en="A", body_en="<p>b</p>", tags=["Water"]))

    def publish():
        publishing.publish(Edition.objects.get(pk=edition.pk), by=publishing.SYSTEM)

    results = at_once(*([publish] * COUNT))

    others = [result for result in results if not isinstance(result, publishing.PublishingError)]
    assert others == [None]
    assert (Event.objects.count(), Listing.objects.count()) == (1, 1)


def test_a_save_and_a_verb_do_not_write_a_row_twice():
    article = factories.story(title_en="A", body_en="<p>b</p>", live=["en"], tags=["Water"])
    Listing.objects.all().delete()

    def withdraw():
        edition = factories.edition(article)
        publishing.withdraw(edition, by=publishing.SYSTEM, reason="Wrong.")
        publishing.restore(edition, by=publishing.SYSTEM)

    results = at_once(withdraw, *([lambda: writing.save(Article.objects.get(pk=article.pk))] * 3))

    assert errors(results) == []
    assert Listing.objects.count() == 1
    assert Article.objects.get().rev == article.rev + 3


def test_two_stories_that_wait_for_each_other_both_find_the_other():
    results = at_once(
        *(
            lambda own=own, other=other: save(
                own, title=own, body=f'<p>x</p><aside data-waiting="{other}"></aside>'
            )
            for own, other in [("One", "Two"), ("Two", "One")]
        )
    )

    assert errors(results) == []
    assert not WaitingLink.objects.exists()


def test_who_edits_a_story_that_is_being_served_a_link_loses_nothing():
    waiting = factories.story(title_en="A", body_en='<p>x</p><aside data-waiting="Tide"></aside>')

    @transaction.atomic
    def edit():
        article = Article.objects.get(pk=waiting.pk)
        article.standfirst_en = "Edited."
        writing.save(article)

    results = at_once(edit, lambda: save("tide"), edit)

    assert errors(results) == []
    waiting.refresh_from_db()
    assert waiting.standfirst_en == "Edited."
    assert "data-article=" in waiting.body_en
    assert not WaitingLink.objects.exists()


def test_who_merges_tags_and_who_saves_them_do_not_block_each_other():
    tags = [factories.TagFactory(name=f"Tag {number}") for number in range(COUNT + 1)]
    factories.story(title_en="A", body_en="<p>b</p>", live=["en"], tags=[tag.name for tag in tags])

    results = at_once(
        *(lambda tag=tag: organising.merge_tags([tag], into=tags[0]) for tag in tags[1:]),
        *([lambda: Tag.objects.get(pk=tags[0].pk).save()] * COUNT),
    )

    assert errors(results) == []
    assert Tag.objects.get() == tags[0]
