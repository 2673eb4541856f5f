"""Rows that are written together wait, and whoever asks the database finds them all the same."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from articles.models import Article, Origin
from newsroom.db import locks

pytestmark = pytest.mark.django_db


def origin(number):
    row = Origin(source="wire", external_id=str(number), article=Article())
    row.article.save()
    row.article_id = row.article.pk
    row.save()
    return row


def written(queries, model):
    start = f'INSERT INTO "{model._meta.db_table}"'
    return [query["sql"] for query in queries if query["sql"].startswith(start)]


def test_new_rows_have_their_ids_at_once_and_are_written_in_one_statement():
    with CaptureQueriesContext(connection) as queries, locks.together():
        rows = [origin(number) for number in range(3)]
        assert None not in {row.pk for row in rows}
        rows[1].report = "Said twice."
        rows[1].save()

    assert len(written(queries, Article)) == len(written(queries, Origin)) == 1
    stored = {row.external_id: (row.pk, row.report, row.article_id) for row in Origin.objects.all()}
    assert stored == {row.external_id: (row.pk, row.report, row.article_id) for row in rows}


@pytest.mark.parametrize(
    "look",
    [
        lambda: Origin.objects.get(external_id="0"),
        lambda: Origin.objects.filter(external_id="0").update(report="By another statement."),
        lambda: Article.objects.filter(origins__source="wire").get(),
    ],
)
def test_a_statement_that_names_their_table_finds_them_there(look):
    with locks.together():
        row = origin(0)
        assert look()
        row.refresh_from_db()
        row.rev = 7
        row.save()
    assert Origin.objects.get().rev == 7


def test_no_id_is_given_twice_whoever_writes_between():
    with locks.together():
        first = origin(0)
        Origin.objects.bulk_create([Origin(source="x", external_id="x", article=first.article)])
        last = origin(1)
    assert len({*Origin.objects.values_list("pk", flat=True)}) == 3
    assert Origin.objects.get(external_id="1").pk == last.pk


def test_what_was_asked_for_before_a_savepoint_stays_when_all_since_is_taken_back():
    with locks.together():
        origin(0)
        with transaction.atomic():
            origin(1)
            Origin.objects.count()
            transaction.set_rollback(True)
    assert [row.external_id for row in Origin.objects.all()] == ["0"]
