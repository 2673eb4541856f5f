"""Every kind of page, uncached, on archives of several sizes: what it costs as the archive grows."""

from statistics import median

import psycopg

from tests.bench import report
from tests.bench.sites import Site

LISTS = ("commonest region", "rarest region", "commonest tag", "rarest tag")


def measure(stage):
    """Return the table, with its conditions."""
    options, sizes = stage.options, stage.options["sizes"]
    sites = {size: _filled(stage, size) for size in sizes}
    by_size = _samples(stage, sites)
    stage.figures["lists"] = max(
        _grown(by_size, kind, sizes) for kind in LISTS if kind in by_size[sizes[0]]
    )
    conditions = _conditions(stage.postgres, count=options["runs"] * options["rounds"])
    return f"{table(by_size, sizes=sizes)}\n\n{conditions}"


def table(by_size, *, sizes):
    """Return a Markdown table of `by_size[size][kind]` (Samples), a row for each kind of page."""
    head = [
        "page",
        "queries",
        *(f"SQL ms at {report.short(size)}" for size in sizes),
        "ratio",
        *(f"request ms at {report.short(size)}" for size in sizes),
        "ratio",
        f"CPU ms at {report.short(sizes[-1])}",
        f"blocks at {', '.join(map(report.short, sizes))}",
    ]
    rows = [_row(kind, [by_size[size][kind] for size in sizes]) for kind in by_size[sizes[0]]]
    return report.markdown(head, rows)


def _filled(stage, size):
    stage.say(f"Making a site of {size:,} stories …")
    site = Site.create(stage.postgres, str(size), folder=stage.folder)
    site.manage("make_bench_data", str(size))
    return site


def _samples(stage, sites):
    """Return size -> kind -> Samples; each round measures all sizes, so that all share a bad hour."""
    by_size, rounds = {}, stage.options["rounds"]
    for number in range(1, rounds + 1):
        for size, site in sites.items():
            stage.say(f"Round {number} of {rounds}: {size:,} stories …")
            samples = site.measure(runs=stage.options["runs"])
            if size not in by_size:
                by_size[size] = samples
                continue
            for kind, more in samples.items():
                by_size[size][kind].add(more)
    return by_size


def _row(kind, samples):
    counts = list(dict.fromkeys(str(one.queries) for one in samples))
    return [
        kind,
        " / ".join(counts),
        *_times([median(one.sql) for one in samples]),
        *_times([median(one.wall) for one in samples]),
        f"{median(samples[-1].cpu):.1f}",
        ", ".join(str(one.blocks) for one in samples),
    ]


def _times(medians):
    """Return the milliseconds at each size, and how much the last one is of the first."""
    return [*(f"{value:.1f}" for value in medians), f"{_ratio(medians):.2f}"]


def _grown(by_size, kind, sizes):
    return _ratio([median(by_size[size][kind].sql) for size in sizes])


def _ratio(medians):
    return medians[-1] / medians[0] if medians[0] else 0


def _conditions(server, *, count):
    with psycopg.connect(f"host={server.folder} user=postgres") as connection:
        version = connection.info.parameter_status("server_version")
    return f"Medians of {count} requests, by PostgreSQL {version}; {report.machine()}."
