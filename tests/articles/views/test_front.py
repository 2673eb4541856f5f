"""The front page, the way to it, and the whole site from there: what is linked is what is live."""

import unicodedata
from datetime import UTC, datetime, timedelta
from urllib.parse import quote, unquote

import pytest
import time_machine
from django.core.handlers.wsgi import WSGIHandler

from articles.actions import publishing, writing
from articles.derived import addresses, listings
from articles.models import Category, Edition
from newsroom.languages import with_columns
from newsroom.site import actions as site_actions
from tests import factories, pages
from tests.factories import CategoryFactory, edition, story
from tests.newsroom.pagecache.answering import COMMITTED, ask, cache

# Pages as words: what they ask is asked of both databases by the random changes of test_exactness.py.
pytestmark = [pytest.mark.django_db, pytest.mark.once]

AT = datetime(2017, 11, 30, 12, tzinfo=UTC)
MINUTE = datetime(2999, 5, 1, 9, tzinfo=UTC)
SECRET = "Unseen"


def text(language, words):
    return {f"title_{language}": f"{words} {language}", f"body_{language}": f"<p>{words}.</p>"}


def small_site():
    """Publish stories in every mixture of states, on shared shelves, each linking to all others."""
    shelves = {
        "categories": [
            CategoryFactory(name_en="Syria"),
            CategoryFactory(name_en="Kenya"),
            CategoryFactory(kind="section", name_en="News"),
        ],
        "tags": ["Raqqa"],
        "authors": [factories.AuthorFactory(name_en="Ana")],
    }
    mixtures = [
        {"en": "live", "es": "draft", "pt": "scheduled", "ar": "live"},
        {"en": "withdrawn", "es": "live", "pt": "live", "ar": "submitted"},
        {"en": "scheduled", "es": "withdrawn", "pt": "draft", "ar": "draft"},
        {"en": "draft", "es": "scheduled"},
        {"en": "live", "es": "live", "pt": "withdrawn", "ar": "scheduled"},
    ]
    articles = []
    for states in mixtures:
        texts = {}
        for language, state in states.items():
            texts |= text(language, "Seen" if state == "live" else SECRET)
            if state == "withdrawn":  # readers are told which story it was
                texts[f"title_{language}"] = f"Seen {language}"
        articles.append(story(**texts, at=AT, **shelves))
    link_all(articles)
    for article, states in zip(articles, mixtures, strict=True):
        for language, state in states.items():
            put(edition(article, language), state)
    secret_shelves()
    # The categories that the site starts with would be two hundred empty pages to visit.
    unused = Category.objects.filter(articles=None)
    unused.filter(subcategories=None).delete()
    unused.filter(subcategories=None).delete()


def link_all(articles):
    """Let every body link to every story, by card and by link."""
    for article in articles:
        others = [other.pk for other in articles if other != article]
        for language in article.languages():
            links = "".join(
                f'<p><a data-article="{pk}">words</a></p><aside data-article="{pk}"></aside>'
                for pk in others
            )
            setattr(article, f"body_{language}", getattr(article, f"body_{language}") + links)
        writing.save(article)


def put(draft, state):
    if state == "submitted":
        publishing.submit(draft, by=publishing.SYSTEM)
    if state == "scheduled":
        factories.release(draft, at=MINUTE)
    if state in {"live", "withdrawn"}:
        factories.release(draft, at=AT + timedelta(minutes=draft.pk))
    if state == "withdrawn":
        publishing.withdraw(draft, by=publishing.SYSTEM, reason="A doubt.")
    addresses.add(draft, path=f"/old/{draft.pk}/")


def secret_shelves():
    """Draft a story on shelves that nothing else stands on."""
    story(
        **text("en", SECRET),
        tags=[f"{SECRET} topic"],
        authors=[factories.AuthorFactory(name_en=f"{SECRET} writer")],
        images=[factories.ImageFactory(creator=f"{SECRET} painter")],
    )


def crawled(client):
    """Return path -> Page of everything that links lead to, from the front pages on."""
    visited, todo = {}, {f"/{language}/" for language in with_columns()}
    while todo:
        path = todo.pop()
        visited[path] = pages.get(client, path)
        todo |= visited[path].announced() - visited.keys()
    return visited


def stories(paths):
    """Return those of the paths that are addresses of stories."""
    return {path for path in paths if path.split("/")[2].isdigit()}


