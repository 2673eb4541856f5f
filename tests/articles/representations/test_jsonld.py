"""https://schema.org/NewsArticle, as search engines ask for it."""

import json
import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from PIL import Image as Pillow

from articles import renditions
from articles.models import Author, Category
from articles.pages import story as stories
from articles.pages.menu import Crumb
from articles.pages.promotion import Promotion, Slot
from articles.renditions import CROPS
from articles.representations import jsonld
from newsroom.site.identity import Look, Picture
from newsroom.site.reading import current
from tests import factories

AT = datetime(2019, 6, 15, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def site(settings):
    settings.SITE_URL, settings.SITE_NAME = "https://news.example", "The Paper"


def read(article, language):
    """Return the pages.story.Story of an article in a language."""
    edition = stories.find(factories.edition(article, language).slug, language=language)
    tree = Category.tree(language=language, article=article.pk, at=AT)
    return stories.read(edition, tree=tree, at=AT)


def told(article, language):
    """Return what is told of a story, by type."""
    document = jsonld.story(read(article, language), site=current(language))
    assert document["@context"] == "https://schema.org"
    return {node["@type"]: node for node in document["@graph"]}


def said(agents):
    return [(agent["@type"], agent["name"]) for agent in agents]


def _pictured():
    image = factories.ImageFactory(creator="A. Painter", licence_url="https://l.example/")
    image.available = {image.rendition_key: {"jpeg": [320], **dict.fromkeys(CROPS, [1200])}}
    image.save(update_fields=["available"])
    return image


@pytest.mark.django_db
def test_a_story_tells_everything_that_its_page_shows():
    region = factories.CategoryFactory(name_en="Atlantis", parent=None)
    article = factories.story(
        live=["en"],
        at=AT,
        title_en='The "sea" & <sand>',
        categories=[region, factories.CategoryFactory(name_en="Harbour", parent=region)],
        tags=[factories.TagFactory(name="Salt")],
        authors=[factories.AuthorFactory(name_en="Ana Duarte")],
        images=[_pictured()],
    )

    by_type = told(article, "en")
    story, address = by_type["NewsArticle"], f"https://news.example{factories.edition(article).url}"

    assert story["headline"] == 'The "sea" & <sand>'
    assert story["mainEntityOfPage"] == address
    assert story["inLanguage"] == "en"
    assert story["datePublished"] == "2019-06-15T12:00:00+00:00" <= story["dateModified"]
    assert story["author"] == [
        {
            "@type": "Person",
            "name": "Ana Duarte",
            "url": "https://news.example/en/author/ana-duarte/",
        }
    ]
    assert story["publisher"]["name"] == "The Paper"
    assert story["keywords"] == ["Salt"]
    assert {"Atlantis", "Harbour"} <= set(story["articleSection"])
    assert story["image"][0]["creditText"] == "A. Painter"
    assert story["image"][0]["license"] == "https://l.example/"
    assert story["image"][0]["url"].startswith("https://news.example/")
    assert [picture["license"] for picture in story["image"]] == ["https://l.example/"] * 4
    assert [crop["width"] / crop["height"] for crop in story["image"][1:]] == [16 / 9, 4 / 3, 1]
    steps = by_type["BreadcrumbList"]["itemListElement"]
    assert [(step["position"], step["name"]) for step in steps] == [(1, "Atlantis"), (2, "Harbour")]


@pytest.mark.django_db
def test_a_story_is_under_the_licence_that_the_site_names_and_under_none_without():
    article = factories.story(live=["en"], at=AT)
    site, licences = current("en"), ("", "https://l.example/by")

    documents = [
        jsonld.story(
            read(article, "en"), site=replace(site, policy=replace(site.policy, licence=licence))
        )
        for licence in licences
    ]

    stories_told = [
        node
        for document in documents
        for node in document["@graph"]
        if node["@type"] == "NewsArticle"
    ]
    assert [story.get("license") for story in stories_told] == [None, "https://l.example/by"]


@pytest.mark.django_db
def test_original_and_translation_know_each_other_and_no_draft():
    article = factories.story(
        live=["en", "es"], at=AT, title_ar="مسودة", body_ar="<p>لا</p>", source_language="en"
    )
    addresses = {
        code: f"https://news.example{factories.edition(article, code).url}" for code in ("en", "es")
    }

    original, translation = (told(article, code)["NewsArticle"] for code in ("en", "es"))

    assert original["workTranslation"] == [{"@id": addresses["es"]}]
    assert translation["translationOfWork"] == {"@id": addresses["en"]}
    assert "translationOfWork" not in original
    assert "workTranslation" not in translation


@pytest.mark.django_db
def test_an_easy_read_edition_is_based_on_its_main_one_and_no_translation():
    article = factories.story(live=["es", "en"], at=AT, source_language="es")
    languages = {"es": "/es/a/", "es-simple": "/es-simple/a/", "en": "/en/a/"}
    main = replace(read(article, "es"), languages=languages)
    easy = replace(main, language="es-simple")

    original, other = (
        jsonld.story(edition, site=current("es"))["@graph"][0] for edition in (main, easy)
    )

    assert original["workTranslation"] == [{"@id": "https://news.example/en/a/"}]
    assert "isBasedOn" not in original
    assert other["isBasedOn"] == {"@id": "https://news.example/es/a/"}
    assert not {"workTranslation", "translationOfWork"} & set(other)


@pytest.mark.django_db
def test_a_translator_is_no_author_and_an_organisation_no_person():
    article = factories.story(live=["en"], at=AT)
    for name, role in (("Ana", "author"), ("Ben", "translator"), ("Agency", "organisation")):
        factories.BylineFactory(
            article=article, author=factories.AuthorFactory(name_en=name), role=role
        )

    story = told(article, "en")["NewsArticle"]

    assert said(story["author"]) == [("Person", "Ana")]
    assert said(story["sourceOrganization"]) == [("Organization", "Agency")]
    assert said(story["translator"]) == [("Person", "Ben")]


def credit(article, name, role, **more):
    """Credit who has this name, as a new author where there is none, and return the author."""
    author = Author.objects.filter(name_en=name).first()
    author = author or factories.AuthorFactory(name_en=name, **more)
    factories.BylineFactory(article=article, author=author, role=role)
    return author


@pytest.mark.django_db
def test_an_organisation_can_be_an_author_and_a_translator():
    article = factories.story(live=["en"], at=AT)
    for role in ("author", "translator"):
        credit(article, "The Desk", role, kind=Author.Kind.ORGANISATION)

    story = told(article, "en")["NewsArticle"]

    assert said(story["author"]) == said(story["translator"]) == [("Organization", "The Desk")]


@pytest.mark.django_db
def test_where_nobody_is_the_author_the_organisation_that_it_comes_from_is():
    article = factories.story(live=["en"], at=AT)
    credit(article, "Agency", "organisation")

    story = told(article, "en")["NewsArticle"]

    assert said(story["author"]) == [("Organization", "Agency")]
    assert "sourceOrganization" not in story


@pytest.mark.django_db
def test_who_has_two_roles_stands_once_among_the_authors_and_a_photographer_not_at_all():
    article = factories.story(live=["en"], at=AT)
    ana = credit(article, "Ana", "author")
    factories.BylineFactory(article=article, author=ana, role="author", language="en")
    credit(article, "Ana", "photographer")
    credit(article, "Ben", "photographer")

    assert said(told(article, "en")["NewsArticle"]["author"]) == [("Person", "Ana")]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("creator", "expected"),
    [
        ("A. Painter", ("Person", "A. Painter")),
        ("The Paper", ("Organization", "The Paper")),
        ("The Desk", ("Organization", "The Desk")),
        ("", ("Person", "Ben")),
    ],
)
def test_a_picture_is_by_whom_its_rights_name_or_by_the_photographer_of_the_story(
    creator, expected
):
    image = factories.ImageFactory(creator=creator, credit_line="The Paper")
    article = factories.story(live=["en"], at=AT, images=[image])
    credit(article, "Ben", "photographer")
    credit(article, "The Desk", "author", kind=Author.Kind.ORGANISATION)

    (picture,) = told(article, "en")["NewsArticle"]["image"]

    assert said(picture["creator"]) == [expected]


