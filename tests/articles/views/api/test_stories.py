"""The read API: who gets which stories, in which order, and what a program is told that asks for something else."""

import json
from datetime import timedelta

import pytest
from django.db import OperationalError
from django.utils import timezone
from jsonschema import Draft202012Validator

from articles.actions import organising, publishing, writing
from articles.actions.access import partnering
from articles.models import Article, Category, Delivery, Edition, Item, Partner
from tests.factories import CategoryFactory, ImageFactory, TagFactory, edition, story

# What is marked `both` asks what nothing else asks of PostgreSQL; the rest is decided in Python.
pytestmark = [pytest.mark.django_db, pytest.mark.once]

LIST = "/api/articles/"


class Reader:
    """A program of a partner, which asks with its token."""

    def __init__(self, client, **partner):
        self.client = client
        categories = partner.pop("categories", ())
        self.partner = Partner.objects.create(**{"name": "Partner", "per_minute": 1000} | partner)
        self.partner.categories.set(categories)
        self.token = partnering.make_token(self.partner, by=None, now=timezone.now())

    def get(self, path=LIST, query=None, **headers):
        headers = {"authorization": f"Bearer {self.token}"} | headers
        return self.client.get(path, query, headers=headers)

    def read(self, **query):
        """Return the envelope of a page of English stories."""
        response = self.get(query={"language": "en"} | query)
        assert response.status_code == 200, response.content
        return response.json()

    def follow(self, since=""):
        """Return (the story, whether it is usable) of all items behind a place, over all pages, and the next place."""
        told, more = [], True
        while more:
            page = self.read(since=since)
            told += [(number(item), item["pubStatus"] == "usable") for item in page["items"]]
            since, more = page["since"], page["more"]
        return told, since


def number(item):
    return int(item["uri"].split("-")[-2])


@pytest.fixture
def reader(client):
    return Reader(client)


def detail(response):
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["status"] == response.status_code
    return response.json()["detail"]


def test_a_partner_reads_stories_in_one_language(reader):
    article = story(live=["en", "es"], title_en="Rain", title_es="Lluvia")
    story(live=["es"])

    (item,) = reader.read()["items"]

    assert number(item) == article.pk
    assert item["language"] == "en"
    assert item["headlines"][0]["value"] == "Rain"
    assert [(association["rel"], association["name"]) for association in item["associations"]] == [
        ("translation", "Lluvia")
    ]
    assert reader.get(f"{LIST}{article.pk}/en/").json() == item


def test_pages_follow_each_other_until_all_is_told(reader, monkeypatch):
    monkeypatch.setattr("articles.pages.item.changes.SIZE", 2)
    ids = [story(live=["en"]).pk for _ in range(5)]

    response = reader.get(query={"language": "en"})
    told, since = reader.follow()

    assert response.json()["more"]
    assert f"<{response.json()['next']}>" in response["Link"]
    assert told == [(pk, True) for pk in ids]
    assert reader.follow(since) == ([], since)


def test_who_follows_is_told_of_every_change_and_of_the_end(reader):
    changed, withdrawn, deleted = (story(live=["en"]) for _ in range(3))
    _all, since = reader.follow()
    changed.title_en = "Other words"
    writing.save(changed)
    publishing.withdraw(edition(withdrawn), by=None, reason="It was wrong.")
    gone = deleted.pk
    deleted.delete()

    page = reader.read(since=since)

    told = {number(item): item for item in page["items"]}
    assert told[changed.pk]["headlines"][0]["value"] == "Other words"
    assert told[changed.pk]["version"] == "2"
    assert told[withdrawn.pk]["edNote"] == "It was wrong."
    assert [told[pk]["pubStatus"] for pk in (withdrawn.pk, gone)] == ["canceled", "canceled"]
    assert "headlines" not in told[withdrawn.pk]
    assert reader.get(f"{LIST}{gone}/en/").json()["pubStatus"] == "canceled"


@pytest.mark.both
def test_nothing_is_told_before_its_minute(reader, time_machine):
    time_machine.move_to("2026-03-01T10:00:00Z", tick=False)
    coming = story(live=["en"], at=timezone.now() + timedelta(hours=1))
    draft = story(title_en="A draft")
    _none, since = reader.follow()
    assert _none == []
    assert reader.get(f"{LIST}{coming.pk}/en/").status_code == 404
    assert reader.get(f"{LIST}{draft.pk}/en/").status_code == 404

    time_machine.move_to("2026-03-01T11:00:00Z", tick=False)

    assert reader.follow(since)[0] == [(coming.pk, True)]


