"""The pages of the comments under a story: each comment on one of them, however many there are."""

from datetime import UTC, datetime
from itertools import pairwise
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection

from articles.models import Category, Comment, Edition
from articles.pages import comments as discussions
from tests import factories
from tests.bench import plans

pytestmark = pytest.mark.django_db

AT = datetime(2026, 3, 30, 9, tzinfo=UTC)
MOST = {"postgresql": 500, "sqlite": 8000}
"""As in test_plans.py: a page of fifty, and no look at the thousands beside it."""


def read(edition, *, after=0):
    tree = Category.tree(article=edition.article_id, at=AT)
    return discussions.read(edition, tree=tree, at=AT, after=after)


def comment(edition, parent=None, state="published", words="So it was."):
    values = {"state": state, "written_at": AT, "name": "Ana", "words": words}
    return Comment(edition=edition, parent=parent, **values)


def saved(edition, *options):
    comments = []
    for parent, state in options:
        comments.append(comment(edition, None if parent is None else comments[parent], state))
        comments[-1].save()
    return comments


@pytest.fixture
def edition():
    return factories.live_edition()


@pytest.fixture
def three_a_page(monkeypatch):
    monkeypatch.setattr(discussions, "SIZE", 3)


def after(url):
    """Return the id behind which the page of an address begins; 0 for the first."""
    return int(parse_qs(urlsplit(url).query).get("after", ["0"])[0])


def walk(edition):
    """Return the pages of comments, from the first to the last."""
    pages = [read(edition)]
    while pages[-1].later_url:
        pages.append(read(edition, after=after(pages[-1].later_url)))
    return pages


def shown(page):
    """Return the ids of the comments whose words stand on a page, in order."""
    return [remark.pk for thread in page.threads for remark in thread.remarks]


@pytest.mark.usefixtures("three_a_page")
def test_every_comment_stands_on_one_page_with_ways_to_the_next_and_back(edition):
    none, late = (None, "published"), (2, "published")
    wanted = saved(
        edition, none, (0, "published"), none, late, late, late, late, none, (0, "published")
    )
    hidden = saved(edition, (None, "hidden"), (0, "published"), (0, "pending"), (None, "spam"))
    pages = walk(edition)

    ordered = [wanted[number].pk for number in (0, 1, 8, 2, 3, 4, 5, 6, 7)] + [hidden[1].pk]
    assert [shown(page) for page in pages] == [ordered[:3], ordered[3:6], ordered[6:9], ordered[9:]]
    assert [bool(page.earlier_url) for page in pages] == [False, True, True, True]
    for one, other in pairwise(pages):
        assert read(edition, after=after(other.earlier_url)) == one
    assert [thread.begun_by for thread in pages[2].threads] == ["Ana", ""]
    assert (pages[3].threads[0].head, pages[3].threads[0].begun_by) == (None, "")


@pytest.mark.usefixtures("three_a_page")
def test_the_address_of_a_comment_leads_to_its_page_and_that_of_one_unseen_nowhere(edition):
    saved(edition, *[(None, "published")] * 4, *[(1, "published")] * 4)
    (hidden,) = saved(edition, (None, "hidden"))

    for page in walk(edition):
        for pk in shown(page):
            address = discussions.address_of(edition, pk)
            assert address.endswith(f"#comment-{pk}")
            assert read(edition, after=after(address)) == page
    assert discussions.address_of(edition, hidden.pk) == ""
    assert discussions.address_of(factories.live_edition(), pk) == ""


@pytest.mark.usefixtures("three_a_page")
def test_no_page_begins_behind_the_last_comment_a_hidden_one_or_that_of_another_story(edition):
    comments = saved(edition, (None, "published"), (None, "hidden"), (None, "published"))
    (other,) = saved(factories.live_edition(), (None, "published"))

    for pk in (comments[1].pk, comments[2].pk, other.pk, 10**17):
        assert read(edition, after=pk) is None


def test_a_page_costs_the_same_with_five_thousand_comments_in_one_thread(edition):
    head, last = saved(edition, (None, "published"), (None, "published"))
    Comment.objects.bulk_create(comment(edition, head) for _each in range(5000))
    Edition.objects.filter(pk=edition.pk).update(comment_count=5002)
    middle = Comment.objects.filter(parent=head).order_by("pk")[2500].pk
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE articles_comment")
    tree = Category.tree(article=edition.article_id, at=AT)
    with plans.recorded() as statements:
        page = discussions.read(edition, tree=tree, at=AT, after=middle)
    first_page = read(edition)

    assert len(shown(page)) == len(shown(first_page)) == discussions.SIZE
    assert page.threads[0].begun_by == "Ana"
    assert len(statements) <= 5
    for sql, params in list(statements):
        assert plans.looked_at(sql, params) <= MOST[connection.vendor], sql
    assert discussions.address_of(edition, last.pk).endswith(f"#comment-{last.pk}")
