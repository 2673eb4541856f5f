"""How long it takes from a publication to the new bytes from every process and edge."""

import http.client
import threading
import time
from statistics import median

from tests.bench import report
from tests.bench.desk import Desk
from tests.bench.failures import NotMeasured
from tests.bench.fronts import Nginx, Varnish
from tests.bench.served import CACHED, ServedSite
from tests.bench.servers import HOST

TIMEOUT = 20
BETWEEN = 0.005
"""Seconds between two looks of one reader."""

STORIES = 1000
ONE_PROCESS = {"workers": 1}


def measure(stage):
    """Return the table."""
    stage.say("Making a site for changes …")
    site, failures = ServedSite(stage, "changes"), {}
    site.site.manage("make_bench_data", str(STORIES))
    first, second = (
        site.serve(name, flags=ONE_PROCESS, **CACHED) for name in ("process 1", "process 2")
    )
    ports = {"web process 1": first.port, "web process 2": second.port}
    for name, start in {
        "nginx, page store": lambda: _nginx(stage, site, first.port),
        "Varnish": lambda: _varnish(stage, site, second.port),
    }.items():
        try:
            ports[name] = start()
        except NotMeasured as error:
            failures[name] = str(error)
    edges = f"varnish://{HOST}:{ports['Varnish']}" if "Varnish" in ports else ""
    site.keep_pages(**CACHED, EDGES=edges)
    waits, verbs = _waits(stage, site, ports)
    everywhere = [max(seconds) for seconds in zip(*waits.values(), strict=True)]
    stage.figures["publish"] = report.percentile(everywhere, 99)
    return "\n\n".join(
        [
            _table(waits | {"all of them": everywhere}),
            *report.not_measured(failures),
            _conditions(stage, verbs),
        ]
    )


def _nginx(stage, site, port):
    nginx = Nginx(site.folder, site_port=port, name="changes")
    return stage.until_the_part_ends(nginx).store


def _varnish(stage, site, port):
    varnish = Varnish(site.folder, site_port=port, name="changes")
    return stage.until_the_part_ends(varnish).port


def _waits(stage, site, ports):
    """Return name -> seconds from each publication to its headline, and the seconds that publishing took."""
    waits, verbs = {name: [] for name in ports}, []
    with Desk(site.site) as desk:
        path = desk.list_path
        for number in range(stage.options["changes"]):
            headline = f"Story {number} of a benchmark"
            readers = [Reader(name, port, path, headline) for name, port in ports.items()]
            begun, done = desk.publish(headline)
            for reader in readers:
                waits[reader.name].append(reader.seen_at() - begun)
            verbs.append(done - begun)
            if number % 10 == 0:
                stage.say(f"{number} of {stage.options['changes']} changes …")
            time.sleep(0.05 * (number % 7))
    return waits, verbs


class Reader(threading.Thread):
    """Looks at one page, again and again, until it holds some words; asks once before anything changes."""

    def __init__(self, name, port, path, words):
        super().__init__(daemon=True, name=name)
        self.connection = http.client.HTTPConnection(HOST, port, timeout=10)
        self.path, self.words, self.seen, self.wrong = path, words.encode(), None, None
        if self._looks():
            raise NotMeasured("the page shows a story before it is published")
        self.start()

    def run(self):
        deadline = time.monotonic() + TIMEOUT
        while time.monotonic() < deadline and not self.wrong:
            if self._looks():
                self.seen = time.monotonic()
                break
            time.sleep(BETWEEN)
        self.connection.close()

    def seen_at(self):
        """Return the moment at which the words were there."""
        self.join()
        if self.seen is None:
            reason = self.wrong or f"the new bytes did not come within {TIMEOUT} s"
            raise NotMeasured(f"{self.name}: {reason}")
        return self.seen

    def _looks(self):
        try:
            self.connection.request("GET", self.path)
            answer = self.connection.getresponse()
            body = answer.read()
        except (OSError, http.client.HTTPException) as error:
            self.wrong = f"the page could not be read: {error}"
            return False
        if answer.status != 200:
            self.wrong = f"the page answered {answer.status} meanwhile"
        return self.words in body


def _table(waits):
    head = ["new bytes from", "p50 s", "p99 s", "longest s"]
    rows = [
        [
            name,
            *(
                f"{value:.2f}"
                for value in (median(seconds), report.percentile(seconds, 99), max(seconds))
            ),
        ]
        for name, seconds in waits.items()
    ]
    return report.markdown(head, rows)


def _conditions(stage, verbs):
    return (
        f"{stage.options['changes']} stories, each published by the verb in a process of its own, and "
        f"looked for every {BETWEEN * 1000:.0f} ms on the page of its region, from the call of the "
        f"verb on, which itself took {median(verbs):.2f} s (median). Two web servers of one process "
        f"each on one folder of pages, nginx with its page store, Varnish before the second, and "
        f"keep_pages. {report.version('nginx')}, {report.version('varnishd')}; {report.machine()}."
    )
