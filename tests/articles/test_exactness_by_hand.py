"""Changes that the random test cannot make: each is followed by a look at every page, as there."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection, connections, transaction
from django.utils import timezone

from articles.actions import publishing, writing
from articles.models import Article, Byline, Category, Edition, Promotion
from articles.pages.card import LEAST_WIDTH
from articles.purging import lists
from articles.purging.change import Change
from newsroom.db.keyset import Cursor
from tests import factories
from tests.articles.exactness import excuses, outages, readers as readers_module, site
from tests.waiting import SECONDS

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("small_pages")]

ONCE = pytest.mark.once
"""What is asked here is decided by code that both databases share; the random test looks at each of them."""

SYSTEM = publishing.SYSTEM


@pytest.fixture
def clock():
    with time_machine.travel(site.BEGIN, tick=False) as clock:
        yield clock


@pytest.fixture
def look(clock):
    """Return a function that lets a minute pass and looks; it returns the addresses that changed."""
    site.build()
    readers = readers_module.Readers(*site.first_addresses(), share=readers_module.NONE)

    def look(*more, minutes=1):
        clock.shift(timedelta(minutes=minutes))
        readers.answers |= dict.fromkeys(more)
        return excuses.check(readers)

    look.readers = readers
    look()
    look()
    readers.share = 1
    return look


def category(slug):
    return Category.objects.get(slug_en=slug)


def story(number=0):
    live = Article.objects.filter(editions__language="en", editions__status="published")
    return live.order_by("pk")[number]


def retitled(article, title):
    article.title_en = title
    writing.save(article)


@ONCE
def test_stories_to_come_of_a_region_that_moves_with_many(look, clock, monkeypatch):
    monkeypatch.setattr(lists, "HELD", 2)
    paris, moment = category("paris"), timezone.now() + timedelta(hours=2)
    for minutes in range(4):
        factories.live_edition(categories=[paris], at=moment + timedelta(minutes=minutes))
    look()

    with transaction.atomic():
        paris.parent = category("east")
        paris.save()
    look()

    clock.move_to(moment)
    assert category("east").url_in("en") in look(minutes=0)


@ONCE
def test_places_in_lists_that_no_page_leads_to(look, monkeypatch):
    monkeypatch.setattr(readers_module, "FORMER", 50)
    now, day = timezone.now(), timedelta(days=1)
    places = [
        *(f"before={Cursor(now + time, 0)}" for time in (day, -400 * day)),
        *(f"after={Cursor(now + time, 5)}" for time in (-2 * day, day / 24, -400 * day)),
        f"before={Cursor(now, 9)}&after={Cursor(now - day, 3)}",
    ]
    urls = [category("east").url_in("en"), "/en/archive/2026/03/"]
    look(*(f"{url}?{place}" for url in urls for place in places))

    for at in (None, now - day, now - 400 * day, now + day / 24):
        factories.live_edition(categories=[category("east")], at=at)
        look()

    assert look(minutes=60)


@ONCE
def test_the_last_moment_of_a_month_and_the_first_of_the_next(clock, settings, request):
    settings.TIME_ZONE = "America/Sao_Paulo"
    look = request.getfixturevalue("look")
    midnight = datetime(2026, 4, 1, 3, tzinfo=UTC)
    moments = [midnight - timedelta.resolution, midnight]
    editions = [factories.live_edition(at=moment) for moment in moments]
    look()

    for month, moment in zip(("03", "04"), moments, strict=True):
        clock.move_to(moment - timedelta.resolution)
        look(minutes=0)
        clock.move_to(moment)
        # A month has a page from its first story on: then the archive names it.
        assert {f"/en/archive/2026/{month}/", "/en/archive/"} & look(minutes=0)
    for edition in editions:
        publishing.withdraw(edition, by=SYSTEM, reason="Not so.")
        look()


def only(monkeypatch, *names):
    """Let a page be made anew for nothing in these exceptions alone."""
    kept = {name: fits for name, fits in excuses.EXCUSES.items() if name in names}
    monkeypatch.setattr(excuses, "EXCUSES", kept)


@ONCE
def test_only_a_lead_too_small_for_a_card_makes_cards_anew_that_stay_as_they_were(
    look, monkeypatch
):
    without, least = story(2), LEAST_WIDTH
    lead = factories.ImageUseFactory.create
    only(monkeypatch, "too small")
    small = lead(article=without, image=factories.ImageFactory(file__width=least - 1), is_lead=True)
    assert Edition.objects.get(article=without, language="en").url in look()

    only(monkeypatch)
    small.delete()
    with pytest.raises(readers_module.Wrong, match=f"teaser:{without.pk}:"):
        look()

    # The next one is large enough, and the cards show it.
    lead(article=without, image=factories.ImageFactory(file__width=least), is_lead=True)
    assert "/en/" in look()


@ONCE
def test_only_another_hour_of_the_day_makes_lists_anew_that_stay_as_they_were(look, monkeypatch):
    moved = Edition.objects.get(article=story(2), language="en")
    same = Edition.objects.filter(pk=moved.pk)

    only(monkeypatch, "within its day")
    same.update(published_at=moved.published_at + timedelta(minutes=1))
    assert moved.url in look()

    only(monkeypatch)
    same.update(published_at=moved.published_at + timedelta(minutes=2))
    with pytest.raises(readers_module.Wrong, match="teaser:|list:"):
        look()

    # Another day is told by the lists.
    same.update(published_at=moved.published_at - timedelta(days=1))
    assert "/en/" in look()


@ONCE
def test_a_story_that_is_scheduled_by_a_process_that_is_killed(look, clock, monkeypatch):
    # What is not told is everything, so every page is made anew.
    monkeypatch.setattr(excuses, "find", lambda *_args: True)
    monkeypatch.setattr("newsroom.pagecache.purges.log.GRACE", -1)
    moment = timezone.now() + timedelta(hours=2)
    with monkeypatch.context() as killed:
        killed.setattr(Change, "__call__", lambda self: None)
        factories.live_edition(categories=[category("paris")], at=moment)
    look()
    look()

    clock.move_to(moment)
    assert category("paris").url_in("en") in look(minutes=0)


@ONCE
def test_promotions_that_end_are_gone_from_kept_pages_in_an_outage_too(look, clock):
    ends = site.BEGIN + timedelta(hours=2)
    before = outages.seen()

    clock.move_to(ends)
    outages.check(look.readers, before)

    changed = look(minutes=0)
    assert {edition.url for edition in Edition.objects.filter(status="published")} <= changed
    # Those of a region and of a tag end later.
    for promotion in Promotion.objects.filter(place__in=["category", "tag"]).order_by("ends_at"):
        clock.move_to(promotion.ends_at)
        owner = promotion.category or promotion.tag
        assert {owner.url_in(code) for code in site.LANGUAGES} <= look(minutes=0)


@ONCE
def test_a_site_that_is_loaded_from_an_older_dump(look, tmp_path):
    dump = tmp_path / "site.json"
    call_command("dumpdata", "articles", output=str(dump), verbosity=0)
    title = story().title_en
    retitled(story(), "Another")
    publishing.withdraw(Edition.objects.filter(article=story(1)).first(), by=SYSTEM, reason="No.")
    look()

    call_command("loaddata", dump, verbosity=0)

    assert look()
    assert story().title_en == title


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
def test_two_changes_of_a_story_that_overlap(look, monkeypatch):
    monkeypatch.setitem(excuses.EXCUSES, "an overlap", lambda *_args: True)
    article = story()
    author = factories.AuthorFactory()

    def elsewhere(change):
        def do():
            try:
                change()
            finally:
                connections.close_all()

        with ThreadPoolExecutor(1) as pool:
            pool.submit(do).result(timeout=SECONDS)

    def moved():
        paris = category("paris")
        paris.parent = None
        paris.save()

    for change in (lambda: retitled(Article.objects.get(pk=article.pk), "Theirs"), moved):
        with transaction.atomic():
            byline = Byline.objects.create(article=article, author=author)
            elsewhere(change)
        assert look()
        byline.delete()
        look()
