"""Proposals of pairs, and what a person says of them."""

from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image as Pillow, ImageDraw

from articles.actions.pairing import confirm, propose, put_off, refuse
from articles.models import Article, Image, Look, Pair
from tests import factories

pytestmark = pytest.mark.django_db

AT = datetime(2020, 5, 1, tzinfo=UTC)
NAMES = ["Kursk", "Raqqa", "Sumy", "Ana Duarte", "Bea Torres", "Cali", "Dakar", "Erbil", "Faro"]


def told(number, language):
    name = NAMES[number % len(NAMES)]
    body = f"<p>The words say {name} and {number * 137 + 1000}.</p>"
    at = AT + timedelta(days=number % 3)
    return factories.story(live=[language], at=at, **{f"body_{language}": body})


def archive(size=6):
    return [(told(number, "en"), told(number, "es")) for number in range(size)]


def pairs():
    return {*Pair.objects.filter(is_refused=False).values_list("one", "other")}


def test_likely_pairs_are_stored_once_and_refused_ones_stay_so():
    both = archive()
    out = StringIO()

    call_command("propose_pairs", stdout=out)

    assert pairs() == {(en.pk, es.pk) for en, es in both}
    assert "6 pairs proposed, 6 wait" in out.getvalue()
    first = Pair.objects.get(one=both[0][0])
    assert first.evidence[0] == ["days", "0"]
    assert ["name", "kursk"] in first.evidence
    refuse(first, by=None)
    assert propose() == 0
    assert len(pairs()) == 5


def test_stories_that_are_like_each_other_no_more_are_proposed_no_more():
    (en, _es), *_others = archive()
    propose()
    Article.objects.filter(pk=en.pk).update(body_en="<p>Nothing.</p>", title_en="Nothing")

    propose()

    assert en.pk not in {pk for pair in pairs() for pk in pair}


@pytest.mark.once  # as many statements on either database
def test_more_stories_cost_no_more_queries():
    def cost():
        with CaptureQueriesContext(
            connection,
        ) as queries:
            propose()
        return len(queries)

    archive(2)
    propose()
    few = cost()
    archive(8)
    propose()

    assert cost() == few


def drawn(path, *, size, quality):
    picture = Pillow.new("RGB", (900, 600), "white")
    draw = ImageDraw.Draw(picture)
    for number in range(9):
        draw.ellipse(
            (number * 97, number * 41 % 300, number * 97 + 150, 520), fill=(number * 27, 80, 20)
        )
    picture.resize(size).save(path, quality=quality)
    return path


def test_the_same_picture_in_another_size_is_found(tmp_path):
    uploads = [
        factories.ImageFactory(file__from_path=drawn(tmp_path / name, size=size, quality=quality))
        for name, size, quality in (("a.jpg", (900, 600), 90), ("b.jpg", (450, 300), 40))
    ]
    for language, image in zip(("en", "es"), uploads, strict=True):
        factories.story(live=[language], at=AT, images=[image])
    for number in range(8):
        told(number, "pt")

    propose()

    (pair,) = Pair.objects.all()
    assert ["picture", ""] in pair.evidence
    assert Look.objects.count() == Image.objects.count() == 2
    joined = confirm(pair, by=None)
    assert joined.article.uses.count() == 1


def test_a_pair_is_answered_once():
    (en, es), (other, _), *_rest = archive()
    propose()
    pair = Pair.objects.get(one=en)
    put_off(pair, by=None)
    assert Pair.objects.open().last() == pair

    joined = confirm(pair, by=None)

    assert (joined.article_id, joined.other) == (en.pk, es.pk)
    with pytest.raises(ValidationError, match="answered this already"):
        confirm(pair, by=None)
    later = Pair.objects.get(one=other)
    refuse(later, by=None)
    with pytest.raises(ValidationError, match="answered this already"):
        refuse(later, by=None)


def test_the_story_that_was_public_first_takes_the_other():
    es = factories.story(live=["es"], at=AT + timedelta(days=1))
    en = factories.story(live=["en"], at=AT)
    pair = Pair.objects.create(one=es, other=en, score=60)

    assert confirm(pair, by=None).article_id == en.pk
