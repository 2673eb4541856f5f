"""What a story costs that is not kept: the site beside Wagtail with the same story, one request at a time."""

from contextlib import suppress

from tests.bench import report, rounds, servers
from tests.bench.failures import NotMeasured
from tests.bench.targets import Target, ask

SITE, WAGTAIL = "this site", "Wagtail"


def measure(stage):
    """Return the table."""
    story, options, failures = stage.story, stage.options, {}
    server = story.serve("uncached")
    body = ask(server.port, story.path).body
    targets = [Target(SITE, story.path, [server], body)]
    queries = {SITE: story.described["queries"]}
    try:
        wagtail = stage.wagtail
        other = wagtail.serve("wagtail uncached", WAGTAIL_CACHE="0")
        page = ask(other.port, wagtail.path).body
        targets.append(Target(WAGTAIL, wagtail.path, [other], page))
        queries[WAGTAIL] = wagtail.queries
    except NotMeasured as error:
        failures[WAGTAIL] = str(error)
    measured = rounds.measured(
        targets,
        rounds=options["rounds"],
        seconds=options["seconds"],
        connections=1,
        say=stage.say,
    )
    failures |= {name: one.failure for name, one in measured.items() if one.failure}
    whole = {name: one for name, one in measured.items() if one.is_whole}
    lengths = {target.name: len(target.body) for target in targets}
    stage.figures |= _figures(whole, queries)
    return "\n\n".join(
        [_table(whole, queries, lengths), *report.not_measured(failures), _conditions(stage)]
    )


def _figures(measured, queries):
    cpu = {name: report.middle(one.cpu) for name, one in measured.items()}
    third = cpu[SITE] / cpu[WAGTAIL] if {SITE, WAGTAIL} <= cpu.keys() else None
    return {"queries": queries[SITE], "cpu": cpu.get(SITE), "third": third}


def _table(measured, queries, lengths):
    head = ["page by", "queries", "CPU ms a request", "of Wagtail's", "p50 ms", "p99 ms"]
    head += ["bytes sent", "bytes of HTML"]
    base = report.middle(measured[WAGTAIL].cpu) if WAGTAIL in measured else None
    rows = []
    for name, one in measured.items():
        cpu = report.middle(one.cpu)
        times = [f"{report.middle(milliseconds):.1f}" for milliseconds in (one.p50, one.p99)]
        ratio = report.number(base and cpu / base, "{:.2f}")
        sizes = [f"{one.length:,}", f"{lengths[name]:,}"]
        rows.append([name, str(queries[name]), f"{cpu:.1f}", ratio, *times, *sizes])
    return report.markdown(head, rows)


def _conditions(stage):
    options = stage.options
    versions = [report.version("granian")]
    with suppress(NotMeasured):
        versions.append(stage.wagtail.versions)
    return (
        f"One request at a time, medians of {options['rounds']} rounds of {options['seconds']} s in "
        "turn; CPU of the web server's processes, without the database's. Both pages show the same "
        "story in three languages with the same pictures in the same sizes, the whole tree of "
        f"categories and the other stories of its region. {', '.join(versions)}, both with "
        f"`{servers.flags()}`; {report.machine()}."
    )
