from datetime import UTC, datetime, timedelta
from unittest.mock import Mock

import pytest
import time_machine
from django.db import OperationalError
from django.db.models import JSONField, Value

from newsroom.pagecache import Span, Spot, purge, tag
from newsroom.pagecache.models import Purge
from newsroom.pagecache.purges import clock, ledger, log as log_module
from newsroom.pagecache.serving.page import Page, digest, encoded
from newsroom.pagecache.serving.release import release
from tests.newsroom.pagecache.answering import COMMITTED, Body, FollowedByHand

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def log():
    followed = FollowedByHand()
    followed.sync()
    return followed


def page(log, *tags, at=NOW):
    return Page(
        key="/en/",
        status=200,
        headers=[],
        bodies=encoded(b"words"),
        tags=tag(Body(), tags).cache_tags,
        query=[],
        rendered_at=at.timestamp(),
        horizon=log.horizon,
        release=release(),
        mark=log.mark,
    )


def is_fresh(log, kept, at=NOW):
    log.sync()
    return log.is_fresh(kept, at.timestamp())


@COMMITTED
def test_a_page_is_fresh_until_its_tag_is_purged(log):
    kept = page(log, "article:1:en")
    assert is_fresh(log, kept)
    purge(["article:1:es", "article:11:en"])
    assert is_fresh(log, kept)
    purge(["article:1:en"])
    assert not is_fresh(log, kept)
    assert is_fresh(log, page(log, "article:1:en"))


def test_no_page_outlives_a_day(log):
    kept = page(log)
    assert is_fresh(log, kept, NOW + 23 * HOUR)
    assert not is_fresh(log, kept, NOW + 24 * HOUR)


def test_a_page_of_another_release_is_out_of_date(log):
    kept = page(log)
    kept.release = "another"
    assert not is_fresh(log, kept)


@COMMITTED
@pytest.mark.parametrize(
    ("span", "hours", "expected"),
    [
        ((None, None), 0, False),
        ((1, None), 0, True),
        ((1, None), 1, False),
        ((1, None), 9, False),
        ((None, 3), 4, True),
        ((None, 3), 3, False),
        ((1, 3), 2, False),
        ((1, 3), 0, True),
        ((1, 3), 4, True),
    ],
)
def test_a_spot_ends_the_pages_whose_span_holds_it(log, span, hours, expected):
    since, until = (None if bound is None else NOW + bound * HOUR for bound in span)
    kept = page(log, Span("list:all:en", since, until))
    purge([Spot("list:all:en", NOW + hours * HOUR)])
    assert is_fresh(log, kept) is expected


@COMMITTED
def test_a_purge_without_a_spot_ends_every_span(log):
    kept = page(log, Span("list:all:en", NOW))
    purge(["list:all:en"])
    assert not is_fresh(log, kept)


@COMMITTED
def test_many_spots_still_end_the_pages_from_before(log, monkeypatch):
    monkeypatch.setattr(ledger, "SPOTS", 5)
    kept = page(log, Span("list:all:en", NOW))
    purge([Spot("list:all:en", NOW)])
    log.sync()
    for number in range(ledger.SPOTS + 1):
        purge([Spot("list:all:en", NOW - HOUR - timedelta(seconds=number))])
    assert not is_fresh(log, kept)


@COMMITTED
def test_a_due_purge_ends_a_page_at_its_moment(log):
    before = page(log, "article:1:en")
    purge(["article:1:en"], due=NOW + HOUR)
    log.sync()
    between = page(log, "article:1:en", at=NOW + HOUR / 2)
    for kept in (before, between):
        assert is_fresh(log, kept, NOW + HOUR - timedelta(microseconds=1))
        assert log.ends(kept) == (NOW + HOUR).timestamp()
    for kept in (before, between):
        assert not is_fresh(log, kept, NOW + HOUR)
    after = page(log, "article:1:en", at=NOW + HOUR)
    assert is_fresh(log, after, NOW + HOUR)


@COMMITTED
def test_a_process_that_starts_later_knows_the_due_purges(log):
    kept = page(log, "article:1:en")
    purge(["article:1:en"], due=NOW + HOUR)
    other = FollowedByHand()
    assert is_fresh(other, kept)
    assert not is_fresh(other, kept, NOW + HOUR)


