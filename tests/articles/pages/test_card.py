"""Stories as cards: their picture, their kicker, at a fixed cost."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.template.loader import render_to_string
from django.utils import timezone

from articles.models import Category, Edition, Listing
from articles.pages import card as cards, layouts
from tests import factories, pages
from tests.bench import plans
from tests.factories import CategoryFactory, ImageFactory

# What a card shows is decided here; its statements are those of every list, which both databases are asked by test_exactness.py.
pytestmark = [pytest.mark.django_db, pytest.mark.once]

AT = datetime(2017, 11, 30, 12, tzinfo=UTC)


def shown(*editions, language="en", at=None):
    queryset = Edition.objects.filter(pk__in=[edition.pk for edition in editions])
    rows = cards.rows(queryset.order_by("-pk"), language=language)
    tree = Category.tree(language=language)
    return cards.name(cards.read(rows, tree=tree, at=at or timezone.now()), tree=tree)


def test_cards_keep_the_order_of_their_rows():
    editions = [factories.live_edition() for _ in range(3)]

    assert [card.pk for card in shown(*editions)] == [edition.pk for edition in editions[::-1]]


def test_no_cards_are_no_error():
    assert shown() == []


@pytest.mark.parametrize("language", ["en", "es", "ar"])
def test_a_card_has_the_words_and_the_address_of_its_edition(language):
    edition = factories.live_edition(language, at=AT)

    (card,) = shown(edition, language=language)

    names = ("title", "standfirst", "url", "published_at", "language", "article_id")
    assert all(getattr(card, name) == getattr(edition, name) for name in names)


@pytest.mark.parametrize("shelf", ["category", "tag", "author"])
def test_a_card_is_the_same_from_a_row_of_a_list(shelf):
    edition = factories.live_edition(
        at=AT,
        images=[ImageFactory()],
        categories=[CategoryFactory()],
        tags=[factories.TagFactory()],
        authors=[factories.AuthorFactory()],
    )
    listed = Listing.objects.filter(**{f"{shelf}__isnull": False})
    rows = cards.rows(listed, language="en", key="edition_id", path="edition__")

    tree = Category.tree(language="en")
    (card,) = cards.name(cards.read(rows, tree=tree, at=AT), tree=tree)

    (other,) = shown(edition, at=AT)
    assert (card.url, card.title, card.lead) == (other.url, other.title, other.lead)
    assert card.kicker.pk == other.kicker.pk


def test_texts_of_other_languages_and_bodies_stay_unread():
    edition = factories.live_edition("es")

    with plans.recorded() as statements:
        shown(edition, language="es")

    (rows,) = (sql for sql, _params in statements if "standfirst_es" in sql)
    assert not re.search(r'body|\."(title|standfirst|alt)(_en|_pt|_ar)?"', rows)


def test_a_card_has_the_lead_picture_without_words():
    lead, other = ImageFactory(), ImageFactory()
    edition = factories.live_edition("es", images=[lead, other])

    (card,) = shown(edition, language="es")

    assert card.lead.image == lead
    assert card.lead.picture.src == lead.file.url
    assert card.lead.alt == ""


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
    edition = factories.live_edition(at=AT - timedelta(days=9))
    factories.ImageUseFactory(article=edition.article, image=ImageFactory(**made), is_lead=True)

    (card,) = shown(edition, at=AT)

    assert card.lead.picture is None


@pytest.mark.parametrize(("width", "is_shown"), [(399, False), (400, True)])
def test_a_card_shows_no_picture_that_would_have_to_be_blown_up(width, is_shown):
    edition = factories.live_edition(images=[ImageFactory(file__width=width)])

    (card,) = shown(edition)

    assert card.has_picture is is_shown
    card = cards.shown_as(card, layouts.ROW)
    html = render_to_string("components/card.html", {"card": card, "heading": "h2", "lazy": True})
    assert ("<picture" in html) is is_shown
    assert ("card--unillustrated" in html) is not is_shown


@pytest.mark.parametrize(("hours", "day"), [(None, None), (1, None), (24, 1), (80, 3)])
def test_a_card_says_the_day_of_a_later_change(hours, day):
    edition = factories.live_edition(at=AT)
    changed = hours and AT + timedelta(hours=hours)
    Edition.objects.filter(pk=edition.pk).update(modified_at=changed)

    (card,) = shown(edition)

    assert card.updated_on == (day and (AT + timedelta(days=day)).date())
    assert cards.shown_as(card, layouts.ROW).updated_on == card.updated_on
    assert cards.shown_as(card, layouts.HEADLINE).updated_on is None


def test_a_picture_in_the_text_is_no_lead():
    edition = factories.live_edition()
    factories.ImageUseFactory(article=edition.article)

    assert shown(edition)[0].lead is None


def test_a_card_is_named_by_its_region():
    edition = factories.live_edition(
        categories=[
            CategoryFactory(kind="section", name_en="News"),
            CategoryFactory(name_en="Syria"),
        ]
    )

    (card,) = shown(edition)

    assert str(card.kicker) == "Syria"
    assert {str(category) for category in card.categories} == {"News", "Syria"}


@pytest.mark.parametrize(
    ("also", "kicker"), [(["Syria"], "Syria"), ([], None)], ids=["with a region", "alone"]
)
def test_a_card_of_an_opinion_says_so_before_its_region_and_once(also, kicker):
    first = CategoryFactory(kind="section", name_en="Late", position=9, is_genre=True)
    opinion = CategoryFactory(kind="section", name_en="Comment", position=2, is_genre=True)
    regions = [CategoryFactory(name_en=name) for name in also]
    edition = factories.live_edition(categories=[first, opinion, *regions])
    if not regions:
        edition.article.categories.remove(first)

    (card,) = shown(edition)

    assert str(card.genre) == "Comment"
    assert (card.kicker and str(card.kicker)) == kicker


def test_news_has_no_genre():
    (card,) = shown(factories.live_edition(categories=[CategoryFactory(kind="section")]))

    assert card.genre is None


def test_a_card_without_categories_has_no_kicker():
    assert shown(factories.live_edition())[0].kicker is None


@pytest.mark.parametrize("number", [1, 5])
def test_cards_cost_two_queries(number, django_assert_num_queries):
    for _ in range(number):
        factories.live_edition(images=[ImageFactory()], categories=[CategoryFactory()])
    tree = Category.tree(language="en")
    rows = cards.rows(Edition.objects.live(at=timezone.now()), language="en")

    with pages.kept_in_memory(), django_assert_num_queries(2):
        shown_cards = cards.name(cards.read(rows, tree=tree, at=timezone.now()), tree=tree)
        assert all(
            card.title and card.lead.picture.src and card.kicker.label for card in shown_cards
        )
    assert len(shown_cards) == number
