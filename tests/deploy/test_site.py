"""The whole site as deploy/ starts it: from the newsroom to readers, through nginx and Varnish."""

import json
import os
import signal
import sqlite3
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from functools import partial

import pytest

from newsroom.pagecache.stores.files import ASIDE
from tests.deploy import programs
from tests.deploy.machine import obstacle
from tests.deploy.newsroom_site import Site
from tests.deploy.programs import DEPLOY, TIMEOUT, ask, commands, own_command
from tests.house_rules.source import ROOT
from tests.waiting import wait_until

# A run without a marked test has no database, whose tables a fixture takes. Once: the site has a SQLite of its own.
pytestmark = [pytest.mark.django_db, pytest.mark.once]

SECONDS = 1
"""Within which readers everywhere see what the newsroom has done."""

ROUNDS = 10


@pytest.fixture(scope="module")
def ports():
    names = ("http", "https", "cached_http", "cached_https", "varnish", "site")
    return dict(zip(names, programs.free_ports(len(names)), strict=True))


@pytest.fixture(scope="module")
def site(folder, ports, django_db_setup, django_db_blocker):
    made = Site(folder, port=ports["site"], edges=f"varnish://127.0.0.1:{ports['varnish']}")
    with django_db_blocker.unblock():
        made.begin()
    made.run_web()
    yield made
    made.stop()


@pytest.fixture(scope="module")
def routes(folder, ports, site):
    """The ways on which readers come, each a function from a path to an answer."""
    other = ports | {"http": ports["cached_http"], "https": ports["cached_https"]}
    started = [
        programs.varnish(folder, ports=ports),
        programs.nginx(folder, "newsroom.conf", ports=_without(ports, "varnish")),
        programs.nginx(folder, "newsroom-varnish.conf", ports=other),
    ]
    with site.pages_kept():
        yield {
            "site": site.ask,
            "nginx": partial(ask, ports["https"], tls=True),
            "varnish": partial(ask, ports["varnish"], X_Forwarded_Proto="https"),
            "nginx and varnish": partial(ask, other["https"], tls=True),
        }
    for server in started:
        server.stop()


def _without(ports, name):
    return {key: port for key, port in ports.items() if key != name}


def comes_from(answer):
    """Return which caches an answer met, and what they said."""
    return answer.headers.get("cache-status", "")


def warm(routes, path, **headers):
    """Ask on each way until a cache there answers; return that answer of each way."""
    kept = {"nginx": "nginx; hit", "varnish": "varnish; hit", "nginx and varnish": "varnish; hit"}
    kept["site"] = "newsroom; hit"
    answers = {}

    def is_kept(name):
        answers[name] = routes[name](path, **headers)
        return comes_from(answers[name]).endswith(kept[name])

    for name in routes:
        wait_until(partial(is_kept, name))
    return answers


def seconds_until(routes, condition):
    """Return for each way how long it took until its answers were as wished, all asked at once."""
    begun = time.monotonic()

    def measure(route):
        wait_until(lambda: condition(route))
        return time.monotonic() - begun

    with ThreadPoolExecutor(len(routes)) as pool:
        return dict(zip(routes, pool.map(measure, routes.values()), strict=True))


# --- From the newsroom to readers ---


def test_what_is_published_and_withdrawn_is_seen_on_every_way_within_a_second(routes, site):
    site.tell("publish An older story")

    # How long it takes each time is measured elsewhere: here others may have the processors.
    rounds = (_seconds_to_come_and_go(routes, site, f"Story {number}") for number in range(ROUNDS))

    assert any(slowest < SECONDS for slowest in rounds)


def _seconds_to_come_and_go(routes, site, headline):
    warm(routes, "/en/")
    words = headline.encode()
    path = site.tell(f"publish {headline}")
    published = seconds_until(routes, lambda get: words in get("/en/").body)
    warm(routes, path)
    site.tell(f"withdraw {headline}")
    withdrawn = seconds_until(routes, lambda get: get(path).status == 410)
    seconds_until(routes, lambda get: words not in get("/en/").body)
    return max(*published.values(), *withdrawn.values())


def test_nginx_answers_with_the_headers_of_the_site(routes, site):
    path = site.tell("publish A story with headers")
    answers = warm(routes, path)
    own, finished = answers["site"], answers["nginx"]

    ignored = {"server", "date", "connection", "etag", "cache-status", "accept-ranges"}
    # A hint for CDNs, which they send ahead of the page: see docs/decisions/0027-early-hints.md.
    ignored |= {"surrogate-key", "surrogate-control", "last-modified", "link"}
    assert finished.body == own.body
    assert _policies(finished, ignored) == _policies(own, ignored)


def _policies(answer, ignored):
    """Return the headers that count; the order of a policy's parts does not."""
    return {
        name: frozenset(part.strip() for part in value.split(";"))
        for name, value in answer.headers.items()
        if name not in ignored
    }


@pytest.mark.parametrize("encoding", ["br", "gzip"])
def test_every_way_has_the_same_compressed_page(routes, site, encoding):
    path = site.tell(f"publish A story in {encoding}")

    answers = warm(routes, path, Accept_Encoding=encoding).values()

    assert {answer.headers["content-encoding"] for answer in answers} == {encoding}
    assert len({answer.body for answer in answers}) == 1


def test_a_reader_has_a_copy_confirmed_on_every_way(routes, site):
    path = site.tell("publish A story to come back to")
    warm(routes, path)

    def is_confirmed(get):
        return get(path, If_None_Match=get(path).headers["etag"]).status == 304

    # A page can be made anew between the two requests, and has another tag then.
    for get in routes.values():
        wait_until(lambda get=get: is_confirmed(get))


