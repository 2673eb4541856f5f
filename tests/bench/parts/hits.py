"""Requests a second for one story that is kept: the site, its fronts, and what they are compared with."""

from contextlib import suppress

from tests.bench import report, rounds, servers
from tests.bench.failures import NotMeasured
from tests.bench.fronts import Nginx, Varnish
from tests.bench.served import CACHED
from tests.bench.story import WANTED
from tests.bench.targets import Target, ask

STATIC, STORE, VARNISH = "nginx, a plain file", "nginx, from the page store", "Varnish"
BARE, SITE = "bare WSGI function", "page cache on granian"
WAGTAIL = "Wagtail with wagtail-cache"
CONNECTIONS = 64
MARK = "cache-status"


def measure(stage):
    """Return the table; what cannot be measured stands below it."""
    ready = Ready(stage)
    options = stage.options
    measured = rounds.measured(
        ready.targets,
        rounds=options["rounds"],
        seconds=options["seconds"],
        connections=CONNECTIONS,
        say=stage.say,
    )
    failures = ready.failures | {name: one.failure for name, one in measured.items() if one.failure}
    whole = {name: one for name, one in measured.items() if one.is_whole}
    stage.figures |= _figures(whole)
    return "\n\n".join(
        [_table(whole), *report.not_measured(failures), _conditions(stage, whole, options)]
    )


class Ready:
    """Everything that is put under load, started and answering."""

    def __init__(self, stage):
        self.stage, self.targets, self.failures = stage, [], {}
        story = stage.story
        self.body = story.page()
        self.site = story.serve(SITE, **CACHED)
        self._add(SITE, story.path, [self.site], mark=(MARK, "newsroom; hit"))
        with self._or_named(SITE):
            self.targets[0].warm()
        self.answers = {
            name: ask(self.site.port, story.path, {"Accept-Encoding": accepted})
            for name, accepted in WANTED.items()
        }
        for name, prepare in (
            (BARE, self._bare),
            (STATIC, self._nginx),
            (VARNISH, self._varnish),
            (WAGTAIL, self._wagtail),
        ):
            with self._or_named(name):
                prepare()

    def _add(self, name, path, parties, *, body=None, mark=()):
        self.targets.append(Target(name, path, parties, body or self.body, mark))

    def _or_named(self, name):
        return _Named(self.failures, name)

    def _bare(self):
        story = self.stage.story
        self._add(BARE, story.path, [story.bare(self.site.port)])

    def _nginx(self):
        story = self.stage.story
        nginx = Nginx(story.folder, site_port=self.site.port, name="hits")
        self.stage.until_the_part_ends(nginx)
        story.keep_pages(**CACHED)
        nginx.put(story.path, self.answers)
        self._add(STATIC, story.path, [_Listening(nginx.server, nginx.static)])
        self._add(
            STORE, story.path, [_Listening(nginx.server, nginx.store)], mark=(MARK, "nginx; hit")
        )

    def _varnish(self):
        story = self.stage.story
        varnish = Varnish(story.folder, site_port=self.site.port, name="hits")
        self.stage.until_the_part_ends(varnish)
        self._add(VARNISH, story.path, [varnish], mark=(MARK, "varnish; hit"))

    def _wagtail(self):
        wagtail = self.stage.wagtail
        server = wagtail.serve(WAGTAIL)
        body = ask(server.port, wagtail.path).body
        self._add(
            WAGTAIL,
            wagtail.path,
            [server, wagtail.redis],
            body=body,
            mark=("x-wagtail-cache", "hit"),
        )


class _Named(suppress):
    """Notes what keeps a target from being measured, and lets the others go on."""

    def __init__(self, failures, name):
        super().__init__(NotMeasured)
        self.failures, self.name = failures, name

    def __exit__(self, kind, error, trace):
        if kind and issubclass(kind, NotMeasured):
            self.failures[self.name] = str(error)
        return super().__exit__(kind, error, trace)


class _Listening:
    """A server that listens on more than one port, as one of them."""

    def __init__(self, server, port):
        self.server, self.port = server, port

    @property
    def family(self):
        return self.server.family


def _ratio(measured, name, base):
    if name not in measured or base not in measured:
        return None
    return measured[name].rate / measured[base].rate


def _figures(measured):
    p99 = report.middle(measured[SITE].p99) if SITE in measured else None
    return {
        "bare": _ratio(measured, SITE, BARE),
        "p99": p99,
        "wagtail": _ratio(measured, SITE, WAGTAIL),
        "store": _ratio(measured, STORE, STATIC),
        "varnish": _ratio(measured, VARNISH, STATIC),
    }


def _table(measured):
    head = ["answered by", "requests/s", "of plain nginx", "of bare WSGI", "p50 ms", "p99 ms"]
    head += ["CPU ms a request", "MB of memory", "bytes sent"]
    return report.markdown(head, [_row(name, measured) for name in measured])


def _row(name, measured):
    one = measured[name]
    return [
        name,
        f"{one.rate:,.0f}",
        report.number(_ratio(measured, name, STATIC), "{:.2f}"),
        report.number(_ratio(measured, name, BARE), "{:.2f}"),
        f"{report.middle(one.p50):.2f}",
        f"{report.middle(one.p99):.2f}",
        f"{report.middle(one.cpu):.3f}",
        f"{one.memory / 1e6:.0f}",
        f"{one.length:,}",
    ]


def _conditions(stage, measured, options):
    checks = sum(one.checks for one in measured.values())
    versions = [report.version(name) for name in ("granian", "nginx", "varnishd", "wrk")]
    with suppress(NotMeasured):
        versions.append(stage.wagtail.versions)
    return (
        f"{CONNECTIONS} connections, medians of {options['rounds']} rounds of {options['seconds']} s "
        f"in turn, asked for with the `Accept-Encoding` of browsers. {checks} answers were compared "
        f"byte for byte meanwhile; no request failed. {', '.join(versions)}; granian with "
        f"`{servers.flags()}`; wagtail-cache on Redis; {report.machine()}."
    )