def test_what_is_put_off_ends_and_comes_again(reader, time_machine):
    time_machine.move_to("2026-03-01T10:00:00Z", tick=False)
    article = story(live=["en"])
    _first, since = reader.follow()
    Edition.objects.update(published_at=timezone.now() + timedelta(hours=1))

    ended, since = reader.follow(since)
    time_machine.move_to("2026-03-01T12:00:00Z", tick=False)
    came, _since = reader.follow(since)

    assert (ended, came) == ([(article.pk, False)], [(article.pk, True)])
    assert Item.objects.get().version == 3


def test_a_story_that_is_restored_is_usable_again(reader):
    article = story(live=["en"])
    _first, since = reader.follow()
    publishing.withdraw(edition(article), by=None, reason="Wrong.")
    _second, since = reader.follow(since)
    publishing.restore(edition(article), by=None)

    assert reader.follow(since)[0] == [(article.pk, True)]


def test_a_change_in_one_language_is_not_told_in_another(reader):
    article = story(live=["en", "es"])
    _all, since = reader.follow()
    article.body_es = "<p>Otras palabras.</p>"
    writing.save(article)

    assert reader.follow(since)[0] == []
    assert reader.read(language="es")["items"][0]["version"] == "2"


@pytest.mark.both
@pytest.mark.parametrize(
    "change",
    [
        lambda article: article.tags.set([TagFactory()]),
        lambda article: article.categories.set([CategoryFactory()]),
        lambda article: article.uses.update(caption_en="Other words"),
        lambda article: Article.objects.filter(pk=article.pk).update(title_en="In bulk"),
        lambda article: organising.merge_tags([article.tags.get()], into=TagFactory()),
    ],
    ids=["tags", "categories", "a caption", "words in bulk", "a merged tag"],
)
def test_what_stands_beside_the_words_is_told_of_as_well(reader, change):
    article = story(live=["en"], images=[ImageFactory()], tags=[TagFactory()])
    _all, since = reader.follow()

    change(article)
    writing.save(Article.objects.get(pk=article.pk))

    assert reader.follow(since)[0] == [(article.pk, True)]


def test_a_partner_gets_its_languages_alone(client):
    reader = Reader(client, languages=["es"])
    article = story(live=["en", "es"])

    assert reader.get().json()["language"] == "es"
    response = reader.get(query={"language": "en"})
    assert response.status_code == 403
    assert "its languages are: es" in detail(response)
    assert reader.get(f"{LIST}{article.pk}/en/").status_code == 403
    assert reader.get(f"{LIST}{article.pk}/es/").status_code == 200


@pytest.mark.both
def test_a_partner_gets_its_regions_and_what_stands_under_them(client):
    parent = CategoryFactory(name_en="Far land")
    child = CategoryFactory(name_en="Far town", parent=parent)
    reader = Reader(client, is_limited=True, categories=[parent])
    inside, outside = story(live=["en"], categories=[child]), story(live=["en"])

    told, since = reader.follow()
    assert told == [(inside.pk, True)]
    assert reader.get(f"{LIST}{outside.pk}/en/").status_code == 403
    publishing.withdraw(edition(inside), by=None, reason="Wrong.")
    assert reader.follow(since)[0] == [(inside.pk, False)]


def test_a_partner_whose_regions_are_gone_gets_nothing(client):
    region = CategoryFactory()
    reader = Reader(client, is_limited=True, categories=[region])
    article = story(live=["en"], categories=[region])
    article.categories.clear()
    region.delete()

    assert reader.follow()[0] == []


@pytest.mark.both
def test_a_merged_region_stays_in_the_scope(client):
    kept, gone = CategoryFactory(), CategoryFactory()
    reader = Reader(client, is_limited=True, categories=[gone])

    organising.merge_categories([gone], into=kept)

    assert list(reader.partner.categories.all()) == [kept]


@pytest.mark.both
def test_a_list_can_be_of_a_region_a_section_or_a_tag(reader):
    region, tag = CategoryFactory(), TagFactory()
    section = CategoryFactory(kind=Category.Kind.SECTION)
    both = story(live=["en"], categories=[region, section], tags=[tag])
    story(live=["en"], categories=[region])

    def numbers_of(**query):
        return [number(item) for item in reader.read(**query)["items"]]

    assert len(numbers_of(region=region.slug_en)) == 2
    assert numbers_of(region=region.slug_en, section=section.slug_en) == [both.pk]
    assert numbers_of(tag=tag.slug) == [both.pk]


