"""What questions to search take as the archive grows: the statement of the index, eight at a time."""

import json

from tests.bench import questions, report
from tests.bench.sites import Site

SMALLEST = 10_000
"""Smaller archives say nothing."""


def measure(stage):
    """Return the table, with its conditions."""
    found = {}
    for size in (size for size in stage.options["sizes"] if size >= SMALLEST):
        stage.say(f"Making an index of {size:,} stories …")
        site = Site.create(stage.postgres, f"search{size}", folder=stage.folder)
        runs = str(stage.options["runs"] * stage.options["rounds"])
        found[size] = json.loads(
            site.manage("measure_search", str(size), "--runs", runs, capture=True)
        )
    return f"{table(found)}\n\nMilliseconds of the index, {questions.AT_A_TIME} at a time; {report.machine()}."


def table(found):
    """Return a Markdown table of `found[size][question]`, sorted milliseconds."""
    head = ["question"]
    for size in found:
        head += [f"p50 at {report.short(size)}", f"p95 at {report.short(size)}"]
    rows = []
    for kind in questions.QUESTIONS:
        row = [kind]
        for times in (some[kind] for some in found.values()):
            row += [f"{_part(times, part):.1f}" for part in (0.5, 0.95)]
        rows.append(row)
    return report.markdown(head, rows)


def _part(times, part):
    return times[min(len(times) - 1, int(len(times) * part))]
