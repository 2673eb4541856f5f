"""What questions to search take as the archive grows: the statement of the index, eight at a time."""

import json

from tests.bench import questions, report
from tests.bench.sites import Site

SMALLEST = 10_000
"""Smaller archives say nothing."""


def measure(stage):
    """Return the table, with its conditions."""
    by_size = {}
    for size in (size for size in stage.options["sizes"] if size >= SMALLEST):
        stage.say(f"Making an index of {size:,} stories …")
        site = Site.create(stage.postgres, f"search{size}", folder=stage.folder)
        runs = str(stage.options["runs"] * stage.options["rounds"])
        by_size[size] = json.loads(
            site.manage("measure_search", str(size), "--runs", runs, capture=True)
        )
    return (
        f"{table(by_size)}\n\nMilliseconds of the index, {questions.AT_A_TIME} at a time; CPU is the processor time of one "
        f"question, in the database and in Python, without a wait; {report.machine()}."
    )


def table(by_size):
    """Return a Markdown table of `by_size[size]`, with the sorted "times" and the "costs" of each question."""
    head = ["question"]
    for size in by_size:
        head += [f"{figure} at {report.short(size)}" for figure in ("p50", "p95", "CPU")]
    rows = []
    for kind in questions.QUESTIONS:
        row = [kind]
        for some in by_size.values():
            row += [f"{_part(some['times'][kind], part):.1f}" for part in (0.5, 0.95)]
            row.append(f"{some['costs'][kind]:.1f}")
        rows.append(row)
    return report.markdown(head, rows)


def _part(times, part):
    return times[min(len(times) - 1, int(len(times) * part))]
