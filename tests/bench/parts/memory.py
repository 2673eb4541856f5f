"""How much memory one web process takes after it has answered with very many pages, each once."""

import http.client
import time
from concurrent.futures import ThreadPoolExecutor

from tests.bench import procfs, report
from tests.bench.failures import NotMeasured
from tests.bench.servers import HOST, Server, granian
from tests.bench.sites import Site
from tests.bench.story import CACHED, SITE

READERS = 4
BATCH = 500
STEPS = (0.01, 0.1, 0.25, 0.5, 1)
"""After which shares of all pages the memory is looked at."""


def measure(stage):
    """Return the table."""
    pages = stage.options["pages"]
    stage.say(f"Making a site of {pages:,} stories …")
    site = Site.create(stage.postgres, "memory", folder=stage.folder, **SITE)
    site.manage("collectstatic", "--noinput", "-v", "0")
    site.manage("make_bench_data", str(pages))
    paths = site.manage("list_pages", str(pages), capture=True).split()
    command, port = granian("newsroom.wsgi:application", workers=1)
    server = stage.until_the_part_ends(
        Server(
            "memory", command, port=port, folder=site.folder, environment=site.environment(**CACHED)
        )
    ).wait()
    found = _asked(stage, server, paths)
    stage.figures["memory"] = found[-1][3] / 1e6
    return f"{_table(found)}\n\n{_conditions(paths)}"


def _asked(stage, server, paths):
    """Return (pages, seconds, memory, most memory) after each step."""
    found, begun = [], time.monotonic()
    [worker] = server.workers
    steps = {max(1, int(len(paths) * step)) for step in STEPS}
    for start in range(0, len(paths), BATCH):
        stops = [step for step in steps if start < step <= start + BATCH]
        _ask(server.port, paths[start : start + BATCH])
        if stops:
            number = min(start + BATCH, len(paths))
            now, most = (procfs.memory(worker, name) for name in ("VmRSS", "VmHWM"))
            found.append((number, time.monotonic() - begun, now, most))
            stage.say(f"{number:,} of {len(paths):,} pages …")
    return found


def _ask(port, paths):
    """Let several readers ask for these pages, and return when all have been answered."""
    with ThreadPoolExecutor(READERS) as pool:
        for failed in pool.map(_read, [(port, paths[n::READERS]) for n in range(READERS)]):
            if failed:
                raise NotMeasured(failed)


def _read(work):
    """Ask for pages one after the other; return what went wrong, or nothing."""
    port, paths = work
    connection = http.client.HTTPConnection(HOST, port, timeout=60)
    for path in paths:
        connection.request("GET", path, headers={"Accept-Encoding": "br"})
        answer = connection.getresponse()
        answer.read()
        status = answer.headers.get("Cache-Status", "")
        if answer.status != 200 or "stored" not in status:
            return f"{path} answers {answer.status} with Cache-Status {status!r}"
    connection.close()
    return ""


def _table(found):
    head = ["pages", "MB now", "MB at most", "pages a second so far"]
    rows = [
        [f"{pages:,}", f"{now / 1e6:.0f}", f"{most / 1e6:.0f}", f"{pages / seconds:,.0f}"]
        for pages, seconds, now, most in found
    ]
    return report.markdown(head, rows)


def _conditions(paths):
    return (
        f"{len(paths):,} different stories, each asked for once by {READERS} readers at a time: "
        "rendered, compressed, kept in memory and in files. One worker process of granian with the "
        f"default of PAGE_CACHE_MEMORY; memory of that process, as Linux counts it (VmRSS, VmHWM). "
        f"{report.version('granian')}; {report.machine()}."
    )