@COMMITTED
def test_a_due_purge_that_is_committed_too_late_counts_from_its_commit(log):
    kept = page(log, "article:1:en", at=NOW + 2 * HOUR)
    purge(["article:1:en"], due=NOW + HOUR)
    assert not is_fresh(log, kept, NOW + 3 * HOUR)


@COMMITTED
def test_a_change_that_is_never_told_ends_everything_and_is_named_once(log, monkeypatch):
    untold = Mock()
    monkeypatch.setattr(log_module, "untold", untold)
    kept = page(log, "article:1:en")
    with time_machine.travel(NOW, tick=False) as clocks:
        pending = Purge.objects.create(tags=[], is_pending=True, clock=clock.Now())
        assert is_fresh(log, kept)
        clocks.shift(log_module.GRACE + 1)
        waited(log)
        assert not is_fresh(log, kept)
        fresh = page(log, "article:1:en")
        generation = log.generation
        assert is_fresh(log, fresh)
        assert log.generation == generation
    untold.send_robust.assert_called_once_with(log_module.Log, pks=[pending.pk])
    pending.delete()
    assert is_fresh(log, fresh)


@COMMITTED
def test_a_change_that_is_told_in_time_ends_its_own_pages_only(log):
    kept, other = page(log, "article:1:en"), page(log, "article:2:en")
    pending = Purge.objects.create(tags=[], is_pending=True, clock=clock.Now())
    log.sync()
    pending.delete()
    purge(["article:1:en"])
    assert not is_fresh(log, kept)
    assert is_fresh(log, other)


@COMMITTED
def test_what_a_process_forgets_ends_the_pages_from_before(log, monkeypatch):
    monkeypatch.setattr(ledger, "NAMES", 10)
    kept = page(log, "article:1:en")
    purge(["article:1:en"])
    log.sync()
    after = page(log, "article:9:en")
    purge([f"tag:{number}:en" for number in range(20)])
    log.sync()
    assert len(log.purged.history) <= 15
    assert not is_fresh(log, kept)
    assert is_fresh(log, page(log, "article:9:en"))
    assert after.horizon < log.horizon


@COMMITTED
def test_what_a_process_is_just_forgetting_shows_no_page_from_before(log):
    kept, seen = page(log, "article:1:en"), []

    class History(dict):
        def get(self, name):
            seen.append(name)
            value = super().get(name)
            # As another thread does at this moment.
            log.purged.forget()
            return value

    purge(["article:1:en"])
    log.purged.history = History()
    log.sync()

    assert not log.is_fresh(kept, NOW.timestamp())
    assert seen == ["settings", "article:1:en"]


@COMMITTED
def test_a_process_that_starts_reads_the_last_purges_and_trusts_no_older_page(log, monkeypatch):
    monkeypatch.setattr(log_module, "LOADED", 3)
    old = page(log, "article:1:en")
    for number in range(3):
        purge([f"tag:{number}:en"])
    log.sync()
    young = page(log, "article:1:en")
    purge(["tag:4:en"])
    other = FollowedByHand()
    assert not is_fresh(other, old)
    assert is_fresh(other, young)


@COMMITTED
@pytest.mark.parametrize("is_running", [False, True])
def test_pages_from_before_a_backup_was_put_back_never_come_back(log, is_running):
    """Not even when as many purges have been made anew as were lost."""
    with time_machine.travel(NOW, tick=False) as now:
        purge(["tag:1:en"])
        log.sync()
        valid = page(log, "article:1:en")
        backup = list(Purge.objects.all())
        now.shift(HOUR)
        purge(["tag:2:en"])
        purge(["tag:3:en"])
        log.sync()
        lost = page(log, "article:1:en", at=NOW + HOUR)
        assert is_fresh(log, lost, NOW + 2 * HOUR)
        now.shift(HOUR)
        Purge.objects.all().delete()
        Purge.objects.bulk_create(backup)
        Purge.objects.update(created_at=NOW)
        judge = log if is_running else FollowedByHand()
        if not is_running:
            # As it comes from the store.
            lost, valid = Page.loads(lost.dumps()), Page.loads(valid.dumps())
        for number in range(8):
            assert not is_fresh(judge, lost, NOW + 2 * HOUR)
            assert not judge.may_stand_in(lost, (NOW + 2 * HOUR).timestamp())
            assert is_fresh(judge, valid, NOW + 2 * HOUR)
            purge([f"tag:{number}:en"])
        now.shift(HOUR)
        assert is_fresh(judge, page(judge, "article:1:en", at=NOW + 3 * HOUR), NOW + 3 * HOUR)


