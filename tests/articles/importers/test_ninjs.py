"""IPTC ninjs: each item is a Story in one language, whatever the version calls its properties."""

import json
from datetime import UTC, datetime

import pytest

from articles.importers import ninjs
from articles.importers.story import BadFile
from tests import samples
from tests.samples import FOLDER

WORDS = {
    "uri": "urn:a",
    "headline": "A",
    "body_text": "B",
    "versioncreated": "2017-01-01T00:00:00Z",
}


@pytest.fixture
def items(read_as):
    return read_as("ninjs")


@pytest.fixture
def one(items):
    """Return what is made of one item with these properties."""
    return lambda **properties: items(json.dumps(WORDS | properties))[0]


def test_an_item_of_version_3_has_its_words_people_and_subjects(items):
    story = items()[0]

    text = story.texts["en"]
    assert (story.external_id, story.is_whole) == ("urn:harbour:ferry:en", False)
    assert (text.title, text.standfirst) == ("Ferry line opens again", "Two crossings a day.")
    assert text.body == "<p>The ferry sails <b>from Monday</b>.</p>"
    assert [(byline.names[""], byline.kind, byline.role) for byline in story.bylines] == [
        ("Ana Duarte", "person", "author"),
        ("Harbour Board", "organisation", "organisation"),
    ]
    assert [subject.names["en"] for subject in story.subjects] == [
        "Omar Haddad",
        "shipping",
        "Tartus",
    ]
    assert story.related == ("urn:harbour:pier:en",)
    assert story.old_addresses == {"en": ("/2017/ferry/",)}


def test_it_is_public_from_the_end_of_its_embargo(items, one):
    text = items()[0].texts["en"]

    assert (text.status, text.published_at) == ("published", datetime(2017, 11, 30, 18, tzinfo=UTC))
    assert text.modified_at == datetime(2017, 12, 1, 9, 30, tzinfo=UTC)
    assert one(embargoed="2099-01-01T00:00:00Z").texts["en"].published_at.year == 2099


def test_the_widest_rendition_of_the_main_picture_leads(items):
    lead, graphic = items()[0].pictures

    assert (lead.reference, lead.lead, lead.kind) == (
        "https://harbour.example/l.jpg",
        True,
        "photo",
    )
    assert (lead.caption, lead.alt) == ({"en": "The ferry at the pier"}, {"en": "A white ferry"})
    assert (lead.creator, lead.copyright_notice, lead.focal_point) == (
        "Ana Ríos",
        "© Ana Ríos",
        (0.5, 0.25),
    )
    assert lead.valid_until == datetime(2030, 1, 1, tzinfo=UTC)
    assert (graphic.reference, graphic.lead, graphic.kind) == (
        "https://harbour.example/map.png",
        False,
        "graphic",
    )
    assert 'Left out, no picture: the video "tour".' in items()[0].notes


def test_an_item_of_version_1_says_the_same_in_other_words(items):
    story = items()[1]

    text = story.texts["pt-br"]
    assert (text.title, text.standfirst) == ("O cais", "Um cais velho.")
    assert text.body == "<p>Um cais.</p><p>Dois &amp; três.</p>"
    assert [byline.names[""] for byline in story.bylines] == ["Rita Sá", "João Melo"]
    assert [subject.names for subject in story.subjects] == [{"pt-br": "Portos"}]
    assert [(picture.caption, picture.creator) for picture in story.pictures] == [
        ({"pt-br": "O cais"}, "Ana")
    ]


def test_what_is_not_for_readers_is_not_public(items, one):
    _usable, withheld, canceled, *_others = items()

    assert withheld.texts["pt-br"].status == "draft"
    assert 'The source says "withheld", so it stays a draft.' in withheld.notes
    assert canceled.texts["en"].status == "withdrawn"
    assert canceled.texts["en"].withdrawn_reason == ""
    assert one(pubstatus="anything").texts["en"].status == "draft"


