"""JSON Lines: each line is a Story, or says in one sentence why it is none."""

import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from articles.importers import decode, jsonl
from articles.importers.context import Context
from articles.importers.record import KEYS
from articles.importers.story import BadFile, BadStory, Person, Story, TagLabel

FOLDER = Path(__file__).parents[2] / "data" / "importers" / "jsonl"
REFERENCE = Path(__file__).parents[3] / "docs" / "reference"
CONTEXT = Context(languages=("en", "es", "pt", "ar"), identify=lambda _path: ("unused", ""))


def record(external_id="ferry", *, edition=None, **keys):
    edition = {"title": "Ferry"} if edition is None else edition
    return {"id": external_id, "source_language": "en", "editions": {"en": edition}, **keys}


@pytest.fixture
def read(tmp_path):
    """Return what the parser makes of lines given as records or as raw bytes."""

    def read(*lines):
        data = [line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines]
        path = tmp_path / "stories.jsonl"
        path.write_bytes(b"\n".join(data))
        return list(jsonl.read(path, CONTEXT))

    return read


@pytest.fixture
def refusal(read):
    """Return the sentence about the one line that is given."""

    def refusal(line):
        (answer,) = read(line)
        assert isinstance(answer, BadStory)
        assert answer.line == 1
        assert "\n" not in str(answer)
        return str(answer)

    return refusal


def typical():
    return next(jsonl.read(FOLDER / "typical.jsonl", CONTEXT))


def test_a_tag_that_stands_twice_is_one_with_the_words_of_both_and_a_note(read):
    twice = ["US", {"name": "US", "labels": {"es": "EE. UU."}, "aliases": ["USA"]}]
    line = {"id": "a", "source_language": "en", "editions": {"en": {"title": "A"}}, "tags": twice}

    (story,) = read(line)

    (tag,) = story.tags
    assert (tag.name, tag.labels, tag.aliases) == ("US", {"es": "EE. UU."}, ("USA",))
    assert story.notes == ('tags #2 is "US" a second time; it is one tag.',)


def test_a_time_of_change_comes_after_the_publication(read):
    times = {"published_at": "2017-11-30T12:00:00Z", "modified_at": "2017-12-04T12:00:00Z"}
    text = {"title": "A", "body": "<p>B</p>"}
    line = {"id": "a", "source_language": "en", "editions": {"en": text | times}}
    early = {"id": "b", "source_language": "en"} | {
        "editions": {"en": text | times | {"modified_at": "2016-12-04T12:00:00Z"}}
    }

    story, refused = read(line, early)

    assert story.texts["en"].modified_at.day == 4
    assert "modified_at is not after published_at" in str(refused)


def test_every_text_comes_in_its_language():
    story = typical()

    assert (story.external_id, story.source_language) == ("ferry-returns", "en")
    assert list(story.texts) == ["en", "es", "pt"]
    english = story.texts["en"]
    assert english.title == "Ferry line opens again"
    assert english.standfirst == "Two crossings a day."
    assert english.slug == "ferry-returns"
    assert english.published_at == datetime(2017, 11, 30, 12, tzinfo=UTC)


def test_the_body_is_passed_on_exactly():
    assert typical().texts["en"].body == (
        "<p>The ferry sails from Monday.</p>"
        '<figure data-image="pictures/ferry.jpg"></figure>'
        '<aside data-article="crossing-suit"></aside>'
    )


def test_the_status_follows_from_the_time_where_it_is_not_given():
    texts = typical().texts

    assert [text.status for text in texts.values()] == ["published", "draft", "withdrawn"]
    assert texts["pt"].withdrawn_reason == "The translation was of another story."


def test_bylines_keep_their_order_and_their_languages():
    assert typical().bylines == (
        Person(names={"": "Ana Duarte"}),
        Person(names={"en": "Omar Haddad", "ar": "عمر حداد"}, role="translator", language="es"),
        Person(names={"": "Harbour Board"}, kind="organisation", role="organisation"),
    )


