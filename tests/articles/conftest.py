import gc

import pytest
from django.db import connections

from articles.pages import comments, feed as feeds, front as fronts
from articles.pages.story import more
from newsroom.db import keyset
from newsroom.db.statements import Statement
from tests.articles.exactness import site


@pytest.fixture
def small_pages(monkeypatch, settings):
    """Let few stories fill every page, in the languages of that site."""
    settings.LANGUAGES = [
        language for language in settings.LANGUAGES if language[0] in site.LANGUAGES
    ]
    monkeypatch.setattr(keyset, "SIZE", 2)
    monkeypatch.setattr(comments, "SIZE", 2)
    for name, number in {
        "LEADERS": 2,
        "SECONDS": 2,
        "LATEST": 4,
        "PER_REGION": 4,
        "CANDIDATES": 5,
    }.items():
        monkeypatch.setattr(fronts, name, number)
    monkeypatch.setattr(more, "NUMBER", 2)
    monkeypatch.setattr(feeds, "NUMBER", 2)
    # What was written before has the other sizes in it.
    for statement in [statement for statement in gc.get_objects() if type(statement) is Statement]:
        monkeypatch.setattr(statement, "querysets", {})
    monkeypatch.setattr(connections["default"], "statements", {}, raising=False)
