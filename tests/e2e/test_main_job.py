"""The main job, as the people do it: a page goes in, is translated, published and read.

Where the story page of 2017 lies beside the project, that is the page; else one of our own.
"""

import re
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone
from PIL import Image as Pillow
from playwright.sync_api import expect

from articles.management import demo_categories
from articles.models import Article, Edition
from tests import samples
from tests.factories import PASSWORD, AuthorFactory, UserFactory

pytestmark = pytest.mark.django_db(transaction=True)

ROOT = Path(__file__).resolve().parents[2]
OWN = ROOT / "tests/data/e2e/page.txt"
SPANISH = {"title": "Las tropas dejan Siria", "body": "La unidad vuelve a casa desde Raqa."}
PORTUGUESE = {"title": "As tropas deixam a Síria", "body": "A unidade regressa a casa."}


@pytest.fixture
def headline(transactional_db):
    """Import the page as a draft, and return its headline."""
    # Tests with a real server start from an empty database.
    demo_categories.create()
    source = samples.PAGE if samples.PAGE.exists() else OWN
    call_command("import_articles", str(source), language="en")
    return Article.objects.get().title_en


@pytest.fixture
def picture(tmp_path):
    path = tmp_path / "pontoon.jpg"
    Pillow.linear_gradient("L").resize((1300, 867)).convert("RGB").save(path)
    return path


@pytest.fixture
def reader(new_profile):
    """A reader whose browser runs no script."""
    return new_profile(java_script_enabled=False).new_page()


def test_a_page_is_imported_translated_published_and_read(
    page, reader, headline, picture, tasks_run_at_once
):
    log_in(page)
    upload_the_missing_picture(page, headline, picture)
    translate(page, headline)
    publish_english_and_schedule_spanish(page)

    reads_in_english_only(reader, headline)
    finds_the_story_in_every_list(reader, headline)
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        reads_in_spanish_too(reader, headline)
        change_the_spanish_slug(page)
        old_address_leads_to_the_new_one(reader)
        withdraw_spanish(page)
        is_told_that_it_was_withdrawn(reader)


# --- The editor ---


def log_in(page):
    UserFactory(username="editor", is_staff=True, is_superuser=True)
    page.goto("/admin/")
    page.get_by_label("Username").fill("editor")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("link", name="Articles").first).to_be_visible()


def open_story(page, headline):
    page.goto("/admin/articles/article/")
    page.get_by_role("link", name=headline).click()
    expect(page.get_by_role("tab", name="Español")).to_be_visible()


def upload_the_missing_picture(page, headline, picture):
    """The page named a picture that it did not hold: the story shows the gap and leads to it."""
    open_story(page, headline)
    expect(page.get_by_text("The file is missing:")).to_be_visible()
    page.get_by_role("link", name="upload it").click()
    page.locator("#id_file").set_input_files(picture)
    page.locator("#id_licence").fill("Public domain")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("was changed successfully")).to_be_visible()


def translate(page, headline):
    """Write Spanish and Portuguese, and what the picture shows, for each language."""
    open_story(page, headline)
    write(page, "Español", "es", SPANISH)
    write(page, "Português", "pt", PORTUGUESE)
    for name, language in (("English", "en"), ("Español", "es"), ("Português", "pt")):
        page.get_by_role("tab", name=name).click()
        page.locator(f"#id_uses-0-alt_{language}").fill(f"A bridge ({language})")
        page.locator(f"#id_uses-0-caption_{language}").fill(f"The bridge ({language})")
    page.get_by_role("checkbox", name="Science").check()
    add_tag(page, "Pontoons")
    add_author(page)
    page.get_by_role("button", name="Save and continue editing").click()
    expect(page.get_by_text("was changed successfully")).to_be_visible()


def write(page, name, language, words):
    page.get_by_role("tab", name=name).click()
    page.locator(f"#id_title_{language}").fill(words["title"])
    panel = page.locator(f"#panel-{language}")
    panel.locator(".ProseMirror[contenteditable=true]").click()
    page.keyboard.type(words["body"])


def add_tag(page, words):
    box = page.locator(".field-tags").get_by_role("searchbox")
    box.click()
    box.type(words)
    page.get_by_role("option", name=words).click()


def add_author(page):
    AuthorFactory(name_en="Ana Reis")
    page.get_by_text("Add another Byline").click()
    page.locator("#bylines-0 .field-author .select2-selection").click()
    page.get_by_role("searchbox").last.type("Reis")
    page.get_by_role("option", name="Ana Reis").click()


