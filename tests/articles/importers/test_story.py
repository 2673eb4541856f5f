"""The neutral record: what counts as a change, and what may not be in it."""

from dataclasses import FrozenInstanceError, replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from articles.importers.story import Person, Picture, Story, TagLabel, Text

NOON = datetime(2017, 11, 30, 12, tzinfo=UTC)

TEXT = Text(title="Ferry", body="<p>It sails.</p>", status="published", published_at=NOON)
PICTURE = Picture(path=Path("a/ferry.jpg"), reference="ferry.jpg", size=9, caption={"en": "A"})
STORY = Story(
    external_id="ferry",
    source_language="en",
    texts={"en": TEXT},
    bylines=(Person(names={"": "Ana Duarte"}),),
    categories=("section/news",),
    tags=(TagLabel(name="US", labels={"es": "EE. UU."}, aliases=("USA",)),),
    pictures=(PICTURE,),
    old_addresses={"en": ("/old/",)},
    promotions=("Book fair",),
)


def test_the_checksum_of_the_same_story_never_changes():
    assert replace(STORY).checksum == STORY.checksum
    assert STORY.checksum.startswith("3a6191b4828b")


def test_the_checksum_does_not_depend_on_the_order_of_languages():
    both = {"en": TEXT, "es": replace(TEXT, title="Ferri")}

    first, second = replace(STORY, texts=both), replace(STORY, texts=dict(reversed(both.items())))

    assert first.checksum == second.checksum


def test_the_same_moment_in_another_offset_is_no_change():
    moved = NOON.astimezone(timezone(timedelta(hours=2)))

    first, same = (
        replace(STORY, pictures=(replace(PICTURE, valid_until=until),)) for until in (NOON, moved)
    )

    assert same.checksum == first.checksum != STORY.checksum


@pytest.mark.parametrize(
    "change",
    [
        {"external_id": "other"},
        {"notes": ("The picture is missing.",)},
        {"texts": {"en": replace(TEXT, status="draft", published_at=None)}},
        {"pictures": (replace(PICTURE, path=Path("elsewhere/ferry.jpg")),)},
    ],
)
def test_what_is_not_content_leaves_the_checksum_alone(change):
    assert replace(STORY, **change).checksum == STORY.checksum


@pytest.mark.parametrize(
    "change",
    [
        {"source_language": "es"},
        {"texts": {"en": replace(TEXT, body="<p>It sank.</p>")}},
        {"texts": {"en": replace(TEXT, standfirst="Again.")}},
        {"texts": {"en": TEXT, "es": TEXT}},
        {"bylines": ()},
        {"bylines": (Person(names={"": "Ana Duarte"}, role="translator"),)},
        {"categories": ("region/coast",)},
        {"tags": (TagLabel(name="US"),)},
        {"pictures": (replace(PICTURE, path=None, size=0),)},
        {"pictures": (replace(PICTURE, size=10),)},
        {"pictures": (replace(PICTURE, focal_point=(0.5, 0.4)),)},
        {"old_addresses": {}},
        {"promotions": ()},
    ],
)
def test_every_change_of_content_changes_the_checksum(change):
    assert replace(STORY, **change).checksum != STORY.checksum


def test_a_record_cannot_be_changed():
    with pytest.raises(FrozenInstanceError):
        STORY.external_id = "other"


def test_times_without_an_offset_are_refused():
    with pytest.raises(ValueError, match="no offset"):
        Text(title="Ferry", published_at=datetime(2017, 11, 30))
    with pytest.raises(ValueError, match="no offset"):
        Picture(valid_until=datetime(2017, 11, 30))
