"""Regions, sections, tags and authors: what stands on them, and how their addresses change."""

import re
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

import pytest
from django.conf import settings

from articles.actions import writing
from articles.derived import addresses
from articles.models import Author, Category
from articles.pages import index as indexes
from newsroom.db import keyset
from newsroom.db.keyset import Cursor
from tests import factories, pages
from tests.factories import CategoryFactory, TagFactory, edition, story

# Pages as words: what they ask is asked of both databases by the random changes of test_exactness.py.
pytestmark = [pytest.mark.django_db, pytest.mark.once]

AT = datetime(2017, 11, 30, 12, tzinfo=UTC)
PLACE = Cursor(AT + timedelta(days=1), 1)


def change(thing, **changes):
    """Save a category, tag or author with changes."""
    for name, value in changes.items():
        setattr(thing, name, value)
    thing.save()


@pytest.fixture
def syria():
    return CategoryFactory(name_en="Syria")


def test_a_list_names_only_the_languages_in_which_it_has_stories(client, syria):
    story(live=["en", "es"], categories=[syria], at=AT)
    paths = {"en": "/en/region/middle-east/syria/", "es": "/es/region/oriente-proximo/siria/"}

    for path in paths.values():
        page = pages.get(client, path)
        assert page.switcher() == paths
        assert page.hreflang() == paths | {"x-default": paths["en"]}


def test_an_empty_list_leads_to_the_others_but_announces_nothing(client, syria):
    factories.live_edition(categories=[syria], at=AT)

    page = pages.get(client, "/pt/region/medio-oriente/siria/")

    assert page.status == 200
    assert page.switcher().keys() == {"en", "pt"}
    assert page.hreflang() == {}


def test_a_later_page_stands_for_itself_and_announces_nothing(client, syria):
    story(live=["en", "es"], categories=[syria], at=AT)

    page = pages.get(client, f"/en/region/middle-east/syria/?before={PLACE}&utm_source=x")

    assert page.canonical().endswith(f"/en/region/middle-east/syria/?before={PLACE}")
    assert page.hreflang() == {}
    assert "es" in page.switcher()


@pytest.mark.parametrize(
    ("asked", "path"),
    [
        ("/es/region/middle-east/syria/", "/es/region/oriente-proximo/siria/"),
        ("/en/region/oriente-proximo/siria/", "/en/region/middle-east/syria/"),
        ("/pt/region/oriente-proximo/siria/", "/pt/region/medio-oriente/siria/"),
        ("/en/region/africa/syria/", "/en/region/middle-east/syria/"),
        ("/en/region/syria/", "/en/region/middle-east/syria/"),
        ("/en/region/no/such/parents/syria/", "/en/region/middle-east/syria/"),
        ("/pt/section/opinion/", "/pt/section/opiniao/"),
        ("/en/region/سوريا/", "/en/region/middle-east/syria/"),
        ("/ar/region/syria/", f"/ar/region/{quote('الشرق-الأوسط')}/{quote('سوريا')}/"),
    ],
)
@pytest.mark.parametrize("query", ["", f"?before={PLACE}"])
def test_a_path_of_another_language_or_parent_leads_to_the_right_one(client, asked, path, query):
    response = client.get(asked + query)

    assert (response.status_code, response["Location"]) == (301, path + query)
    # There is no such page of a list that is empty.
    assert client.get(response["Location"]).status_code == (404 if query else 200)


def test_a_later_page_bears_no_tag_of_a_description_that_it_does_not_show(client, syria):
    story(live=["en"], categories=[syria], at=AT)
    address, about = "/en/region/middle-east/syria/", f"about:category:{syria.pk}:en"

    first, later = (client.get(address + query).cache_tags for query in ("", f"?before={PLACE}"))

    assert (about in first, about in later) == (True, False)
    assert f"way:category:{syria.pk}:en" in first.keys() & later.keys()


@pytest.mark.parametrize(
    "path",
    [
        "/en/region/news/",
        "/en/section/syria/",
        "/en/region/",
        "/en/region/middle-east/nowhere/",
        "/en/tag/nothing/",
        "/en/author/nobody/",
        "/en/tag/a/b/",
    ],
)
def test_what_is_no_list_is_not_found(client, path):
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("asked", ["/en/region/africa", "/en/archive", "/en", "/ar/section/news"])
def test_a_missing_slash_is_put_right(client, asked):
    response = client.get(f"{asked}?a=b")

    assert (response.status_code, response["Location"]) == (301, f"{asked}/?a=b")


