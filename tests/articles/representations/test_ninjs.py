"""Stories as ninjs: valid by the schema of the IPTC, and with all that the newsroom knows."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from django.utils import timezone, translation
from jsonschema import Draft202012Validator

from articles import renditions
from articles.actions import publishing
from articles.derived import items as told
from articles.models import Article, Author, Byline, Category, Image, Item, Origin
from articles.pages import item as items
from articles.representations import ninjs, openapi
from newsroom.site.identity import Identity, Policy
from tests import samples
from tests.factories import (
    AuthorFactory,
    BylineFactory,
    CategoryFactory,
    ImageFactory,
    TagFactory,
    edition,
    own_page,
    story,
)

pytestmark = [pytest.mark.django_db, pytest.mark.once]

EVERY_BLOCK = """<p>One <strong>two</strong> <a href="https://a.example/">three</a> <em>four</em>
<a data-article="{other}">five</a>.</p><h2>Six</h2><h3>Seven</h3><ul><li>Eight</li></ul><ol><li>Nine</li></ol>
<blockquote><p>Ten</p></blockquote><table><tr><td>Eleven</td></tr></table>
<figure data-image="{image}"></figure><aside data-article="{other}"></aside>
<div data-embed="https://www.youtube.com/watch?v=abc"></div>"""


def made(article, language="en"):
    """Return the item of a story, read back from JSON."""
    now = timezone.now()
    told.tell(at=now)
    with translation.override(language):
        news_item = items.find(article.pk, tree=Category.tree(language=language), at=now)
        return json.loads(json.dumps(ninjs.item(news_item)))


def pictures(item):
    return [
        association
        for association in item.get("associations", ())
        if association["rel"] in {"lead", "figure"}
    ]


@pytest.fixture
def full():
    """A story with everything that there is."""
    other, image = story(live=["en"], title_en="Another"), ImageFactory(passing_on="yes")
    figure = ImageFactory(
        licence="CC BY 4.0",
        licence_url="https://creativecommons.org/licenses/by/4.0/",
        copyright_notice="© A. Painter",
        valid_until=timezone.now() + timedelta(days=1),
        kind=Image.Kind.GRAPHIC,
    )
    section = CategoryFactory(name_en="Opinion", kind=Category.Kind.SECTION, is_genre=True)
    body = EVERY_BLOCK.format(other=other.pk, image=figure.pk)
    article = story(
        live=["en", "ar"],
        title_en="Headline",
        standfirst_en="Summary",
        body_en=body,
        images=[image, figure],
        categories=[CategoryFactory(name_en="Syria"), section],
        tags=[TagFactory(name="Raqqa")],
        authors=[AuthorFactory(name_en="Ana"), AuthorFactory(name_en="Ben")],
    )
    house = AuthorFactory(name_en="The Agency")
    BylineFactory(article=article, author=house, role=Byline.Role.ORGANISATION)
    desk = AuthorFactory(name_en="The Desk", kind=Author.Kind.ORGANISATION)
    BylineFactory(article=article, author=desk, position=2)
    Origin.objects.create(article=article, source="wires", external_id="w-12")
    return article


def test_it_holds_all_that_is_known_of_a_story(full):
    item = made(full)

    assert item["uri"].startswith("tag:")
    assert item["pubStatus"] == "usable"
    assert item["headlines"][0]["value"] == "Headline"
    assert item["descriptions"][0]["value"] == "Summary"
    assert item["by"] == "Ana, Ben, The Desk and The Agency"
    assert [person["name"] for person in item["people"]] == ["Ana", "Ben"]
    assert [
        (organisation["name"], organisation["rel"]) for organisation in item["organisations"]
    ] == [
        ("The Desk", "author"),
        ("The Agency", "organisation"),
    ]
    assert [place["name"] for place in item["places"]] == ["Syria"]
    assert [subject["name"] for subject in item["subjects"]] == ["Opinion", "Raqqa"]
    assert [genre["name"] for genre in item["genres"]] == ["Opinion"]
    assert item["altIds"] == [{"role": "wires", "value": "w-12"}]
    plain, html = item["bodies"]
    assert plain["wordCount"] == len(plain["value"].split())
    assert "<h2>Six</h2>" in html["value"]
    assert [association["rel"] for association in item["associations"]] == [
        "translation",
        "lead",
        "figure",
    ]


def test_a_picture_has_its_rights_and_the_files_that_exist(full):
    lead, figure = pictures(made(full))

    assert lead["by"] == "A. Painter"
    assert "rightsInfo" not in lead
    (rendition,) = lead["renditions"]
    assert (rendition["width"], rendition["height"]) == (480, 320)
    assert rendition["href"].startswith("http")
    assert figure["type"] == "graphic"
    assert figure["copyrightNotice"] == "© A. Painter"
    assert figure["usageTerms"] == "A. Painter · CC BY 4.0"
    assert figure["rightsInfo"]["linkedRights"].endswith("/by/4.0/")
    assert figure["expires"] > made(full)["versionCreated"]


def test_a_picture_tells_what_it_is_about_and_the_bytes_that_are_known(full):
    image = Image.objects.get(passing_on="yes")
    image.focal_x, image.focal_y = 0.25, 0.75
    image.save()
    renditions.render.call(image.pk)

    lead = next(picture for picture in pictures(made(full)) if picture["rel"] == "lead")

    small, large = lead["renditions"]
    assert (small["poi"], large["poi"]) == ({"x": 80, "y": 160}, {"x": 120, "y": 240})
    file = large["href"].partition(settings.MEDIA_URL)[2]
    assert large["sizeInBytes"] == default_storage.size(file)
    assert "sizeInBytes" not in small


def test_what_partners_may_do_with_texts_is_told_in_words_and_by_a_link(full):
    licence = "https://creativecommons.org/licenses/by-nd/4.0/"
    assert not {"usageTerms", "rightsInfo"} & set(made(full))

    free = told_by(full, Policy(licence=licence))
    narrow = told_by(full, Policy(licence=licence, allows_answers=False, allows_training=False))

    assert free["usageTerms"] == f"Licence: {licence}"
    assert free["rightsInfo"] == {"linkedRights": licence}
    assert narrow["usageTerms"].endswith(
        "Not allowed: answers of AI systems, training of AI models."
    )
    assert narrow["rightsInfo"]["linkedRights"].endswith("/license.xml")


def told_by(article, policy):
    """Return the item of a story on a site of this policy, which is valid."""
    now = timezone.now()
    told.tell(at=now)
    news_item = items.find(article.pk, tree=Category.tree(language="en"), at=now)
    item = ninjs.item(replace(news_item, site=replace(news_item.site, policy=policy)))
    for schema in schemas():
        assert [error.message for error in schema.iter_errors(item)] == []
    return item


def test_what_the_publisher_stands_for_is_told_by_its_own_pages(full):
    page = own_page(kind="corrections", title_en="Corrections policy")
    own_page(kind="contact", title_en="Write to us")

    (indicator,) = made(full)["trustIndicators"]

    assert indicator["title"] == "Corrections policy"
    assert indicator["role"] == "https://schema.org/correctionsPolicy"
    assert indicator["href"].endswith(page.editions.get(language="en").url)
    for schema in schemas():
        assert [error.message for error in schema.iter_errors(made(full))] == []


@pytest.mark.parametrize(
    ("said", "address", "is_given"),
    [
        ("", "", False),
        ("", "https://creativecommons.org/licenses/by/4.0/", True),
        ("", "https://www.creativecommons.org/licenses/by-sa/3.0/deed.es", True),
        ("", "https://creativecommons.org/publicdomain/zero/1.0/", True),
        ("", "https://creativecommons.org/licenses/by-nc/4.0/", False),
        ("", "https://creativecommons.org/licenses/by-nd/4.0/", False),
        ("", "https://example.org/creativecommons.org/licenses/by/4.0/", False),
        ("no", "https://creativecommons.org/licenses/by/4.0/", False),
        ("yes", "", True),
    ],
)
def test_a_picture_that_may_not_be_passed_on_is_left_out_everywhere(said, address, is_given):
    image = ImageFactory(passing_on=said, licence_url=address)
    body = f'<p>Words.</p><figure data-image="{image.pk}"></figure>'
    item = made(story(live=["en"], body_en=body, images=[image]))

    assert bool(pictures(item)) is is_given
    assert (image.file.url in json.dumps(item)) is is_given


def test_a_picture_whose_right_has_ended_is_left_out(time_machine):
    time_machine.move_to("2026-03-01T10:00:00Z", tick=False)
    end = timezone.now() + timedelta(hours=1)
    article = story(live=["en"], images=[ImageFactory(passing_on="yes", valid_until=end)])
    assert pictures(made(article))

    time_machine.move_to(end, tick=False)

    assert not pictures(made(article))


def schemas():
    """Return the schema that the API tells of, and that of the IPTC if it lies beside the project."""
    document = openapi.document(Identity().within("en"), size=30)
    yield Draft202012Validator({"$ref": "#/components/schemas/item"} | document)
    if samples.NINJS.exists():
        yield Draft202012Validator(json.loads(samples.NINJS.read_text(encoding="utf-8")))


def test_it_is_valid_by_the_schemas_of_the_api_and_of_the_iptc(full):
    bare, gone = story(live=["en"]), story(live=["en"])
    full.editions.filter(language="ar").update(machine_drafted=True)
    made(gone)
    publishing.withdraw(edition(gone), by=None, reason="Wrong.")

    for schema in schemas():
        for item in (made(full), made(full, "ar"), made(bare), made(gone)):
            assert [error.message for error in schema.iter_errors(item)] == []


def test_what_is_deleted_is_canceled_without_a_word_of_it(full):
    told.tell(at=timezone.now())
    pk = full.pk
    full.delete()

    item = made(Article(pk=pk))

    assert item["pubStatus"] == "canceled"
    assert item["version"] == "2"
    assert "Headline" not in json.dumps(item)
    assert Item.objects.filter(article=pk).count() == 2