def test_categories_and_tags_are_read():
    story = typical()

    assert story.categories == ("region/north-coast", "section/news")
    assert story.tags == (
        TagLabel(name="Ferries"),
        TagLabel(name="US", labels={"es": "EE. UU."}, aliases=("USA", "United States")),
    )


def test_a_picture_comes_with_its_rights():
    picture = typical().pictures[0]

    assert picture.path == (FOLDER / "pictures" / "ferry.jpg").resolve()
    assert picture.reference == "pictures/ferry.jpg"
    assert picture.size == 18
    assert picture.lead
    assert picture.caption == {"en": "The ferry at the pier"}
    assert picture.alt == {"en": "A white ferry"}
    assert picture.creator == "Ana Ríos"
    assert picture.credit_line == "Ana Ríos/Harbour Board"
    assert picture.copyright_notice == "© Ana Ríos"
    assert picture.licence == "CC BY 4.0"
    assert picture.licence_url == "https://creativecommons.org/licenses/by/4.0/"
    assert picture.source_url == "https://pictures.example/ferry"
    assert picture.valid_until == datetime(2030, 1, 1, tzinfo=UTC)
    assert picture.focal_point == (0.5, 0.4)


def test_a_missing_picture_is_a_gap_with_a_note_and_no_error():
    story = typical()

    assert story.pictures[1].path is None
    assert story.pictures[1].reference == "pictures/crane.jpg"
    assert story.notes == (
        'The picture "pictures/crane.jpg" is missing; add the file and import again.',
    )


def test_a_picture_that_arrives_changes_the_checksum(read, tmp_path):
    line = record(images=[{"path": "a.jpg"}])
    (before,) = read(line)

    (tmp_path / "a.jpg").write_bytes(b"picture")
    (after,) = read(line)

    assert before.checksum != after.checksum


def test_old_addresses_belong_to_a_language():
    assert typical().old_addresses == {"en": ("/2017/ferry/", "/?p=12")}


def test_null_is_the_same_as_a_missing_key(read):
    plain, nulls = read(
        record("a"),
        record(
            "b",
            edition={"title": "Ferry", "published_at": None, "slug": None, "body": None},
            tags=None,
            images=None,
            old_addresses=None,
        ),
    )

    assert plain.checksum == nulls.checksum


def test_one_line_texts_lose_line_breaks_and_keep_spaces_that_do_not_break(read):
    (story,) = read(record(edition={"title": " Two\n thousand:\u00a02\u00a0000 "}))

    assert story.texts["en"].title == "Two thousand:\u00a02\u00a0000"


def test_a_bad_line_never_stops_the_others(read):
    answers = read(record("a"), b"{", b"\xff", record("b", edition={}), b"", record("c"))

    assert [type(answer) for answer in answers] == [Story, BadStory, BadStory, BadStory, Story]
    assert [answer.line for answer in answers[1:4]] == [2, 3, 4]
    assert answers[3].external_id == "b"


def test_lines_are_read_one_at_a_time(tmp_path):
    path = tmp_path / "stories.jsonl"
    path.write_text(json.dumps(record("a")) + "\n{\n")

    stories = jsonl.read(path, CONTEXT)

    assert next(stories).external_id == "a"


def test_an_id_used_twice_is_refused_the_second_time(read):
    first, second = read(record("a"), record("a"))

    assert isinstance(first, Story)
    assert str(second) == (
        'Line 2, story "a": id was used on line 1 already; give each story an id of its own.'
    )


def test_the_id_of_a_bad_line_may_be_used_again(read):
    assert [type(story) for story in read(record("a", edition={}), record("a"))] == [
        BadStory,
        Story,
    ]


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        (b"{", "Line 1: no JSON at character 2 ("),
        (b"[]", "Line 1: the line is a list; write an object in curly brackets."),
        (b"7", "Line 1: the line is a number; write an object"),
        (b'{"id": "a", "id": "b"}', 'the key "id" stands twice in one object; keep one of them.'),
        (b'{"id": NaN}', "NaN is no JSON value; write a number or null."),
        (b"[" * 100_000, "nested too deeply"),
        (b'{"id": ' + b"1" * 5000 + b"}", "a number too long"),
        (b'{"id": "\xe3"}', "Line 1: not UTF-8 (byte 0xE3 at byte 8); save the file as UTF-8."),
    ],
)
def test_a_line_that_is_no_json_object_is_refused(refusal, line, sentence):
    assert sentence in refusal(line)


