"""What the sitemaps cost as the archive grows: in time, and in memory of the process that answers."""

import json

from tests.bench import report
from tests.bench.sites import Site


def measure(stage):
    """Return the table, with its conditions."""
    by_size = {}
    for size in stage.options["sizes"]:
        stage.say(f"Making a site of {size:,} stories …")
        site = Site.create(stage.postgres, f"sitemaps{size}", folder=stage.folder)
        site.manage("make_bench_data", str(size))
        by_size[size] = json.loads(site.manage("measure_sitemaps", capture=True))
    return f"{table(by_size)}\n\n{conditions()}"


def table(by_size):
    """Return a Markdown table of `by_size[size][kind]`, as measure_sitemaps writes it."""
    head = ["sitemap", "files", "addresses", "kB", "CPU ms", "MB at most"]
    rows = [
        _row(f"{kind} at {report.short(size)}", some)
        for size, kinds in by_size.items()
        for kind, some in kinds.items()
    ]
    return report.markdown(head, rows)


def conditions():
    return (
        "Uncached, each file in one request, all files one after the other; processor time without the database's; memory of the process, as Linux counts it (VmHWM), "
        f"with Python, Django and the site in it; {report.machine()}."
    )


def _row(name, some):
    sizes = some["sizes"].values()
    return [
        name,
        *(f"{value:,.0f}" for value in (len(sizes), some["addresses"], sum(sizes) / 1000)),
        f"{some['cpu']:,.1f}",
        f"{some['memory'] / 1e6:.0f}",
    ]
