"""The page of a promotion: its languages, its clock, who may use it, and how it would look."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse
from reversion.models import Version

from articles.models import Origin, Promotion
from newsroom.site import actions as site_actions
from tests import factories
from tests.articles.admin.conftest import FormReader

# Forms and what they say; the verbs behind them are asked of both databases in tests/articles/actions/.
pytestmark = pytest.mark.once

ADD, CHANGE = "articles_promotion_add", "articles_promotion_change"
TIMES = {"starts_at": "2026-01-01T09:00", "ends_at": "2036-01-01T09:00"}


def wall(values):
    return values["event_at"][0]


def test_an_editor_publishes_in_the_languages_that_are_ready(editor):
    words = {"title_en": "A launch", "title_es": "Un acto", "is_published_en": "on"}

    editor.save(ADD, fields=TIMES | words)

    made = Promotion.objects.get()
    # A language without a row of its own is a draft.
    assert [*made.editions.values_list("language", "is_published")] == [("en", True)]


def test_an_end_before_the_start_is_refused_in_one_sentence_and_nothing_is_lost(editor):
    fields = TIMES | {"title_en": "A launch", "ends_at": "2025-12-31T09:00"}

    page = editor.save(ADD, fields=fields).content.decode()

    assert page.count("would end before it starts: choose a later end.") == 1
    assert 'value="A launch"' in page
    assert not Promotion.objects.exists()


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"is_published_es": "on"}, "The title in Español is missing."),
        ({"place": "tag"}, "Choose the tag."),
        ({"place": "category"}, "Choose the region or section."),
    ],
)
def test_what_is_missing_is_said(editor, fields, sentence):
    page = editor.save(ADD, fields=TIMES | {"title_en": "A"} | fields).content.decode()

    assert sentence in page
    assert not Promotion.objects.exists()


def test_an_event_is_told_by_the_clock_of_its_place(editor):
    event = {"event_at": "2026-12-01T19:00", "event_zone": "Asia/Tokyo"}
    editor.save(ADD, fields=TIMES | event | {"title_en": "A"})
    made = Promotion.objects.get()
    assert made.event_at == datetime(2026, 12, 1, 10, tzinfo=UTC)

    form = editor.form(CHANGE, made.pk)
    assert wall(form.values) == "2026-12-01T19:00"
    editor.save(CHANGE, made.pk, form=form, fields={"event_zone": "Europe/Lisbon"})

    made.refresh_from_db()
    assert made.event_at == datetime(2026, 12, 1, 19, tzinfo=UTC)


@pytest.fixture
def new_york():
    """The zone that is shown; summer time begins on 14 March 2027 at 2 and ends on 7 November at 2. TIME_ZONE is UTC."""
    site = site_actions.settings_row()
    site.zone = "America/New_York"
    site_actions.save(site)


def test_start_and_end_are_moments_of_the_clock_that_is_shown(editor, new_york):
    typed = {"starts_at": "2027-03-14T01:59", "ends_at": "2027-03-14T03:00"}
    editor.save(ADD, fields=typed | {"title_en": "A"})

    made = Promotion.objects.get()
    assert made.starts_at == datetime(2027, 3, 14, 6, 59, tzinfo=UTC)
    assert made.ends_at == datetime(2027, 3, 14, 7, tzinfo=UTC)
    assert (
        typed.items()
        <= {name: value for name, [value] in editor.form(CHANGE, made.pk).values.items()}.items()
    )
    assert "(America/New_York)" in editor.open(CHANGE, made.pk).text


@pytest.mark.parametrize(
    ("minute", "sentence"),
    [
        (
            "2027-03-14T02:30",
            "There is no 02:30 on that day: the clocks in America/New_York are put forward",
        ),
        (
            "2027-11-07T01:30",
            "01:30 comes twice on that day: the clocks in America/New_York are put back",
        ),
    ],
)
def test_a_minute_that_the_clock_has_not_or_twice_is_refused(editor, new_york, minute, sentence):
    fields = TIMES | {"starts_at": minute, "title_en": "A"}

    errors = editor.save(ADD, fields=fields).context_data["adminform"].form.errors

    assert [*errors] == ["starts_at"]
    assert sentence in errors["starts_at"][0]


def test_which_of_two_equal_minutes_is_meant_is_chosen_and_stays(editor, new_york):
    minute = {"starts_at": "2027-11-07T01:30", "ends_at": "2027-12-01T00:00", "title_en": "A"}
    refused = FormReader(editor.save(ADD, fields=TIMES | minute).text)
    assert refused.values["starts_at"] == [minute["starts_at"]]

    editor.save(ADD, form=refused, fields={"starts_at-clock": "-05:00"})
    made = Promotion.objects.get()
    assert made.starts_at == datetime(2027, 11, 7, 6, 30, tzinfo=UTC)

    versions = Version.objects.count()
    form = editor.form(CHANGE, made.pk)
    assert form.values["starts_at-clock"] == ["-05:00"]
    editor.save(CHANGE, made.pk, form=form)
    assert Version.objects.count() == versions

    editor.save(CHANGE, made.pk, fields={"starts_at-clock": "-04:00"})
    made.refresh_from_db()
    assert made.starts_at == datetime(2027, 11, 7, 5, 30, tzinfo=UTC)


def test_the_second_of_two_equal_minutes_stays_when_something_else_is_saved(editor, new_york):
    second = datetime(2027, 11, 7, 6, 30, tzinfo=UTC)
    made = factories.promotion(starts_at=second)
    form = editor.form(CHANGE, made.pk)
    assert form.values["starts_at"] == ["2027-11-07T01:30"]

    editor.save(CHANGE, made.pk, form=form, fields={"title_en": "Another"})

    made.refresh_from_db()
    assert (made.title_en, made.starts_at) == ("Another", second)


def test_two_editors_save_what_each_has_changed(editor, second_editor):
    made = factories.promotion(live=["en", "es"])
    opened = editor.form(CHANGE, made.pk)

    second_editor.save(CHANGE, made.pk, fields={"title_es": "Otro", "is_published_es": []})
    editor.save(CHANGE, made.pk, form=opened, fields={"title_en": "Another"})

    made.refresh_from_db()
    assert (made.title_en, made.title_es) == ("Another", "Otro")
    assert dict(made.editions.values_list("language", "is_published"))["es"] is False


def test_a_writer_has_nothing_to_do_with_promotions(writer):
    made = factories.promotion()

    assert writer.open(CHANGE, made.pk).status_code == 403
    assert writer.open("articles_promotion_preview", made.pk, "en").status_code == 403


def test_the_page_says_where_readers_see_it_or_why_not(editor):
    behind = factories.promotion(live=["en"], title_es="Borrador")
    above = factories.promotion(live=["en"], priority=5, title_en="Above")

    page = editor.open(CHANGE, behind.pk).content.decode()

    assert "Not seen: “Above” stands there" in page
    assert "Draft" in page
    assert "Readers see it now" in editor.open(CHANGE, above.pk).content.decode()


@pytest.mark.parametrize("place", ["story", "front", "category", "tag"])
def test_a_preview_is_the_page_with_the_promotion_in_its_place(editor, client, place):
    category, tag = factories.CategoryFactory(), factories.TagFactory()
    factories.live_edition("es", categories=[category], tags=[tag])
    owner = {"category": category, "tag": tag}
    values = {place: owner[place]} if place in owner else {"place": place}
    made = factories.promotion(live=[], title_es="Un borrador", **values)

    response = editor.open("articles_promotion_preview", made.pk, "es")

    page = response.content.decode()
    assert '<html lang="es"' in page
    assert f'id="promotion-{made.pk}"' in page
    assert "no-store" in response.headers["Cache-Control"]
    assert not hasattr(response, "cache_tags")
    assert "Un borrador" not in client.get("/es/").content.decode()


def test_a_preview_without_a_page_leads_back_and_says_so(editor, said):
    made = factories.promotion()

    response = editor.open("articles_promotion_preview", made.pk, "en")

    assert response.url == reverse(f"admin:{CHANGE}", args=[made.pk])
    assert said(response) == ["There is no page in English yet on which it could stand."]


def test_who_deletes_it_is_told_whether_readers_see_it(editor):
    made = factories.promotion()

    page = editor.open("articles_promotion_delete", made.pk).content.decode()

    assert "Readers may see it now, and lose it at once." in page


def test_a_click_on_the_page_of_a_story_makes_a_promotion_of_what_its_page_promoted(editor, writer):
    article = factories.story(title_en="A story")
    given = {"en": {"fields": {}, "promotions": ["A book launch", "Wine is served."]}}
    origin = Origin.objects.create(article=article, source="old", external_id="1", given=given)
    story, address = "articles_article_change", ["articles_promotion_of_page", origin.pk, "en"]
    url = reverse(f"admin:{address[0]}", args=address[1:])
    page = editor.open(story, article.pk).content.decode()
    assert "A book launch · Wine is served." in page
    assert f'action="{url}"' in page

    response = editor.client.post(url)

    made = Promotion.objects.get()
    assert response.url == reverse(f"admin:{CHANGE}", args=[made.pk])
    assert response.url in editor.open(story, article.pk).content.decode()
    assert editor.client.post(url).url == response.url
    assert editor.client.get(url).status_code == 405
    assert writer.client.post(url).status_code == 403
