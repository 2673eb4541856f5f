"""The keeper's index: which pages a purge concerns, and which are too many."""

import pytest

from newsroom.pagecache.stores.index import Index
from tests.newsroom.pagecache.stored import page


@pytest.fixture
def index():
    new_index = Index()
    yield new_index
    new_index.close()


def add(index, key, *, is_aside=False, **changes):
    return index.add(page(key, **changes), size=1000, is_aside=is_aside)


def test_pages_are_found_by_tag_and_by_their_place_in_a_list(index):
    spans = {"/en/a/": (None, 10), "/en/b/": (10, 20), "/en/c/": None, "/en/d/": (30, None)}
    for key, span in spans.items():
        add(index, key, tags={"settings": None, "list": span})

    def keys(name, position):
        return set(index.with_tag(name, position))

    assert keys("list", None) == keys("settings", None) == set(spans)
    assert keys("list", 10) == {"/en/a/", "/en/b/", "/en/c/"}
    assert keys("list", 25) == {"/en/c/"}
    assert keys("list", 30) == {"/en/c/", "/en/d/"}
    assert keys("another", None) == set()


def test_a_page_takes_the_place_of_the_one_before(index):
    add(index, "/en/a/", tags={"old": None})
    add(index, "/en/a/", tags={"new": None})

    assert (index.with_tag("new", None), index.with_tag("old", None)) == (["/en/a/"], [])


def test_the_index_does_not_keep_what_is_removed(index):
    add(index, "/en/a/")
    index.remove("/en/a/")

    rows = "SELECT (SELECT count(*) FROM tags) + (SELECT count(*) FROM pages)"
    assert index.connection.execute(rows).fetchone() == (0,)


def test_pages_from_before_a_moment_are_found_until_they_are_set_aside(index):
    for moment in (10, 20):
        add(index, f"/en/{moment}/", rendered_at=moment)

    assert index.from_before(15) == ["/en/10/"]
    index.set_aside("/en/10/")
    assert index.from_before(15) == []


def test_what_exceeds_the_room_are_pages_set_aside_and_then_those_rendered_first(index):
    for moment in (30, 10, 20):
        add(index, f"/en/{moment}/", rendered_at=moment)

    assert index.beyond(3000) == []
    assert index.beyond(2000) == ["/en/10/"]
    assert set(index.beyond(999)) == {"/en/10/", "/en/20/", "/en/30/"}
    index.set_aside("/en/30/")
    assert index.beyond(2999) == ["/en/30/"]
