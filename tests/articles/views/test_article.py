"""The page of a story, in every state that its languages can be in."""

import json
import re
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

import pytest
import time_machine
from django.utils import timezone

from articles.actions import publishing, writing
from tests import factories, pages
from tests.factories import edition, story

# Pages as words: what they ask is asked of both databases by the random changes of test_exactness.py.
pytestmark = [pytest.mark.django_db, pytest.mark.once]

AT = datetime(2017, 11, 30, 12, tzinfo=UTC)
STATES = ("live", "draft", "submitted", "scheduled", "withdrawn", "absent")
SITE = "http://127.0.0.1:8000"


def put(draft, state):
    """Bring an edition that is a draft into a state."""
    now = timezone.now()
    if state == "submitted":
        publishing.submit(draft, by=publishing.SYSTEM)
    elif state == "scheduled":
        factories.release(draft, at=now + timedelta(days=1))
    elif state in {"live", "withdrawn"}:
        factories.release(draft, at=AT)
    if state == "withdrawn":
        publishing.withdraw(draft, by=publishing.SYSTEM, reason="It was wrong.")


def story_in(states, **more):
    """Return an article whose editions are in these states, language -> state."""
    texts = {
        f"{field}_{code}": words
        for code, state in states.items()
        if state != "absent"
        for field, words in (("title", f"Headline {code}"), ("body", f"<p>Words {code}.</p>"))
    }
    article = story(**texts, source_language=next(iter(states)), **more)
    for code, state in states.items():
        if state != "absent":
            put(edition(article, code), state)
    return article


@pytest.fixture
def trilingual():
    return story(
        live=["en", "es", "pt"],
        at=AT,
        title_en="Troops leave",
        title_es="Las tropas se van",
        title_pt="Tropas saem",
        standfirst_es="Se van.",
    )


def test_switcher_and_hreflang_lead_to_the_same_story_and_back(client, trilingual):
    paths = {published.language: published.url for published in trilingual.editions.all()}

    for language, path in paths.items():
        page = pages.get(client, path)
        assert page.switcher() == paths
        assert page.hreflang() == paths | {"x-default": paths["en"]}
        assert page.canonical() == SITE + path
        assert page.all("a", **{"aria-current": "page", "hreflang": language})


def test_the_switcher_leads_to_no_story_that_the_text_links_to(client):
    older = story(live=["en", "es"], at=AT)
    article = story(live=["en", "es"], at=AT)
    newer = story(live=["en", "es"], at=AT)
    links = "".join(f'<a data-article="{linked.pk}">See</a>' for linked in (older, newer))
    article.body_en = f"<p>Here: {links}</p>"
    writing.save(article)

    page = pages.get(client, edition(article).url)

    assert [page.all("a", href=edition(linked).url) for linked in (older, newer)] != [[], []]
    paths = {code: edition(article, code).url for code in ("en", "es")}
    assert page.switcher() == paths
    assert page.hreflang() == paths | {"x-default": paths["en"]}


def test_the_head_and_the_headers_agree_about_the_language(client, trilingual):
    response = client.get(edition(trilingual, "es").url)
    page = pages.Page(response)

    assert response["Content-Language"] == "es"
    assert page.all("html") == [{"lang": "es", "dir": "ltr"}]
    assert page.meta("og:locale") == ["es_ES"]
    assert page.meta("og:locale:alternate") == ["en_GB", "pt_BR"]
    assert page.meta("og:type") == ["article"]
    assert page.meta("og:title") == ["Las tropas se van"]
    assert page.meta("og:description") == page.meta("description") == ["Se van."]
    assert page.meta("og:url") == [SITE + "/es/2017/11/30/las-tropas-se-van/"]
    assert page.meta("article:published_time") == ["2017-11-30T12:00:00+00:00"]


