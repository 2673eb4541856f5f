"""The archive: months of the site's own time zone, whatever is asked for."""

import re
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.pages import archive
from newsroom import moments
from tests import factories, pages

# Pages as words: what they ask is asked of both databases by the random changes of test_exactness.py.
pytestmark = [pytest.mark.django_db, pytest.mark.once]


def months(page):
    return sorted(path for path in page.links() if path.count("/") == 5 and "/archive/" in path)


def test_the_archive_leads_to_the_months_in_which_there_is_something(client):
    for year, month in ((1969, 7), (2016, 11), (2016, 12), (2017, 2)):
        factories.live_edition(at=datetime(year, month, 3, tzinfo=UTC))

    expected = ["1969/07", "2016/11", "2016/12", "2017/02"]
    assert months(pages.get(client, "/en/archive/")) == [f"/en/archive/{m}/" for m in expected]
    assert months(pages.get(client, "/es/archive/")) == []


def test_the_archive_begins_with_the_newest_year_and_its_first_month():
    for year, month in ((2016, 12), (2017, 1), (2017, 2)):
        factories.live_edition(at=datetime(year, month, 3, tzinfo=UTC))

    years = archive.read(language="en", at=timezone.now()).years

    shown = {year.year: [month.date.month for month in year.months] for year in years}
    assert list(shown.items()) == [(2017, [1, 2]), (2016, [12])]


@pytest.mark.parametrize("zone", ["UTC", "Asia/Tokyo"])
def test_a_date_of_the_first_year_does_not_break_the_archive(client, settings, zone):
    settings.TIME_ZONE = zone
    for year in (moments.FIRST_YEAR, 2017):
        factories.live_edition(at=datetime(year, 6, 3, tzinfo=UTC))

    with CaptureQueriesContext(connection) as captured:
        page = pages.get(client, "/en/archive/")

    assert months(page) == ["/en/archive/1400/06/", "/en/archive/2017/06/"]
    assert len(captured) <= 8


def test_what_is_scheduled_has_no_month_yet(client):
    factories.live_edition(at=datetime(2999, 1, 1, tzinfo=UTC))

    page = pages.get(client, "/en/archive/")

    assert (page.status, months(page)) == (200, [])


def test_a_month_begins_and_ends_at_midnight_here(client, settings):
    settings.TIME_ZONE = "Asia/Tokyo"
    stories = [
        factories.live_edition(at=datetime(2017, month, day, hour, minute, tzinfo=UTC))
        for month, day, hour, minute in (
            (10, 31, 14, 59),
            (10, 31, 15, 0),
            (11, 30, 14, 59),
            (11, 30, 15, 0),
        )
    ]

    page = pages.get(client, "/en/archive/2017/11/")

    assert [s for s in stories if s.url in page.links()] == stories[1:3]
    assert page.text("h1") == "November 2017"
    assert months(pages.get(client, "/en/archive/")) == [
        f"/en/archive/2017/{m}/" for m in (10, 11, 12)
    ]


def test_the_name_of_a_month_is_in_the_language_of_the_page(client):
    factories.live_edition("es", at=datetime(2017, 11, 30, tzinfo=UTC))

    assert "2017" in pages.get(client, "/es/archive/2017/11/").text("h1")
    assert "oviembre" in pages.get(client, "/es/archive/2017/11/").text("h1")


@pytest.mark.parametrize("zone", ["UTC", "Asia/Tokyo", "Pacific/Kiritimati", "America/Los_Angeles"])
def test_a_month_in_which_nothing_was_published_is_not_found(client, settings, zone):
    settings.TIME_ZONE = zone
    statuses = {
        client.get(f"/en/archive/{year}/{month}/").status_code
        for year in ("0000", "0001", "1969", "9999")
        for month in ("00", "01", "06", "11", "12", "13", "99")
    }

    assert statuses == {404}


