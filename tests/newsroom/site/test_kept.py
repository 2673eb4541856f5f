import pytest
from django.db import connection, transaction
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from newsroom.db import replicas
from newsroom.pagecache.purges.log import Log
from newsroom.site import actions, kept, reading
from newsroom.site.middleware import SiteMiddleware
from newsroom.site.models import SiteTexts

COMMITTED = pytest.mark.django_db(transaction=True)


@pytest.fixture
def log(monkeypatch):
    """A log that this process follows, and no sooner than the test says."""
    log = Log()
    monkeypatch.setattr(log, "_follower", object())
    monkeypatch.setattr(kept, "log", log)
    log.sync()
    return log


def asked(number):
    class Asked(CaptureQueriesContext):
        def __exit__(self, *failure):
            super().__exit__(*failure)
            assert len(self) == number, [query["sql"] for query in self]

    return Asked(connection)


def name():
    return str(reading.current("en").name)


@COMMITTED
def test_a_process_that_follows_the_log_asks_once_until_something_changes(log):
    actions.say("en", name="One")
    log.sync()
    with asked(1):
        assert (name(), name()) == ("One", "One")

    actions.say("en", name="Two")

    assert name() == "One"
    log.sync()
    with asked(1):
        assert (name(), name()) == ("Two", "Two")


@COMMITTED
def test_a_row_that_is_written_in_bulk_or_deleted_counts_too(log):
    actions.say("en", name="One")
    log.sync()
    assert name() == "One"

    SiteTexts.objects.update(name="Two")
    log.sync()
    assert name() == "Two"

    SiteTexts.objects.get().delete()
    log.sync()
    assert name() == "Newsroom"


@COMMITTED
def test_what_may_be_taken_back_is_not_kept(log):
    with transaction.atomic():
        actions.say("en", name="Never")
        assert name() == "Never"
        transaction.set_rollback(True)

    assert name() == "Newsroom"


@COMMITTED
def test_a_page_of_a_replica_that_is_ahead_of_the_log_does_not_get_what_is_kept(log, monkeypatch):
    assert name() == "Newsroom"
    actions.say("en", name="Newer")

    assert name() == "Newsroom"
    with monkeypatch.context() as ahead:
        ahead.setattr(replicas, "horizon", lambda: log.horizon + 1_000_000)
        assert name() == "Newer"


@pytest.mark.django_db
def test_a_request_asks_once_where_nobody_follows_the_log():
    def view(request):
        with asked(1):
            return name(), name()

    assert SiteMiddleware(view)(RequestFactory().get("/")) == ("Newsroom", "Newsroom")
    with asked(2):
        assert name() == name()


@pytest.mark.django_db
def test_what_is_at_hand_costs_no_question():
    actions.say("en", name="One")

    with asked(0):
        assert reading.at_hand("en").name == "Newsroom"
    with kept.for_request():
        name()
        with asked(0):
            assert reading.at_hand("en").name == "One"
