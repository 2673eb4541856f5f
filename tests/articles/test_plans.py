"""No public page looks at more of the archive than it shows, whatever the database.

The plans themselves are not compared, since each version of a database has its own: what counts is
how many rows they touch, that none reads a large table from end to end, and how much they sort.
PLANS_AT=1000000 asks the same of an archive of another size. docs/reference/performance.md has the times.
"""

import os
import re
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test import Client, override_settings

from articles.admin.article import change_list, search
from articles.models import Article, Category, Edition, StoryWords
from newsroom.db.keyset import Cursor
from tests.bench import archive, loading, measuring, plans
from tests.bench.pages import Page, pages
from tests.factories import UserFactory
from tests.pages import kept_in_memory

# Also where the work is done in a fixture: a run without a marked test has no database.
pytestmark = pytest.mark.django_db

STORIES = int(os.environ.get("PLANS_AT", "5000"))
MOST = {"postgresql": 500, "sqlite": 8000}
"""The commonest shelf holds three thousand: at least 15,000 steps of SQLite's machine."""

LARGE = 500
"""Rows of a table that no page may read whole: more than categories, images or authors there are."""

DESKS = ("/admin/", "/admin/articles/assignment/")
"""What waits in the whole house, and what happened to stories of late."""
LIST = "/admin/articles/article/"
FILTERED = tuple(
    f"{LIST}?{asked}"
    for asked in ("state=withdrawn", "tag=Generated+topic+1", "author=Generated+writer+1")
)
"""The list of stories by what few have: PostgreSQL begins with those; SQLite goes through the list and asks of each story."""
LISTS = (
    LIST,
    *(f"{LIST}?q={words}" for words in ("story", "sto+harb", "n7", "n7+-harbour", "nowhere")),
    f"{LIST}?state=none",
    *FILTERED,
)
"""The list of stories: whole, searched for what all have, a fifth, one and none, and filtered by what nearly all or few have."""
INDEXES = {"articles_storywords_fts"}
"""Tables that are the index of another: SQLite says of each use that it scans them."""
FAR = 100
"""As far as the list looks and counts here: as small a part of the archive as 10,000 are of a large one."""
PASSWORDS = "django.contrib.auth.backends.ModelBackend"
WHOLE = Edition.objects.filter(status="published").exclude(slug="no-such-story").order_by("slug")
TABLE = re.compile(r"SCAN (\w+)\b(?! USING INDEX edition_(?:draft|submitted|behind|withdrawn))")
"""A table that is read whole, and not by an index of the few rows that wait."""


@dataclass
class Answer:
    """A statement of a page: how much it looks at, the tables that it reads whole, and what it sorts.

    `sorted` is the largest number of rows that one sort takes in; SQLite does not tell it. `shown` is
    the number of links of the page.
    """

    sql: str
    work: int
    whole: set
    sorted: int
    shown: int = 0


@pytest.fixture(scope="module")
def all_answers(django_db_setup, django_db_blocker, tmp_path_factory):
    """Return kind of page -> the Answers to its statements, in a filled archive: of readers' pages, and of editors'."""
    with django_db_blocker.unblock(), transaction.atomic():
        with override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media")):
            loading.load(STORIES)
            load_words()
            large = large_tables()
            with kept_in_memory():
                by_kind = {page.kind: answers_of(page, large) for page in [*pages(), *places()]}
            by_kind["everything"] = [answer(*WHOLE.query.sql_with_params(), large)]
            editor = Client()
            editor.force_login(UserFactory(is_staff=True, is_superuser=True), PASSWORDS)
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(search, "REACHED", FAR)
                patch.setattr(change_list, "COUNTED", FAR)
                desks = {url: answers_of(Page(url, url), large, editor) for url in (*DESKS, *LISTS)}
        transaction.set_rollback(True)
    return by_kind, desks


@pytest.fixture(scope="module")
def answers(all_answers):
    return all_answers[0]


def load_words():
    """Give each story words by which editors find it: one of its own, one of all stories, and one of every fifth.

    They are as far from each other as if each were one of a hundred, of which FAR makes as few.
    """
    stories = Article.objects.order_by("pk").values_list("pk", "modified_at")
    rows = (
        StoryWords(
            place=StoryWords.place_of(number * 100, pk),
            article_id=pk,
            modified_at=moment,
            words=f"story n{number}" + (" harbour" if number % 5 == 0 else ""),
        )
        for number, (pk, moment) in enumerate(stories.iterator())
    )
    StoryWords.objects.bulk_create(rows, batch_size=1000)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def places():
    """Return pages in the middle of lists, next to several places in each."""
    lists = [page for page in pages() if re.fullmatch("(commonest|rarest) .*|month", page.kind)]
    moments = [archive.FIRST_DAY + timedelta(days=days) for days in (60, 400, 1630, 3600)]
    ends = {("after", moments[0]), ("before", moments[-1])}
    return [
        Page(f"{page.kind}, {way} {moment:%Y}", f"{page.url}?{way}={Cursor(moment, 1)}")
        for page in lists
        for moment in moments
        for way in ("before", "after")
        # There is no page where nothing stands.
        if "commonest" in page.kind or (way, moment) in ends
    ]


