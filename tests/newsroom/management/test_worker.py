"""The worker: what a dead one has left, and an outage of the database."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import InterfaceError, OperationalError
from django.utils import timezone
from django_tasks import task
from django_tasks_db.management.commands.db_worker import Worker as LibraryWorker
from django_tasks_db.models import DBTaskResult

from newsroom.management import worker
from tests.waiting import wait_until

done = []


@task()
def note(word):
    done.append(word)


@task()
def fail():
    raise OperationalError("the server has gone away")


@task()
def outlive(number):
    """End when a sign of life stands in the row of the task with this number."""
    begun = DBTaskResult.objects.get(pk=number).started_at
    wait_until(lambda: DBTaskResult.objects.get(pk=number).started_at > begun)
    done.append("outlived")


@pytest.fixture(autouse=True)
def queue(settings, transactional_db, monkeypatch):
    # They would be those of the test run.
    monkeypatch.setattr(LibraryWorker, "configure_signals", lambda _worker: None)
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    done.clear()


def row():
    return DBTaskResult.objects.get()


def left(*, seconds, attempts=1):
    """Queue a task that a worker has begun, and said nothing of for so many seconds."""
    note.enqueue("word")
    DBTaskResult.objects.update(
        status="RUNNING",
        started_at=timezone.now() - timedelta(seconds=seconds),
        worker_ids=[f"worker-{number}" for number in range(attempts)],
    )


def work():
    call_command("db_worker", batch=True, interval=0, verbosity=0)


def test_a_task_is_done_once():
    note.enqueue("word")

    work()
    work()

    assert done == ["word"]


def test_what_a_dead_worker_has_left_is_done_within_a_minute():
    left(seconds=45)

    work()

    assert (done, row().status) == (["word"], "SUCCESSFUL")


def test_what_another_worker_is_doing_is_left_to_it():
    left(seconds=25)

    work()

    assert (done, row().status) == ([], "RUNNING")


def test_what_has_killed_three_workers_has_failed():
    left(seconds=45, attempts=3)

    work()

    assert (done, row().status) == ([], "FAILED")
    assert row().finished_at


def test_a_worker_gives_signs_of_life_while_a_task_lasts(monkeypatch):
    monkeypatch.setattr(worker, "BEAT", 0.01)
    number = outlive.enqueue(number="").id
    DBTaskResult.objects.update(args_kwargs={"args": [], "kwargs": {"number": str(number)}})

    work()

    assert done == ["outlived"]


def test_a_task_that_failed_with_the_database_is_begun_again_and_not_for_ever():
    fail.enqueue()

    work()

    assert len(row().worker_ids) == worker.ATTEMPTS
    assert row().status == "FAILED"


@pytest.mark.parametrize("outage", [OperationalError, InterfaceError])
def test_a_worker_waits_while_the_database_is_away(monkeypatch, outage):
    fates = iter([outage("gone"), outage("still gone"), None])

    def run(_worker):
        if fate := next(fates):
            raise fate

    monkeypatch.setattr(worker, "PAUSE", 0)
    monkeypatch.setattr(LibraryWorker, "run", run)

    call_command("db_worker", interval=0, verbosity=0)

    assert next(fates, "at its end") == "at its end"


def test_a_batch_ends_with_a_status_when_the_database_is_away(monkeypatch):
    def run(_worker):
        raise OperationalError("gone")

    monkeypatch.setattr(LibraryWorker, "run", run)

    with pytest.raises(OperationalError):
        work()


def test_a_worker_is_missed_while_a_task_waits_long_and_none_is_at_work():
    note.enqueue("word")
    assert not worker.is_missing()

    DBTaskResult.objects.update(enqueued_at=timezone.now() - worker.LONGEST_WAIT * 2)
    assert worker.is_missing()
    left(seconds=1)
    note.enqueue("other")
    DBTaskResult.objects.update(enqueued_at=timezone.now() - worker.LONGEST_WAIT * 2)
    assert not worker.is_missing()
