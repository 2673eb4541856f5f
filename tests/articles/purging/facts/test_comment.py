"""What a comment purges: the page on which it stands, and where the site counts comments, the cards of its story."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from articles.actions import commenting
from articles.models import CommentRule
from newsroom.site import actions
from tests import factories
from tests.articles.purging.purges import Purges

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def edition():
    CommentRule.objects.create()
    edition = factories.live_edition(standfirst_en="In short.")
    first = commenting.write(edition, name="Rana", words="The first one.", sender="192.0.2.1")
    commenting.moderate(first, "publish", by=commenting.SYSTEM)
    return edition


def write(edition):
    return commenting.write(edition, name="Rana", words="One more.", sender="192.0.2.2")


def test_a_comment_that_waits_purges_nothing(edition):
    purges = Purges()
    write(edition)

    assert purges.now() == set()


def test_a_published_comment_purges_the_page_of_comments_and_what_counts_them(edition):
    comment, purges = write(edition), Purges()
    commenting.moderate(comment, "publish", by=commenting.SYSTEM)

    counted = f"counted:{edition.article_id}:en"
    assert purges.now() == {f"comments:{edition.pk}", f"comment:{comment.pk}", counted}


def count_comments(*, is_wanted=True):
    site = actions.settings_row()
    site.counts_comments = is_wanted
    actions.save(site)


def test_where_comments_are_not_counted_no_page_is_made_anew_for_one(edition):
    moderated = write(edition)
    commenting.moderate(moderated, "publish", by=commenting.SYSTEM)
    count_comments(is_wanted=False)

    for path in ("/en/", edition.url):
        response = Client().get(path)
        assert f"counted:{edition.article_id}:en" not in response.cache_tags
        assert "2 comments" not in response.text
        assert "(2)" not in response.text


def test_the_setting_purges_stories_and_their_cards_alone(edition):
    purges = Purges()
    count_comments()

    purged = purges.now()
    assert {tag.rpartition(":")[0] for tag in purged} == {"site:counts", "site"}
    assert "site:counts:en" in purged
    for path in ("/en/", edition.url):
        assert "site:counts:en" in Client().get(path).cache_tags


def test_a_hidden_comment_must_not_be_seen_any_more(edition):
    comment = write(edition)
    commenting.moderate(comment, "publish", by=commenting.SYSTEM)
    purges = Purges()
    commenting.moderate(comment, "hide", by=commenting.SYSTEM)

    assert purges.hard() == {f"comment:{comment.pk}"}


def test_where_comments_are_counted_the_cards_of_the_story_are_purged_too(edition):
    count_comments()
    comment, purges = write(edition), Purges()
    commenting.moderate(comment, "publish", by=commenting.SYSTEM)

    tag, (front, page) = (
        f"counted:{edition.article_id}:en",
        map(Client().get, ("/en/", edition.url)),
    )
    assert tag in purges.now()
    assert "2 comments" in front.text
    assert "(2)" in page.text
    assert all(tag in response.cache_tags for response in (front, page))


def test_the_end_of_its_time_is_planned(edition):
    purges, until = Purges(), timezone.now() + timedelta(days=3)
    commenting.open_story(edition, until=until, by=commenting.SYSTEM)

    assert purges.due()[until] == {f"commenting:{edition.article_id}:en"}
