"""The Python of a recipe runs as it is printed."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories
from tests.docs.pages import section, text_of

pytestmark = pytest.mark.django_db


def python_of(heading):
    return re.findall(
        r"^```python\n(.*?)^```", section(text_of("howto/develop.md"), heading), re.M | re.S
    )


def test_stories_are_asked_for_as_the_recipe_says():
    factories.story(live=["en"])
    stories = [factories.live_edition("es", title_es=f"Historia {number}") for number in range(2)]
    (recipe,), names = python_of("Ask for stories"), {}

    with CaptureQueriesContext(connection) as queries:
        exec(recipe, names)  # noqa: S102, our own documentation

    assert [card.title for card in names["found"]] == ["Historia 1", "Historia 0"]
    assert {card.article_id for card in names["found"]} == {one.article_id for one in stories}
    assert len(queries) == 1
