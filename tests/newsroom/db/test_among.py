"""Thousands of ids are one parameter, and find what they name by its key."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import Article
from newsroom.db.among import Among
from tests.factories import ArticleFactory

pytestmark = pytest.mark.django_db


def test_what_is_named_is_found():
    first, _second, third = (ArticleFactory().pk for _ in range(3))
    ids = [third, first, *range(10**9, 10**9 + 70_000)]

    with CaptureQueriesContext(connection) as statements:
        pks = set(Article.objects.filter(pk__in=Among(ids)).values_list("pk", flat=True))

    assert pks == {first, third}
    assert len(statements) == 1
    assert not Article.objects.filter(pk__in=Among([])).exists()