def test_what_is_no_story_is_refused_by_its_id(items):
    *_stories, picture, nameless = items()

    assert str(picture) == (
        'Item 4, story "urn:harbour:photo:9": it is a picture without a text; import the story that shows it.'
    )
    assert picture.external_id == "urn:harbour:photo:9"
    assert str(nameless) == "Item 5: it has no uri; give it one that never changes."


@pytest.mark.parametrize(
    ("properties", "note"),
    [
        (
            {"versioncreated": "yesterday"},
            'versionCreated is "yesterday", no date that can be used',
        ),
        ({"versioncreated": "0000-00-00"}, "no date that can be used"),
        ({"versioncreated": "9999-12-31T23:59:59-12:00"}, "no date that can be used"),
        ({"headline": "x" * 400}, "A headline of 400 characters is cut to 300."),
        ({"body_text": " "}, "It has no text, so it stays a draft."),
    ],
)
def test_what_is_untidy_is_mended_and_noted(one, properties, note):
    assert any(note in sentence for sentence in one(**properties).notes)


@pytest.mark.parametrize("value", [7, None, [], {}, "x", [[]], True, 1e300])
def test_values_of_the_wrong_kind_are_as_good_as_none(one, value):
    names = [
        "associations",
        "renditions",
        "subject",
        "people",
        "descriptions",
        "bodies",
        "type",
        "language",
    ]

    for name in names:
        one(**{name: value})
        one(
            **{
                name: [
                    {
                        "name": value,
                        "rel": value,
                        "value": value,
                        "type": "picture",
                        "renditions": value,
                    }
                ]
            }
        )


def test_a_picture_beside_the_file_is_found_by_the_end_of_its_address(items, tmp_path):
    (tmp_path / "2017").mkdir()
    (tmp_path / "2017" / "a b.jpg").write_bytes(b"picture")
    picture = {"type": "picture", "uri": "https://a.example/uploads/2017/a%20b.jpg?w=9"}
    outside = {"type": "picture", "uri": "../../etc/passwd"}

    (story,) = items(json.dumps(WORDS | {"associations": [picture, outside]}))

    assert [story_picture.path for story_picture in story.pictures] == [
        tmp_path / "2017" / "a b.jpg",
        None,
    ]
    assert story.pictures[0].size == 7
    assert len(story.notes) == 1


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_items_stand_in_a_list_or_one_a_line(items, encoding):
    lines = [json.dumps(WORDS | {"uri": uri}) for uri in ("urn:a", "urn:b")]

    first, second, broken, third = items("\n\n".join([*lines, "{", lines[0]]).encode(encoding))

    assert [first.external_id, second.external_id] == ["urn:a", "urn:b"]
    assert str(broken).startswith("Item 3: it is no object")
    assert "the id was used at item 1 already" in str(third)


@pytest.mark.parametrize("data", ["[]", "{", "[" * 90_000, '{"uri": ' + "9" * 9_000 + "}"])
def test_a_file_that_is_no_item_is_refused(items, data):
    with pytest.raises(BadFile):
        items(data)


@pytest.mark.parametrize(
    ("head", "is_ninjs"),
    [
        ('[{"uri": "a", "versionCreated": ""', True),
        ('{"headlines": [], "uri" : "a"', True),
        ('{"uri": "a", "id": 1', False),
        ('{"version": "https://jsonfeed.org/version/1.1", "uri": "a", "headline": ""', False),
        ('{"uri": "a", "headline": "b", "editions": {}', False),
        ('"uri": "a", "headline": "b"', False),
    ],
)
def test_an_item_is_known_by_its_properties(head, is_ninjs):
    assert ninjs.sniff(head) is is_ninjs


@samples.needed
def test_the_items_of_others_are_read(items):
    files = sorted((FOLDER / "ninjs" / "newsinjson").rglob("*.json"))

    answers = [items(path.read_bytes())[0] for path in files if ninjs.sniff(path.read_text())]

    assert len(answers) == len(files)
    told = [str(answer) for answer in answers if isinstance(answer, Exception)]
    assert len(told) == 5  # two in Chinese, two pictures, one example of renditions alone
