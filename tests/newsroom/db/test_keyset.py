"""Walking a list by key: nothing twice, nothing left out, whatever the times."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings as hypothesis_settings, strategies as st

from articles.models import Article, Edition
from newsroom.db import keyset
from newsroom.db.keyset import BadCursor, Cursor
from tests import factories, pages

FIRST, LAST = datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC)
moments = st.datetimes(timezones=st.just(UTC))


@given(moment=moments, key=st.integers(1, 10**18 - 1))
def test_a_cursor_is_read_as_it_was_written(moment, key):
    cursor = Cursor(moment, key)

    assert Cursor.read(str(cursor)) == cursor


@pytest.mark.parametrize("moment", [FIRST, LAST, datetime(1969, 12, 31, 23, 59, 59, 1, tzinfo=UTC)])
def test_a_cursor_holds_any_time_of_the_calendar(moment):
    assert Cursor.read(str(Cursor(moment, 1))).moment == moment


BAD_CURSORS = [
    "",
    "-",
    "1",
    "1-",
    "-1",
    "--1-1",
    "1--1",
    "1-1-1",
    "1.5-1",
    "+1-1",
    " 1-1",
    "1-1\n",
    "1-x",
    "²-1",
    "١-١",
    "1_0-1",
    "9" * 19 + "-1",
    "999999999999999999-1",
    "-999999999999999999-1",
    "1-" + "9" * 19,
    "\x00-1",
    "' OR 1=1 --",
]


@pytest.mark.parametrize("words", BAD_CURSORS)
def test_what_is_no_cursor_is_refused(words):
    with pytest.raises(BadCursor):
        Cursor.read(words)


@given(st.text())
def test_any_words_are_a_cursor_or_refused(words):
    with suppress(BadCursor):
        Cursor.read(words)


def rows_at(offsets):
    """Store a bare live edition for each offset in seconds; return all of them as a queryset."""
    start = datetime(1969, 12, 31, 23, 59, 50, tzinfo=UTC)
    articles = Article.objects.bulk_create(Article() for _ in offsets)
    Edition.objects.bulk_create(
        Edition(
            article=article,
            language="en",
            slug=f"s{number}",
            status="published",
            published_at=start + timedelta(seconds=offset),
        )
        for number, (article, offset) in enumerate(zip(articles, offsets, strict=True))
    )
    return Edition.objects.filter(article__in=articles)


def page_of(rows, **options):
    return keyset.taken(list(keyset.ordered(rows, **options)), **options)


def walked(rows, size):
    """Return the pages of a list from the first to the last, and those on the way back."""
    there, back = [], []
    page = page_of(rows, size=size)
    assert page.newer is None
    there.append([row.pk for row in page.rows])
    while page.older:
        page = page_of(rows, before=Cursor.read(str(page.older)), size=size)
        there.append([row.pk for row in page.rows])
    while page.newer:
        page = page_of(rows, after=Cursor.read(str(page.newer)), size=size)
        back.append([row.pk for row in page.rows])
    return there, back


@pytest.mark.django_db
@hypothesis_settings(max_examples=25)
@given(offsets=st.lists(st.integers(0, 12), max_size=12), size=st.integers(1, 4))
def test_a_walk_sees_every_story_once_in_order_and_back_again(offsets, size):
    rows = rows_at(offsets)
    expected = [row.pk for row in sorted(rows, key=lambda r: (r.published_at, r.pk), reverse=True)]

    there, back = walked(rows, size)

    assert sum(there, []) == expected
    assert back == there[-2::-1]
    rows.delete()


@pytest.mark.django_db
@hypothesis_settings(max_examples=15)
@given(
    offsets=st.lists(st.integers(0, 5), min_size=1, max_size=8),
    micros=st.integers(-12_000_000, 2_000_000),
    key=st.integers(1, 10**6),
)
def test_any_place_divides_a_list_in_two(offsets, micros, key):
    rows = rows_at(offsets)
    place = Cursor.read(f"{micros}-{key}")

    older = page_of(rows, before=place, size=50).rows
    newer = page_of(rows, after=place, size=50).rows

    passed = {row.pk for row in rows if (row.published_at, row.pk) == (place.moment, place.key)}
    assert {row.pk for row in older}.isdisjoint(row.pk for row in newer)
    assert {row.pk for row in [*older, *newer]} | passed == {row.pk for row in rows}
    rows.delete()


@pytest.mark.django_db
def test_the_pages_of_a_region_lead_through_all_its_stories_and_back(client, monkeypatch):
    monkeypatch.setattr(keyset, "SIZE", 2)
    region = factories.CategoryFactory(name_en="Atlantis")
    old = datetime(1969, 12, 31, 23, 0, tzinfo=UTC)
    stories = [
        factories.live_edition(categories=[region], at=old + timedelta(hours=number // 2))
        for number in range(5)
    ]
    seen, url = [], "/en/region/atlantis/"

    while url:
        page = pages.get(client, url)
        seen.append([s for s in reversed(stories) if s.url in page.links()])
        url = next((a["href"] for a in page.all("a", rel="next")), "")

    assert seen == [[stories[4], stories[3]], [stories[2], stories[1]], [stories[0]]]
    newer = pages.get(client, page.all("a", rel="prev")[0]["href"])
    assert [s for s in stories if s.url in newer.links()] == stories[1:3]


@pytest.mark.django_db
@pytest.mark.parametrize("words", [*BAD_CURSORS, "%FF-1"])
def test_an_address_with_a_bad_cursor_is_not_found(client, words):
    for name in ("before", "after"):
        assert client.get("/en/region/africa/", {name: words}).status_code == 404