@pytest.mark.parametrize(
    ("english", "spanish"),
    # Each is looked at alone: no pair of states is a case of its own.
    [*(("live", state) for state in STATES), *zip(STATES, ["draft", *STATES], strict=False)],
)
def test_a_story_shows_exactly_the_languages_in_which_it_is_live(
    client, settings, english, spanish
):
    states = {"en": english, "es": spanish, "pt": "live", "ar": "live"}
    article = story_in(states)
    live = {code for code, state in states.items() if state == "live"}
    paths = {code: pages.path_of(edition(article, code).url) for code in live}

    for disabled in ("", "pt"):
        settings.LANGUAGES = [pair for pair in settings.LANGUAGES if pair[0] != disabled]
        page = pages.get(client, edition(article, "ar").url)
        offered = {c: p for c, p in paths.items() if c != disabled}
        assert page.switcher() == (offered if len(offered) > 1 else {})
        assert {c: p for c, p in page.hreflang().items() if c != "x-default"} == page.switcher()


@pytest.mark.parametrize("state", ["draft", "submitted", "scheduled"])
def test_where_a_story_is_not_live_its_languages_are_named(client, state):
    article = story_in({"en": "live", "es": state, "pt": "live"})
    paths = {edition(article, code).url for code in ("en", "pt")}

    page = pages.get(client, f"/es/2017/11/30/{edition(article, 'en').slug}/")

    offered = [a for a in page.all("a") if a.get("class") == "choices__link"]
    assert page.status == 404
    assert {a["href"] for a in offered} == paths
    assert "Headline es" not in page.html
    assert page.text("a").count("Headline") == 2


@pytest.mark.parametrize("state", ["draft", "submitted", "scheduled"])
def test_the_slug_of_a_text_that_is_not_live_answers_as_one_that_nobody_has(client, state):
    article = story_in({"en": "live", "es": state})
    slug = edition(article, "es").slug

    guessed, nothing = (
        client.get(f"/es/2017/11/30/{asked_slug}/") for asked_slug in (slug, "no-such-story")
    )

    def answer(response, asked_slug):
        return response.status_code, response.content.decode().replace(asked_slug, "")

    assert answer(guessed, slug) == answer(nothing, "no-such-story")
    assert {*guessed.headers} == {*nothing.headers}


@pytest.mark.parametrize("state", ["draft", "submitted", "scheduled"])
def test_a_story_that_is_live_nowhere_cannot_be_told_from_nothing(client, state):
    article = story_in({"en": state, "es": "draft"})
    slug = edition(article, "en").slug
    nothing = client.get("/en/2017/11/30/no-such-story/").content.decode()

    for path in (f"/en/2017/11/30/{slug}/", f"/es/2017/11/30/{slug}/", edition(article, "en").url):
        if path:
            page = pages.get(client, path)
            assert page.status == 404
            assert "Headline" not in page.html
            assert slug not in page.html

    assert client.get(f"/en/2017/11/30/{slug}/").content.decode() == nothing


def test_a_draft_does_not_hide_the_live_story_that_has_its_slug_in_another_language(client):
    story(title_en="Brexit")
    live = factories.live_edition("es", title_es="Brexit", at=AT)

    page = pages.get(client, "/en/2017/11/30/brexit/")

    assert live.url in page.links()


def test_a_slug_of_another_language_leads_to_the_story_in_the_language_of_the_path(
    client, trilingual
):
    response = client.get("/en/2017/11/30/las-tropas-se-van/?from=feed")

    assert response.status_code == 301
    assert response["Location"] == "/en/2017/11/30/troops-leave/?from=feed"


def test_of_two_stories_with_the_slug_the_one_of_the_day_is_meant(client):
    factories.live_edition("es", title_es="Editorial", at=AT - timedelta(days=9))
    meant = factories.live_edition("pt", title_pt="Editorial", at=AT)

    assert meant.url in pages.get(client, "/en/2017/11/30/editorial/").links()