@pytest.mark.parametrize("moment", [MINUTE - timedelta(seconds=1), MINUTE])
def test_what_the_site_links_to_is_exactly_what_is_live(client, moment):
    small_site()

    with time_machine.travel(moment, tick=False):
        visited = crawled(client)
        live = {pages.path_of(published.url) for published in Edition.objects.live(at=moment)}

    assert len(live) in {6, 10}
    assert {path: page.status for path, page in visited.items() if page.status != 200} == {}
    assert stories(visited) == live
    for path, page in visited.items():
        language = path.split("/")[1]
        own = {link for link in stories(page.links()) if link.startswith(f"/{language}/")}
        assert stories(page.links()) - own <= set(page.switcher().values())
        assert set(page.hreflang().values()) <= set(visited)


def test_words_of_what_is_not_live_stand_on_no_page(client):
    small_site()
    asked = [f"/old/{stored_edition.pk}/" for stored_edition in Edition.objects.all()]
    asked += [
        f"/{stored_edition.language}/2017/11/30/{stored_edition.slug}/"
        for stored_edition in Edition.objects.all()
    ]
    asked += ["/nothing/", "/en/nothing/", "/en/tag/unseen-topic/", "/en/author/unseen-writer/"]

    with time_machine.travel(MINUTE - timedelta(seconds=1), tick=False):
        visited = crawled(client) | {path: pages.get(client, path) for path in asked}
        goals = {page.response.get("Location", "") for page in visited.values()}

    withdrawn = {e.url for e in Edition.objects.filter(status="withdrawn")}
    assert [path for path, page in visited.items() if SECRET in page.html] == []
    assert {goal for goal in goals if SECRET.lower() in goal} <= withdrawn


def test_every_language_of_a_page_leads_back_to_it(client):
    small_site()

    visited = crawled(client)

    announced = {path: page.hreflang() for path, page in visited.items()}
    own = {path: path.split("/")[1] for path in visited}
    lost = {
        (path, other)
        for path, languages in announced.items()
        for other in languages.values()
        if announced[other].get(own[path]) != path
    }
    assert lost == set()
    assert len([languages for languages in announced.values() if languages]) > 20
    alone = [
        path for path, languages in announced.items() if languages and own[path] not in languages
    ]
    assert alone == []


@pytest.mark.parametrize(
    ("header", "front"),
    [("pt-BR, en;q=0.3", "/pt/"), ("de", "/en/"), ("", "/en/"), ("es;q=0", "/en/"), ("ar", "/ar/")],
)
def test_the_root_leads_to_the_front_page_that_the_browser_asks_for(client, header, front):
    response = client.get("/?utm=1", headers={"accept-language": header})

    assert (response.status_code, response["Location"]) == (302, front)


def test_the_first_of_the_enabled_languages_is_the_default(client, settings):
    settings.LANGUAGES = [("pt", "Português"), ("en", "English")]
    settings.LANGUAGE_CODE = "pt"
    factories.live_edition("pt", at=AT)

    assert client.get("/")["Location"] == "/pt/"
    page = pages.get(client, "/pt/")
    assert page.hreflang() == {"pt": "/pt/", "en": "/en/", "x-default": "/pt/"}
    assert client.get("/es/").status_code == 404


def test_a_page_names_itself_on_the_onion_service_and_one_that_is_none_does_not(client, settings):
    settings.ONION_URL = f"http://{'a' * 56}.onion"
    told = '<meta http-equiv="onion-location" content="{}">'

    front, missing = client.get("/ar/"), client.get("/ar/none/")

    assert told.format(f"{settings.ONION_URL}/ar/") in front.content.decode()
    assert "onion-location" not in missing.content.decode()
    settings.ONION_URL = ""
    assert "onion-location" not in client.get("/ar/").content.decode()


def test_the_front_page_stands_for_itself_in_every_language(client):
    paths = {code: f"/{code}/" for code in with_columns()}

    for language, path in paths.items():
        page = pages.get(client, path)
        assert page.status == 200
        assert page.switcher() == paths
        assert page.hreflang() == paths | {"x-default": "/en/"}
        assert page.canonical() == f"http://127.0.0.1:8000{path}"
        assert page.meta("og:type") == ["website"]
        assert page.response["Content-Language"] == language


def test_the_front_page_bears_the_date_of_its_newest_story(client):
    old, new = datetime(2009, 5, 6, 12, tzinfo=UTC), datetime(2017, 11, 30, 12, tzinfo=UTC)
    pictured = factories.live_edition(at=old, title_en="Old, with a picture")
    factories.ImageUseFactory(
        article=pictured.article, image=factories.ImageFactory(), is_lead=True
    )
    factories.live_edition(at=new, title_en="New, without")

    page = pages.get(client, "/en/")

    masthead, lead, *_others = [time["datetime"][:10] for time in page.all("time")]
    assert (masthead, lead) == ("2017-11-30", "2009-05-06")


