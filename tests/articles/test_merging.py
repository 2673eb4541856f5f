import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles import listings, merging
from articles.models import Listing
from tests import factories

pytestmark = pytest.mark.django_db


def merged(stories):
    """Merge a tag of so many stories into another; return (that one, the number of statements)."""
    kept, lost = factories.TagFactory(), factories.TagFactory()
    for number in range(stories):
        # One of them has both already.
        factories.story(live=["en"], tags=[lost] if number else [kept, lost])
    with CaptureQueriesContext(connection) as captured:
        merging.merge_tags([lost], into=kept)
    return kept, len(captured)


def test_many_stories_are_merged_by_as_many_statements_as_few():
    _few, expected = merged(2)

    kept, statements = merged(12)

    assert statements == expected
    assert kept.items.count() == Listing.objects.filter(tag=kept).count() == 12


def test_more_stories_than_one_statement_takes_are_merged(monkeypatch):
    monkeypatch.setattr(listings, "BATCH", 2)

    kept, _statements = merged(5)

    assert kept.items.count() == Listing.objects.filter(tag=kept).count() == 5