@pytest.mark.parametrize("state", STATES)
def test_a_language_that_is_switched_off_tells_nothing(client, settings, state):
    article = story_in({"en": "live", "ar": state})
    path = edition(article, "ar").url if state != "absent" else ""
    settings.LANGUAGES = [("en", "English"), ("es", "Español")]

    page = pages.get(client, edition(article, "en").url)

    assert (page.switcher(), page.hreflang()) == ({}, {})
    assert client.get(path or "/ar/2017/11/30/x/").status_code == 404


def test_a_scheduled_edition_appears_by_itself_when_its_minute_comes(client):
    minute = datetime(2999, 1, 1, 9, 0, tzinfo=UTC)
    article = story(live=["en"], at=AT, categories=[region()], title_es="Luego", body_es="<p>x</p>")
    spanish = factories.release(edition(article, "es"), at=minute)
    english = edition(article, "en").url

    def seen():
        return (
            client.get(spanish.url).status_code,
            spanish.url in pages.get(client, "/es/").links(),
            spanish.url in pages.get(client, region().url_in("es")).links(),
            spanish.url in pages.get(client, "/es/archive/2999/01/").links(),
            "es" in pages.get(client, english).switcher(),
        )

    with time_machine.travel(minute - timedelta(seconds=1), tick=False):
        before = seen()
    with time_machine.travel(minute, tick=False):
        after = seen()

    assert before == (404, False, False, False, False)
    assert after == (200, True, True, True, True)


def region():
    return factories.CategoryFactory(name_en="Syria")


def test_a_story_that_is_kept_says_its_age_until_its_next_anniversary(client):
    published = factories.live_edition(at=AT)
    anniversary = datetime(2019, 11, 30, tzinfo=UTC)

    with time_machine.travel(anniversary - timedelta(seconds=1), tick=False):
        before = pages.get(client, published.url)
    with time_machine.travel(anniversary, tick=False):
        after = pages.get(client, published.url)

    assert "This story is 1 year old." in before.html
    assert before.response.cache_until == anniversary.timestamp()
    assert "This story is 2 years old." in after.html
    assert after.response.cache_until == anniversary.replace(year=2020).timestamp()


def test_a_picture_goes_the_moment_its_right_ends(client):
    end = datetime(2999, 1, 1, 9, 0, tzinfo=UTC)
    image = factories.ImageFactory(valid_until=end)
    published = factories.live_edition(images=[image], at=AT)

    def shown():
        article, front = client.get(published.url), client.get("/en/")
        return (
            image.file.name in article.content.decode(),
            image.file.name in front.content.decode(),
        )

    with time_machine.travel(end - timedelta(seconds=1), tick=False):
        before = shown()
    with time_machine.travel(end, tick=False):
        after = shown()

    assert (before, after) == ((True, True), (False, False))


def test_a_withdrawn_story_gives_its_headline_its_days_and_its_reason_and_nothing_else(client):
    article = story(
        live=["en"],
        at=AT,
        title_en="A hasty headline",
        standfirst_en="A rash summary",
        body_en="<p>Rash words</p>",
        tags=["Rashness"],
        authors=[factories.AuthorFactory(name_en="R. Ash")],
        images=[factories.ImageFactory()],
    )
    withdrawn = edition(article)
    publishing.withdraw(
        withdrawn, by=publishing.SYSTEM, reason="The witness <b>took back</b> his word."
    )

    page = pages.get(client, withdrawn.url)

    assert page.status == 410
    assert "The witness &lt;b&gt;took back&lt;/b&gt; his word." in page.html
    assert ("A hasty headline" in page.html, len(page.all("time"))) == (True, 2)
    words = page.html.replace(withdrawn.url, "").lower()
    assert [w for w in ("rash", "r. ash", "originals") if w in words] == []


def test_a_withdrawn_story_leads_to_the_front_page_of_each_language_and_to_the_newest_stories(
    client,
):
    newest = [factories.live_edition(at=AT - timedelta(days=day)) for day in range(6)]
    withdrawn = factories.live_edition(at=AT)
    publishing.withdraw(withdrawn, by=publishing.SYSTEM, reason="A doubt.")

    page = pages.get(client, withdrawn.url)

    assert page.status == 410
    assert page.switcher() == {code: f"/{code}/" for code in ("en", "es", "pt", "ar")}
    offered = [edition.url for edition in newest if edition.url in page.links()]
    assert offered == [edition.url for edition in newest[:4]]


