"""What a page costs on the database of a site; PostgreSQL only, as the table is."""

import json
import os
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests.bench import loading
from tests.bench.management.commands.measure_pages import Command

# Its statements are those of other tests, which both databases are asked.
pytestmark = [pytest.mark.django_db, pytest.mark.once]

POSTGRESQL = os.environ["DATABASE_URL"].startswith("postgresql")
only_postgresql = pytest.mark.skipif(not POSTGRESQL, reason="PostgreSQL only")


def said(*arguments):
    out = StringIO()
    call_command(Command(stdout=out), *arguments)
    return out.getvalue()


@pytest.mark.skipif(POSTGRESQL, reason="SQLite only")
def test_another_database_is_refused_in_one_line():
    with pytest.raises(CommandError, match="Only PostgreSQL is measured"):
        said()


@only_postgresql
def test_an_archive_that_was_not_generated_is_refused_in_one_line():
    with pytest.raises(CommandError, match="run make_bench_data first"):
        said()


@only_postgresql
def test_every_page_is_counted_and_timed():
    loading.load(200)

    by_kind = json.loads(said("--json", "--runs", "2"))

    assert len(by_kind) > 10
    for samples in by_kind.values():
        assert 0 < samples["queries"] <= 8
        assert samples["blocks"] > 0
        assert len(samples["sql"]) == len(samples["cpu"]) == len(samples["wall"]) == 2


@only_postgresql
def test_plans_are_shown_for_the_pages_whose_name_holds_the_words():
    loading.load(20)

    text = said("--explain", "rarest tag")

    assert text.count("=====") == 1
    assert "Execution Time" in text
    assert "/en/tag/generated-topic-2000/" in text