def test_a_wrong_byte_is_counted_from_the_start_of_the_file(read):
    _, bad = read(b'{"id": "a"}', b"\xff")

    assert "at byte 12" in str(bad)


def test_a_line_that_is_too_long_is_refused(read, monkeypatch):
    monkeypatch.setattr(decode, "MAX_LINE_BYTES", 200)

    long, short = read(record("a" * 200), record("b"))

    assert "longer than" in str(long)
    assert short.external_id == "b"


IMAGE = {"path": "a.jpg"}


@pytest.mark.parametrize(
    ("keys", "sentence"),
    [
        ({"id": None}, "Line 1: id is missing; give the story a name that never changes."),
        ({"id": 5}, "Line 1: id is a number; write text in quotes."),
        ({"id": "a" * 301}, "id has 301 characters; shorten it to 300 or fewer."),
        ({"tagz": []}, '"tagz" is an unknown key; did you mean "tags"?'),
        ({"zzz": 1}, '"zzz" is an unknown key; known keys are id, source_language, editions'),
        ({"source_language": None}, "source_language is missing; name the language"),
        ({"source_language": "es"}, 'source_language is "es", which is not in editions'),
        ({"editions": {}}, "editions is missing; give the text in one language or more."),
        ({"editions": []}, "editions is a list; write an object in curly brackets."),
        (
            {"editions": {"fr": {}}},
            'editions has the unknown language "fr"; use one of en, es, pt, ar.',
        ),
        ({"bylines": {}}, "bylines is an object; write a list in square brackets."),
        ({"bylines": ["Ana"]}, "bylines #1 is text; write an object in curly brackets."),
        ({"bylines": [{}]}, "bylines #1.name is missing; write the name"),
        ({"bylines": [{"name": {"en": " "}}]}, "bylines #1.name is missing"),
        ({"bylines": [{"name": {"fr": "A"}}]}, 'bylines #1.name has the unknown language "fr"'),
        ({"bylines": [{"name": "A" * 151}]}, "bylines #1.name has 151 characters"),
        ({"bylines": [{"name": "A"}, {"name": 1}]}, "bylines #2.name is a number"),
        (
            {"bylines": [{"name": "A", "role": "writer"}]},
            'bylines #1.role is "writer"; use one of author, translator, photographer, organisation.',
        ),
        (
            {"bylines": [{"name": "A", "kind": "robot"}]},
            'bylines #1.kind is "robot"; use one of person, organisation.',
        ),
        (
            {"bylines": [{"name": "A", "language": "fr"}]},
            'bylines #1.language is "fr"; use one of en, es, pt, ar.',
        ),
        ({"categories": ["syria"]}, 'categories #1 is "syria"; write the kind and the English'),
        ({"categories": ["tag/syria"]}, 'categories #1 is "tag/syria"'),
        ({"categories": [1]}, "categories #1 is a number; write text in quotes."),
        ({"tags": [""]}, "tags #1.name is missing"),
        ({"tags": [{"name": "US", "alias": []}]}, 'did you mean "aliases"?'),
        ({"author": "Ana"}, 'did you mean "bylines"?'),
        ({"tags": [{"name": "US", "labels": {"es": 1}}]}, "tags #1.labels.es is a number"),
        ({"tags": [{"name": "US", "aliases": [True]}]}, "tags #1.aliases #1 is true"),
        ({"images": [{"path": "../a.jpg"}]}, 'images #1.path is "../a.jpg", outside the folder'),
        ({"images": [{"path": "/etc/hosts"}]}, "outside the folder; name a file below"),
        ({"images": [{"path": "a\\b.jpg"}]}, "with / between folders"),
        ({"images": [IMAGE, IMAGE]}, "images #2.path is that of an earlier picture"),
        (
            {"images": [{"lead": True}, {"lead": True}]},
            "images #2.lead is true a second time; a story has one lead picture.",
        ),
        ({"images": [{"lead": "yes"}]}, "images #1.lead is text; write true or false."),
        ({"images": [{"caption": "A pier"}]}, "images #1.caption is text; write an object"),
        ({"images": [{"alt": {"en": "a" * 401}}]}, "images #1.alt.en has 401 characters"),
        ({"images": [{"licence_url": "javascript:x"}]}, "no web address; write the full address"),
        ({"images": [{"valid_until": "2030-01-01"}]}, "a time without an offset"),
        ({"images": [{"focal_point": [0.5]}]}, "write two numbers from 0 to 1, as in [0.5, 0.4]."),
        ({"images": [{"focal_point": [0.5, 1.1]}]}, "is not a point"),
        ({"images": [{"focal_point": [True, 0]}]}, "is not a point"),
        ({"images": [{"focal_point": [1e999, 0]}]}, "no JSON value"),
        ({"old_addresses": {"es": ["/a/"]}}, "old_addresses.es leads to no edition"),
        ({"old_addresses": {"fr": ["/a/"]}}, 'old_addresses has the unknown language "fr"'),
        ({"old_addresses": {"en": ["http://a.example/"]}}, "write the path only"),
        ({"old_addresses": {"en": ["//a.example/"]}}, "write the path only"),
        ({"old_addresses": {"en": "/a/"}}, "old_addresses.en is text; write a list"),
    ],
)
def test_a_wrong_value_is_told_with_its_place_and_remedy(refusal, keys, sentence):
    assert sentence in refusal({**record(), **keys})