def test_a_rare_region_is_looked_for_a_piece_at_a_time(reader, monkeypatch):
    monkeypatch.setattr("articles.pages.item.changes.STEPS", (1, 1))
    region = CategoryFactory()
    stories = [story(live=["en"]) for _ in range(5)] + [story(live=["en"], categories=[region])]

    first = reader.read(region=region.slug_en)
    assert (first["items"], first["more"]) == ([], True)
    items, since, more = [], "", True
    while more:
        page = reader.read(region=region.slug_en, since=since)
        items, since, more = items + page["items"], page["since"], page["more"]
    assert [number(item) for item in items] == [stories[-1].pk]


def test_an_archive_is_told_a_piece_at_a_time(reader, monkeypatch):
    monkeypatch.setattr("articles.derived.items.TOLD", 2)
    ids = [story(live=["en"]).pk for _ in range(5)]

    assert reader.follow()[0] == [(pk, True) for pk in ids]


@pytest.mark.both
def test_a_moment_is_a_place_to_begin(reader, time_machine):
    for day in ("2026-03-01", "2026-03-02"):
        time_machine.move_to(f"{day}T10:00:00Z", tick=False)
        last = story(live=["en"])
        reader.read()

    for since in ("2026-03-02", "2026-03-02T09:00:00Z", "2026-03-02T11:00:00+02:00"):
        assert reader.follow(since)[0] == [(last.pk, True)]
    assert reader.follow("2026-03-03")[0] == []


@pytest.mark.both
@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({}, "Say which language: ?language= and one of: en, es, pt, ar."),
        ({"language": "xx"}, "There is no language “xx” here; there are: en, es, pt, ar."),
        ({"language": "en", "since": "soon"}, "“soon” is no cursor and no moment"),
        ({"language": "en", "since": "2026-13-01"}, "no cursor and no moment"),
        ({"language": "en", "since": "999"}, "This cursor lies ahead of all"),
        ({"language": "en", "page": "2"}, "known are: language, region, section, tag, since"),
        ({"language": "en", "region": "nowhere"}, "There is no region “nowhere”"),
        ({"language": "en", "tag": "nothing"}, "There is no tag “nothing”"),
        ({"language": ["en", "es"]}, "Give “language” once"),
        ({"language": "en\x00"}, "Give “language” once, as a text"),
    ],
)
def test_a_mistake_is_told_with_its_remedy(reader, query, words):
    response = reader.get(query=query)

    assert response.status_code == 400
    assert words in detail(response)


@pytest.mark.parametrize(
    "authorization", [None, "", "Bearer", "Bearer ", "Basic abc", "Bearer abc", "Bearer \xff"]
)
def test_without_a_valid_token_nothing_is_told(client, authorization):
    article = story(live=["en"])
    headers = {"authorization": authorization} if authorization is not None else {}

    for path in (LIST, f"{LIST}{article.pk}/en/", "/api/else/"):
        response = client.get(path, headers=headers)
        assert response.status_code == 401
        assert response["WWW-Authenticate"].startswith("Bearer")
        assert "token" in detail(response)
        assert response["Cache-Control"] == "private, no-cache"


@pytest.mark.both
def test_a_token_ends_when_it_is_revoked_or_its_partner_is_put_to_rest(reader):
    assert reader.get(query={"language": "en"}).status_code == 200
    reader.partner.is_active = False
    reader.partner.save()
    assert reader.get(query={"language": "en"}).status_code == 401
    reader.partner.is_active = True
    reader.partner.save()
    partnering.revoke(reader.partner.tokens.get(), by=None, now=timezone.now())
    assert reader.get(query={"language": "en"}).status_code == 401


def test_a_token_in_an_address_is_refused_even_if_it_is_valid(reader):
    response = reader.get(query={"language": "en", "token": reader.token})

    assert response.status_code == 400
    assert "ends up in logs" in detail(response)


def test_a_login_of_the_newsroom_is_no_token(client, admin_user):
    client.force_login(admin_user, backend="django.contrib.auth.backends.ModelBackend")

    assert client.get(LIST).status_code == 401


def test_nothing_can_be_written(reader):
    response = reader.client.post(LIST, headers={"authorization": f"Bearer {reader.token}"})

    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD"


def test_an_address_that_does_not_exist_says_so_as_a_problem(reader):
    assert "/api/" in detail(reader.get("/api/stories/"))


def test_an_id_that_no_story_can_have_is_not_found(reader):
    for number in (0, 10**12, 10**30):
        assert reader.get(f"{LIST}{number}/en/").status_code == 404


def test_an_outage_is_a_problem_for_programs(reader, monkeypatch):
    def fail(**kwargs):
        raise OperationalError("gone")

    monkeypatch.setattr(partnering, "tell", fail)
    response = reader.get(query={"language": "en"})

    assert (response.status_code, response["Retry-After"]) == (503, "30")
    assert "does not answer" in detail(response)


