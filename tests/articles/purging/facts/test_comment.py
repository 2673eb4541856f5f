"""What a comment purges: the page on which it stands, and where the site counts comments, the cards of its story."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from articles.actions import commenting
from articles.models import CommentRule
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


def test_a_published_comment_purges_the_page_of_comments_alone(edition):
    comment, purges = write(edition), Purges()
    commenting.moderate(comment, "publish", by=commenting.SYSTEM)

    assert purges.now() == {f"comments:{edition.pk}", f"comment:{comment.pk}"}


def test_a_hidden_comment_must_not_be_seen_any_more(edition):
    comment = write(edition)
    commenting.moderate(comment, "publish", by=commenting.SYSTEM)
    purges = Purges()
    commenting.moderate(comment, "hide", by=commenting.SYSTEM)

    assert purges.hard() == {f"comment:{comment.pk}"}


def test_where_comments_are_counted_the_cards_of_the_story_are_purged_too(edition, settings):
    settings.COMMENT_COUNTS = True
    comment, purges = write(edition), Purges()
    commenting.moderate(comment, "publish", by=commenting.SYSTEM)

    place = f"{edition.article_id}:en"
    assert {f"teaser:{place}", f"article:{place}"} <= purges.now()
    assert f"link:{place}" not in purges.now()
    assert "2 comments" in Client().get("/en/").text
    assert "(2)" in Client().get(edition.url).text


def test_the_end_of_its_time_is_planned(edition):
    purges, until = Purges(), timezone.now() + timedelta(days=3)
    commenting.open_story(edition, until=until, by=commenting.SYSTEM)

    assert purges.due()[until] == {f"commenting:{edition.article_id}:en"}
