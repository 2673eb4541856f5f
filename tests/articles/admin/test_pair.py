"""The queue of pairs: two stories side by side, its buttons, and who may press them."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from articles.models import Article, Join, Pair
from tests import factories

pytestmark = pytest.mark.once

QUEUE = "articles_pair_changelist"
AT = datetime(2020, 5, 1, tzinfo=UTC)


@pytest.fixture
def pair():
    en = factories.story(live=["en"], at=AT, title_en="Tide", images=[factories.ImageFactory()])
    ar = factories.story(live=["ar"], at=AT, title_ar="مد")
    evidence = [["days", "1"], ["picture", ""], ["name", "kursk"], ["number", "400"]]
    return Pair.objects.create(one=en, other=ar, score=80, evidence=evidence)


def press(desk, verb, row):
    address = reverse(f"admin:{QUEUE}")
    return desk.client.post(address, {"verb": f"{verb}:{row.pk}"}, follow=True).content.decode()


def test_the_queue_shows_both_with_what_speaks_for_them(editor, pair):
    page = editor.open(QUEUE).content.decode()

    for words in ("Tide", "مد", 'dir="rtl"', "1 day apart", "Names in both: <bdi>Kursk</bdi>", "Numbers in both: <bdi>400</bdi>", "The same picture leads both"):  # fmt: skip
        assert words in page


def test_two_are_joined_and_parted_by_a_button_each(editor, pair):
    page = press(editor, "same", pair)
    assert "“مد” is a language of “Tide” now." in page
    assert Article.objects.get().title_ar == "مد"
    assert Join.objects.get().by == editor.user

    page = press(editor, "part", Join.objects.get())

    assert "is a story of its own again" in page
    assert Article.objects.count() == 2
    assert Pair.objects.open().count() == 1


def test_a_pair_is_put_off_or_refused(editor, pair):
    press(editor, "later", pair)
    assert Pair.objects.get().later_at
    press(editor, "other", pair)
    assert Pair.objects.get().is_refused
    assert "No pair waits" in editor.open(QUEUE).content.decode()
    for verb in ("same", "nonsense"):
        assert "Somebody has answered this already." in press(editor, verb, pair)


def test_what_cannot_be_joined_says_why_and_has_no_button(editor, pair):
    Article.objects.filter(pk=pair.other_id).update(title_en="Sea")

    page = editor.open(QUEUE).content.decode()

    assert "Both stories have a text in: English" in page
    assert f'value="same:{pair.pk}"' not in page
    assert "Both stories have a text in: English" in press(editor, "same", pair)


def test_a_writer_does_not_see_the_queue(writer, pair):
    address = reverse(f"admin:{QUEUE}")

    assert writer.client.get(address).status_code == 403
    assert writer.client.post(address, {"verb": f"same:{pair.pk}"}).status_code == 403