def test_the_notice_of_a_withdrawal_is_kept_under_the_date_of_the_story_only(client):
    """Under another date it stands only until something else is there."""
    withdrawn = factories.live_edition(at=AT)
    other = withdrawn.url.replace(f"/{AT:%Y}/", "/2016/")
    publishing.withdraw(withdrawn, by=publishing.SYSTEM, reason="A doubt.")

    own, elsewhere = client.get(withdrawn.url), client.get(other)

    assert other != withdrawn.url
    assert (own.status_code, elsewhere.status_code) == (410, 410)
    assert f"article:{withdrawn.article_id}:en" in own.cache_tags
    assert not hasattr(elsewhere, "cache_tags")


def test_a_restored_story_is_what_it_was(client):
    published = factories.live_edition(at=AT)
    before = client.get(published.url).content
    publishing.withdraw(published, by=publishing.SYSTEM, reason="A doubt.")

    publishing.restore(published, by=publishing.SYSTEM)

    assert client.get(published.url).content == before


@pytest.mark.parametrize("asked", ["/en/2017/11/29/", "/en/9999/99/99/", "/en/0000/00/00/"])
def test_another_date_leads_to_the_story(client, asked):
    published = factories.live_edition(title_en="Seen", at=AT)

    assert client.get(f"{asked}seen/")["Location"] == published.url


@pytest.mark.parametrize(
    "path",
    [
        "/en/20171/11/30/seen/",
        "/en/-2017/11/30/seen/",
        "/en/2017/1/30/seen/",
        "/en/2017/11/٣٠/seen/",
        "/en/2017/11/30/se en/",
        "/en/2017/11/30/se%00en/",
        "/en/2017/11/30/%FF%FE/",
        "/en/2017/11/30/seen/more/",
        "/%00",
        "/%0A",
        "/xx/2017/11/30/seen/",
    ],
)
def test_what_is_no_address_is_not_found(client, path):
    factories.live_edition(title_en="Seen", at=AT)

    assert client.get(path).status_code == 404


def test_an_arabic_address_stands_in_its_own_letters(client):
    arabic = factories.live_edition("ar", title_ar="انسحاب القوات", at=AT)

    page = pages.get(client, arabic.url)

    assert arabic.url == "/ar/2017/11/30/انسحاب-القوات/"
    assert page.status == 200
    assert page.canonical() == SITE + quote(arabic.url)
    assert arabic.url in [link["href"] for link in pages.get(client, "/ar/").all("a")]
    assert SITE + arabic.url in page.text("p")
    assert page.all("html") == [{"lang": "ar", "dir": "rtl"}]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ('<p><a data-article="{id}">words</a></p>', "words"),
        ('<p>Before.</p><aside data-article="{id}"></aside>', "Before."),
    ],
    ids=["link", "card"],
)
@pytest.mark.parametrize("state", STATES)
def test_a_body_links_to_what_is_live_only(client, text, shown, state):
    target = story_in({"en": state, "es": "live"})
    published = factories.live_edition(body_en=text.format(id=target.pk), at=AT)

    page = pages.get(client, published.url)

    inside = {path for path in page.links() if "headline" in path}
    assert shown in page.html
    assert inside == ({edition(target).url} if state == "live" else set())


def test_more_from_the_region_lists_what_is_live_in_this_language(client):
    published = factories.live_edition(categories=[region()], at=AT)
    stories = {
        state: story_in({"en": state, "es": "live"}, categories=[region()]) for state in STATES
    }

    page = pages.get(client, published.url)

    lists = [path for path in page.links() if "/headline" in path]
    assert lists == [edition(stories["live"]).url]


LONG = "x" * 200


