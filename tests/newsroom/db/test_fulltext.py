"""Rows are found by words in the order of their keys, by an index and by nothing else, on both databases."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import SearchEntry
from newsroom.db.fulltext import Hit, Match, Search
from tests import factories

pytestmark = pytest.mark.django_db

TOP = 1 << 60
SPAN = 1 << SearchEntry.index.far
NEAR = 1 << SearchEntry.index.near


@pytest.fixture
def rows():
    """Rows with the keys 1 to 4."""
    add({1: "a b", 2: "a", 3: "b", 4: "a b c"})


def add(words):
    editions = [factories.edition(factories.story(title_en=str(key))) for key in words]
    SearchEntry.objects.bulk_create(
        SearchEntry(place=key, edition=edition, words=some)
        for edition, (key, some) in zip(editions, words.items(), strict=True)
    )


def find(*searches):
    return SearchEntry.index.find(searches, using="default")


def keys(*matches, limit=9, top=TOP, **more):
    (hits,) = find(Search(matches, (top,) * len(matches), limit, **more))
    return [hit.key for hit in hits]


def test_words_are_found_in_the_order_of_keys(rows):
    assert keys(Match((("a",),))) == [4, 2, 1]
    assert keys(Match((("a",), ("b",)))) == [4, 1]
    assert keys(Match((("a", "c"), ("b",)))) == [4, 1]
    assert keys(Match((("b",),), (Match((("c",),)),))) == [3, 1]
    assert keys(Match((("nothing",),))) == []
    assert keys(Match((("a",),)), limit=2) == [4, 2]
    assert keys(Match((("a",),)), bottom=2) == [4, 2]
    assert keys(Match((("a",),)), top=3) == [2, 1]


def test_keys_are_found_in_every_span_and_in_the_order_of_them_all(db):
    latest = [5 * SPAN + 9 * NEAR, 5 * SPAN + 8 * NEAR + 1, 5 * SPAN + 2 * NEAR]
    wanted = [*latest, 5 * SPAN, 5 * SPAN - 1, SPAN + 1, SPAN - 1, 7, -1, -3 * SPAN]
    add(dict.fromkeys(reversed(wanted), "a"))
    a = Match((("a",),))

    assert keys(a, limit=99) == wanted
    assert keys(a, limit=99, top=wanted[0]) == wanted
    assert keys(a, limit=5) == wanted[:5]
    assert keys(a, limit=99, top=5 * SPAN, bottom=7) == wanted[3:8]
    assert keys(a, limit=99, top=6, bottom=-2) == [-1]
    assert keys(a, limit=99, top=-2) == [-3 * SPAN]
    assert keys(a, limit=99, top=6, bottom=7) == []


def test_what_fulfils_the_first_match_comes_first_and_several_searches_are_one_statement(rows):
    first, then = Match((("c",),)), Match((("b",),), (Match((("c",),)),))
    with CaptureQueriesContext(connection) as captured:
        hits = find(Search((first, then), (TOP, TOP), 9), Search((then,), (TOP,), 1))

    assert hits == [[Hit(0, 4), Hit(1, 3), Hit(1, 1)], [Hit(0, 3)]]
    assert len(captured) == 1
    assert find() == []


def test_what_changes_is_found_as_it_is_now(rows):
    SearchEntry.objects.filter(pk=2).update(words="d")
    SearchEntry.objects.filter(pk=4).delete()

    assert keys(Match((("a",),))) == [1]
    assert keys(Match((("d",),))) == [2]


def test_the_index_is_read_and_nothing_else(rows):
    with CaptureQueriesContext(connection) as captured:
        keys(Match((("a",),)), Match((("b",),)))
    sql = captured.captured_queries[0]["sql"]
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("EXPLAIN QUERY PLAN " + sql)
            plan = "\n".join(row[3] for row in cursor.fetchall())
            assert "VIRTUAL TABLE INDEX" in plan
            assert "TEMP B-TREE" not in plan
        else:
            # Of four rows no planner asks an index by itself.
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute("EXPLAIN " + sql)
            plan = "\n".join(row[0] for row in cursor.fetchall())
            assert "Bitmap Index Scan on articles_searchentry_words" in plan
            assert "Seq Scan" not in plan
            # The lowest key is looked up, once.
            assert plan.count("pkey") == 1


def test_the_index_can_be_taken_away_and_made_again(rows):
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    SearchEntry.index.drop(connection)
    SearchEntry.objects.filter(pk=1).update(words="e")
    SearchEntry.index.create(connection)

    assert keys(Match((("e",),))) == [1]
    assert keys(Match((("a",),))) == [4, 2]
