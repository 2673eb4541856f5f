from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from articles.models import Edition, Listing
from tests import factories

pytestmark = pytest.mark.django_db

AT = datetime(2017, 11, 30, 12, tzinfo=UTC)


def test_a_story_is_live_in_the_languages_that_are_named():
    article = factories.story(live=["es", "pt"], title_en="Not yet", at=AT)

    live = Edition.objects.live(at=timezone.now()).filter(article=article)
    assert {edition.language for edition in live} == {"es", "pt"}
    assert factories.edition(article, "en").status == Edition.Status.DRAFT


def test_a_time_to_come_schedules():
    tomorrow = timezone.now() + timedelta(days=1)

    edition = factories.live_edition(at=tomorrow)

    assert edition.published_at == tomorrow
    assert not Edition.objects.live(at=timezone.now()).exists()


def test_a_story_stands_on_its_shelves_under_its_address(client):
    region = factories.CategoryFactory(name_en="Atlantis")
    author = factories.AuthorFactory(name_en="Ana Duarte")

    edition = factories.live_edition(
        title_en="A story", categories=[region], tags=["Water"], authors=[author], at=AT
    )

    assert edition.url == "/en/2017/11/30/a-story/"
    assert client.get(edition.url).status_code == 200
    rows = Listing.objects.filter(edition=edition)
    assert {(row.category, row.tag and row.tag.name, row.author) for row in rows} == {
        (region, None, None),
        (None, "Water", None),
        (None, None, author),
    }


def test_pictures_are_drawn_and_the_first_leads():
    first, second = factories.ImageFactory(), factories.ImageFactory(file__width=60)

    article = factories.story(live=["en"], images=[first, second])

    assert [use.image for use in article.uses.filter(is_lead=True)] == [first]
    assert (first.width, second.width) == (480, 60)
    assert first.checksum != second.checksum


def test_an_image_without_a_file_is_a_gap():
    assert factories.ImageFactory(file="").is_gap


def test_a_category_that_the_site_starts_with_is_found():
    assert factories.CategoryFactory(name_en="Syria").parent.name_en == "Middle East"


def test_a_user_can_log_in_with_the_known_password():
    user = factories.UserFactory()

    assert user.check_password(factories.PASSWORD)
