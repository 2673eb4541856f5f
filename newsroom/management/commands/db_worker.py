from django.utils.crypto import get_random_string
from django_tasks_db.management.commands import db_worker

from newsroom.management.worker import Worker


class Command(db_worker.Command):
    help = "Do what requests leave to a worker: make renditions of pictures."

    def add_arguments(self, parser):
        parser.add_argument(
            "--batch", action="store_true", help="end when nothing is left to be done"
        )
        parser.add_argument(
            "--interval",
            type=db_worker.valid_interval,
            default=1,
            help="seconds between two looks for a task; default: %(default)s",
        )

    def handle(self, *, verbosity, batch, interval, **options):
        self.configure_logging(verbosity)
        worker = Worker(
            queue_names=["*"],
            excluded_queue_names=[],
            interval=interval,
            batch=batch,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=get_random_string(32),
        )
        worker.configure_signals()
        worker.run()