def publish_english_and_schedule_spanish(page):
    page.get_by_role("tab", name="English").click()
    page.get_by_role("button", name="Publish English now").click()
    expect(page.get_by_text("English is published.")).to_be_visible()
    page.get_by_role("tab", name="Español").click()
    tomorrow = timezone.localtime() + timedelta(days=1)
    page.locator("#id_moment_es").fill(tomorrow.strftime("%Y-%m-%dT%H:%M"))
    page.get_by_role("button", name="Schedule Español").click()
    expect(page.get_by_text("Español will appear on")).to_be_visible()


def change_the_spanish_slug(page):
    open_story(page, Article.objects.get().title_en)
    page.get_by_role("tab", name="Español").click()
    page.locator("#id_slug_es").fill("otra-direccion")
    page.get_by_role("button", name="Save and continue editing").click()
    expect(page.get_by_text("was changed successfully")).to_be_visible()


def withdraw_spanish(page):
    page.get_by_role("tab", name="Español").click()
    page.locator("#id_reason_es").fill("La fuente se retractó.")
    page.get_by_role("button", name="Withdraw Español").click()
    expect(page.get_by_text("Español is withdrawn")).to_be_visible()


# --- The reader, without scripts ---


def address(language):
    return Edition.objects.get(language=language).get_absolute_url()


def languages_offered(reader):
    """Return what the switcher offers: nothing where a story is live in one language only."""
    return reader.locator(".language-switcher a").all_inner_texts()


def reads_in_english_only(reader, headline):
    reader.goto(address("en"))
    expect(reader.get_by_role("heading", level=1)).to_have_text(headline)
    expect(reader.locator("html")).to_have_attribute("lang", "en")
    picture = reader.locator(".figure picture source").first
    expect(picture).to_have_attribute("srcset", re.compile("800w"))
    expect(reader.locator(".figure img").first).to_have_attribute("alt", "A bridge (en)")
    assert languages_offered(reader) == []
    # Spanish waits for its minute, and Portuguese was never released: who knows the story is told where it
    # can be read, and who guesses its headline in these languages is told nothing.
    for language in ("es", "pt"):
        unreleased = Edition.objects.get(language=language).slug
        guessed = reader.goto(f"/{language}/2017/11/30/{unreleased}/")
        assert guessed.status == 404
        expect(reader.get_by_role("main").get_by_role("link", name=headline)).to_have_count(0)
        response = reader.goto(address("en").replace("/en/", f"/{language}/", 1))
        assert response.status == 404
        expect(reader.get_by_role("main")).to_contain_text("English")
        expect(reader.get_by_role("main").get_by_role("link", name=headline)).to_be_visible()


def finds_the_story_in_every_list(reader, headline):
    published = timezone.localtime(Edition.objects.get(language="en").published_at)
    lists = (
        "/en/",
        "/en/region/middle-east/",
        "/en/region/middle-east/syria/",
        "/en/region/europe-russia/russia/",
        "/en/section/news/",
        "/en/section/science/",
        "/en/author/ana-reis/",
        "/en/tag/pontoons/",
        f"/en/archive/{published:%Y/%m}/",
    )
    for path in lists:
        reader.goto(path)
        expect(reader.get_by_role("main").get_by_role("link", name=headline).first).to_be_visible()
    for path in ("/es/", "/es/region/oriente-proximo/", "/pt/"):
        reader.goto(path)
        expect(reader.get_by_role("main").get_by_role("article")).to_have_count(0)


def reads_in_spanish_too(reader, headline):
    reader.goto(address("en"))
    assert languages_offered(reader) == ["English", "Español"]
    reader.get_by_role("link", name="Español").click()
    expect(reader.get_by_role("heading", level=1)).to_have_text(SPANISH["title"])
    expect(reader.locator("html")).to_have_attribute("lang", "es")
    expect(reader.get_by_role("main")).to_contain_text(SPANISH["body"])
    reader.goto("/es/region/oriente-proximo/")
    reader.get_by_role("main").get_by_role("link", name=SPANISH["title"]).click()
    expect(reader.get_by_role("heading", level=1)).to_have_text(SPANISH["title"])


def old_address_leads_to_the_new_one(reader):
    old = reader.url
    response = reader.goto(old)
    assert response.request.redirected_from.response().status == 301
    assert reader.url.endswith("/otra-direccion/")


def is_told_that_it_was_withdrawn(reader):
    response = reader.goto(address("es"))
    assert response.status == 410
    expect(reader.get_by_role("main")).to_contain_text("La fuente se retractó.")
    reader.goto(address("en"))
    assert languages_offered(reader) == []
