"""Who follows what partners are told misses nothing, in whatever order things change and are committed."""

from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from threading import Event as Signal, Thread

import pytest
import time_machine
from django.db import connection, transaction
from hypothesis import given, settings as example_settings, strategies as st
from hypothesis.extra.django import TestCase

from articles.actions import publishing, writing
from articles.derived import items as told
from articles.models import Article, Category, Edition, Item
from articles.pages import item as items
from tests.factories import edition, story
from tests.waiting import SECONDS

NOW = datetime(2026, 3, 1, 10, tzinfo=UTC)
HOUR = timedelta(hours=1)


class Follower:
    """Somebody who goes on from where the last page ended, and keeps what is usable."""

    def __init__(self):
        self.place, self.kept = 0, {}

    def follow(self, *, at):
        told.tell(at=at)
        more = True
        while more:
            tree = Category.tree(language="en")
            batch = items.changed(
                after=self.place, last=items.last_place(), shelves=(), tree=tree, at=at
            )
            for item in batch.items:
                if item.entry:
                    self.kept[item.article_id] = item.entry.title
                else:
                    self.kept.pop(item.article_id, None)
            self.place, more = batch.place, batch.has_more
        return self.kept


def truth(*, at):
    """Return the id of each story -> its headline, of all that readers can see."""
    live = Edition.objects.live(language="en", at=at)
    return dict(live.values_list("article", "article__title_en"))


def change_title(article, now):
    article.title_en = f"At {now:%d %H:%M}"
    writing.save(article, now=now)


def act(verb, article, now):
    """Do a verb to a story where it makes sense."""
    english = edition(article)
    with suppressed():
        if verb == "publish":
            publishing.publish(english, by=None, now=now)
        elif verb == "schedule":
            publishing.schedule(english, by=None, at=now + HOUR, now=now)
        elif verb == "withdraw":
            publishing.withdraw(english, by=None, reason="Wrong.", now=now)
        elif verb == "restore":
            publishing.restore(english, by=None, now=now)
        elif verb == "put off":
            Edition.objects.filter(pk=english.pk, status="published").update(
                published_at=now + HOUR
            )
        elif verb == "reword":
            change_title(article, now)
        elif verb == "delete":
            article.delete()


@contextmanager
def suppressed():
    """Pass over a verb that the state of the story does not allow."""
    try:
        with transaction.atomic():
            yield
    except publishing.PublishingError:
        pass


VERBS = ("publish", "schedule", "withdraw", "restore", "put off", "reword", "delete", "follow")
STEP = st.tuples(st.sampled_from(VERBS), st.integers(0, 1), st.sampled_from([0, 20, 70]))


class FollowingTests(TestCase):
    @example_settings(max_examples=25, deadline=None)
    @given(st.lists(STEP, min_size=3, max_size=12))
    def test_who_follows_has_what_readers_can_see(self, steps):
        self.stories = [story(title_en="First", body_en="<p>A.</p>", source_language="en")]
        self.stories.append(story(title_en="Second", body_en="<p>B.</p>", source_language="en"))
        follower, now = Follower(), NOW
        for verb, place, minutes in steps:
            now += timedelta(minutes=minutes)
            with time_machine.travel(now, tick=False):
                article = Article.objects.filter(pk=self.stories[place].pk or 0).first()
                if verb == "follow":
                    assert follower.follow(at=now) == truth(at=now), steps
                elif article:
                    act(verb, article, now)
        for later in (now, now + 2 * HOUR):
            assert follower.follow(at=later) == truth(at=later), steps


@pytest.mark.django_db
def test_nothing_is_told_twice_for_a_save_that_changes_nothing():
    article, follower = story(live=["en"]), Follower()
    follower.follow(at=datetime.now(UTC))
    place = follower.place

    writing.save(Article.objects.get(pk=article.pk))
    follower.follow(at=datetime.now(UTC))

    assert follower.place == place


@pytest.mark.django_db
def test_what_was_never_told_ends_without_a_word():
    article = story(live=["en"], at=datetime.now(UTC) + HOUR)
    article.delete()

    assert not Item.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
def test_what_is_committed_late_is_told_after_what_was_told_meanwhile():
    slow, quick = story(live=["en"]), story(live=["en"])
    follower = Follower()
    follower.follow(at=datetime.now(UTC))
    is_written, may_end = Signal(), Signal()

    def write_slowly():
        with transaction.atomic():
            change_title(Article.objects.get(pk=slow.pk), datetime.now(UTC))
            is_written.set()
            may_end.wait(SECONDS)
        connection.close()

    thread = Thread(target=write_slowly)
    thread.start()
    is_written.wait(SECONDS)
    # Not by a verb, which would wait for the other.
    later = datetime.now(UTC)
    Item.objects.filter(article=quick.pk).update(due=later, version=2)
    assert follower.follow(at=later)[slow.pk] == slow.title_en
    may_end.set()
    thread.join()

    assert follower.follow(at=datetime.now(UTC)) == truth(at=datetime.now(UTC))