def large_tables():
    """Return the names of the tables that hold more than a page could ever show."""
    names = [
        name for name in connection.introspection.table_names() if name.startswith("articles_")
    ]
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        sizes = {}
        for name in names:
            cursor.execute(f"SELECT count(*) FROM {quote(name)}")  # noqa: S608, names of our own tables
            sizes[name] = cursor.fetchone()[0]
    return {name for name, size in sizes.items() if size > LARGE}


def answers_of(page, large, client=None):
    client = client or Client()
    content = client.get(page.url).content
    # A feed has no links of HTML; what it shows most of are categories and tags.
    shown = content.count(b"<a ") or content.count(b"<category ")
    statements = [answer(sql, params, large) for sql, params in measuring.statements(page, client)]
    for statement in statements:
        statement.shown = shown
    return statements


def answer(sql, params, large):
    work = plans.looked_at(sql, params)
    whole, most = (
        from_sqlite(sql, params)
        if connection.vendor == "sqlite"
        else (from_postgresql(sql, params))
    )
    return Answer(sql, work, whole & large, most)


def from_postgresql(sql, params):
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {sql}", params)
        nodes = list(below(cursor.fetchone()[0][0]["Plan"]))
    # An index that is read without a condition is read whole, too; behind a LIMIT it is not.
    whole = {node["Relation Name"] for node in nodes if node["Node Type"] == "Seq Scan"}
    sorts = [node for node in nodes if "Sort" in node["Node Type"]]
    return whole, max((node["Plans"][0]["Actual Rows"] for node in sorts), default=0)


def below(node):
    yield node
    for part in node.get("Plans", ()):
        yield from below(part)


def from_sqlite(sql, params):
    aliases = dict(re.findall(r'"(\w+)" (?:AS )?"?(\w+)"?', sql))
    names = {alias: table for table, alias in aliases.items() if table.startswith("articles_")}
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}", params)
        lines = [row[-1] for row in cursor.fetchall()]
    scanned = {match[1] for line in lines if (match := TABLE.match(line))}
    return {names.get(name, name) for name in scanned}, 0


def wrong(answers, is_wrong):
    """Return kind of page -> the statements that are wrong; "everything" must be among them."""
    by_kind = {
        kind: [statement for statement in answers_here if is_wrong(statement)]
        for kind, answers_here in answers.items()
    }
    return {kind: here for kind, here in by_kind.items() if here}


def test_no_statement_of_a_public_page_reads_the_archive(answers):
    most = MOST[connection.vendor]

    assert len(answers) > 10
    assert wrong(answers, lambda statement: statement.work > most).keys() == {"everything"}


def test_no_statement_reads_a_large_table_from_end_to_end(answers):
    assert wrong(answers, lambda statement: statement.whole).keys() == {"everything"}


@pytest.mark.skipif("connection.vendor == 'sqlite'", reason="SQLite does not tell what it sorts")
def test_no_sort_takes_in_more_rows_than_the_page_shows(answers):
    # The tree of categories is read whole, also by a page that shows little of it.
    tree = Category.objects.count()

    sorting = wrong(answers, lambda statement: statement.sorted > max(statement.shown, tree))

    assert sorting.keys() == {"everything"}


def test_every_page_takes_eight_statements_at_most(answers):
    assert {kind: len(here) for kind, here in answers.items() if len(here) > 8} == {}


def test_no_statement_skips_to_its_rows(answers):
    """An OFFSET of a page reads what it skips; the front page's own are a handful, and constant."""
    skipping = wrong(
        answers, lambda statement: "OFFSET" in statement.sql or "COUNT(" in statement.sql
    )

    assert skipping.keys() <= {"front page", "front page without a story"}


def test_no_page_of_the_desk_reads_the_archive(all_answers):
    desks = {url: here for url, here in all_answers[1].items() if url in DESKS}

    heavy = wrong(
        desks, lambda statement: statement.work > MOST[connection.vendor] or statement.whole
    )
    assert [
        (statement.sql, statement.work, statement.whole)
        for here in heavy.values()
        for statement in here
    ] == []
    assert {url: len(here) for url, here in desks.items() if len(here) > 20} == {}


def test_no_search_of_the_list_of_stories_reads_the_archive(all_answers):
    lists = {url: here for url, here in all_answers[1].items() if url in LISTS}
    looked_at = [url for url in lists if connection.vendor == "postgresql" or url not in FILTERED]

    def is_heavy(statement):
        # What ends at a LIMIT is not read to its end.
        whole = statement.whole - INDEXES if "LIMIT" not in statement.sql else set()
        return statement.work > MOST[connection.vendor] or whole

    heavy = wrong({url: lists[url] for url in looked_at}, is_heavy)
    assert [
        (statement.sql, statement.work, statement.whole)
        for here in heavy.values()
        for statement in here
    ] == []
    assert {url: len(here) for url, here in lists.items() if len(here) > 20} == {}
    assert any("articles_storywords" in statement.sql for statement in lists[f"{LIST}?q=n7"])
