from dataclasses import replace

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

    assert len({feeds.name_of(each) for each in (feeding.STORY, english, feeding.BARE)}) == 3


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