@pytest.mark.parametrize(
    "path",
    ["2017/1", "17/11", "20177/11", "-2017/11", "2017/٠١", "2017/11/30", "2017/02/30", "2017"],
)
def test_what_is_no_month_is_not_found(client, path):
    assert client.get(f"/en/archive/{path}/").status_code == 404


def numbers(client, language="en"):
    """Return month -> what the archive says of its number."""
    lines = re.findall(
        r'archive__month" href="/\w+/archive/(\d+/\d+)/".*?story-count">\s*(\d+)',
        client.get(f"/{language}/archive/").content.decode(),
        re.DOTALL,
    )
    return {month.replace("/", "-"): int(number) for month, number in lines}


def test_the_archive_tells_how_many_stories_readers_find_in_each_month(client, time_machine):
    time_machine.move_to(datetime(2017, 11, 30, 12, tzinfo=UTC), tick=False)
    for day in (1, 2, 30):
        factories.live_edition("en", at=datetime(2017, 11, day, 13, tzinfo=UTC))
    factories.live_edition("es", at=datetime(2017, 10, 1, tzinfo=UTC))

    assert numbers(client) == {"2017-11": 2}
    assert numbers(client, "es") == {"2017-10": 1}

    time_machine.move_to(datetime(2017, 11, 30, 13, tzinfo=UTC), tick=False)
    assert numbers(client) == {"2017-11": 3}
    assert b"3 stories" in client.get("/en/archive/").content


def test_numbers_are_right_after_the_time_zone_has_changed(client, settings):
    factories.live_edition(at=datetime(2017, 10, 31, 23, tzinfo=UTC))
    settings.TIME_ZONE = "Asia/Tokyo"

    assert numbers(client) == {"2017-11": 1}

    factories.live_edition(at=datetime(2017, 10, 31, 23, tzinfo=UTC))
    assert numbers(client) == {"2017-11": 2}


def test_a_month_shows_its_stories_by_days_each_with_a_page_of_its_own(client):
    stories = [
        factories.live_edition(at=datetime(2017, 11, day, hour, tzinfo=UTC))
        for day, hour in ((30, 9), (30, 8), (2, 8))
    ]

    month, day = (pages.get(client, f"/en/archive/2017/11/{rest}") for rest in ("", "30/"))

    days = [link for link in month.links() if re.fullmatch(r"/en/archive/2017/11/\d+/", link)]
    assert sorted(days) == ["/en/archive/2017/11/02/", "/en/archive/2017/11/30/"]
    assert len(month.all("h3")) == len(stories)
    assert [story for story in stories if story.url in day.links()] == stories[:2]
    assert {"/en/archive/", "/en/archive/2017/11/"} <= day.links()
    assert pages.get(client, "/en/archive/2017/11/30/").text("h1") == "30 November 2017"


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("/en/2017/", "/en/archive/#year-2017"),
        ("/en/archive/2017/", "/en/archive/#year-2017"),
        ("/en/2017/11/", "/en/archive/2017/11/"),
        ("/en/2017/11/30/", "/en/archive/2017/11/30/"),
        ("/en/2017/?from=mail", "/en/archive/?from=mail#year-2017"),
    ],
)
def test_each_beginning_of_a_story_s_address_leads_to_what_was_published_then(client, path, place):
    factories.live_edition(at=datetime(2017, 11, 30, 9, tzinfo=UTC))

    response = client.get(path)

    assert (response.status_code, response["Location"]) == (301, place)


@pytest.mark.parametrize("path", ["2016", "2017/12", "2017/11/29", "2017/13", "2017/02/30", "0000"])
def test_the_beginning_of_no_address_leads_nowhere(client, path):
    factories.live_edition(at=datetime(2017, 11, 30, 9, tzinfo=UTC))
    factories.live_edition("es", at=datetime(2016, 12, 29, 9, tzinfo=UTC))

    assert client.get(f"/en/{path}/").status_code == 404