def test_the_masthead_says_the_name_and_strapline_of_the_language_as_the_settings_have_them(client):
    site_actions.say("en", name="The Post", strapline="Every day")
    site_actions.say("es", name="El Correo")
    edition = factories.live_edition()
    factories.story(live=["es"])

    tops = [client.get(url).text.partition("<main")[0] for url in ("/en/", "/es/", edition.url)]
    english, spanish, story = (top[top.index('class="masthead') :] for top in tops)

    assert ("The Post" in english, "Every day" in english) == (True, True)
    # What a language lacks is said in the first one of the site, and marked as such.
    assert ("El Correo" in spanish, '<bdi lang="en">Every day</bdi>' in spanish) == (True, True)
    assert ("The Post" in story, "Every day" in story) == (True, False)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_menu_marks_where_the_reader_is(client, language):
    region = CategoryFactory(name_en="Middle East")
    story(live=[language], categories=[region])

    page = pages.get(client, region.url_in(language))

    assert {
        a["href"] for a in page.all("a", **{"aria-current": "page"}) if "hreflang" not in a
    } == {region.url_in(language)}


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_the_front_page_is_there_to_be_read(client, method):
    assert getattr(client, method)("/en/").status_code == 405
    assert getattr(client, method)("/").status_code == 405


def test_browsers_ask_again_for_what_can_be_taken_back(client):
    article = story(live=["en"], title_en="One")
    before = edition(article).url
    writing.save(article, slugs={"en": "two"})
    after = edition(article).url
    answers = [client.get(path) for path in ("/", "/en/", before, after)]
    publishing.withdraw(edition(article), by=publishing.SYSTEM, reason="Wrong.")
    answers.append(client.get(after))

    assert [answer.status_code for answer in answers] == [302, 200, 301, 200, 410]
    assert {answer.headers["Cache-Control"] for answer in answers} == {"no-cache"}


def test_a_page_that_is_not_there_offers_the_menu_in_its_language(client):
    story(live=["es"], categories=[CategoryFactory(name_en="Middle East")])

    response = client.get("/es/nada/")

    assert response.status_code == 404
    assert 'href="/es/region/oriente-proximo/"' in response.content.decode()


def test_the_name_of_a_tag_without_live_stories_is_told_by_no_redirect(client):
    tag = factories.TagFactory(name="Secret", label_en="The secret")
    story(title_en="A draft", tags=[tag])

    answers = [client.get(path) for path in ("/en/tag/secret/", "/es/tag/the-secret/")]

    assert [answer.status_code for answer in answers] == [404, 404]


@COMMITTED
def test_a_parameter_that_leads_nowhere_does_not_render_a_kept_front_again(
    django_assert_max_num_queries,
):
    factories.story(live=["en"], title_en="A kept front")
    readers = cache(WSGIHandler())
    page = ask(readers, "/en/")

    with django_assert_max_num_queries(1):
        answer = ask(readers, "/en/", "source=letter")

    assert answer.body == page.body
    assert answer.headers["Cache-Status"] == "newsroom; hit"


@COMMITTED
def test_a_kept_front_does_not_hide_an_old_address_with_a_query():
    edition = factories.live_edition("en", title_en="Once elsewhere")
    addresses.add(edition, path="/en/?p=17")
    readers = cache(WSGIHandler())
    ask(readers, "/en/")

    answer = ask(readers, "/en/", "p=17")

    assert (answer.code, answer.headers["Location"]) == (301, edition.url)


@pytest.mark.parametrize("path", ["/en/no/such/page/", "/en/2017/11/30/no-such-story/"])
def test_a_page_that_is_missing_leads_to_the_newest_stories_and_the_languages(client, path):
    newest = factories.live_edition("en")

    page = pages.get(client, path)

    assert page.status == 404
    assert newest.url in page.links()
    assert page.switcher() == {code: f"/{code}/" for code in with_columns()}


@pytest.mark.parametrize("accepted", ["ar", "es"])
def test_an_address_without_a_language_is_answered_in_all_of_them(client, accepted):
    page = pages.get(client, "/no/such/page/", headers={"accept-language": accepted})

    assert page.status == 404
    assert {"/en/", "/es/", "/pt/", "/ar/"} <= page.links()
    assert "Página no encontrada" in page.html
    assert page.response.headers["Content-Language"] == "en"


