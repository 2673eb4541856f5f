"""Saving promotions: who may, and what readers need before they see one."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError
from django.utils import timezone

from articles.actions import deleting, organising, promoting
from articles.importers import writer
from articles.importers.story import Story, Text
from articles.models import Origin, Promotion, PromotionEdition
from tests import factories

# What is marked `both` asks what nothing else asks of PostgreSQL; the rest is decided in Python.
pytestmark = [pytest.mark.django_db, pytest.mark.once]


def draft(**values):
    now = timezone.now()
    return Promotion(**{"starts_at": now, "ends_at": now + timedelta(hours=1)} | values)


def published(language="en", **own):
    return PromotionEdition(language=language, is_published=True, **own)


def test_only_who_may_change_promotions_saves_one():
    with pytest.raises(PermissionDenied):
        promoting.save(draft(title_en="A"), by=factories.UserFactory())

    assert not Promotion.objects.exists()


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"title_es": "Solo español"}, "The title in English is missing."),
        ({"title_en": "\u200b"}, "The title in English is missing."),
    ],
)
def test_a_language_without_a_title_is_not_published(values, sentence):
    with pytest.raises(ValidationError, match=sentence):
        promoting.save(draft(**values), by=None, editions=[published()])

    assert not Promotion.objects.exists()


def test_a_picture_needs_its_words_and_its_credit_where_it_is_published():
    nobodys = factories.ImageFactory(creator="")
    made = draft(title_en="A", title_es="B", alt_en="A poster", image=nobodys)

    with pytest.raises(ValidationError) as error:
        promoting.save(made, by=None, editions=[published("en"), published("es")])

    told = " ".join(error.value.messages)
    assert "no alternative text in Español" in told
    assert "no alternative text in English" not in told
    assert "has no credit" in told


@pytest.mark.both
def test_one_language_is_published_and_another_left_as_it_is():
    made = factories.promotion(live=["en", "es"])

    edition = promoting.edition_of(made, "es")
    edition.is_published = False
    promoting.save(made, by=None, editions=[edition])

    states = dict(made.editions.values_list("language", "is_published"))
    assert states == {"en": True, "es": False}


def test_the_database_refuses_an_end_before_the_start():
    now = timezone.now()

    with pytest.raises(IntegrityError):
        promoting.save(draft(starts_at=now, ends_at=now), by=None)


@pytest.mark.both
def test_promotions_go_with_their_tag_and_their_region_when_these_are_merged():
    tag, kept_tag = factories.TagFactory.create_batch(2)
    region, kept_region = factories.CategoryFactory.create_batch(2)
    on_tag, on_region = factories.promotion(tag=tag), factories.promotion(category=region)

    organising.merge_tags([tag], into=kept_tag)
    organising.merge_categories([region], into=kept_region)

    on_tag.refresh_from_db()
    on_region.refresh_from_db()
    assert (on_tag.tag, on_region.category) == (kept_tag, kept_region)


def test_a_region_or_picture_of_a_promotion_is_not_deleted_under_it():
    region, poster, spanish = (
        factories.CategoryFactory(),
        factories.ImageFactory(),
        factories.ImageFactory(),
    )
    factories.promotion(category=region, image=poster, own={"en": {"image": spanish}})

    for thing in (region, poster, spanish):
        with pytest.raises(ValidationError, match=r"[Pp]romotion"):
            deleting.delete([thing])
    with pytest.raises(ValidationError, match="Promotions stand on its page"):
        deleting.delete_category(region, nowhere=True)


@pytest.mark.both
def test_who_deletes_a_tag_is_told_of_its_promotions():
    tag = factories.TagFactory()
    factories.promotion(tag=tag)

    (told,) = deleting.consequences(type(tag), [tag], at=timezone.now())

    assert told.sentences == ["The promotions on its page are deleted with it."]


def page(words, external_id="ferry", language="en"):
    """Import a page of a story that promotes these lines, and return its Origin."""
    story = Story(
        external_id=external_id,
        source_language=language,
        texts={language: Text(title=f"A story: {external_id}", body="<p>Words.</p>")},
        is_whole=False,
        promotions=words,
    )
    assert not writer.save(story, source="old site").problems
    return Origin.objects.get(external_id=external_id)


@pytest.mark.both
def test_what_a_page_promotes_becomes_a_draft_with_its_words_once():
    origin = page(("A book launch", "Wine is served.", "Come early."))

    made = promoting.make_of_page(origin, "en", by=None)

    assert (made.title_en, made.text_en) == ("A book launch", "Wine is served.\nCome early.")
    assert made.ends_at > made.starts_at
    assert not made.editions.filter(is_published=True).exists()
    assert promoting.make_of_page(origin, "en", by=None) == made


def test_the_same_words_on_another_page_are_the_same_promotion():
    first = promoting.make_of_page(page(("A book launch",)), "en", by=None)
    other = page(("A book launch",), external_id="pier")

    assert [kept.made for kept in promoting.kept([other])] == [first]
    assert promoting.make_of_page(other, "en", by=None) == first


@pytest.mark.both
def test_a_page_in_two_languages_becomes_one_promotion_in_two():
    page(("A book launch", "Wine is served."))
    origin = page(("Presentación de un libro", "Habrá vino."), language="es")
    made = promoting.make_of_page(origin, "en", by=None)
    made.title_en, english = "A launch", promoting.edition_of(made, "en")
    english.is_published, english.link = True, "https://example.org/en"
    promoting.save(made, by=None, editions=[english])

    assert promoting.make_of_page(origin, "es", by=None) == made
    made.refresh_from_db()
    assert (made.title_es, made.text_es) == ("Presentación de un libro", "Habrá vino.")
    assert (made.title_en, made.text_en) == ("A launch", "Wine is served.")
    assert list(
        made.editions.order_by("language").values_list("language", "is_published", "link")
    ) == [
        ("en", True, "https://example.org/en"),
        ("es", False, ""),
    ]
    assert [kept.made for kept in promoting.kept([origin])] == [made, made]


@pytest.mark.both
def test_words_that_an_editor_has_written_in_a_language_are_no_page_s_to_replace():
    page(("A book launch",))
    origin = page(("Presentación de un libro",), language="es")
    made = promoting.make_of_page(origin, "en", by=None)
    made.title_es = "Un libro"
    promoting.save(made, by=None)

    other = promoting.make_of_page(origin, "es", by=None)
    made.refresh_from_db()
    assert (made.title_es, other.title_es) == ("Un libro", "Presentación de un libro")
    assert other != made


def test_a_page_that_promotes_nothing_makes_nothing():
    assert promoting.make_of_page(page(()), "en", by=None) is None


def test_a_line_that_is_longer_than_a_title_is_kept_whole():
    line = "word " * 60

    made = promoting.make_of_page(page((line.strip(),)), "en", by=None)

    assert made.title_en.endswith("…")
    assert made.text_en == line.strip()
