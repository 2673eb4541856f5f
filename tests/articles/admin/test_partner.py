"""Partners at the desk: their scope, their tokens, and what each was given."""

import re

import pytest
from django.utils import timezone

from articles import roles
from articles.actions.access import partnering
from articles.models import Delivery, Partner
from tests.articles.admin.conftest import Desk, member_of
from tests.factories import CategoryFactory, story

# What is marked `both` asks what nothing else asks of PostgreSQL; the rest is decided in Python.
pytestmark = [pytest.mark.django_db, pytest.mark.once]

TOKENS = "articles_partner_tokens"
LOG = "articles_delivery_changelist"


@pytest.fixture
def partner():
    return Partner.objects.create(name="The Post")


def press(desk, partner, button):
    return desk.client.post(f"/admin/articles/partner/{partner.pk}/tokens/", {"token": button})


def secret_in(page):
    return re.search(r'token__secret"><code dir="ltr">([^<]+)', page.text)[1]


def deliver(partner, article, **values):
    values = {"language": "en", "version": 1, "at": timezone.now()} | values
    return Delivery.objects.create(partner=partner, article_id=article.pk, **values)


def test_an_editor_adds_a_partner_with_its_scope(editor):
    region = CategoryFactory()
    fields = {"name": "The Post", "languages": ["en", "es"], "is_limited": "on"}

    editor.save("articles_partner_add", fields=fields | {"categories": [str(region.pk)]})

    made = Partner.objects.get()
    assert (made.languages, made.is_limited) == (["en", "es"], True)
    assert list(made.categories.all()) == [region]


@pytest.mark.both
def test_a_limit_to_nothing_is_refused(editor):
    response = editor.save("articles_partner_add", fields={"name": "Post", "is_limited": "on"})

    assert "Choose one or more" in response.text
    assert not Partner.objects.exists()


def test_a_token_is_shown_once_and_opens_the_api(editor, partner):
    made = press(editor, partner, "make")
    secret = secret_in(made)

    assert "no-store" in made["Cache-Control"]
    assert secret not in editor.open(TOKENS, partner.pk).text
    assert partnering.find(secret, now=timezone.now()) == partner


@pytest.mark.both
def test_a_third_valid_token_is_refused_until_one_is_revoked(editor, partner):
    secrets = [secret_in(press(editor, partner, "make")) for _ in range(2)]
    press(editor, partner, "make")
    assert partner.tokens.count() == 2
    assert "revoke one first" in editor.open(TOKENS, partner.pk).text

    press(editor, partner, str(partner.tokens.order_by("pk").first().pk))
    press(editor, partner, "make")

    assert partner.tokens.count() == 3
    partners = [partnering.find(secret, now=timezone.now()) for secret in secrets]
    assert partners == [None, partner]


def test_a_token_of_another_partner_stays(editor, partner):
    other = Partner.objects.create(name="Other")
    press(editor, other, "make")

    press(editor, partner, str(other.tokens.get().pk))

    assert other.tokens.get().revoked_at is None


@pytest.mark.both
@pytest.mark.parametrize("role", [roles.WRITER, roles.MODERATOR])
def test_writers_and_moderators_reach_no_partner(role, partner):
    desk = Desk(member_of(role))

    for response in (
        desk.open("articles_partner_changelist"),
        desk.open("articles_partner_change", partner.pk),
        desk.open(TOKENS, partner.pk),
        desk.open(LOG),
        press(desk, partner, "make"),
    ):
        assert response.status_code == 403
    assert not partner.tokens.exists()


@pytest.mark.both
def test_the_log_names_partner_and_story_even_when_that_is_deleted(editor, partner):
    article, gone = story(live=["en"], title_en="Still here"), story(live=["en"])
    deliver(partner, article)
    deliver(partner, gone, is_cancellation=True)
    number = gone.pk
    gone.delete()

    page = editor.open(LOG, partner__id__exact=partner.pk).text

    assert "Still here" in page
    assert f"story {number}, which is deleted" in page
    assert "that it is canceled" in page


@pytest.mark.once  # as many statements on either database
def test_a_page_of_the_log_costs_the_same_however_long_it_is(
    editor, partner, django_assert_max_num_queries
):
    def count():
        with django_assert_max_num_queries(100) as queries:
            editor.open(LOG)
        return len(queries.captured_queries)

    deliver(partner, story(live=["en"]))
    few = count()
    for _ in range(5):
        deliver(partner, story(live=["en"]))

    assert count() == few


def test_a_story_tells_to_whom_it_was_given(editor, writer, partner):
    article = story(live=["en"])
    deliver(partner, article, version=4)

    assert "The Post" in editor.open("articles_article_change", article.pk).text
    assert "The Post" not in writer.open("articles_article_change", article.pk).text