@pytest.mark.parametrize(
    ("edition", "sentence"),
    [
        ({}, 'editions.en.title is missing; write the headline, or give the status "draft".'),
        ({"title": ["Ferry"]}, "editions.en.title is a list; write text in quotes."),
        ({"title": "F" * 301}, "editions.en.title has 301 characters; shorten it to 300"),
        ({"subtitle": "x"}, 'did you mean "standfirst"?'),
        ({"titel": "Ferry"}, '"editions.en.titel" is an unknown key; did you mean "title"?'),
        ({"title": "a\x00b"}, "holds the unusable character U+0000 as its character 2; remove it."),
        ({"title": "\ud800"}, "holds the unusable character U+D800"),
        ({"body": "\x1b"}, "editions.en.body holds the unusable character U+001B"),
        pytest.param(
            {"body": "é" * 1_000_001},
            "editions.en.body is longer than 2,000,000 bytes; make several stories of it.",
            id="long",
        ),
        ({"slug": "a/b"}, 'editions.en.slug is "a/b"; use letters and digits with hyphens'),
        (
            {"status": "live"},
            'editions.en.status is "live"; use one of draft, submitted, published, withdrawn.',
        ),
        (
            {"published_at": "2017-11-30"},
            'editions.en.published_at is "2017-11-30", a time without an offset; '
            "write it like 2017-11-30T12:00:00Z or 2017-11-30T14:00:00+02:00.",
        ),
        ({"published_at": "yesterday"}, "no date and time; write it like"),
        (
            {"published_at": "0001-01-01T00:00:00+14:00"},
            "give a time in the years 1400 to 9000.",
        ),
        ({"published_at": "9999-12-31T23:59:59Z"}, "give a time in the years 1400 to 9000."),
        ({"published_at": 1512043200}, "editions.en.published_at is a number"),
        ({"status": "published"}, "editions.en is published without published_at"),
        ({"published_at": "2017-11-30T12:00:00Z"}, "editions.en is published without a body"),
        ({"status": "withdrawn"}, "editions.en is withdrawn without withdrawn_reason"),
        ({"withdrawn_reason": "An error."}, "has a withdrawn_reason but is draft"),
        ({"earlier_changes": [7]}, "editions.en.earlier_changes #1 is a number; write text"),
    ],
)
def test_a_wrong_text_is_told_with_its_language_and_remedy(refusal, edition, sentence):
    message = refusal(record(edition={"title": "Ferry", **edition} if edition else {}))

    assert message.startswith('Line 1, story "ferry": ')
    assert sentence in message


