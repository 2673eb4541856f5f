"""The piece on the troops, written from nothing and published in three languages in the time that a desk has for it.

Its words are pasted (`insert_text`), as those of a reporter are who wrote elsewhere; all else is clicked and typed.
"""

import time
from datetime import timedelta

import pytest
from django.utils import timezone
from PIL import Image as Pillow
from playwright.sync_api import expect

from articles.management import demo_categories
from articles.models import Article, Edition
from tests.e2e.test_body_editor import click, editor, settle, use
from tests.e2e.test_two_at_once import leave_aside
from tests.factories import story

pytestmark = pytest.mark.django_db(transaction=True)

LONGEST = timedelta(minutes=3)

ENGLISH = {
    "title": "More than 400 US gunners to leave Syria",
    "standfirst": "The unit that shelled Raqqa goes home, and nobody takes its place.",
    "alt": "Soldiers cross a pontoon bridge",
    "caption": "A pontoon bridge over the Euphrates, in August.",
    "body": (
        "More than 400 American gunners who shelled Raqqa are on their way home from northern Syria, the coalition said on Thursday.",
        "“Our task here is done, and we are glad of it,” said Ada Reyes, a colonel of the coalition.",
        "Their guns stood north of the city from June to October. The last of them was loaded on Tuesday.",
        "No other unit takes their place. The order for the one that was to follow in December was withdrawn.",
        "Raqqa had been held since 2014 by Daesh, which ruled large parts of Syria and of Iraq from there.",
        "The city fell on 20 October after a battle of four months, in which most of its houses were hit.",
        "“We shall need bakers now, and teachers, more than soldiers,” said Omar Haddad, who sits in the new council.",
        "About 500 Americans are in the country by the official count; those who know it speak of 2,000.",
        "Talks on what comes after the war go on in Geneva. Nobody there expects an end of them before the spring.",
    ),
}
SPANISH = {
    "title": "Más de 400 artilleros de EE. UU. dejarán Siria",
    "standfirst": "La unidad que bombardeó Raqa vuelve a casa y nadie ocupa su lugar.",
    "alt": "Soldados cruzan un puente de pontones",
    "caption": "Un puente de pontones sobre el Éufrates, en agosto.",
    "body": (
        "Más de 400 artilleros estadounidenses que bombardearon Raqa vuelven a casa desde el norte de Siria, dijo el jueves la coalición.",
        "«Nuestra tarea aquí ha terminado, y nos alegramos», dijo Ada Reyes, coronel de la coalición.",
        "Sus cañones estuvieron al norte de la ciudad de junio a octubre. El último se cargó el martes.",
        "Ninguna otra unidad ocupa su lugar. La orden de la que debía seguir en diciembre fue retirada.",
        "Raqa estaba desde 2014 en manos de Daesh, que gobernaba desde allí gran parte de Siria y de Irak.",
        "La ciudad cayó el 20 de octubre tras una batalla de cuatro meses que dañó casi todas sus casas.",
        "«Ahora necesitamos panaderos y maestros más que soldados», dijo Omar Haddad, miembro del nuevo consejo.",
        "Unos 500 estadounidenses están en el país según la cuenta oficial; quienes la conocen hablan de 2.000.",
        "En Ginebra siguen las conversaciones sobre la posguerra. Nadie espera allí que acaben antes de la primavera.",
    ),
}
PORTUGUESE = {
    "title": "Mais de 400 artilheiros dos EUA vão deixar a Síria",
    "standfirst": "A unidade que bombardeou Raqqa regressa a casa e ninguém toma o seu lugar.",
    "alt": "Soldados atravessam uma ponte de pontões",
    "caption": "Uma ponte de pontões sobre o Eufrates, em agosto.",
    "body": (
        "Mais de 400 artilheiros americanos que bombardearam Raqqa regressam a casa do norte da Síria, disse a coligação na quinta-feira.",
        "“A nossa tarefa aqui terminou, e ainda bem”, disse Ada Reyes, coronel da coligação.",
        "Os seus canhões estiveram a norte da cidade de junho a outubro. O último foi carregado na terça-feira.",
        "Nenhuma outra unidade toma o seu lugar. A ordem da que viria em dezembro foi retirada.",
        "Raqqa estava desde 2014 nas mãos do Daesh, que governava dali grande parte da Síria e do Iraque.",
        "A cidade caiu a 20 de outubro, após uma batalha de quatro meses que atingiu quase todas as casas.",
        "“Agora precisamos de padeiros e professores mais do que de soldados”, disse Omar Haddad, do novo conselho.",
        "Cerca de 500 americanos estão no país segundo a conta oficial; quem a conhece fala de 2000.",
        "Em Genebra continuam as conversações sobre o pós-guerra. Ninguém espera lá que acabem antes da primavera.",
    ),
}
REGIONS, TAGS = ("Syria", "US"), ("Raqqa", "Daesh")


@pytest.fixture
def picture(tmp_path):
    path = tmp_path / "pontoon.jpg"
    Pillow.linear_gradient("L").resize((900, 600)).convert("RGB").save(path)
    return path


