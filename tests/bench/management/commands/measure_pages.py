import json
import logging
from dataclasses import asdict
from statistics import median

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from articles.models import Edition
from tests.bench import measuring, plans
from tests.bench.pages import pages
from tests.pages import kept_in_memory


class Command(BaseCommand):
    help = (
        "Measure each kind of public page on the database of this site, which make_bench_data has "
        "filled. `bench` does this at several sizes. --explain shows how PostgreSQL answers instead."
    )

    def add_arguments(self, parser):
        parser.add_argument("--runs", type=int, default=20, help="requests for each page [20]")
        parser.add_argument("--json", action="store_true", help="every sample, for a program")
        parser.add_argument(
            "--explain",
            metavar="WORDS",
            nargs="?",
            const="",
            help="print each statement and its plan, of the pages whose name holds these words",
        )

    def handle(self, *, runs, explain, **options):
        if runs < 1:
            raise CommandError("--runs must be 1 or more.")
        if connection.vendor != "postgresql":
            raise CommandError("Only PostgreSQL is measured: set DATABASE_URL.")
        # Some of the pages are meant to answer 404.
        logging.getLogger("django.request").setLevel(logging.ERROR)
        try:
            all_pages = pages()
        except Edition.DoesNotExist as error:
            raise CommandError("No generated stories here: run make_bench_data first.") from error
        if explain is not None:
            self._explain([page for page in all_pages if explain in page.kind])
        else:
            self._measure(all_pages, runs=runs, as_json=options["json"])

    def _measure(self, wanted_pages, *, runs, as_json):
        try:
            # As a server has it, which follows the log of purges; a command does not.
            with kept_in_memory():
                samples = {page.kind: measuring.measure(page, runs=runs) for page in wanted_pages}
        except measuring.UnexpectedAnswer as error:
            raise CommandError(str(error)) from error
        if as_json:
            self.stdout.write(json.dumps({kind: asdict(one) for kind, one in samples.items()}))
            return
        for kind, one in samples.items():
            times = ", ".join(
                f"{name} {median(getattr(one, name)):.2f}" for name in ("sql", "cpu", "wall")
            )
            counts = f"{one.queries} queries, {one.blocks} blocks"
            self.stdout.write(f"{kind:30} {counts}, ms: {times}")

    def _explain(self, wanted_pages):
        for page in wanted_pages:
            self.stdout.write(f"\n===== {page.kind}: {page.url}")
            for sql, params in measuring.statements(page):
                self.stdout.write(f"\n{connection.ops.compose_sql(sql, params)}")
                self.stdout.write("\n".join(f"    {line}" for line in plans.described(sql, params)))
