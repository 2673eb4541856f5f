"""Stories as cards: their picture, their kicker, at a fixed cost."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from articles import cards
from articles.models import Edition
from articles.navigation import Tree
from tests import factories
from tests.factories import CategoryFactory, ImageFactory

pytestmark = pytest.mark.django_db

AT = datetime(2017, 11, 30, 12, tzinfo=UTC)


def dressed(*editions, language="en", at=None):
    rows = Edition.objects.cards(language=language)
    found = [rows.get(pk=edition.pk) for edition in editions]
    return cards.dress(found, tree=Tree.load(language=language), at=at or timezone.now())


def test_cards_keep_their_order():
    editions = [factories.live_edition() for _ in range(3)][::-1]

    assert dressed(*editions) == editions


def test_no_cards_are_no_error():
    assert dressed() == []


def test_a_card_has_the_lead_picture_in_the_words_of_its_language():
    lead, other = ImageFactory(), ImageFactory()
    found = factories.live_edition("es", images=[lead, other])

    (card,) = dressed(found, language="es")

    assert card.lead.image == lead
    assert card.lead.picture.src == lead.file.url
    assert card.lead.alt_es == "A drawn picture"


@pytest.mark.parametrize(
    "made",
    [
        {"file": ""},
        {"valid_until": AT},
        {"valid_until": AT - timedelta(days=1)},
    ],
    ids=["gap", "right ends now", "right ended"],
)
def test_a_card_shows_no_picture_that_readers_may_not_see(made):
    found = factories.live_edition(at=AT - timedelta(days=9))
    factories.ImageUseFactory(article=found.article, image=ImageFactory(**made), is_lead=True)

    (card,) = dressed(found, at=AT)

    assert card.lead.picture is None


def test_a_picture_in_the_text_is_no_lead():
    found = factories.live_edition()
    factories.ImageUseFactory(article=found.article)

    assert dressed(found)[0].lead is None


def test_a_card_is_named_by_its_region():
    found = factories.live_edition(
        categories=[
            CategoryFactory(kind="section", name_en="News"),
            CategoryFactory(name_en="Syria"),
        ]
    )

    (card,) = dressed(found)

    assert str(card.kicker) == "Syria"
    assert {str(category) for category in card.categories} == {"News", "Syria"}


def test_a_card_without_categories_has_no_kicker():
    assert dressed(factories.live_edition())[0].kicker is None


@pytest.mark.parametrize("number", [1, 5])
def test_dressing_costs_two_queries(number, django_assert_num_queries):
    for _ in range(number):
        factories.live_edition(images=[ImageFactory()], categories=[CategoryFactory()])
    tree = Tree.load(language="en")
    editions = list(Edition.objects.live(at=timezone.now()).cards(language="en"))

    with django_assert_num_queries(2):
        dress = cards.dress(editions, tree=tree, at=timezone.now())
        assert all(card.title and card.lead.picture.src and card.kicker.label for card in dress)
