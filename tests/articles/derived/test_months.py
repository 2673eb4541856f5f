"""How many stories each month holds, whoever publishes, moves, withdraws or deletes them."""

from datetime import UTC, datetime

import pytest
from django.db import transaction

from articles.actions import publishing
from articles.derived import months
from articles.models import Article, Edition, MonthCount
from tests import factories

pytestmark = pytest.mark.django_db

MAY, JUNE = (datetime(2019, month, 15, 12, tzinfo=UTC) for month in (5, 6))


def kept():
    rows = MonthCount.objects.exclude(number=0).order_by("language", "month")
    return [(row.language, row.month.month, row.number) for row in rows]


def test_a_story_counts_in_its_month_and_language_while_it_is_published():
    edition = factories.live_edition(at=MAY)
    factories.story(live=["en", "es"], at=JUNE)
    assert kept() == [("en", 5, 1), ("en", 6, 1), ("es", 6, 1)]

    edition.published_at = JUNE
    edition.save()
    assert kept() == [("en", 6, 2), ("es", 6, 1)]

    publishing.withdraw(edition, by=publishing.SYSTEM, reason="It was not so.")
    assert kept() == [("en", 6, 1), ("es", 6, 1)]

    Article.objects.all().delete()
    assert kept() == []


def test_what_is_not_stored_is_not_counted():
    edition = factories.live_edition(at=MAY)

    edition.published_at = JUNE
    edition.save(update_fields=["modified_at"])
    with transaction.atomic():
        Edition.objects.update(published_at=JUNE)
        transaction.set_rollback(True)

    assert kept() == [("en", 5, 1)]


def test_writes_in_bulk_count():
    factories.live_edition(at=MAY)
    factories.live_edition(at=JUNE)

    Edition.objects.update(published_at=MAY)
    assert kept() == [("en", 5, 2)]

    Edition.objects.filter(published_at=MAY).update(status="draft")
    assert kept() == []


def test_all_is_counted_anew_where_the_numbers_are_missing():
    for at in (MAY, MAY, JUNE):
        factories.live_edition(at=at)
    MonthCount.objects.all().delete()

    factories.live_edition(at=JUNE)
    assert kept() == [("en", 5, 2), ("en", 6, 2)]

    MonthCount.objects.update(number=7)
    months.recount()
    assert kept() == [("en", 5, 2), ("en", 6, 2)]
