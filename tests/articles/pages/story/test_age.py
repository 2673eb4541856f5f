"""How old a story is, and from when on it is older."""

from datetime import UTC, datetime

import pytest

from articles.pages.story.age import Age, age


def moment(words):
    return datetime.fromisoformat(words).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("published", "now", "years", "until"),
    [
        ("2017-11-30T21:00", "2017-12-01T09:00", 0, "2018-11-30T00:00"),
        ("2017-11-30T21:00", "2018-11-29T23:59", 0, "2018-11-30T00:00"),
        ("2017-11-30T21:00", "2018-11-30T00:00", 1, "2019-11-30T00:00"),
        ("2017-11-30T21:00", "2026-11-29T09:00", 8, "2026-11-30T00:00"),
        ("2016-02-29T09:00", "2017-02-28T23:59", 0, "2017-03-01T00:00"),
        ("2016-02-29T09:00", "2019-03-01T00:00", 3, "2020-02-29T00:00"),
    ],
)
def test_a_story_grows_older_at_the_beginning_of_its_anniversary(published, now, years, until):
    assert age(moment(published), at=moment(now)) == Age(years, moment(until))
