"""How much memory one web process takes after it has answered with very many pages, each once."""

import http.client
import time
from concurrent.futures import ThreadPoolExecutor

from tests.bench import procfs, report
from tests.bench.failures import NotMeasured
from tests.bench.served import CACHED, ServedSite
from tests.bench.servers import HOST

READERS = 4
BATCH = 500
STEPS = (0.01, 0.1, 0.25, 0.5, 1)
"""After which shares of all pages the memory is looked at."""


def measure(stage):
    """Return the table."""
    pages = stage.options["pages"]
    stage.say(f"Making a site of {pages:,} stories …")
    served = ServedSite(stage, "memory")
    served.site.manage("make_bench_data", str(pages))
    paths = served.site.manage("list_pages", str(pages), capture=True).split()
    server = served.serve("memory", flags={"workers": 1}, **CACHED)
    measured = _asked(stage, server, paths)
    stage.figures["memory"] = measured[-1][-1] / 1e6
    return f"{_table(measured)}\n\n{_conditions(paths)}"


def _asked(stage, server, paths):
    """Return (pages, how many of them were kept, seconds, memory, most memory) after each step."""
    measured, kept, begun = [], 0, time.monotonic()
    [worker] = server.workers
    steps = {max(1, int(len(paths) * step)) for step in STEPS}
    for start in range(0, len(paths), BATCH):
        number = min(start + BATCH, len(paths))
        kept += _ask(server.port, paths[start:number])
        if any(start < step <= number for step in steps):
            now, most = (procfs.memory(worker, name) for name in ("VmRSS", "VmHWM"))
            measured.append((number, kept, time.monotonic() - begun, now, most))
            stage.say(f"{number:,} of {len(paths):,} pages …")
    if not kept:
        raise NotMeasured("the page cache kept none of the pages")
    return measured


def _ask(port, paths):
    """Let several readers ask for these pages; return how many were kept for others."""
    with ThreadPoolExecutor(READERS) as pool:
        return sum(pool.map(_read, [(port, paths[n::READERS]) for n in range(READERS)]))


def _read(work):
    """Ask for pages one after the other; return how many were kept."""
    (port, paths), kept = work, 0
    connection = http.client.HTTPConnection(HOST, port, timeout=60)
    for path in paths:
        connection.request("GET", path, headers={"Accept-Encoding": "br"})
        answer = connection.getresponse()
        answer.read()
        if answer.status != 200:
            raise NotMeasured(f"{path} answers {answer.status}")
        kept += "stored" in answer.headers.get("Cache-Status", "")
    connection.close()
    return kept


def _table(measured):
    head = ["pages", "of them kept", "MB now", "MB at most", "pages a second so far"]
    rows = [
        [
            f"{pages:,}",
            f"{kept:,}",
            f"{now / 1e6:.0f}",
            f"{most / 1e6:.0f}",
            f"{pages / seconds:,.0f}",
        ]
        for pages, kept, seconds, now, most in measured
    ]
    return report.markdown(head, rows)


def _conditions(paths):
    return (
        f"{len(paths):,} different stories, each asked for once by {READERS} readers at a time: "
        "rendered, compressed, kept in memory and in files. One worker process of granian with the "
        f"default of PAGE_CACHE_MEMORY; memory of that process, as Linux counts it (VmRSS, VmHWM). "
        f"{report.version('granian')}; {report.machine()}."
    )
