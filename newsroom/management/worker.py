"""A worker that lives through outages, and takes up what a dead one has left.

django-tasks-db marks a task as running and forgets it when its worker is killed. Here a worker says
every few seconds that it is alive, in the row of its task: "started at" is when it was last heard of.
"""

import logging
import threading
import time
from datetime import timedelta

from django.db import Error, InterfaceError, OperationalError, connection, connections
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker as LibraryWorker
from django_tasks_db.models import DBTaskResult

BEAT = 10.0
"""Seconds between two signs of life."""

SILENCE = timedelta(seconds=40)
"""After this long without one, a worker is dead. A few signs may be late: SQLite takes one writer at a time."""

LONGEST_WAIT = timedelta(seconds=15)
"""So long a task may lie without being taken up before somebody is told that no worker runs."""

ATTEMPTS = 3
"""How often a task is begun: one that kills its worker each time would keep it from all others."""

TIMEOUT = 5.0
"""Seconds for which the end of a worker waits for its last sign of life."""

PAUSE = 1.0
"""Seconds for which a database that does not answer is left alone."""

QUIET = 60.0
"""Seconds for which an outage that was logged is not logged again."""

OUTAGE = (OperationalError, InterfaceError)
OUTAGE_PATHS = {f"{error.__module__}.{error.__qualname__}" for error in OUTAGE}
"""As the library writes down what a task has failed with."""

logger = logging.getLogger(__name__)


def is_missing():
    """Return whether tasks wait and no worker is at any."""
    now = timezone.now()
    waiting = DBTaskResult.objects.ready().filter(enqueued_at__lt=now - LONGEST_WAIT)
    at_work = DBTaskResult.objects.running().filter(started_at__gt=now - SILENCE)
    return waiting.exists() and not at_work.exists()


def take_up():
    """Queue again what a dead worker has left; what has killed three of them has failed."""
    left = DBTaskResult.objects.running().filter(started_at__lt=timezone.now() - SILENCE)
    for task in left:
        again(task, "Its worker has died.")


def again(task, reason):
    """Queue a task once more, unless it was begun often enough."""
    fate = {"status": TaskResultStatus.READY, "finished_at": None}
    if len(task.worker_ids) >= ATTEMPTS:
        fate = {
            "status": TaskResultStatus.FAILED,
            "finished_at": timezone.now(),
            "traceback": reason,
        }
    # As it was read: another worker may have done the same meanwhile.
    as_read = DBTaskResult.objects.filter(
        pk=task.pk, status=task.status, worker_ids=task.worker_ids
    )
    if as_read.update(**fate):
        logger.warning("Task %s is now %s: %s", task.pk, fate["status"].lower(), reason)


class Worker(LibraryWorker):
    """The library's, which waits while the database is away, and has a heart."""

    task = None
    told_at = float("-inf")

    def run(self):
        """Work until a signal, or in a batch until nothing is left."""
        stop = threading.Event()
        heart = threading.Thread(target=self._beat, args=[stop], daemon=True)
        heart.start()
        try:
            while self.running and not self._is_done():
                time.sleep(PAUSE)
        finally:
            stop.set()
            # Its statement may wait for a server that says nothing.
            heart.join(timeout=TIMEOUT)

    def _is_done(self):
        """Work; return whether it came to its end, and not to that of the database."""
        try:
            take_up()
            super().run()
        except OUTAGE as error:
            if self.batch:
                raise
            self._tell(error)
            connections.close_all()
            return False
        return True

    def _tell(self, error):
        if time.monotonic() - self.told_at > QUIET:
            logger.warning("The database does not answer: %s", " ".join(str(error).split()))
            self.told_at = time.monotonic()

    def run_task(self, db_task_result):
        """Run a task; one that failed because the database was away is queued again."""
        self.task = db_task_result.pk
        try:
            super().run_task(db_task_result)
        finally:
            self.task = None
        if db_task_result.exception_class_path in OUTAGE_PATHS:
            again(db_task_result, "The database did not answer.")

    def _beat(self, stop):
        while not stop.wait(BEAT):
            try:
                running = DBTaskResult.objects.running().filter(pk=self.task)
                running.update(started_at=timezone.now())
                take_up()
            except Error as error:
                logger.warning("A sign of life failed: %s", " ".join(str(error).split()))
            finally:
                connection.close()
