from datetime import UTC, date, datetime, timedelta

import pytest

from articles.pages import sitemap as sitemaps
from tests import factories

# What is marked `both` asks what nothing else asks of PostgreSQL; the rest is decided in Python.
pytestmark = [pytest.mark.django_db, pytest.mark.once]

AT = datetime(2019, 6, 15, 12, tzinfo=UTC)
JUNE, MAY = date(2019, 6, 1), date(2019, 5, 1)


def pieces():
    return [piece[:] for piece in sitemaps.index(at=AT).pieces]


def month(language="en", day=JUNE, part=1):
    return sitemaps.read(sitemaps.Piece(language, day, part), at=AT)


def test_the_index_names_each_month_that_holds_a_story_in_a_language():
    factories.story(live=["en", "es"], at=AT)
    factories.story(live=["en"], at=AT - timedelta(days=30))
    factories.story(live=["pt"], at=AT + timedelta(days=1))

    assert pieces() == [("en", JUNE, 1), ("en", MAY, 1), ("es", JUNE, 1)]


@pytest.mark.both
def test_a_full_month_is_cut_in_parts_that_hold_every_story_once(monkeypatch):
    monkeypatch.setattr(sitemaps, "PART", 2)
    for hours in range(5):
        factories.story(live=["en"], at=AT - timedelta(hours=hours))

    assert pieces() == [("en", JUNE, 1), ("en", JUNE, 2), ("en", JUNE, 3)]
    urls = [entry.url for part in (1, 2, 3) for entry in month(part=part).entries]
    assert len(urls) == len(set(urls)) == 5
    assert month(part=4) is None


def test_a_story_is_listed_with_every_language_that_can_be_read_itself_included():
    story = factories.story(live=["en", "es"], at=AT, title_pt="Rascunho", body_pt="<p>Não.</p>")

    (entry,) = month("es").entries

    assert entry.url == factories.edition(story, "es").url
    assert entry.languages == {
        "en": factories.edition(story, "en").url,
        "es": factories.edition(story, "es").url,
    }


def test_what_was_changed_later_says_so():
    edition = factories.edition(factories.story(live=["en"], at=AT - timedelta(hours=2)))
    edition.modified_at = AT - timedelta(hours=1)
    edition.save()

    assert month().entries[0].updated_at == AT - timedelta(hours=1)


def test_a_story_of_another_month_and_one_to_come_are_not_there():
    factories.story(live=["en"], at=AT - timedelta(days=30))
    factories.story(live=["en"], at=AT + timedelta(hours=1))

    assert month() is None
    assert len(month(day=MAY).entries) == 1


def test_news_are_the_stories_of_two_days_in_a_language_each_with_its_own_headline():
    factories.story(live=["en", "es"], at=AT - timedelta(hours=1), title_es="Mar")
    factories.story(live=["en"], at=AT - timedelta(days=2))

    assert [entry.title for entry in sitemaps.news("es", at=AT).entries] == ["Mar"]
    assert len(sitemaps.news("en", at=AT).entries) == 1


def test_news_end_when_the_oldest_of_them_is_none_any_more():
    factories.story(live=["en"], at=AT - timedelta(days=1))
    factories.story(live=["en"], at=AT)

    assert sitemaps.news("en", at=AT).until == AT + timedelta(days=1)
    assert sitemaps.news("en", at=AT + timedelta(days=5)).until is None


def test_of_many_news_the_newest_are_told(monkeypatch):
    monkeypatch.setattr(sitemaps, "MOST_NEWS", 2)
    for hours in (3, 1, 2):
        factories.story(live=["en"], at=AT - timedelta(hours=hours))

    news = sitemaps.news("en", at=AT)

    assert [entry.published_at for entry in news.entries] == [
        AT - timedelta(hours=1),
        AT - timedelta(hours=2),
    ]
    assert news.since == AT - timedelta(hours=2)


def test_the_parts_of_a_month_hold_each_story_once_also_those_of_one_moment(monkeypatch):
    monkeypatch.setattr(sitemaps, "PART", 2)
    for _each in range(5):
        factories.story(live=["en", "es"], at=AT - timedelta(hours=1))
    factories.story(live=["en"], at=AT - timedelta(hours=2))

    parts = [month(part=number) for number in (1, 2, 3)]

    urls = [entry.url for part in parts for entry in part.entries]
    assert [len(part.entries) for part in parts] == [2, 2, 2]
    assert len(set(urls)) == 6
    assert sum(len(entry.languages) for part in parts for entry in part.entries) == 11
    assert month(part=4) is None


def test_lists_that_one_file_has_no_room_for_stand_in_the_next_ones(monkeypatch):
    monkeypatch.setattr(sitemaps, "MOST", 3)
    tags = [factories.TagFactory() for _each in range(4)]
    factories.story(live=["en"], at=AT, tags=tags)

    monkeypatch.setattr(sitemaps, "CROWDED", 10**9)
    assert sitemaps.index(at=AT).urls[:2] == [
        "/en/sitemap.xml",
        "/en/archive/2019/06/sitemap-1.xml",
    ]
    monkeypatch.setattr(sitemaps, "CROWDED", 3)

    number = len(sitemaps.lists("en", at=AT).urls)
    assert number > 6
    assert sitemaps.index(at=AT).urls[:-1] == [
        "/en/sitemap.xml",
        *(f"/en/sitemap-{part}.xml" for part in range(2, -(-number // 3) + 1)),
    ]