def test_a_moved_region_leads_on_with_everything_below_it(client, syria):
    deir = CategoryFactory(name_en="Deir", parent=syria)
    factories.live_edition(categories=[deir], at=AT)
    old = deir.url_in("en")

    change(syria, slug_en="sham")

    path = "/en/region/middle-east/sham/"
    assert client.get("/en/region/middle-east/syria/")["Location"] == path
    assert client.get(old)["Location"] == f"{path}deir/"


def test_a_changed_slug_of_a_tag_or_author_leads_straight_to_the_last_one(client):
    tag, author = (
        TagFactory(name="Raqqa", label_es="Al Raqa"),
        factories.AuthorFactory(name_en="Ana"),
    )
    story(live=["en", "es"], tags=[tag], authors=[author], at=AT)

    for number in (1, 2):
        change(tag, slug=f"raqqa-{number}", label_slug_es=f"raqa-{number}")
        change(author, slug=f"ana-{number}")

    moves = {
        "/en/tag/raqqa/": "/en/tag/raqqa-2/",
        "/en/tag/raqqa-1": "/en/tag/raqqa-2/",
        "/es/tag/al-raqa/": "/es/tag/raqa-2/",
        "/es/author/ana/": "/es/author/ana-2/",
        "/en/author/ana-1/": "/en/author/ana-2/",
    }
    assert {old: client.get(old)["Location"] for old in moves} == moves
    assert {client.get(path).status_code for path in moves.values()} == {200}


def test_a_tag_stands_under_the_slug_of_its_label_in_each_language(client):
    tag = TagFactory(name="US", label_es="EE. UU.", label_ar="أمريكا")
    story(live=["en", "es", "ar"], tags=[tag], at=AT)
    paths = {"en": "/en/tag/us/", "es": "/es/tag/ee-uu/", "ar": "/ar/tag/أمريكا/"}

    assert pages.get(client, "/en/tag/us/").switcher() == paths
    for language, path in paths.items():
        page = pages.get(client, path)
        assert page.text("h1") == tag.label_in(language)
        for other in paths.values():
            asked = f"/{language}/tag/{other.split('/')[3]}/"
            if asked != path:
                response = client.get(asked)
                assert (asked, pages.path_of(response["Location"])) == (asked, path)


def test_a_tag_is_not_hidden_by_another_whose_own_slug_it_has_as_label(client):
    country = TagFactory(name="Georgia", label_en="Georgia (country)")
    state = TagFactory(
        name="Georgia, US", slug="georgia-us", label_en="Georgia state", label_slug_en="georgia"
    )
    stories = {tag: factories.live_edition(tags=[tag], at=AT) for tag in (country, state)}

    for tag, tagged in stories.items():
        page = pages.get(client, tag.url_in("en"))
        assert (page.status, tagged.url in page.links()) == (200, True)


@pytest.mark.parametrize("shelf", ["tag", "author"])
def test_a_tag_or_author_without_a_live_story_is_not_there(client, shelf):
    tag = TagFactory(name="Secret merger")
    author = factories.AuthorFactory(name_en="Deep Throat", bio_en="Knows everything.")
    article = story(
        live=["es"], title_en="To come", body_en="<p>x</p>", tags=[tag], authors=[author], at=AT
    )
    thing = {"tag": tag, "author": author}[shelf]

    before = pages.get(client, thing.url_in("en"))
    factories.release(edition(article))

    assert before.status == 404
    assert [w for w in ("Secret merger", "Deep Throat", "Knows") if w in before.html] == []
    assert client.get(thing.url_in("es")).status_code == 200
    assert client.get(thing.url_in("en")).status_code == 200


def test_a_translator_stands_where_the_translation_is(client):
    author = factories.AuthorFactory(name_en="Ana")
    article = story(live=["en", "es"], at=AT)
    factories.BylineFactory(article=article, author=author, role="translator", language="es")
    writing.save(article)

    assert client.get("/es/author/ana/").status_code == 200
    assert client.get("/en/author/ana/").status_code == 404
    assert "/es/author/ana/" in pages.get(client, edition(article, "es").url).links()
    assert "/en/author/ana/" not in pages.get(client, edition(article, "en").url).links()


def test_a_category_that_has_no_name_here_uses_the_default_one(client):
    CategoryFactory(name_en="Lemuria")

    page = pages.get(client, "/es/region/lemuria/")

    assert (page.status, page.text("h1")) == (200, "Lemuria")
    assert '<bdi lang="en">Lemuria</bdi>' in page.html