@pytest.mark.parametrize(
    "made",
    [
        {},
        {"images": "gap"},
        {"images": "fresh"},
        {"categories": True, "standfirst_en": LONG, "body_en": f"<p>{LONG} {LONG}</p>"},
        {"title_en": "W" * 300},
        {"title_en": "<script>alert(1)</script>", "body_en": "<p>&lt;script&gt;</p>"},
        {"title_en": "…", "standfirst_en": "  "},
    ],
    ids=["least", "gap", "before the worker", "long words", "long headline", "markup", "no letter"],
)
def test_a_story_of_any_shape_has_its_page_and_its_places(client, made):
    images = {"gap": [factories.ImageFactory(file="")], "fresh": [factories.ImageFactory()]}
    made = {name: value for name, value in made.items() if name not in {"images", "categories"}} | {
        "images": images.get(made.get("images"), []),
        "categories": [region()] if made.get("categories") else [],
    }
    published = factories.live_edition(at=AT, **made)

    page = pages.get(client, published.url)

    assert page.status == 200
    assert "<script>" not in page.html
    assert {img["src"] for img in page.all("img")} == {
        image.file.url for image in made["images"] if image.file
    }
    assert published.url in pages.get(client, "/en/").links()


def test_the_day_of_the_address_the_archive_and_the_page_are_one(client, settings):
    for zone, day in (("Asia/Tokyo", "2018/01/01"), ("America/Sao_Paulo", "2017/12/31")):
        settings.TIME_ZONE = zone
        published = factories.live_edition(at=datetime(2017, 12, 31, 23, 30, tzinfo=UTC))

        page = pages.get(client, published.url)

        year, month, number = day.split("/")
        assert published.url.startswith(f"/en/{day}/")
        assert page.all("time")[0]["datetime"].startswith(f"{year}-{month}-{number}")
        assert published.url in pages.get(client, f"/en/archive/{year}/{month}/").links()


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_a_story_is_there_to_be_read(client, method):
    published = factories.live_edition(at=AT)

    assert getattr(client, method)(published.url).status_code == 405


def test_a_head_request_has_the_headers_and_no_words(client):
    published = factories.live_edition(at=AT)

    response = client.head(published.url)

    assert (response.status_code, response.content) == (200, b"")
    assert response["Content-Language"] == "en"


# --- What machines are told of it ---


def told(client, url):
    """Return the answer and the NewsArticle that it tells of, or None."""
    answer = client.get(url)
    script = r'<script type="application/ld\+json">(.*?)</script>'
    graphs = [json.loads(words)["@graph"] for words in re.findall(script, answer.text)]
    return answer, next((node for graph in graphs for node in graph), None)


def test_machines_are_told_the_moments_that_the_page_shows(client, time_machine):
    time_machine.move_to(AT + timedelta(days=2), tick=False)
    article = story_in({"en": "live"})
    first, unchanged = told(client, edition(article).url)
    article.body_en = "<p>Other words.</p>"
    writing.save(article)

    second, changed = told(client, edition(article).url)

    def moments(answer):
        shown = [time["datetime"] for time in pages.Page(answer).all("time")][:2]
        return [datetime.fromisoformat(words) for words in shown]

    def said(news_article):
        names = ("datePublished", "dateModified")
        return [datetime.fromisoformat(news_article[name]).replace(second=0) for name in names]

    assert moments(first)[:1] * 2 == said(unchanged)
    assert moments(second) == said(changed)
    assert changed["dateModified"] > changed["datePublished"] == unchanged["datePublished"]


@pytest.mark.parametrize("state", sorted({*STATES} - {"live", "absent"}))
def test_machines_are_told_of_no_story_that_cannot_be_read(client, state):
    article = story_in({"en": state, "es": "live"})
    known = edition(article).slug
    url = (
        edition(article).url if state in {"withdrawn", "scheduled"} else f"/en/2017/11/30/{known}/"
    )

    answer, news_article = told(client, url)

    assert answer.status_code == (410 if state == "withdrawn" else 404)
    assert news_article is None