def test_real_static_files_come_compressed(routes):
    css = next((ROOT / "var/static/css").glob("site.*.css")).name

    answer = routes["nginx"](f"/static/css/{css}", Accept_Encoding="br, gzip")

    assert answer.headers["content-encoding"] == "br"
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"


def test_the_admin_is_reached_through_both(routes):
    for name in ("nginx", "nginx and varnish"):
        answer = routes[name]("/admin/login/")

        assert answer.status == 200
        assert b"csrfmiddlewaretoken" in answer.body
        assert "csrftoken" in answer.headers["set-cookie"]


# --- The units ---


@pytest.fixture
def without_systemd():
    """Leave what the real systemd does to its tests, where it can be started."""
    if not obstacle():
        pytest.skip("test_systemd.py shows it")


def test_the_commands_of_the_day_run(without_systemd, site):
    def run(line):
        command = own_command(line)
        return subprocess.run(
            command, cwd=ROOT, env=site.environment, capture_output=True, check=False, timeout=300
        )

    lines = commands(DEPLOY / "systemd/newsroom-daily.service")
    with ThreadPoolExecutor() as pool:
        results = list(pool.map(run, lines))

    assert [(result.returncode, result.stderr) for result in results if result.returncode] == []


def test_what_a_command_by_hand_writes_is_for_nginx_to_read(site):
    kept = os.umask(0o077)
    try:
        said = site.manage("shell", "-v", "0", "-c", "import os; print(oct(os.umask(0)))")
    finally:
        os.umask(kept)

    assert said == "0o27\n"


def test_the_worker_runs(without_systemd, site):
    worker = site.run("newsroom-worker")

    wait_until(lambda: "tarting worker" in worker.log.read_text() or worker.process.poll())
    assert worker.process.poll() is None
    worker.stop()


def test_no_request_fails_while_the_web_server_is_reloaded(without_systemd, site):
    statuses, until = [], time.monotonic() + TIMEOUT
    before = _children(site.started[0].process.pid)
    site.started[0].process.send_signal(signal.SIGHUP)

    while before & _children(site.started[0].process.pid) and time.monotonic() < until:
        statuses.append(site.ask("/en/").status)
    statuses += [site.ask("/en/").status for _each in range(20)]

    assert not before & _children(site.started[0].process.pid)
    assert set(statuses) == {200}


def _children(pid):
    completed = subprocess.run(
        ["pgrep", "-P", str(pid)], capture_output=True, text=True, check=False
    )
    return set(completed.stdout.split())


# --- Without one of them ---


def lasts(is_so):
    """Return whether something is so, each time that it is asked for a while."""
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        if not is_so():
            return False
    return True


def test_nginx_serves_no_pages_that_nobody_keeps_up_to_date(routes, site):
    path = site.tell("publish A story that is kept until a process is killed")
    warm(routes, path)

    site.keeper.process.kill()
    site.keeper.stop()
    site.aside("newsroom-pages", "ExecStopPost")
    site.tell("withdraw A story that is kept until a process is killed")
    alone = routes["nginx"](path)
    # Each process of the web server reads of it by itself.
    wait_until(lambda: lasts(lambda: routes["nginx"](path).status == 410))
    site.keeper = site.run("newsroom-pages")
    seen = []
    wait_until(lambda: seen.append(routes["nginx"](path)) or site.live.is_symlink())
    seen += [routes["nginx"](path) for _each in range(5)]

    assert comes_from(alone).startswith("newsroom; ")
    assert {answer.status for answer in seen} == {410}
    warm(routes, "/en/")


def test_finished_pages_outlive_the_site(routes, site):
    path = site.tell("publish A story that stays")
    wait_until(lambda: _is_told(site))
    warm(routes, path)
    site.started[0].stop()
    try:
        stay = {name: get(path).status for name, get in routes.items() if name != "site"}
        other = routes["nginx"]("/en/archive/")
    finally:
        site.started[0] = site.run_web()

    assert stay == {"nginx": 200, "varnish": 200, "nginx and varnish": 200}
    assert (other.status, other.headers["retry-after"]) == (503, "30")


def test_what_was_purged_softly_stays_while_the_site_is_started_again_in_an_outage(routes, site):
    site.tell("publish A story that is read")
    url = "/en/"
    read = warm(routes, url)["nginx"]
    site.tell("publish A story of the last moment")
    wait_until(lambda: (site.live / "en" / ASIDE).exists())

    with site.without_database():
        site.started[0].stop()
        away = routes["nginx"](url)
        site.started[0] = site.run_web()
        again = [routes["nginx"](url) for _each in range(6)]

    assert comes_from(away) == "nginx; hit; detail=stale"
    assert all(comes_from(answer).startswith("newsroom; hit; detail=stale") for answer in again)
    assert {(answer.status, answer.body) for answer in [away, *again]} == {(200, read.body)}
    wait_until(lambda: b"A story of the last moment" in routes["nginx"](url).body)


def _is_told(site):
    """Return whether Varnish knows all that was purged, and was told twice: it forgets nothing more."""
    path = site.folder.path / "pages" / "edges.json"
    told = json.loads(path.read_text()).values() if path.exists() else ()
    with closing(sqlite3.connect(site.database)) as database:
        ((last,),) = database.execute("SELECT max(clock) FROM pagecache_purge")
    return told and all(clock > last for clock, _moment in told)
