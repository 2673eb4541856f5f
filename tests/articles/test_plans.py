"""No public page looks at more of the archive than it shows, whatever the database.

The plans themselves are not compared, since each version of a database has its own: what counts is
how many rows they touch. docs/reference/performance.md has the times.
"""

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.test import override_settings

from articles.models import Edition
from tests.bench import loading, measuring, plans
from tests.bench.pages import pages

# Also where the work is done in a fixture: a run without a marked test has no database.
pytestmark = pytest.mark.django_db

STORIES = 5000
MOST = {"postgresql": 500, "sqlite": 8000}
"""The commonest shelf holds three thousand: at least 15,000 steps of SQLite's machine."""


WHOLE = Edition.objects.filter(status="published").exclude(slug="no-such-story").order_by("slug")


@pytest.fixture(scope="module")
def looked_at(django_db_setup, django_db_blocker, tmp_path_factory):
    """Return kind of page -> [(how much a statement looks at, statement)] in a filled archive."""
    with django_db_blocker.unblock(), transaction.atomic():
        with override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media")):
            loading.load(STORIES)
            found = {page.kind: work_of(page) for page in pages()}
            found["everything"] = [(plans.looked_at(*WHOLE.query.sql_with_params()), "")]
        transaction.set_rollback(True)
    return found


def work_of(page):
    cache.clear()
    found = measuring.statements(page)
    return [(plans.looked_at(sql, params), sql) for sql, params in found]


def test_no_statement_of_a_public_page_reads_the_archive(looked_at):
    most = MOST[connection.vendor]

    assert len(looked_at) > 10
    assert {
        kind: [(work, sql) for work, sql in found if work > most]
        for kind, found in looked_at.items()
        if max(found)[0] > most
    }.keys() == {"everything"}


def test_no_statement_skips_to_its_rows(looked_at):
    """An OFFSET of a page reads what it skips; the front page's own are a handful, and constant."""
    skipping = {
        kind
        for kind, found in looked_at.items()
        for _work, sql in found
        if "OFFSET" in sql or "COUNT(" in sql
    }

    assert skipping <= {"front page", "front page without a story"}
