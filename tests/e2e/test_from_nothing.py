"""The piece on the troops, written from nothing and published in three languages in the time that a desk has for it."""

import time
from datetime import timedelta

import pytest
from django.utils import timezone
from PIL import Image as Pillow
from playwright.sync_api import expect

from articles.management import demo_categories
from articles.models import Article, Edition
from tests.e2e.test_body_editor import click, editor, settle, use
from tests.factories import story

pytestmark = pytest.mark.django_db(transaction=True)

LONGEST = timedelta(minutes=3)

ENGLISH = (
    "More than 400 soldiers leave the north",
    "The unit goes home after the battle for Raqqa.",
)
PARAGRAPHS = ("The artillery unit is on its way home.", "“We came to win,” said Colonel Ada Reyes.")
SPANISH = {
    "Headline": "Más de 400 soldados dejan el norte",
    "Standfirst": "La unidad vuelve a casa tras la batalla de Raqa.",
    "body": (
        "La unidad de artillería vuelve a casa.",
        "«Vinimos a ganar», dijo la coronel Ada Reyes.",
    ),
    "alt": "Un puente de pontones",
}
PORTUGUESE = {
    "Headline": "Mais de 400 soldados deixam o norte",
    "Standfirst": "A unidade regressa a casa depois da batalha de Raqa.",
    "body": (
        "A unidade de artilharia regressa a casa.",
        "“Viemos para ganhar”, disse a coronel Ada Reyes.",
    ),
    "alt": "Uma ponte de pontões",
}


@pytest.fixture
def picture(tmp_path):
    path = tmp_path / "pontoon.jpg"
    Pillow.linear_gradient("L").resize((900, 600)).convert("RGB").save(path)
    return path


def test_a_story_is_written_illustrated_translated_and_published_in_three_languages(
    desk, picture, tasks_run_at_once
):
    demo_categories.create()
    story(live=["en"], title_en="Raqqa is quiet", body_en="<p>Nobody fires.</p>")
    began = time.monotonic()

    write_english(desk, picture)
    publish(desk, "English")
    for name, words in (("Español", SPANISH), ("Português", PORTUGUESE)):
        translate(desk, name, words)
        publish(desk, name)

    # What a person does here takes as long as the steps; the machine has to be out of the way.
    assert time.monotonic() - began < LONGEST.total_seconds()
    article = Article.objects.get(title_en=ENGLISH[0])
    live = Edition.objects.live(at=timezone.now()).filter(article=article)
    assert {edition.language: edition.blocks_behind for edition in live} == {
        "en": 0,
        "es": 0,
        "pt": 0,
    }
    assert article.body_es == article.body_en.replace(PARAGRAPHS[0], SPANISH["body"][0]).replace(
        PARAGRAPHS[1], SPANISH["body"][1]
    )
    page = desk.goto(live.get(language="pt").url)
    assert page.status == 200
    expect(desk.locator(".article-body .figure img")).to_have_attribute("alt", PORTUGUESE["alt"])
    expect(desk.locator(".language-switcher")).to_contain_text("Español")


def write_english(desk, picture):
    desk.goto("/admin/articles/article/add/")
    expect(editor(desk)).to_be_visible()
    desk.locator("#id_title_en").fill(ENGLISH[0])
    desk.locator("#id_standfirst_en").fill(ENGLISH[1])
    click(desk, editor(desk))
    for words in PARAGRAPHS:
        desk.keyboard.type(words)
        desk.keyboard.press("Enter")
    insert_picture(desk, picture)
    use(desk, "Read: card")
    desk.get_by_role("button", name="Raqqa is quiet").click()
    desk.get_by_role("checkbox", name="Syria").check()


def insert_picture(desk, picture):
    use(desk, "Image")
    desk.get_by_role("button", name="Upload a picture").click()
    dialog = desk.get_by_role("dialog", name="Upload a picture")
    dialog.locator("input[type=file]").set_input_files(picture)
    dialog.get_by_label("Alternative text").fill("A pontoon bridge")
    dialog.get_by_label("Creator").fill("Ana Reis")
    dialog.get_by_role("button", name="Upload and insert").click()
    expect(desk.locator("#panel-en .reference")).to_contain_text("A pontoon bridge")
    settle(desk)


def publish(desk, name):
    desk.get_by_role("tab", name=name).click()
    desk.get_by_role("button", name=f"Publish {name} now").click()
    expect(desk.get_by_text(f"{name} is published.")).to_be_visible()


def translate(desk, name, words):
    desk.get_by_role("tab", name=name).click()
    address = desk.url
    desk.locator("[data-panel]:visible").get_by_role("link", name="Side by side").click()
    for label in ("Headline", "Standfirst"):
        desk.get_by_label(label, exact=True).fill(words[label])
    blocks = desk.locator(".pair__target [contenteditable=true]")
    for block, text in zip(blocks.all(), words["body"], strict=True):
        click(desk, block)
        desk.keyboard.type(text)
    for box in desk.get_by_label("In this language too").all():
        box.check()
    desk.get_by_label("Alternative text").fill(words["alt"])
    desk.get_by_role("button", name="Save", exact=True).last.click()
    expect(desk.get_by_text("0 behind")).to_be_visible()
    desk.goto(address)
