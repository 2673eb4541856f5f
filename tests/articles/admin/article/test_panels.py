"""The verbs of a story's page: which buttons there are, and what pressing one does."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags
from reversion.models import Version

from articles.actions import publishing
from articles.models import Article, Edition, Event
from newsroom.site import actions as site_actions
from tests.factories import ImageFactory, edition, story

CHANGE = "articles_article_change"
ADD = "articles_article_add"
BODY = "<p>Some words.</p>"

# Forms and what they say: whatever they ask of the database, the random changes of test_exactness.py ask of both.
pytestmark = pytest.mark.once


def buttons(desk, article):
    return {value for name, value in desk.form(CHANGE, article.pk).buttons if name == "_verb"}


def soon():
    return (timezone.localtime() + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")


def test_a_draft_can_be_submitted_published_and_scheduled(editor):
    article = story(title_en="A", body_en=BODY)

    assert {verb for verb in buttons(editor, article) if verb.endswith(":en")} == {
        "submit:en",
        "publish:en",
        "schedule:en",
    }


def test_a_published_edition_can_be_withdrawn_or_dated_anew(editor):
    article = story(live=["en"])

    verbs = {verb for verb in buttons(editor, article) if verb.endswith(":en")}
    assert verbs == {"withdraw:en", "redate:en"}


def test_buttons_carry_the_language_in_their_label(editor):
    page = editor.open(CHANGE, story(title_en="A").pk).content.decode()

    assert ">Publish English now</button>" in page
    assert ">Schedule Español</button>" in page


def test_enter_in_a_field_saves_and_presses_no_verb(editor):
    assert editor.form(CHANGE, story(title_en="A").pk).buttons[0] == ("_continue", "1")


def test_publishing_saves_what_was_typed_first(editor, said):
    article = story(title_en="A", body_en=BODY)

    response = editor.press(article, "publish:en", {"title_en": "Ferry strike ends"})

    published = Edition.objects.get(article=article)
    assert published.title == "Ferry strike ends"
    assert published.is_live(at=timezone.now())
    assert any("English is published." in message for message in said(response))
    assert response.url == reverse(f"admin:{CHANGE}", args=[article.pk])


def test_a_new_story_can_be_published_at_once(editor):
    fields = {"title_es": "Acaba la huelga", "body_es": BODY}

    editor.save(ADD, fields=fields, button=("_verb", "publish:es"))

    assert Edition.objects.live(language="es", at=timezone.now()).get().slug == "acaba-la-huelga"


def test_only_the_language_of_the_button_is_published(editor):
    article = story(title_en="A", body_en=BODY, title_es="B", body_es=BODY)

    editor.press(article, "publish:es")

    assert edition(article, "en").status == Edition.Status.DRAFT
    assert edition(article, "es").status == Edition.Status.PUBLISHED


def test_what_stands_in_the_way_is_said_and_the_text_stays(editor, said):
    article = story(title_en="A", images=[ImageFactory()])

    response = editor.press(article, "publish:en", {"title_en": "Better"})

    assert Edition.objects.get(article=article).title == "Better"
    assert edition(article).status == Edition.Status.DRAFT
    assert "The body is empty." in map(strip_tags, said(response))


def test_scheduling_takes_the_moment_in_the_newsroom_s_time(editor, settings):
    settings.TIME_ZONE = "America/Sao_Paulo"
    article = story(title_en="A", body_en=BODY)
    moment = soon()

    editor.press(article, "schedule:en", {"moment_en": moment})

    scheduled = edition(article)
    assert timezone.localtime(scheduled.published_at).strftime("%Y-%m-%dT%H:%M") == moment
    assert not scheduled.is_live(at=timezone.now())
    assert "America/Sao_Paulo" in editor.open(CHANGE, article.pk).content.decode()


@pytest.mark.parametrize(
    ("typed", "moment"),
    [
        ("2127-03-09T01:59", datetime(2127, 3, 9, 6, 59, tzinfo=UTC)),
        ("2127-03-09T03:00", datetime(2127, 3, 9, 7, tzinfo=UTC)),
    ],
)
def test_scheduling_takes_the_moment_of_the_zone_that_readers_are_shown(editor, typed, moment):
    site = site_actions.settings_row()
    site.zone = "America/New_York"  # where summer time begins at 2 on that day
    site_actions.save(site)
    article = story(title_en="A", body_en=BODY)
    assert '_helptext">America/New_York<' in editor.open(CHANGE, article.pk).text

    editor.press(article, "schedule:en", {"moment_en": typed})

    assert edition(article).published_at == moment
    clock = typed.partition("T")[2]
    assert f"{clock} (America/New_York)" in editor.open(CHANGE, article.pk).text


def test_scheduling_without_a_moment_says_what_is_missing(editor, said):
    article = story(title_en="A", body_en=BODY)

    response = editor.press(article, "schedule:en")

    assert "Choose the day and the hour to publish at." in said(response)
    assert edition(article).status == Edition.Status.DRAFT


def test_a_moment_that_is_no_moment_is_an_error_of_the_form(editor):
    article = story(title_en="A", body_en=BODY)

    response = editor.press(article, "schedule:en", {"moment_en": "noon", "title_en": "Typed"})

    assert response.status_code == 200
    assert "Typed" in response.content.decode()
    assert [panel.language for panel in response.context_data["panels"] if panel.has_errors] == [
        "en"
    ]


def test_the_moment_of_a_refused_schedule_still_stands_in_its_field(editor):
    article = story(title_en="A", title_es="B", body_es=BODY, images=[ImageFactory()])
    moment, fields = soon(), {}

    editor.press(article, "schedule:es", {"moment_es": moment})
    form = editor.form(CHANGE, article.pk)
    assert form.values["moment_es"] == [moment]
    fields["uses-0-alt_es"] = "Un planeta"
    editor.save(CHANGE, article.pk, form=form, fields=fields, button=("_verb", "schedule:es"))

    scheduled = edition(article, "es")
    assert timezone.localtime(scheduled.published_at).strftime("%Y-%m-%dT%H:%M") == moment
    assert editor.form(CHANGE, article.pk).values.get("moment_es", [""]) == [""]


def test_a_typed_moment_outlives_a_save_and_a_verb_of_another_language(editor):
    article = story(title_en="A", body_en=BODY, title_es="B", body_es=BODY)
    moment = soon()

    editor.save(CHANGE, article.pk, fields={"moment_es": moment})
    editor.press(article, "publish:en")

    assert editor.form(CHANGE, article.pk).values["moment_es"] == [moment]
    assert editor.form(CHANGE, article.pk).values["moment_es"] == [""]


def test_a_moment_that_is_only_saved_is_kept_and_said_to_do_nothing(editor, said):
    article, moment = story(title_en="A", body_en=BODY), soon()

    response = editor.save(CHANGE, article.pk, fields={"moment_en": moment}, button=("_save", "1"))

    assert "The moment is not used yet: press “Schedule English”." in said(response)
    assert editor.form(CHANGE, article.pk).values["moment_en"] == [moment]


@pytest.mark.parametrize("verb", ["submit", "publish", "schedule", "withdraw", "restore", "redate"])
def test_a_verb_that_is_pressed_twice_is_done_once_and_says_so(editor, said, verb):
    article = story(title_en="A", body_en=BODY)
    if verb in {"withdraw", "restore", "redate"}:
        publishing.publish(edition(article), by=editor.user)
    if verb == "restore":
        publishing.withdraw(edition(article), by=editor.user, reason="Wrong.")
    form = editor.form(CHANGE, article.pk)
    moments = {"schedule": soon(), "redate": "2017-11-30T09:00"}
    fields = {"moment_en": moments.get(verb, ""), "reason_en": "Wrong."}
    press = {"form": form, "fields": fields, "button": ("_verb", f"{verb}:en")}
    editor.save(CHANGE, article.pk, **press)
    before = edition(article), Event.objects.count(), Version.objects.count()

    response = editor.save(CHANGE, article.pk, **press)

    assert (edition(article), Event.objects.count(), Version.objects.count()) == before
    assert said(response)


def test_the_date_of_a_live_language_is_corrected_and_its_old_address_leads_to_the_new(
    editor, said, client
):
    article = story(live=["en", "es"])
    before, spanish = edition(article).get_absolute_url(), edition(article, "es").published_at
    page = editor.open(CHANGE, article.pk).content.decode()

    response = editor.press(article, "redate:en", {"moment_en": "2017-11-30T09:00"})

    assert "Another date" in page
    assert "Correct the date of English" in page
    assert edition(article).published_at == datetime(2017, 11, 30, 9, tzinfo=UTC)
    assert edition(article, "es").published_at == spanish
    assert client.get(before).headers["Location"] == edition(article).get_absolute_url()
    assert any("English is dated 30 November 2017" in message for message in said(response))


@pytest.mark.parametrize(
    ("moment", "sentence"),
    [
        ("", "Choose the day and the hour under which readers are to find it."),
        ("2099-01-01T09:00", "A date in the future is for what readers do not see yet."),
    ],
)
def test_a_live_language_keeps_its_date_without_a_day_that_has_been(editor, said, moment, sentence):
    article = story(live=["en"])
    before = edition(article)

    response = editor.press(article, "redate:en", {"moment_en": moment})

    assert sentence in said(response)
    assert edition(article).published_at == before.published_at


def test_a_new_date_that_was_only_saved_names_the_button_that_uses_it(editor, said):
    article = story(live=["en"])
    fields = {"moment_en": "2017-11-30T09:00"}

    response = editor.save(CHANGE, article.pk, fields=fields, button=("_save", "1"))

    assert "The moment is not used yet: press “Correct the date of English”." in said(response)


def test_publishing_now_beside_a_moment_in_the_future_asks_which_is_meant(editor, said):
    article, moment = story(title_en="A", body_en=BODY), soon()

    response = editor.press(article, "publish:en", {"moment_en": moment})

    assert any("A moment stands beside" in message for message in said(response))
    assert edition(article).status == Edition.Status.DRAFT
    assert editor.form(CHANGE, article.pk).values["moment_en"] == [moment]


@pytest.mark.once
def test_publishing_now_beside_a_moment_that_has_been_dates_the_story_then_and_says_so(
    editor, said
):
    article = story(title_en="A", body_en=BODY)

    response = editor.press(article, "publish:en", {"moment_en": "2017-11-30T09:00"})

    assert edition(article).published_at == datetime(2017, 11, 30, 9, tzinfo=UTC)
    assert any("English is published, dated 30 November 2017" in words for words in said(response))


def test_a_save_that_readers_see_says_so_and_leads_to_the_page(editor, said):
    article = story(live=["en"])
    page = editor.open(CHANGE, article.pk).content.decode()
    response = editor.save(CHANGE, article.pk, fields={"title_en": "New"})

    assert "Save: readers see it at once" in page
    assert "Save: readers see" not in editor.open(CHANGE, story(title_en="A").pk).content.decode()
    assert any(edition(article).get_absolute_url() in message for message in said(response))


def test_the_reason_of_a_refused_withdrawal_still_stands_in_its_field(editor, monkeypatch):
    article = story(live=["en"])
    refuse = publishing.PublishingError("Not now.")

    def refusing(*args, **kwargs):
        raise refuse

    monkeypatch.setitem(publishing.VERBS, "withdraw", refusing)
    editor.press(article, "withdraw:en", {"reason_en": "A wrong number."})

    assert editor.form(CHANGE, article.pk).values["reason_en"] == ["A wrong number."]


def test_a_refused_publication_leads_to_what_is_missing_and_marks_it(editor, said):
    pictures = ImageFactory(description="Bridge"), ImageFactory(description="Harbour")
    article = story(title_en="A", body_en="", images=pictures)
    lead = article.uses.get(is_lead=True)
    article.uses.filter(pk=lead.pk).update(alt_en="")

    refused = editor.press(article, "publish:en")

    address = f"{reverse('admin:articles_article_change', args=[article.pk])}?missing=en"
    assert refused.url == address
    assert [message.partition('">')[0] for message in said(refused)] == [
        f'<a href="{address}#id_body_en',
        f'<a href="{address}#id_uses-0-alt_en',
    ]
    page = editor.open(CHANGE, article.pk, missing="en").content.decode()
    marked = [tag for tag in re.findall("<(?:input|textarea) [^>]*>", page) if "invalid" in tag]
    assert [re.search(' id="([^"]*)"', tag)[1] for tag in marked] == [
        "id_body_en",
        "id_uses-0-alt_en",
    ]
    assert 'id="id_uses-0-alt_en_error"' in page
    assert re.search(r'id="panel-en"[^>]*data-errors', page)
    assert "invalid" not in editor.open(CHANGE, article.pk).content.decode()


def test_what_a_published_language_lacks_by_now_is_a_warning(editor, said):
    article = story(live=["en"], images=[ImageFactory(description="Harbour")])

    response = editor.save(CHANGE, article.pk, fields={"uses-0-alt_en": "", "title_en": "New"})

    link = f"/admin/articles/article/{article.pk}/change/?missing=en#id_uses-0-alt_en"
    assert said(response)[0] == (
        f'<a href="{link}">English is published, but: '
        "The image “Harbour” has no alternative text in English.</a>"
    )
    assert Article.objects.get(pk=article.pk).title_en == "New"
    assert edition(article).status == Edition.Status.PUBLISHED


def test_what_is_withdrawn_is_not_said_to_be_published(editor, said):
    article = story(live=["en"], images=[ImageFactory(description="Harbour")])
    article.uses.update(alt_en="")

    response = editor.press(article, "withdraw:en", {"reason_en": "Wrong."})

    assert said(response) == ["English is withdrawn: its address now says why."]


def test_each_language_and_each_reason_has_its_own_warning(editor, said):
    lead, inline = ImageFactory(), ImageFactory(credit_line="", creator="", description="Bridge")
    article = story(live=["en", "es"], at=timezone.now() + timedelta(days=1), images=[lead])
    figure = f'<p>x</p><figure data-image="{inline.pk}"></figure>'

    response = editor.save(CHANGE, article.pk, fields={"body_es": figure})

    warnings = [message for message in said(response) if "is scheduled, but" in message]
    assert f"/admin/articles/image/{inline.pk}/change/#id_creator" in warnings[1]
    assert list(map(strip_tags, warnings)) == [
        "Español is scheduled, but: The image “Bridge” has no alternative text in Español.",
        "Español is scheduled, but: The image “Bridge” has no credit.",
    ]


def test_a_draft_and_a_complete_story_are_saved_without_a_warning(editor, said):
    draft = story(title_en="A", images=[ImageFactory()])
    complete = story(live=["en"], images=[ImageFactory()])

    for article in (draft, complete):
        response = editor.save(CHANGE, article.pk)
        assert not [message for message in said(response) if ", but:" in message]


def test_submitting_hands_the_draft_over(editor):
    article = story(title_en="A")

    editor.press(article, "submit:en")

    assert edition(article).status == Edition.Status.SUBMITTED
    assert Event.objects.get().by == editor.user


def test_withdrawing_needs_a_reason(editor, said):
    article = story(live=["en"])

    response = editor.press(article, "withdraw:en")

    assert edition(article).status == Edition.Status.PUBLISHED
    assert any("Say why" in message for message in said(response))


def test_withdrawing_tells_the_reason_and_restoring_takes_it_back(editor):
    article = story(live=["en"])

    editor.press(article, "withdraw:en", {"reason_en": "A wrong number."})
    assert edition(article).withdrawn_reason == "A wrong number."
    assert "A wrong number." in editor.open(CHANGE, article.pk).content.decode()

    editor.press(article, "restore:en")
    assert edition(article).is_live(at=timezone.now())


def test_a_scheduled_edition_goes_back_to_draft_without_a_reason(editor, said):
    article = story(live=["en"], at=timezone.now() + timedelta(days=1))

    response = editor.press(article, "withdraw:en")

    assert edition(article).status == Edition.Status.DRAFT
    assert any("is a draft again" in message for message in said(response))


def test_a_language_without_a_text_cannot_be_published(editor, said):
    article = story(title_en="A")

    response = editor.press(article, "publish:pt")

    assert any("Nothing is written in Português yet" in message for message in said(response))


@pytest.mark.parametrize("verb", ["explode:en", "publish:xx", "publish", ""])
def test_a_button_that_does_not_exist_saves_and_says_so(editor, said, verb):
    article = story(title_en="A")

    response = editor.press(article, verb, {"title_en": "Kept"})

    assert Article.objects.get(pk=article.pk).title_en == "Kept"
    assert "There is no such button." in said(response)


@pytest.mark.parametrize(("ticked", "behind"), [({"mended_es": "on"}, 1), ({}, 0)])
def test_who_only_puts_words_right_leaves_behind_what_is(editor, ticked, behind):
    article = story(title_en="A", body_en=BODY, title_es="B", body_es="<p>Palabrs.</p>")
    editor.save(CHANGE, article.pk, fields={"body_en": "<p>Other words by now.</p>"})
    assert edition(article, "es").blocks_behind == 1

    editor.save(CHANGE, article.pk, fields={"body_es": "<p>Palabras.</p>"} | ticked)

    assert edition(article, "es").blocks_behind == behind
    assert ("mended_es" in editor.open(CHANGE, article.pk).content.decode()) is bool(behind)


def test_a_translation_that_fell_behind_is_marked(editor):
    article = story(title_en="A", body_en=BODY, title_es="B", body_es=BODY)

    editor.save(CHANGE, article.pk, fields={"body_en": "<p>Other words.</p>"})

    panels = editor.open(CHANGE, article.pk).context_data["panels"]
    assert [panel.language for panel in panels if panel.behind] == ["es"]


def test_a_verb_leaves_one_event(editor):
    article = story(title_en="A", body_en=BODY)

    editor.press(article, "publish:en")

    assert [(event.verb, event.language) for event in Event.objects.all()] == [("publish", "en")]


def test_an_edition_that_ended_offers_only_what_the_verbs_allow(editor):
    article = story(live=["en"])
    publishing.withdraw(edition(article), by=editor.user, reason="Wrong.")

    assert {verb for verb in buttons(editor, article) if verb.endswith(":en")} == {"restore:en"}


def test_the_page_of_a_story_that_was_not_saved_says_nothing_else_of_its_words_than_that_no_reader_sees_them(
    editor,
):
    fields = {"title_en": "A", "body_en": "<p>x</p>", "title_es": "x" * 301}
    page = editor.save("articles_article_add", fields=fields).text

    assert not Article.objects.exists()
    assert page.count("Nothing is written in this language yet.") == 2
