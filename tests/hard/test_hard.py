"""The demo of hard cases has every case that it is there for."""

import re

import pytest
from django.utils import timezone

from articles import body
from articles.body import vocabulary
from articles.models import Article, Category, Image, Tag
from tests.hard import pictures, stories, words
from tests.hard.bodies import every_block


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_one_body_has_every_element_and_is_clean(language):
    image, story = Image(pk=1), Article(pk=1)
    html = every_block(language, images=[image, image], story=story)
    cleaned = body.clean(html)

    assert {*re.findall(r"<([a-z0-9]+)", cleaned.html)} == {*vocabulary.TAGS}
    assert not cleaned.notes


@pytest.mark.once  # the verbs that make it are shown on both databases
@pytest.mark.django_db
def test_the_whole_demo_is_live_in_every_language(monkeypatch):
    monkeypatch.setattr(stories, "MOST", 1)
    monkeypatch.setattr(pictures, "SIZES", dict.fromkeys(pictures.SIZES, (12, 9)))
    told = []
    stories.build(now=timezone.now(), step=told.append)

    titles = " ".join(Article.objects.values_list("title_en", flat=True).exclude(title_en=None))
    assert "longest words" in told
    assert words.LONGEST["en"] in titles
    assert Tag.objects.filter(name__contains="of 12").count() == 12
    assert max(article.bylines.count() for article in Article.objects.all()) == 8
    assert Article.objects.filter(categories=None).exists()
    assert Category.objects.filter(name_en="Region of 0", articles=None).exists()
