"""The facts of a story are what its pages show of it."""

from dataclasses import replace

import pytest
from django.utils import timezone

from articles.models import Category, Edition
from articles.pages import card as cards, layouts
from articles.purging.facts.article import KIND
from newsroom.languages import LANGUAGES
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("part", "kind"), [("link", layouts.HEADLINE), ("teaser", layouts.WHOLE)])
def test_the_fact_of_a_card_is_the_card_that_a_list_reads(part, kind):
    article = factories.story(live=["en", "es"], images=[factories.ImageFactory()])
    article.uses.update(alt_es="Which no card shows.", caption_es="Nor this.")
    at = timezone.now()
    live = Edition.objects.live(language="es", at=at)

    (read,) = cards.read(cards.rows(live, language="es"), tree=Category.tree(language="es"), at=at)
    facts = KIND.load([article.pk])[article.pk].filed_in(Category.tree()).facts(at=at)

    assert read.lead.image.pk
    assert facts[f"{part}:{article.pk}:es"] == cards.shown_as(read, kind)


def test_another_address_of_a_language_is_nothing_to_the_sitemap_of_an_easy_read_one(monkeypatch):
    variant = replace(LANGUAGES["es"])
    vars(variant)["main"] = "en"
    monkeypatch.setitem(LANGUAGES, "es", variant)
    article, at = factories.story(live=["en", "es", "pt"]), timezone.now()
    tree, edition = Category.tree(), factories.edition(article)
    was = KIND.load([article.pk])[article.pk].filed_in(tree).facts(at=at)

    Edition.objects.filter(pk=edition.pk).update(slug="another")
    now = KIND.load([article.pk])[article.pk].filed_in(tree).facts(at=at)

    months = {tag for tag in was if tag.startswith("dated:") and was[tag] != now[tag]}
    assert {tag.split(":")[1] for tag in months} == {"en", "pt"}
