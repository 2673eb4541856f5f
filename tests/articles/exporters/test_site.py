"""What a site has beside its stories goes to another one: taken over and exported again, it has the same bytes."""

import json
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from articles.derived import addresses
from articles.exporters import site
from articles.models import Category, MenuEntry, OwnPage, Promotion, Tag
from newsroom.site import actions
from newsroom.site.models import SiteSettings
from tests.factories import (
    AuthorFactory,
    TagFactory,
    menu_entry,
    own_page,
    promotion,
    story,
)
from tests.newsroom.process import is_one_sentence

pytestmark = pytest.mark.django_db


@pytest.fixture
def exported(tmp_path):
    """The site.json of a site that has something of everything, in a site that has only its stories."""
    settings = actions.settings_row()
    settings.zone, settings.own_digits, settings.accent = "Europe/Paris", ["ar"], "#8b1a26"
    texts = actions.texts_in("ar")
    texts.name = "صحيفة"
    actions.save(settings, [texts])
    author = AuthorFactory(name_en="Şule Kaya", bio_en="She writes.\nOften.", bio_ar="تكتب")
    tag, told = TagFactory(name="Water"), story(live=("en",))
    link = f'<p>See <a data-article="{told.pk}">this</a> &amp; that.</p>'
    page = own_page(live=("en",), kind="about", body_en=link, title_es="Borrador", in_foot=False)
    addresses.add(page.editions.get(language="en"), path="/en/who-we-were/")
    region = Category.objects.get(slug_en="syria")
    menu_entry(page=page, label_en="Who we are", position=1)
    menu_entry(category=region, languages=["es"], position=2)
    menu_entry(link="https://a.example/?a=1&b=2", label_es="Más", languages=["es"], position=3)
    promotion(
        title_en="Talk", place="tag", tag=tag, event_at=timezone.now(), event_zone="Asia/Baku"
    )
    promotion(
        live=("en", "es"),
        title_en="Give",
        title_es="Dar",
        own={"es": {"link": "https://es.example/"}},
    )
    promotion(title_en="Fair", place="category", category=region, lasts=timedelta(days=1))
    call_command("export_articles", output=f"{tmp_path}/")
    for model in (MenuEntry, OwnPage, Promotion, SiteSettings):
        model.objects.all().delete()
    author.bio_en = author.bio_ar = ""
    author.save()
    # As an import names it.
    told.origins.create(source="moved", external_id=f"article-{told.pk}")
    return tmp_path / "site.json"


def refused(path):
    with pytest.raises(CommandError) as told:
        call_command("import_site", path)
    assert is_one_sentence(str(told.value))
    return str(told.value)


def test_taken_over_and_exported_again_it_has_the_same_bytes(exported, capsys):
    call_command("import_site", exported)

    assert site.as_text() == exported.read_text(encoding="utf-8")
    assert "1 authors, 1 pages, 3 menu, 3 promotions" in capsys.readouterr().out
    data = json.loads(exported.read_text(encoding="utf-8"))
    assert 'data-article="article-' in data["pages"][0]["editions"]["en"]["body"]
    assert "has pages already, and nothing was changed" in refused(exported)


def test_what_cannot_be_taken_over_is_a_sentence_and_changes_nothing(exported, tmp_path):
    before = site.as_text()
    Tag.objects.filter(name="Water").delete()
    assert "There is no tag “Water” here" in refused(exported)

    good = json.loads(exported.read_text(encoding="utf-8"))
    path = tmp_path / "bad.json"
    for bad in (
        [],
        good | {"menu": [{"page": 7}]},
        good | {"menu": [{"category": "region/nowhere"}]},
        good | {"settings": {"zone": "Mars/Base"}},
        good | {"authors": [{"name": {"en": "A"}, "kind": "person", "bio": {"xx": "b"}}]},
        good | {"promotions": [{"starts_at": "soon"}]},
    ):
        path.write_text(json.dumps(bad), encoding="utf-8")
        refused(path)
    path.write_bytes(b"\xff")
    refused(path)
    refused(tmp_path / "none.json")
    assert site.as_text() == before
