"""A process is killed between a change and its tags: what it did not tell is made up for."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from articles.actions import publishing
from articles.purging.change import Change
from newsroom.pagecache import EVERYTHING
from newsroom.pagecache.models import Purge
from newsroom.pagecache.purges.log import Log
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def killed(monkeypatch):
    """Return a function that does something and is killed before it tells of it."""

    def do(work):
        with monkeypatch.context() as patch:
            patch.setattr(Change, "__call__", lambda self: None)
            work()
        assert Purge.objects.filter(is_pending=True).exists()

    return do


@pytest.fixture
def processes(monkeypatch):
    """Return two processes that follow the log and wait for nothing."""
    monkeypatch.setattr("newsroom.pagecache.purges.log.GRACE", -1)
    return Log(), Log()


def purged(moment):
    """Return the names that are purged at a moment, or at once, as often as they are."""
    rows = Purge.objects.filter(due=moment).order_by("pk")
    return [name for row in rows for name, _place in row.tags]


def test_what_is_to_come_is_told_by_the_next_process_that_looks(killed, processes):
    moment = timezone.now() + timedelta(hours=2)
    region = factories.CategoryFactory()
    article = factories.story(live=["es"], title_en="A", body_en="<p>A</p>", categories=[region])
    edition = factories.edition(article)
    image = factories.ImageFactory()
    image.valid_until = moment
    killed(lambda: publishing.schedule(edition, by=publishing.SYSTEM, at=moment))
    killed(image.save)

    for process in processes:
        process.sync()

    assert not Purge.objects.filter(is_pending=True).exists()
    assert purged(None).count(EVERYTHING) == 1
    assert set(purged(moment)) >= {
        *(f"article:{article.pk}:{language}" for language in ("en", "es")),
        *("list:all:en", f"list:category:{region.pk}:en", f"filled:category:{region.pk}:en"),
        f"image:{image.pk}",
    }


def test_what_was_not_told_is_made_up_for_once(killed, processes):
    article = factories.story(live=["en"])
    killed(article.save)

    for process in processes * 2:
        process.sync()

    assert purged(None).count(EVERYTHING) == 1


def test_after_a_change_by_hand_a_command_tells_of_what_is_to_come():
    article = factories.story(live=["en"])
    moment = timezone.now() + timedelta(hours=2)
    article.editions.update(published_at=moment)

    call_command("purge_pages", "--all", stdout=StringIO())

    assert not Purge.objects.filter(is_pending=True).exists()
    assert purged(None).count(EVERYTHING) == 1
    assert f"article:{article.pk}:en" in purged(moment)