def test_the_child_of_a_region_stands_in_its_parent_too(client, syria):
    published = factories.live_edition(categories=[syria], at=AT)

    assert published.url in pages.get(client, "/en/region/middle-east/").links()


@pytest.mark.parametrize("slug", ["a" * 100, "ä", "日本", "a_b", "-", "0"])
def test_a_slug_may_be_any_word(client, slug):
    factories.live_edition(authors=[Author.objects.create(name_en="X", slug=slug)], at=AT)

    assert client.get(f"/en/author/{slug}/").status_code == 200


def test_old_address_of_a_region_wins_over_a_look_alike(client, syria):
    """A story once stood at an address that now looks like a region with wrong parents."""
    published = factories.live_edition(at=AT)
    addresses.add(published, path="/en/region/war/syria/")

    assert client.get("/en/region/war/syria/")["Location"] == published.url


def test_no_list_is_written_to(client, syria):
    paths = [
        "/",
        "/en/",
        syria.url_in("en"),
        "/en/section/news/",
        "/en/archive/",
        "/en/archive/2017/11/",
    ]

    assert {client.post(path).status_code for path in paths} == {405}
    assert {client.head(path).content for path in paths} == {b""}


def test_every_category_of_the_site_has_its_page_in_every_language(client):
    factories.story(live=["en", "ar"], categories=Category.objects.all())
    for language in ("en", "ar"):
        page = pages.get(client, f"/{language}/")
        expected = {pages.path_of(c.url_in(language)) for c in Category.objects.all()}
        linked = {path for path in page.links() if "/region/" in path or "/section/" in path}
        assert linked == expected

    broken = [path for path in linked if client.get(path).status_code != 200]
    assert broken == []


def test_an_empty_region_leads_on_to_the_next_one_above_and_to_its_other_languages(client):
    root = CategoryFactory(name_en="Atlantis", slug_es="atlantis")
    harbour = CategoryFactory(name_en="Harbour", slug_es="puerto", parent=root)
    near = factories.live_edition("es", categories=[root])
    factories.live_edition("es")
    factories.live_edition("en", categories=[harbour])
    factories.live_edition("en", categories=[harbour])

    page = pages.get(client, harbour.url_in("es"))

    assert page.status == 200
    assert page.meta("robots") == ["noindex"]
    assert [a["href"] for a in page.all("a", **{"class": "card__link"})] == [near.url]
    assert "(2)" in page.text("span")
    assert harbour.url_in("en") in page.links()


def test_a_region_that_is_empty_in_every_language_leads_to_the_newest_stories(client):
    newest = factories.live_edition("en")

    page = pages.get(client, CategoryFactory(name_en="Lemuria").url_in("en"))

    assert newest.url in page.links()
    assert page.switcher() == {code: f"/{code}/" for code in ("en", "es", "pt", "ar")}
    assert page.hreflang() == {}
    assert page.meta("robots") == ["noindex"]


@pytest.fixture
def pages_of_two(monkeypatch):
    monkeypatch.setattr(keyset, "SIZE", 2)


def heading(response):
    """Return all words of the first heading of a page."""
    (markup,) = re.findall("<h1[^>]*>(.*?)</h1>", response.content.decode(), re.DOTALL)
    return " ".join(re.sub("<[^>]*>", " ", markup).split())


def walk(client, url, side):
    """Return the address, title and heading of each page that follows on one side."""
    following = []
    while url:
        page = pages.get(client, url)
        following.append((url, page.text("title"), heading(client.get(url)), page.canonical()))
        links = [link for link in page.all("a") if link.get("rel") == side]
        url = links[0]["href"] if links else None
    return following


@pytest.mark.usefixtures("pages_of_two")
def test_each_page_of_a_list_has_a_title_of_its_own_and_leads_back_to_the_first(client, syria):
    for hour in range(5):
        story(live=["en"], categories=[syria], at=AT + timedelta(hours=hour))
    first = "/en/region/middle-east/syria/"

    down = walk(client, first, "next")
    up = walk(client, down[-1][0], "prev")

    assert len({title for _url, title, *_rest in down}) == len(down) == 3
    assert "before 30 November 2017" in down[1][1]
    assert "before 30 November 2017" in down[1][2]
    assert [canonical for *_rest, canonical in down] == [
        f"{settings.SITE_URL}{url}" for url, *_rest in down
    ]
    assert [url for url, *_rest in up] == [down[2][0], up[1][0], first]
    assert "after=" in up[1][0]


