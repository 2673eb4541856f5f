"""The archive: months of the site's own time zone, whatever is asked for."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from newsroom import moments
from tests import factories, pages

pytestmark = pytest.mark.django_db


def months(page):
    return sorted(path for path in page.links() if path.count("/") == 5 and "/archive/" in path)


def test_the_archive_leads_to_the_months_in_which_there_is_something(client):
    for year, month in ((1969, 7), (2016, 11), (2016, 12), (2017, 2)):
        factories.live_edition(at=datetime(year, month, 3, tzinfo=UTC))

    expected = ["1969/07", "2016/11", "2016/12", "2017/02"]
    assert months(pages.get(client, "/en/archive/")) == [f"/en/archive/{m}/" for m in expected]
    assert months(pages.get(client, "/es/archive/")) == []


def test_the_archive_begins_with_the_newest_year_and_its_first_month(client):
    for year, month in ((2016, 12), (2017, 1), (2017, 2)):
        factories.live_edition(at=datetime(year, month, 3, tzinfo=UTC))

    years = client.get("/en/archive/").context["archive"].years

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
    found = {
        client.get(f"/en/archive/{year}/{month}/").status_code
        for year in ("0000", "0001", "1969", "9999")
        for month in ("00", "01", "06", "11", "12", "13", "99")
    }

    assert found == {404}


@pytest.mark.parametrize(
    "path", ["2017/1", "17/11", "20177/11", "-2017/11", "2017/٠١", "2017/11/30", "2017"]
)
def test_what_is_no_month_is_not_found(client, path):
    assert client.get(f"/en/archive/{path}/").status_code == 404