def test_a_picture_behind_a_link_that_leads_out_of_the_folder_is_refused(refusal, tmp_path):
    (tmp_path / "out.jpg").symlink_to("/etc/hosts")

    assert "outside the folder" in refusal(record(images=[{"path": "out.jpg"}]))


def test_an_id_with_signs_that_cannot_be_shown_does_not_spoil_the_report(refusal):
    assert refusal(record("a\x1b[2J")).startswith("Line 1: id holds the unusable character U+001B")


@pytest.mark.parametrize(("data", "reason"), [(b"", "is empty"), (b"\n \n", "holds no story")])
def test_a_file_without_a_line_is_refused(tmp_path, data, reason):
    path = tmp_path / "stories.jsonl"
    path.write_bytes(data)

    with pytest.raises(BadFile, match=reason):
        list(jsonl.read(path, CONTEXT))


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(BadFile, match="no such file"):
        list(jsonl.read(tmp_path / "missing.jsonl", CONTEXT))


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=6,
)


@given(
    st.sampled_from(sorted(KEYS)),
    st.dictionaries(st.sampled_from(sorted({k for keys in KEYS.values() for k in keys})), VALUES),
)
@settings(max_examples=200, deadline=None)
def test_any_values_are_a_story_or_a_bad_story(tmp_path_factory, kind, values):
    places = {
        "story": record() | values,
        "edition": record(edition=values),
        "byline": record(bylines=[values]),
        "tag": record(tags=[values]),
        "image": record(images=[values]),
        "comment": record(comments=[values]),
        "correction": record(corrections=[values]),
        "machine_draft": record(machine_drafts=[values]),
    }
    path = tmp_path_factory.getbasetemp() / "any.jsonl"
    path.write_text(json.dumps(places[kind]))

    (answer,) = jsonl.read(path, CONTEXT)

    assert isinstance(answer, Story | BadStory)


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("A story", "story"),
        ("An edition", "edition"),
        ("A byline", "byline"),
        ("A tag", "tag"),
        ("An image", "image"),
        ("A comment", "comment"),
        ("A machine draft", "machine_draft"),
    ],
)
def test_the_reference_has_a_row_for_every_key_and_no_other(heading, kind):
    text = (REFERENCE / "import-jsonl.md").read_text(encoding="utf-8")
    section = text.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]

    assert re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE) == list(KEYS[kind])


def test_the_example_of_the_reference_is_a_story_with_every_key(tmp_path):
    text = (REFERENCE / "import-jsonl.md").read_text(encoding="utf-8")
    (line,) = re.findall(r"^```json\n(\{.*\})\n```$", text, re.MULTILINE)
    path = tmp_path / "example.jsonl"
    path.write_text(line, encoding="utf-8")

    (story,) = jsonl.read(path, CONTEXT)

    assert isinstance(story, Story)
    assert set(json.loads(line)) == set(KEYS["story"])


@pytest.mark.parametrize("sign", ["\u200b", "\u3164", "\u202e"])
def test_words_that_nobody_can_see_are_missing_words(refusal, sign):
    assert "editions.en.title is missing" in refusal(record(edition={"title": sign}))
    assert "tags #1.name is missing" in refusal(record(tags=[sign]))
    assert "bylines #1.name is missing" in refusal(record(bylines=[{"name": sign}]))


def test_marks_that_are_never_closed_are_no_part_of_a_headline(read):
    (story,) = read(record(edition={"title": "\u202eFerry\u200b", "standfirst": "A \u2066pier"}))

    assert (story.texts["en"].title, story.texts["en"].standfirst) == ("Ferry", "A pier")