@pytest.mark.django_db
def test_a_picture_in_the_text_is_told_with_its_rights_and_one_beside_it_is_not():
    inside = factories.ImageFactory(
        copyright_notice="© Sea", credit_line="Ana / Sea", licence_url="https://l.example/"
    )
    article = factories.story(
        live=["en"],
        at=AT,
        body_en=f'<p>Words.</p><figure data-image="{inside.pk}"></figure>',
        images=[factories.ImageFactory(), inside, factories.ImageFactory()],
    )

    lead, figure = told(article, "en")["NewsArticle"]["image"]

    assert lead["contentUrl"] == lead["url"] != figure["contentUrl"]
    assert (lead["width"], lead["height"]) == (480, 320)
    rights = ("copyrightNotice", "creditText", "license")
    assert [figure[name] for name in rights] == ["© Sea", "Ana / Sea", "https://l.example/"]


@pytest.mark.once  # of files
@pytest.mark.django_db
@pytest.mark.parametrize("size", [(1703, 1201), (3201, 3333), (480, 320)])
def test_the_files_of_pictures_have_the_sizes_that_are_told(size):
    width, height = size
    images = [factories.ImageFactory(file__width=width, file__height=height) for _number in "12"]
    for image in images:
        renditions.render.call(image.pk)
    article = factories.story(
        live=["en"],
        at=AT,
        body_en=f'<p>Words.</p><figure data-image="{images[1].pk}"></figure>',
        images=images,
    )
    shown = read(article, "en")

    pictures = told(article, "en")["NewsArticle"]["image"]
    pictures.append({**shown.share_image._asdict(), "contentUrl": shown.share_image.url})

    assert len(pictures) == 6
    for told_picture in pictures:
        name = told_picture["contentUrl"].partition(settings.MEDIA_URL)[2]
        with default_storage.open(name) as file, Pillow.open(file) as picture:
            assert picture.size == (told_picture["width"], told_picture["height"]), name