@pytest.mark.usefixtures("pages_of_two")
@pytest.mark.parametrize(
    "query",
    [
        *("before=0-0", "after=99999999999999999-1", "before=-1-1&after=1-1", "before=", "after=x"),
        *("before=1-1", "after=253370764800000000-1", "before=1-1&after=1-1", "before=٣-٣"),
    ],
)
def test_a_place_that_somebody_made_up_is_no_page(client, syria, query):
    ana = factories.AuthorFactory(name_en="Ana")
    shown = {"categories": [syria], "tags": [TagFactory(name="Raqqa")], "authors": [ana]}
    story(live=["en"], at=AT, **shown)
    lists = [
        "region/middle-east/syria",
        "tag/raqqa",
        "author/ana",
        "archive/2017/11",
        "archive/2017/11/30",
    ]

    for path in lists:
        assert (path, client.get(f"/en/{path}/").status_code) == (path, 200)
        assert (path, client.get(f"/en/{path}/?{query}").status_code) == (path, 404)


def test_a_page_with_the_newest_stories_behind_a_place_is_the_first_one_to_machines(client, syria):
    for hour in range(2):
        story(live=["en"], categories=[syria], at=AT + timedelta(hours=hour))

    place = Cursor(AT - timedelta(days=1), 1)
    page = pages.get(client, f"/en/region/middle-east/syria/?after={place}")

    assert page.canonical() == f"{settings.SITE_URL}/en/region/middle-east/syria/"


@pytest.mark.parametrize(
    ("kind", "words", "title"),
    [
        ("topic", "Topic Raqqa", "Topic: Raqqa – Newsroom"),
        ("series", "Series Raqqa", "Series: Raqqa – Newsroom"),
        ("storyline", "The story so far Raqqa", "The story so far: Raqqa – Newsroom"),
    ],
)
def test_the_page_of_a_tag_says_what_it_is(client, kind, words, title):
    story(live=["en"], tags=[TagFactory(name="Raqqa", kind=kind)], at=AT)

    page = pages.get(client, "/en/tag/raqqa/")

    assert (heading(client.get("/en/tag/raqqa/")), page.text("title")) == (words, title)


def test_the_page_of_an_author_says_whose_stories_these_are(client):
    story(live=["en"], authors=[factories.AuthorFactory(name_en="Ana Duarte")], at=AT)

    page = pages.get(client, "/en/author/ana-duarte/")

    assert heading(client.get("/en/author/ana-duarte/")) == "Stories by Ana Duarte"
    assert page.text("title") == "Stories by Ana Duarte – Newsroom"


def groups(client, path):
    """Return letter -> the (name, address) of each that stands under it."""
    by_letter, letter = {}, None
    for parts in re.findall(
        r'<h2[^>]*>(.*?)</h2>|href="([^"]*)"\s*>(.*?)</a></li>', main(client.get(path))
    ):
        letter = parts[0] or letter
        if parts[1]:
            by_letter.setdefault(letter, []).append((re.sub("<[^>]*>", "", parts[2]), parts[1]))
    return by_letter


def main(response):
    return response.content.decode().partition("<main")[2].partition("</main>")[0]


def test_all_tags_with_stories_stand_by_letters_on_a_page_of_their_language(client):
    water = TagFactory(name="Water", label_es="Agua")
    story(live=["en", "es"], tags=[water, TagFactory(name="Élan")], at=AT)
    story(live=["en"], tags=[TagFactory(name="élan vital")], at=AT)
    story(live=["en"], tags=[TagFactory(name="Later")], at=datetime(2999, 1, 1, tzinfo=UTC))
    story(tags=[TagFactory(name="Draft")], title_en="Draft")

    assert groups(client, "/en/tag/") == {
        "E": [("Élan", "/en/tag/elan/"), ("élan vital", "/en/tag/elan-vital/")],
        "W": [("Water", "/en/tag/water/")],
    }
    assert [*groups(client, "/es/tag/").values()][0] == [("Agua", "/es/tag/agua/")]
    assert groups(client, "/pt/tag/") == {}
    assert pages.get(client, "/pt/tag/").meta("robots") == ["noindex"]


