from dataclasses import replace

import pytest

from articles.representations import feeds
from articles.representations.atom import atom
from articles.representations.jsonfeed import jsonfeed
from articles.representations.rss import rss
from newsroom.languages import LANGUAGES
from tests.articles.representations import feeding


def test_the_name_of_a_story_stays_when_its_address_and_headline_change():
    other = replace(
        feeding.STORY, url="/es/2020/01/01/otro/", title="Otro", published_at=feeding.LATER
    )

    assert feeds.name_of(other) == feeds.name_of(feeding.STORY)


def test_a_feed_names_its_language_whichever_it_is():
    for code in LANGUAGES:
        feed = replace(feeding.feed(), language=code)
        told = {"xml:lang": atom(feed), "language": rss(feed), "json": jsonfeed(feed)}

        assert f'xml:lang="{code}"' in str(told["xml:lang"]), code
        assert f"<language>{code}</language>" in str(told["language"]), code
        assert f'"language": "{code}"' in str(told["json"]).replace('":"', '": "'), code


def test_languages_and_stories_have_names_of_their_own():
    english = replace(feeding.STORY, language="en")

    assert len({feeds.name_of(entry) for entry in (feeding.STORY, english, feeding.BARE)}) == 3


def test_the_feed_of_all_stories_bears_the_name_of_the_site_once(settings):
    settings.SITE_NAME = "Océano"

    assert feeds.title(feeding.feed(name="all", pk=None)) == "Océano"


def test_what_the_site_says_of_itself_stands_over_the_feed_of_all_stories_only():
    assert feeding.feed(name="all", pk=None).subtitle == "Todo el mar."
    assert feeding.feed().subtitle == ""


def test_a_story_begins_with_its_standfirst_and_its_picture(settings):
    settings.SITE_URL = "https://news.example"

    html = feeds.html(feeding.STORY)

    assert html.index("Sube.") < html.index("<figure>") < html.index("Agua")
    assert 'src="https://news.example/media/sea.jpg"' in html
    assert 'alt="The &quot;sea&quot;"' in html
    assert "[A. Painter / Sea · CC BY 4.0]" in html


@pytest.mark.parametrize("represent", [atom, rss, jsonfeed])
def test_a_feed_has_a_bound_and_the_oldest_stories_begin_only_where_they_would_break_it(represent):
    long = [
        replace(feeding.STORY, article_id=pk, html=f"<p>Text {pk}. {'<b>é</b>' * 10_000}</p>")
        for pk in range(100, 130)
    ]

    content, short = (represent(feeding.feed(*some)).decode() for some in (long, long[:3]))

    assert len(content.encode()) <= feeds.MOST
    assert content.count("el-mar") >= 30
    full = [pk for pk in range(100, 130) if f"Text {pk}." in content]
    assert full == list(range(100, 100 + len(full)))
    assert 3 <= len(full) < 30
    assert all(f"Text {pk}." in short for pk in (100, 101, 102))


def test_a_story_without_room_for_its_text_leads_to_it(settings):
    settings.SITE_URL = "https://news.example"

    html = feeds.html(replace(feeding.STORY, html=""))

    link = '<a href="https://news.example/es/2019/06/15/el-mar/">El mar &amp; &lt;la&gt; sal</a>'
    assert "Sube." in html
    assert link in html