def test_who_gets_it_compressed_is_told_that_it_has_not_changed(reader):
    story(live=["en"], body_en="<p>Words.</p>" * 100)
    headers = {"accept-encoding": "gzip"}
    first = reader.get(query={"language": "en"}, **headers)
    again = reader.get(query={"language": "en"}, **headers, **{"if-none-match": first["ETag"]})

    assert first["Content-Encoding"] == "gzip"
    assert again.status_code == 304
    assert Delivery.objects.count() == 1


def test_a_picture_that_may_not_be_passed_on_any_more_is_told_of(
    reader, django_capture_on_commit_callbacks
):
    image = ImageFactory(passing_on="yes")
    article = story(live=["en"], images=[image])
    _all, since = reader.follow()

    with django_capture_on_commit_callbacks(execute=True):
        image.passing_on = "no"
        image.save()
    (item,) = reader.read(since=since)["items"]

    assert number(item) == article.pk
    assert "associations" not in item
    with django_capture_on_commit_callbacks(execute=True):
        image.description = "Only for finding it"
        image.save()
    assert reader.read(since=reader.read()["since"])["items"] == []


def test_a_partner_can_ask_so_many_times_a_minute(client, time_machine):
    time_machine.move_to("2026-03-01T10:00:20Z", tick=False)
    reader = Reader(client, per_minute=2)
    codes = [reader.get(query={"language": "en"}).status_code for _ in range(3)]
    response = reader.get(query={"language": "en"})

    assert codes == [200, 200, 429]
    assert response["Retry-After"] == "40"
    assert "2 requests in a minute" in detail(response)
    time_machine.move_to("2026-03-01T10:01:00Z", tick=False)
    assert reader.get(query={"language": "en"}).status_code == 200


def test_what_has_not_changed_is_neither_sent_nor_logged(reader):
    article = story(live=["en"])
    for path, query in ((LIST, {"language": "en"}), (f"{LIST}{article.pk}/en/", {})):
        first = reader.get(path, query)
        again = reader.get(path, query, **{"if-none-match": first["ETag"]})
        assert (again.status_code, again.content) == (304, b"")

    rows = Delivery.objects.values_list("partner", "article", "language", "version")
    assert list(rows) == [(reader.partner.pk, article.pk, "en", 1)] * 2


def test_deliveries_are_forgotten_after_their_time(reader, time_machine, settings):
    time_machine.move_to("2026-03-01T10:00:00Z", tick=False)
    story(live=["en"])
    reader.read()
    time_machine.shift(timedelta(days=settings.DELIVERY_DAYS, minutes=1))
    reader.read(since="1")

    assert not Delivery.objects.exists()


def test_what_cannot_be_written_down_is_not_given(reader, monkeypatch):
    story(live=["en"])
    monkeypatch.setattr(partnering, "note", lambda *args, **kwargs: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        reader.read()


@pytest.mark.once  # as many statements on either database
def test_a_page_costs_the_same_however_many_items_it_holds(
    reader, django_assert_max_num_queries, django_assert_num_queries
):
    def publish(number):
        for _ in range(number):
            story(live=["en", "es"], images=[ImageFactory()], tags=[TagFactory()])

    def count():
        reader.read()
        with django_assert_max_num_queries(100) as queries:
            assert reader.get(query={"language": "en"}).status_code == 200
        return [query["sql"][:90] for query in queries.captured_queries]

    publish(2)
    few = count()
    publish(6)
    many = count()

    assert len(many) == len(few) <= 18, "\n".join(many)


def test_the_document_is_for_everybody(client):
    response = client.get("/api/openapi.json")

    assert response["Content-Type"].startswith("application/json")
    assert set(response.json()["paths"]) == {LIST, f"{LIST}{{id}}/{{language}}/"}
    assert client.get("/api/")["Location"] == "/en/api/"


def test_a_page_is_what_the_document_says(reader):
    story(live=["en", "es"], images=[ImageFactory(passing_on="yes")])
    document = reader.client.get("/api/openapi.json").json()
    problem = reader.get(query={"language": "xx"}).json()

    for name, answer in (("page", reader.read()), ("problem", problem)):
        schema = Draft202012Validator({"$ref": f"#/components/schemas/{name}"} | document)
        assert [error.message for error in schema.iter_errors(answer)] == []


def test_the_words_of_a_body_are_in_its_language(client):
    reader = Reader(client, languages=["es"])
    other = story(live=["es"], title_es="Otra")
    story(live=["es"], body_es=f'<p>Hola.</p><aside data-article="{other.pk}"></aside>')

    item = reader.read(language="es")["items"][-1]

    assert "Lea" in json.dumps(item) or "Leer" in json.dumps(item)