@COMMITTED
def test_a_page_of_a_process_that_has_read_more_is_of_this_database(log):
    other = FollowedByHand()
    other.sync()
    purge(["tag:1:en"])
    other.sync()
    kept = page(other, "article:1:en")
    assert log.is_fresh(kept, NOW.timestamp())


def test_a_page_survives_the_way_through_a_store(log):
    kept = page(log, "article:1:en", Span("list:all:en", NOW))
    assert Page.loads(kept.dumps()) == kept
    with pytest.raises(ValueError, match="not a page"):
        Page.loads(kept.dumps()[:-1])


@COMMITTED
def test_no_tags_are_no_purge():
    assert purge([]) is None
    assert not Purge.objects.exists()


@COMMITTED
@pytest.mark.parametrize(
    "tags", [["settings"], {"settings": None}, [["settings"]], [["a", "b"]], "x", None]
)
def test_a_purge_that_cannot_be_read_ends_everything(log, tags):
    kept = page(log, "article:1:en")
    Purge.objects.create(tags=Value(tags, JSONField()), clock=clock.Now())
    assert not is_fresh(log, kept)
    assert is_fresh(log, page(log, "article:1:en"))


# --- Standing in ---


@pytest.fixture
def now():
    """Let it be NOW: how far back a process knows of purges depends on when it has started."""
    with time_machine.travel(NOW, tick=False):
        yield NOW.timestamp()


@pytest.fixture
def young(now):
    """A log of a process that has started now."""
    followed = FollowedByHand()
    followed.sync()
    return followed


def may_stand_in(log, kept, at=NOW):
    log.sync()
    return log.may_stand_in(kept, at.timestamp())


@COMMITTED
@pytest.mark.parametrize(
    ("purges", "expected"),
    [
        ([True], True),
        ([True, True], True),
        ([False], False),
        ([True, False], False),
        ([False, True], False),
    ],
)
@pytest.mark.parametrize("is_failing", [False, True])
def test_a_page_stands_in_unless_one_purge_of_it_was_hard(young, purges, expected, is_failing):
    kept = page(young, "article:1:en")
    for soft in purges:
        purge(["article:1:en"], soft=soft)
    young.sync()
    young.is_failing = is_failing
    assert not young.is_fresh(kept, NOW.timestamp())
    assert young.may_stand_in(kept, NOW.timestamp()) is expected


@COMMITTED
def test_a_process_that_starts_after_the_purge_judges_the_same(young, monkeypatch):
    kept, other = page(young, "article:1:en"), page(young, "article:2:en")
    purge(["article:1:en"])
    for number in range(5):
        purge([f"tag:{number}:en", "article:2:en"], soft=True)
    monkeypatch.setattr(log_module, "LOADED", 3)
    late = FollowedByHand()
    assert not may_stand_in(late, kept)
    assert may_stand_in(late, other)


@COMMITTED
def test_a_page_stands_in_until_the_moment_of_a_hard_purge(young):
    kept = page(young, "article:1:en", "image:1")
    purge(["article:1:en"], due=NOW + HOUR, soft=True)
    purge(["image:1"], due=NOW + 2 * HOUR)
    young.sync()
    young.is_failing = True
    just_before = NOW + 2 * HOUR - timedelta(microseconds=1)
    assert not young.is_fresh(kept, just_before.timestamp())
    assert young.ends(kept, only_hard=True) == (NOW + 2 * HOUR).timestamp()
    assert young.may_stand_in(kept, just_before.timestamp())
    assert not young.may_stand_in(kept, (NOW + 2 * HOUR).timestamp())


def test_a_page_that_is_merely_too_old_stands_in(young):
    kept = page(young, "article:1:en", at=NOW - HOUR)
    assert not young.is_fresh(kept, (NOW + 23 * HOUR).timestamp())
    assert may_stand_in(young, kept, NOW + 72 * HOUR)


def test_a_page_from_before_what_the_log_reaches_back_to_does_not_stand_in(young):
    assert may_stand_in(young, page(young, at=NOW - 24 * HOUR))
    assert not may_stand_in(young, page(young, at=NOW - 24 * HOUR - HOUR / 60))