@pytest.mark.django_db
def test_the_picture_of_the_site_is_none_of_a_story():
    picture = Picture("/media/sharing.png", 1200, 630)
    site = replace(current("en"), look=Look(sharing=picture))
    shown = read(factories.story(live=["en"], at=AT), "en")

    assert "image" not in jsonld.story(shown, site=site)["@graph"][0]


@pytest.mark.django_db
def test_what_is_not_there_is_not_told():
    story = told(factories.story(live=["en"], at=AT), "en")

    assert list(story) == ["NewsArticle"]
    assert not story["NewsArticle"].keys() & {"image", "author", "keywords", "workTranslation"}


def test_the_way_to_a_page_ends_at_the_page_itself():
    crumbs = [Crumb("Atlantis", "/en/region/atlantis/"), Crumb("Harbour", "")]

    (way,) = jsonld.around(crumbs)["@graph"]

    first, last = way["itemListElement"]
    assert first["item"] == "https://news.example/en/region/atlantis/"
    assert "item" not in last


def test_a_page_without_a_way_tells_none():
    assert jsonld.around([Crumb("Atlantis", "")], _slot(title="Give")) is None


def _slot(**said):
    empty = dict.fromkeys(("title", "text", "venue", "event_zone", "link", "call"), "")
    facts = {"pk": 1, "language": "pt", "event_at": None, "use": None}
    return Slot("front", 0, "pt", Promotion(**empty | facts | said))


def test_an_event_is_told_in_the_time_of_its_place():
    slot = _slot(
        title="Lançamento",
        venue="Casa do Mar, Lisboa",
        event_at=datetime(2026, 7, 1, 18, 30, tzinfo=UTC),
        event_zone="Europe/Lisbon",
        link="https://tickets.example/",
    )

    (event,) = jsonld.around(slot=slot)["@graph"]

    assert event == {
        "@type": "Event",
        "name": "Lançamento",
        "inLanguage": "pt",
        "startDate": "2026-07-01T19:30+01:00",
        "location": {
            "@type": "Place",
            "name": "Casa do Mar, Lisboa",
            "address": "Casa do Mar, Lisboa",
        },
        "url": "https://tickets.example/",
    }


def test_an_event_without_a_place_is_not_told():
    slot = _slot(title="Online", event_at=AT)

    assert jsonld.around(slot=slot) is None


@pytest.mark.django_db
def test_no_headline_can_end_the_element(client):
    article = factories.story(live=["en"], title_en="</script><script>alert(1)</script> & more")

    words = client.get(factories.edition(article).url).content.decode()

    (document,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', words)
    assert json.loads(document)["@graph"][0]["headline"] == article.title_en
