"""What programs are told first, by llmstxt.org: a heading, a quotation, and lists of links under headings."""

from datetime import UTC, datetime

import pytest

from newsroom.site import actions
from tests import factories
from tests.articles.representations.markdown import reading

pytestmark = [pytest.mark.django_db, pytest.mark.once]

AT = datetime(2019, 6, 15, 12, tzinfo=UTC)
SITE = "http://127.0.0.1:8000"


def words_of(answer):
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/plain; charset=utf-8")
    return answer.content.decode()


def test_a_language_tells_its_newest_stories_and_where_the_others_are(client):
    region = factories.CategoryFactory(name_en="Atlantis", parent=None)
    harbour = factories.CategoryFactory(name_en="Harbour", parent=region)
    section = factories.CategoryFactory(name_en="Tides", kind="section")
    for number in range(14):
        factories.story(
            live=["en"],
            at=AT,
            title_en=f"[{number}]",
            categories=[harbour, section],
            standfirst_en="So.",
        )

    actions.say("en", strapline="Reported once")

    answer = client.get("/en/llms.txt")
    read = words_of(answer)

    assert read.startswith("# Newsroom\n\n> Reported once")
    assert reading.headings(read) == [
        (1, "Newsroom"),
        *((2, words) for words in ("Newest stories", "Regions", "Sections", "Optional")),
    ]
    links = reading.links(read)
    stories = [url for _words, url in links if "/2019/06/15/" in url]
    assert len(stories) == len(set(stories)) == 12
    assert f"- [\\[13\\]]({SITE}/en/2019/06/15/13/index.md): So.\n" in read
    assert f"- [Atlantis]({SITE}/en/region/atlantis/index.md)\n  - [Harbour]({SITE}" in read
    assert dict(links)["Stories for partners"] == f"{SITE}/en/api/"
    for _words, url in links:
        assert client.get(url.removeprefix(SITE)).status_code == 200, url
    assert answer.cache_tags.keys() <= client.get("/en/").cache_tags.keys()


def test_a_language_without_stories_tells_where_they_will_be(client):
    read = words_of(client.get("/ar/llms.txt"))

    assert [words for _level, words in reading.headings(read)] == ["Newsroom", "Optional"]


def test_the_site_leads_to_each_of_its_languages(client):
    actions.say("en", strapline="News *and* more")

    answer = client.get("/llms.txt", HTTP_ACCEPT_LANGUAGE="ar")
    read = words_of(answer)

    assert read.startswith("# Newsroom\n\n> News \\*and\\* more\n\n## Languages\n\n- [English]")
    assert [url for _words, url in reading.links(read)] == [
        f"{SITE}/{code}/llms.txt" for code in ("en", "es", "pt", "ar")
    ]
    assert answer.cache_tags.keys() == {"settings", "site:name:en", "site:strapline:en"}