def test_a_page_of_another_release_does_not_stand_in(young):
    kept = page(young)
    kept.release = "another"
    assert not may_stand_in(young, kept)


@COMMITTED
def test_what_a_process_forgets_of_soft_purges_hides_no_page(young, monkeypatch):
    monkeypatch.setattr(ledger, "NAMES", 10)
    kept = page(young, "article:1:en")
    purge([f"tag:{number}:en" for number in range(20)], soft=True)
    assert not is_fresh(young, kept)
    assert may_stand_in(young, kept)
    purge([f"tag:{number}:en" for number in range(20)])
    assert not may_stand_in(young, kept)


@COMMITTED
@pytest.mark.parametrize("is_soft", [False, True])
def test_a_change_whose_tags_cannot_be_told_any_more_hides_everything_if_it_may_have_hidden_something(
    young, monkeypatch, is_soft
):
    kept = page(young, "article:1:en")
    pending = Purge.objects.create(tags=[], is_pending=True, is_soft=is_soft, clock=clock.Now())
    assert may_stand_in(young, kept)
    waited(young)
    monkeypatch.setattr(young, "_unread", Mock(side_effect=OperationalError("gone")))
    young.look()
    assert not young.is_fresh(kept, NOW.timestamp())
    assert young.may_stand_in(kept, NOW.timestamp()) is is_soft
    pending.delete()


@COMMITTED
def test_of_many_moments_of_one_tag_the_first_ones_end_the_pages_from_before(log, monkeypatch):
    monkeypatch.setattr(ledger, "SPOTS", 3)
    kept = page(log, Span("list:all:en", NOW))
    purge([Spot("list:all:en", NOW)], due=NOW + HOUR)
    for number in range(3):
        purge([Spot("list:all:en", NOW - HOUR)], due=NOW + (2 + number) * HOUR)
    assert not is_fresh(log, kept, NOW + 6 * HOUR)
    assert is_fresh(log, page(log, Span("list:all:en", NOW), at=NOW + 2 * HOUR), NOW + 6 * HOUR)


def waited(log):
    """Let the changes whose tags are waited for be overdue."""
    log._waiting = {
        pk: (at - log_module.GRACE - 1, *rest) for pk, (at, *rest) in log._waiting.items()
    }


# --- Following ---


def test_whatever_fails_is_tried_again(log, monkeypatch, caplog):
    monkeypatch.setattr(log, "_unread", fails)
    log.look()
    assert log.is_failing
    assert "cannot be read: what nobody expects" in caplog.text
    monkeypatch.undo()
    log.look()
    assert not log.is_failing


def test_a_failure_is_told_once_and_hides_no_other(log, monkeypatch, caplog):
    for failure in (
        OperationalError("gone"),
        ValueError("a mistake"),
        OperationalError("still gone"),
    ):
        monkeypatch.setattr(log, "_unread", Mock(side_effect=failure))
        log.look()
    assert [record.message.rpartition(": ")[2] for record in caplog.records] == [
        "gone",
        "a mistake",
    ]
    assert [bool(record.exc_info) for record in caplog.records] == [False, True]
    monkeypatch.undo()
    log.look()
    monkeypatch.setattr(log, "_unread", Mock(side_effect=OperationalError("again")))
    log.look()
    assert caplog.records[-1].message.endswith(": again")


def fails():
    raise ValueError("what nobody expects")


@pytest.mark.parametrize(
    "facts",
    ["{}", "[]", "null", "3", '{"bodies": []}', '{"bodies": {"br": "x"}}', '{"bodies": {}}'],
)
def test_what_is_no_page_is_a_value_error(facts):
    data = facts.encode() + b"\n"
    with pytest.raises(ValueError, match="another form"):
        Page.loads(digest(data).encode() + data)


@COMMITTED
def test_the_purges_of_another_server_end_no_page_but_at_their_moment(log):
    Purge.objects.create(tags=[["settings", None]], clock=10**12)
    kept = page(log, "article:1:en")
    assert is_fresh(log, kept)
    assert log.newest < 10**12
    Purge.objects.create(tags=[["article:1:en", None]], clock=10**12, due=NOW + HOUR)
    assert is_fresh(log, kept, NOW + HOUR / 2)
    assert not is_fresh(log, kept, NOW + HOUR)
