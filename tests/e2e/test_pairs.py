"""The queue of pairs by its keys."""

import pytest

from articles.models import Pair
from tests.e2e.test_comments import SENT
from tests.factories import story

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_key_that_comes_before_the_next_page_decides_nothing(desk):
    one, other = story(live=["en"], title_en="Tide"), story(live=["ar"], title_ar="مد")
    Pair.objects.create(one=one, other=other, score=80, evidence=[])
    desk.goto("/admin/articles/pair/")

    assert desk.evaluate(SENT, ["l", "n"]) == ["later"]