def test_a_story_is_written_illustrated_translated_and_published_in_three_languages(
    desk, context, picture, tasks_run_at_once
):
    leave_aside(context)
    demo_categories.create()
    other = story(live=["en"], title_en="Raqqa is quiet", body_en="<p>Nobody fires.</p>")
    began = time.monotonic()

    write_english(desk, picture)
    publish(desk, "English")
    for name, words in (("Español", SPANISH), ("Português", PORTUGUESE)):
        translate(desk, name, words)
        publish(desk, name)

    # What a person does here takes as long as the steps; the machine has to be out of the way. It takes some twenty seconds of its own.
    assert time.monotonic() - began < LONGEST.total_seconds()
    article = Article.objects.get(title_en=ENGLISH["title"])
    card = f'<aside data-article="{other.pk}"></aside>'
    for code, words in (("en", ENGLISH), ("es", SPANISH), ("pt", PORTUGUESE)):
        paragraphs = "".join(f"<p>{words}</p>" for words in words["body"])
        assert getattr(article, f"body_{code}") == paragraphs + card
        assert getattr(article, f"standfirst_{code}") == words["standfirst"]
    assert {category.name_en for category in article.categories.all()} == set(REGIONS)
    assert set(article.tags.names()) == set(TAGS)
    live = Edition.objects.live(at=timezone.now()).filter(article=article)
    assert {edition.language: edition.blocks_behind for edition in live} == {
        "en": 0,
        "es": 0,
        "pt": 0,
    }
    is_read_in_portuguese(desk, live.get(language="pt"))


def is_read_in_portuguese(desk, edition):
    assert desk.goto(edition.url).status == 200
    lead = desk.locator(".figure").first
    expect(lead.locator("img")).to_have_attribute("alt", PORTUGUESE["alt"])
    expect(lead).to_contain_text(PORTUGUESE["caption"])
    expect(lead).to_contain_text("Ana Reis")
    expect(desk.locator(".article-body")).to_contain_text(PORTUGUESE["body"][-1])
    expect(desk.locator(".language-switcher")).to_contain_text("Español")


def write_english(desk, picture):
    desk.goto("/admin/articles/article/add/")
    expect(editor(desk)).to_be_visible()
    desk.locator("#id_title_en").fill(ENGLISH["title"])
    desk.locator("#id_standfirst_en").fill(ENGLISH["standfirst"])
    click(desk, editor(desk))
    for words in ENGLISH["body"]:
        desk.keyboard.insert_text(words)
        desk.keyboard.press("Enter")
    use(desk, "Read: card")
    desk.get_by_role("option", name="Raqqa is quiet").click()
    settle(desk)
    add_the_picture(desk, picture)
    for name in REGIONS:
        desk.get_by_role("checkbox", name=name, exact=True).check()
    desk.locator(".field-tags .select2-search__field").click()
    for name in TAGS:
        desk.keyboard.type(name)
        desk.keyboard.press("Enter")


def add_the_picture(desk, picture):
    desk.get_by_text("Add another Image").click()
    with desk.expect_popup() as opened:
        desk.locator("#uses-0 .related-widget-wrapper-link.add-related").click()
    popup = opened.value
    popup.locator("input[name=file]").set_input_files(picture)
    popup.locator("#id_description").fill("A pontoon bridge")
    popup.locator("#id_creator").fill("Ana Reis")
    with popup.expect_event("close"):
        popup.get_by_role("button", name="Save").click()
    desk.locator("#id_uses-0-alt_en").fill(ENGLISH["alt"])
    desk.locator("#id_uses-0-caption_en").fill(ENGLISH["caption"])
    desk.locator("#id_uses-0-is_lead").check()


def publish(desk, name):
    desk.get_by_role("tab", name=name).click()
    desk.get_by_role("button", name=f"Publish {name} now").click()
    expect(desk.get_by_text(f"{name} is published.")).to_be_visible()


def translate(desk, name, words):
    desk.get_by_role("tab", name=name).click()
    address = desk.url
    desk.locator("[data-panel]:visible").get_by_role("link", name="Side by side").click()
    labels = {
        "Headline": "title",
        "Standfirst": "standfirst",
        "Alternative text": "alt",
        "Caption": "caption",
    }
    for label, part in labels.items():
        desk.get_by_label(label, exact=True).fill(words[part])
    blocks = desk.locator(".pair__target [contenteditable=true]")
    expect(blocks).to_have_count(len(words["body"]))
    for block, text in zip(blocks.all(), words["body"], strict=True):
        click(desk, block)
        desk.keyboard.insert_text(text)
    desk.get_by_label("In this language too").check()
    desk.get_by_role("button", name="Save", exact=True).last.click()
    # A page that waits for its save says that nothing is behind, too.
    expect(desk.get_by_text(f"{name} is saved.")).to_be_visible()
    expect(desk.get_by_text("0 behind")).to_be_visible()
    desk.goto(address)
