"""What four languages cost a site, of all that the code knows, beside code that knows these four."""

import json

from newsroom.languages import LANGUAGES, OF_THE_DEMO
from tests.bench import report
from tests.bench.known import ALL, FEW, STORIES
from tests.bench.sites import Site


def measure(stage):
    """Return the table, with its conditions."""
    measured = {}
    for name in (FEW, ALL):
        stage.say(f"Making a site whose code knows {name} languages …")
        site = Site.create(
            stage.postgres,
            f"known{name}",
            folder=stage.folder,
            LANGUAGES=",".join(OF_THE_DEMO),
        )
        run = lambda *words, site=site, name=name: site.run(  # noqa: E731
            "-m", "tests.bench.known", name, *words, capture=True
        )
        measured[name] = json.loads(run("measure_known")) | {"start": int(run("start"))}
    return (
        f"{table(measured)}\n\n{STORIES} stories in {len(OF_THE_DEMO)} languages, on PostgreSQL. Calls of functions are counted "
        f"by `cProfile` of one use; {report.machine()}."
    )


def table(measured):
    """Return a Markdown table of `measured[FEW]` and `measured[ALL]`."""
    few, whole = measured[FEW], measured[ALL]
    head = ["", f"{len(OF_THE_DEMO)} known", f"{len(LANGUAGES)} known", "ratio"]
    pairs = {f"calls: {use}": (few["calls"][use], whole["calls"][use]) for use in few["calls"]}
    pairs |= {
        "calls: start of a web process": (few["start"], whole["start"]),
        "columns of a story in a process": (few["columns"], whole["columns"]),
        # The database has all of them, whatever the code knows: without them a row is so much shorter.
        "bytes of all stories in the database": (whole["own"], whole["whole"]),
    }
    rows = [
        [name, f"{one:,}", f"{other:,}", f"{other / one:.2f}"]
        for name, (one, other) in pairs.items()
    ]
    return report.markdown(head, rows)