@pytest.mark.parametrize(
    ("asked", "path"),
    [
        ("/EN/", "/en/"),
        ("/Es", "/es/"),
        ("/pt-br/region/africa/", "/pt/region/africa/"),
        ("/en-US/archive?before=1", "/en/archive/?before=1"),
        ("/es-mx/nada/", "/es/nada/"),
        ("/ar_EG/region/سوريا/", f"/ar/region/{quote('الشرق-الأوسط/سوريا')}/"),
    ],
)
def test_a_language_in_another_spelling_or_variant_leads_to_the_one_that_is_meant(
    client, asked, path
):
    response = client.get(asked)

    assert (response.status_code, response["Location"]) == (301, path)


@pytest.mark.parametrize("asked", ["/fr/", "/en-garde/", "/x/", "/english/", "/es-mx-no-such/"])
def test_what_is_no_language_of_the_site_leads_nowhere(client, asked):
    assert client.get(asked).status_code == 404


def test_capitals_and_doubled_slashes_lead_to_what_stands_there(client):
    region = factories.CategoryFactory(name_en="Şırnak", slug_en="sirnak")
    edition = factories.live_edition("en", categories=[region])
    tag = factories.TagFactory(name="Raqqa")

    for asked, path in (
        ("/en/Region/Sirnak/", region_url := f"/en/region/{region.slug_en}/"),
        (f"/{region_url}", region_url),
        ("/en//region//sirnak", region_url),
        ("//EN/REGION/SIRNAK?x=1", f"{region_url}?x=1"),
        (edition.url.upper(), edition.url),
        ("//en/archive/", "/en/archive/"),
        ("/Sitemap.XML", "/sitemap.xml"),
        (f"/en/Tag/{tag.slug}/", None),
        ("/en//no/such/", None),
        ("//example.org/", None),
    ):
        response = _asked(client, asked)
        assert (asked, response.status_code, response.get("Location")) == (
            (asked, 301, path) if path else (asked, 404, None)
        )


@pytest.mark.parametrize(
    "behind",
    [
        *(".", ")", ",", "%20", ").", "/.", "/)", "/%20", "/,", "%C2%A0", "…", "»", "/\\"),
        *("/amp", "/amp/", "/feed/", "/feed/atom/", "/embed/", "/page/2/", "/AMP/", "/amp/)."),
    ],
)
def test_what_was_taken_along_or_added_behind_an_address_is_left_out_in_one_hop(client, behind):
    edition = factories.live_edition("en", title_en="The sea")
    addresses.add(edition, path="/en/old-one/")

    for url in (edition.url, "/en/old-one/", edition.url.replace("/en/", "/EN/")):
        asked = f"{url.rstrip('/')}{behind}"
        response = _asked(client, f"{asked}?utm_source=x")
        assert (asked, response.status_code) == (asked, 301)
        assert response["Location"] == f"{edition.url}?utm_source=x"


@pytest.mark.parametrize(
    "asked",
    [
        *("/en/no/such/.", "/en/no/such/amp/", "/.", "/)", "/amp/", "/evil.example/."),
        *("//evil.example/amp/", "/\\evil.example/."),
    ],
)
def test_where_nothing_stands_without_it_nothing_leads_on(client, asked):
    assert _asked(client, asked).status_code == 404


def test_what_ends_in_such_a_way_itself_is_shown(client):
    factories.own_page(title_en="Amp", slugs={"en": "amp"})

    assert client.get("/en/amp/").status_code == 200
    assert _asked(client, "/EN/amp/")["Location"] == "/en/amp/"


@pytest.mark.parametrize(
    ("language", "title"), [("ar", "أخبار اللاجئين في سوريا"), ("es", "La canción del año")]
)
def test_decomposed_letters_lead_to_the_address_in_composed_ones(client, language, title):
    edition = factories.live_edition(language, **{f"title_{language}": title})
    tag = factories.TagFactory(name="Ñandú", **{f"label_{language}": title})
    edition.article.tags.add(tag)
    listings.refresh([edition.article_id])

    for url in (edition.url, tag.url_in(language)):
        asked = unicodedata.normalize("NFD", unquote(url))
        response = client.get("/", PATH_INFO=_sent(asked))
        expected = (200, None) if asked == unquote(url) else (301, quote(unquote(url)))
        assert (response.status_code, response.get("Location")) == expected


def _asked(client, address):
    """Return the answer to an address; the client itself takes two slashes for the beginning of a host."""
    path, _mark, query = address.partition("?")
    return client.get("/", PATH_INFO=_sent(unquote(path)), QUERY_STRING=query)


def _sent(path):
    """Return a path as a server passes it on."""
    return path.encode().decode("latin-1")


def test_what_is_sent_to_another_spelling_is_not_led_on(client):
    assert client.post("/EN/").status_code == 405