def test_all_authors_with_stories_stand_by_letters_under_their_names_in_a_language(client):
    ana = factories.AuthorFactory(name_en="Ana Duarte", name_ar="آنا")
    story(live=["en", "ar"], authors=[ana, factories.AuthorFactory(name_en="Ben")], at=AT)
    factories.AuthorFactory(name_en="Nobody")

    assert list(groups(client, "/en/author/")) == ["A", "B"]
    assert groups(client, "/ar/author/")["ا"] == [("آنا", "/ar/author/ana-duarte/")]
    assert {"/en/tag/", "/en/author/"} <= pages.get(client, "/en/archive/").links()


def topics_of(client, path):
    page = pages.get(client, path)
    return [pages.path_of(a["href"]) for a in page.all("a", rel="tag")]


def test_a_region_names_the_topics_that_its_newest_stories_share(client, syria):
    water, aid, rare = (TagFactory(name=name) for name in ("Water", "Aid", "Rare"))
    for number, tags in enumerate([[aid, water], [water, rare], [aid, water]]):
        story(live=["en", "es"], categories=[syria], tags=tags, at=AT + timedelta(days=number))
    story(live=["es"], categories=[syria], tags=[rare], at=AT)
    story(categories=[syria], tags=[rare], title_en="Draft")

    shared = ["/en/tag/water/", "/en/tag/aid/"]
    assert topics_of(client, "/en/region/middle-east/syria/") == shared
    assert topics_of(client, "/en/lite/region/middle-east/syria/") == [
        path.replace("/en/", "/en/lite/") for path in shared
    ]
    assert "[Water]" in client.get("/en/region/middle-east/syria/index.md").text
    assert "/es/tag/rare/" in topics_of(client, syria.url_in("es"))
    assert topics_of(client, f"/en/region/middle-east/syria/?before={PLACE}") == []
    assert topics_of(client, "/en/tag/water/") == []


def test_a_tag_more_on_a_story_makes_the_page_of_its_region_anew(client, syria):
    aid, older = TagFactory(name="Aid"), story(live=["en"], categories=[syria], at=AT)
    newer = story(live=["en"], categories=[syria], tags=[aid], at=AT)
    path = "/en/region/middle-east/syria/"
    assert topics_of(client, path) == []
    tags = {f"topics:{older.pk}", f"topics:{newer.pk}"}
    assert tags <= set(client.get(path).cache_tags)

    older.tags.add(aid)

    assert topics_of(client, path) == ["/en/tag/aid/"]
    assert f"tag:{aid.pk}:en" in client.get(path).cache_tags


def test_topics_that_are_too_many_for_one_page_have_one_for_each_letter(client, monkeypatch):
    monkeypatch.setattr(indexes, "MOST", 2)
    tags = [TagFactory(name=name) for name in ("Water", "Wells", "Élan")]
    story(live=["en"], tags=tags, at=AT)

    first, letter = pages.get(client, "/en/tag/"), pages.get(client, "/en/tag/?letter=W")

    assert groups(client, "/en/tag/") == {}
    assert {"?letter=E", "?letter=W"} <= {link["href"] for link in first.all("a")}
    assert list(groups(client, "/en/tag/?letter=W")) == ["W"]
    assert letter.canonical() == f"{settings.SITE_URL}/en/tag/?letter=W"
    assert client.get("/en/tag/?letter=Q").status_code == 404
    assert client.get("/en/tag/?letter=We").status_code == 404
    assert "/en/tag/index.md?letter=W)" in client.get("/en/tag/index.md").text
    assert "[Wells]" in client.get("/en/tag/index.md?letter=W").text


def test_topics_that_are_too_many_under_one_letter_have_a_page_for_each_two(client, monkeypatch):
    monkeypatch.setattr(indexes, "MOST", 2)
    tags = [TagFactory(name=name) for name in ("Water", "Wells", "Weirs", "Wind", "Élan")]
    story(live=["en"], tags=tags, at=AT)

    first, parted = pages.get(client, "/en/tag/"), pages.get(client, "/en/tag/?letter=W")

    ways = {f"?letter={letter}" for letter in ("E", "Wa", "We", "Wi")}
    for page in (first, parted):
        assert {a["href"] for a in page.all("a") if a["href"].startswith("?")} == ways
    assert [label for label, _ in groups(client, "/en/tag/?letter=We")["We"]] == ["Weirs", "Wells"]
    assert groups(client, "/en/tag/?letter=W") == {}
    assert client.get("/en/tag/?letter=Wo").status_code == 404
