"""What stands on a page, as Markdown; tests/articles/views/test_other_forms.py asks for every kind of page."""

from datetime import UTC, datetime, timedelta

import pytest
from babel.dates import format_date
from django.utils import translation

from articles.models import Tag
from articles.representations.markdown import pages, words
from articles.representations.markdown.story import times
from newsroom.i18n.dates import locale_of
from newsroom.languages import LANGUAGES, Language
from tests import factories
from tests.articles.representations.markdown import reading
from tests.templates import examples

pytestmark = [pytest.mark.django_db, pytest.mark.once]

AT = datetime(2019, 6, 15, 12, tzinfo=UTC)


def read(client, url):
    """Return the facts of a page as they stand there, and the rest of it."""
    words = client.get(f"{url}index.md").content.decode()
    facts, rest = words.removeprefix("---\n").split("\n---\n", 1)
    return dict(line.split(": ", 1) for line in facts.split("\n")), rest


@pytest.fixture
def story(client):
    """A story with all that can stand on its page."""
    storyline = factories.TagFactory(name="Siege", kind=Tag.Kind.STORYLINE)
    series = factories.TagFactory(name="Borders", kind=Tag.Kind.SERIES)
    topic = factories.TagFactory(name="Peace")
    region = factories.CategoryFactory(name_en="Atlantis", parent=None)
    image = factories.ImageFactory(credit_line="A. Painter")
    shared = {"tags": [storyline, series], "categories": [region]}
    factories.story(live=["en"], at=AT, tags=[topic])
    for number in range(8):
        at = AT + timedelta(days=number)
        factories.story(live=["en"], at=at, title_en=f"Part {number}", **shared)
    factories.promotion(live=["en"], link="https://example.org/", event_at=AT, title_en="Talk")
    return factories.story(
        live=["en", "es"],
        at=AT + timedelta(days=2, hours=1),
        title_en="The sea",
        standfirst_en="It *rises*.",
        body_en="<h2>Here</h2><p>Words.</p>",
        images=[image],
        authors=[factories.AuthorFactory(name_en="Ana")],
        **shared | {"tags": [storyline, series, topic]},
    )


def test_a_story_tells_its_facts_and_all_that_its_page_leads_to(client, story):
    facts, rest = read(client, factories.edition(story).url)

    assert facts["title"] == '"The sea"'
    assert facts["description"] == '"It *rises*."'
    assert facts["published"] == '"2019-06-17T13:00:00+00:00"'
    assert facts["authors"] == '[{"name": "Ana", "role": "author"}]'
    assert facts["categories"] == '["Atlantis"]'
    assert facts["tags"] == '["Siege", "Borders", "Peace"]'
    assert facts["languages"].startswith('{"es": "http://127.0.0.1:8000/es/2019/06/17/')
    assert [words for level, words in reading.headings(rest) if level < 3] == [
        "The sea",
        "Here",
        *("Series: Borders", "The story so far: Siege", "Related stories", "Topics of this story"),
        "Event: Talk",
    ]
    assert (
        "It \\*rises\\*.\n\nBy [Ana](http://127.0.0.1:8000/en/author/ana/index.md)\n\nPublished 17 June 2019"
        in rest
    )
    for line in ("4. The sea (17 Jun 2019)", "- Part before: [Part 2](", "- Next part: [Part 3]("):
        assert f"\n{line}" in rest


def test_an_easy_read_edition_is_offered_under_the_headline(client, story, monkeypatch):
    is_easy = property(lambda language: "en" if language.code == "es" else "")
    monkeypatch.setattr(Language, "main", is_easy)

    _facts, rest = read(client, factories.edition(story).url)

    assert rest.startswith("\n# The sea\n\n- [Español](http://127.0.0.1:8000/es/2019/06/17/")


def test_every_language_says_which_it_is_and_writes_its_days_as_cldr_does():
    for language in LANGUAGES.values():
        with translation.override(language.code):
            said = pages.document(examples.page(language.code), times(examples.story()))

        day = format_date(examples.MOMENT, "long", locale_of(language))
        assert f'\nlanguage: "{language.code}"\n' in said
        assert words.escaped(day) in said, language.code


def test_a_front_page_has_its_stories_under_their_regions(client, story):
    facts, rest = read(client, "/en/")

    assert "published" not in facts
    headings = reading.headings(rest)
    assert headings[:2] == [(1, "Newsroom"), (2, "Part 7")]
    assert {(2, "Atlantis"), (2, "Latest")} <= set(headings)


def test_pages_that_hold_nothing_say_so(client):
    empty = factories.CategoryFactory(name_en="Empty", parent=None).url_in("en")

    for url in ("/en/", "/en/archive/", "/en/tag/", empty):
        assert "yet" in read(client, url)[1], url


def test_a_region_leads_to_those_within_it_and_tells_what_it_is(client):
    region = factories.CategoryFactory(name_en="East", description_en="What_is_there", parent=None)
    within = factories.CategoryFactory(name_en="Harbour", parent=region)
    factories.story(live=["en"], at=AT, categories=[within])

    _facts, rest = read(client, region.url_in("en"))

    assert rest.startswith("\n# East\n\nWhat_is_there\n\n- [Harbour](")
