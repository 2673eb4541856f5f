import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from reversion.models import Version

from articles.actions import skeletons
from articles.models import OwnPage, OwnPageEdition
from tests import factories

# What is marked `both` asks what nothing else asks of PostgreSQL; the rest is decided in Python.
pytestmark = [pytest.mark.django_db, pytest.mark.once]

ADD, CHANGE = "articles_ownpage_add", "articles_ownpage_change"
WORDS = {"title_en": "About us", "body_en": "<p>Ten people.</p>"}


def edition(language="en"):
    return OwnPageEdition.objects.get(language=language)


def test_an_editor_writes_a_page_in_two_languages_and_publishes_one(editor):
    editor.save(
        ADD, fields=WORDS | {"kind": "about", "is_published_en": "on", "title_es": "Quiénes somos"}
    )

    assert edition().url == "/en/about-us/"
    assert (edition().is_published, edition("es").is_published) == (True, False)
    assert OwnPageEdition.objects.count() == 2


def test_what_stands_in_the_way_is_told_at_its_field_and_nothing_typed_is_lost(editor):
    fields = {
        "title_es": "Archivo",
        "slug_es": "archive",
        "body_es": "<p>☐ ¿Quién?</p>",
        "is_published_es": "on",
    }

    page = editor.save(ADD, fields=fields).text

    assert "“archive” is an address that the site needs itself: choose another." in page
    assert "1 question in Español is open" in page
    assert "☐ ¿Quién?" in page
    assert not OwnPage.objects.exists()


def test_two_pages_of_one_address_are_refused_in_one_sentence_in_a_second_language_too(editor):
    factories.own_page(live=["es"], title_es="Quiénes somos")

    page = editor.save(ADD, fields={"title_es": "Quiénes somos", "slug_es": "quienes-somos"}).text

    sentence = "“quienes-somos” is the address of the page “Quiénes somos”: choose another."
    assert page.count(sentence) == 1
    assert OwnPage.objects.count() == 1


def test_a_second_page_of_a_kind_is_refused_in_one_sentence(editor):
    factories.own_page(kind="ethics")

    page = editor.save(ADD, fields=WORDS | {"kind": "ethics"}).text

    assert "There is a page of this kind already: write in that one." in page


def test_a_save_of_one_language_keeps_what_a_second_editor_saved_in_another(editor, second_editor):
    page = factories.own_page(live=["en", "es"])
    opened = editor.form(CHANGE, page.pk)

    second_editor.save(CHANGE, page.pk, fields={"title_es": "Otro"})
    editor.save(CHANGE, page.pk, form=opened, fields={"body_en": "<p>New.</p>"})

    assert edition("es").title == "Otro"
    assert edition().body == "<p>New.</p>"


@pytest.mark.both
def test_two_editors_of_one_text_are_asked_which_one_is_to_stay(editor, second_editor):
    page = factories.own_page()
    opened = editor.form(CHANGE, page.pk)

    second_editor.save(CHANGE, page.pk, fields={"title_en": "Theirs"})
    answer = editor.save(CHANGE, page.pk, form=opened, fields={"title_en": "Mine"})

    assert "Keep what is saved now" in answer.text
    assert edition().title == "Theirs"


@pytest.mark.both
def test_an_editor_goes_back_to_the_words_of_a_version_in_one_language(editor):
    editor.save(ADD, fields=WORDS | {"title_es": "Primero"})
    page = OwnPage.objects.get()
    fields = {"title_en": "Later", "title_es": "Segundo", "body_es": "<p>Dos</p>"}
    editor.save(CHANGE, page.pk, fields=fields | {"is_published_es": "on"})
    version = Version.objects.get_for_object(page).last()

    shown = editor.open("articles_ownpage_revision", page.pk, version.pk).text
    assert "Ten people" not in shown
    assert "and this would be empty: Body." in shown
    address = reverse("admin:articles_ownpage_revision", args=[page.pk, version.pk])
    editor.client.post(address, {"part": ["en"]})

    assert (edition().title, edition("es").title) == ("About us", "Segundo")
    assert edition().slug == "about-us"


@pytest.mark.both
def test_a_deleted_page_can_be_had_back(editor):
    editor.save(ADD, fields=WORDS | {"is_published_en": "on"})
    page = OwnPage.objects.get()
    asked = editor.open("articles_ownpage_delete", page.pk).text
    assert "Readers have it in: English." in asked
    editor.client.post(reverse("admin:articles_ownpage_delete", args=[page.pk]), {"post": "yes"})
    assert editor.client.get("/en/about-us/").status_code == 410

    version = Version.objects.get_deleted(OwnPage).get()
    editor.save("articles_ownpage_recover", version.pk, button=("_save", "1"))

    assert edition().title == "About us"
    assert editor.client.get("/en/about-us/").status_code == 200


@pytest.mark.once
def test_a_writer_sees_no_pages(writer):
    page = factories.own_page()

    assert writer.open(CHANGE, page.pk).status_code == 403
    assert writer.open("articles_ownpage_changelist").status_code == 403


def test_the_list_costs_the_same_with_many_pages(editor, django_assert_num_queries):
    factories.own_page(live=["en", "es"])
    with CaptureQueriesContext(connection) as few:
        assert "EN ES" in editor.open("articles_ownpage_changelist").text
    for _number in range(4):
        factories.own_page()
    with django_assert_num_queries(len(few)):
        editor.open("articles_ownpage_changelist")


def test_a_page_begins_with_the_questions_of_its_kind_in_each_language(editor):
    factories.own_page(kind="about")

    begun = editor.client.get(reverse(f"admin:{ADD}"), {"kind": "privacy"})
    form = begun.context_data["adminform"].form

    assert form["kind"].value() == "privacy"
    assert [form[f"title_{code}"].value() for code in ("en", "es")] == ["Privacy", "Privacidad"]
    assert (
        "<p>☐ Who runs your server and your mail, and in which country?</p>"
        in form["body_en"].value()
    )
    assert (
        "<p>☐ ¿Quién opera su servidor y su correo, y en qué país?</p>" in form["body_es"].value()
    )
    assert "?kind=ethics" in begun.text
    assert "?kind=about" not in begun.text


@pytest.mark.once
def test_a_page_begins_with_a_title_where_its_language_has_the_word(editor, settings):
    settings.LANGUAGES = [("en", "English"), ("de", "Deutsch"), ("fr", "Français")]
    given = {"kind": "contact", "title_en": "Write to us"}

    page = editor.client.get(reverse(f"admin:{ADD}"), given)

    form = page.context_data["adminform"].form
    titles = [form[f"title_{code}"].value() for code in ("en", "de", "fr")]
    assert titles == ["Write to us", "", "Contact"]


def test_a_page_that_has_begun_is_a_draft_until_each_question_is_answered(editor):
    begun = skeletons.body("ownership", language="en")

    page = editor.save(ADD, fields=WORDS | {"body_en": begun, "is_published_en": "on"}).text

    assert "4 questions in English are open" in page
    editor.save(ADD, fields=WORDS | {"body_en": begun, "kind": "ownership"})
    assert edition().body == begun
