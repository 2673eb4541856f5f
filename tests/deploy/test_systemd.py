"""The units of deploy/systemd, started by the real systemd on a machine of their own, as the guide says."""

import json
import os
import re
import secrets
import shutil
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from datetime import datetime
from functools import partial
from pathlib import Path

import pytest
from django.db import connection

from tests import tables
from tests.deploy import probe
from tests.deploy.desk import Desk
from tests.deploy.machine import Machine, cgroups, obstacle
from tests.deploy.programs import DEPLOY, ask, changed
from tests.docs.pages import section, text_of
from tests.house_rules.source import ROOT
from tests.waiting import SECONDS, wait_until

# A run without a marked test has no database, whose tables a fixture takes. Once: the site has a SQLite of its own.
pytestmark = [pytest.mark.django_db, pytest.mark.once]

LASTING = ("newsroom-web", "newsroom-worker", "newsroom-pages")
FOLDER = "/var/lib/newsroom"
LIVE = f"{FOLDER}/pages/live"

each_lasting = pytest.mark.parametrize("unit", LASTING)


@pytest.fixture(scope="module")
def machine(django_db_setup, django_db_blocker, tmp_path_factory):
    if words := obstacle():
        pytest.skip(words)
    started = Machine()
    try:
        with django_db_blocker.unblock():
            install(started, tmp_path_factory.mktemp("machine"))
        yield started
    finally:
        started.stop()


def install(machine, folder):
    """Install a small site on SQLite, and start its units with the lines of the guide."""
    changes = {
        "DATABASE_URL=postgresql:///newsroom\n": "",
        "SECRET_KEY=\n": f"SECRET_KEY={secrets.token_urlsafe(50)}\n",
    }
    settings = changed((DEPLOY / "newsroom.env").read_text(), changes)
    machine.path("/etc/newsroom.env").write_text(settings)
    machine.path("/etc/newsroom.env").chmod(0o600)
    _settings, *others = re.findall(r"^install -.*$", guide("Settings"), re.MULTILINE)
    for line in others:
        machine.run(*line.split())
    # As make install collects them.
    machine.run("cp", "-r", "var/static", FOLDER)
    make_tables(machine, folder)
    machine.run("sh", "-ec", guide("Processes"))


def make_tables(machine, folder):
    if connection.vendor == "sqlite":
        name = "newsroom.sqlite3"
        tables.into_file(folder / name)
        shutil.copy(folder / name, machine.path(FOLDER))
        machine.run("chown", "newsroom:newsroom", f"{FOLDER}/{name}")
    else:
        machine.run("newsroom", "migrate", "-v", "0")


def guide(heading):
    """Return the lines of a terminal that stand under a heading of the guide."""
    text = section(text_of("reference/server.md"), heading)
    return "\n".join(re.findall(r"^```\n(.*?)^```$", text, re.MULTILINE | re.DOTALL))


@pytest.fixture(scope="module")
def desk(machine):
    """A newsroom in a process of its own, started by hand as the guide says."""
    code = "from tests.deploy.desk import main; main()"
    opened = Desk(machine.command("newsroom", "shell", "-v", "0", "-c", code))
    yield opened
    opened.close()


@pytest.fixture
def web(machine):
    """Ask the web server as a proxy does; it has both its workers by then."""
    wait_until(lambda: is_answering(machine))
    return partial(get, machine)


def get(machine, path):
    with machine.network():
        return ask(8000, path, X_Forwarded_Proto="https")


def is_answering(machine):
    with suppress(OSError):
        return get(machine, "/healthz").status == 200 and len(workers(machine)) == 2


def workers(machine):
    """Return the numbers of the processes that answer requests: they hold the database open."""
    everybody = processes(machine, "newsroom-web")
    return {number for number in everybody if f"{FOLDER}/newsroom.sqlite3" in open_files(number)}


def open_files(number):
    """Return the paths of what a process has open, if it is still there."""
    with suppress(OSError):
        return {os.readlink(link) for link in Path(f"/proc/{number}/fd").iterdir()}
    return set()


@pytest.fixture
def live(machine):
    """The link by which nginx finds pages, once it is there."""
    link = machine.path(LIVE)
    wait_until(link.is_symlink)
    return link


def processes(machine, unit):
    """Return the numbers of a unit's processes."""
    group = machine.path(f"/sys/fs/cgroup/system.slice/{unit}.service")
    return set((group / "cgroup.procs").read_text().split()) if group.exists() else set()


def status(number):
    """Return what the kernel knows of a process."""
    with open(f"/proc/{number}/status") as file:
        return dict(line.rstrip("\n").split(":\t", 1) for line in file)


# --- The machine ---


def test_nothing_is_left_of_a_machine_whose_tests_were_killed(machine):
    code = "from tests.deploy.machine import Machine; print(Machine().number, flush=True); input()"
    tests = subprocess.Popen(
        [sys.executable, "-c", code], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    with tests:
        number = tests.stdout.readline().decode().strip()
        group = Path(cgroups(), re.search(r"^0::/(.+)/", control_groups(number), re.MULTILINE)[1])
        assert (group / "system.slice").exists()
        tests.kill()

    wait_until(lambda: not group.exists())
    assert not Path(f"/proc/{number}").exists()


def control_groups(number):
    return Path(f"/proc/{number}/cgroup").read_text()


# --- What runs ---


@each_lasting
def test_what_the_guide_enables_runs(machine, unit):
    wait_until(lambda: machine.show(unit, "SubState") == ["running"])

    assert machine.show(unit, "UnitFileState", "ActiveState") == ["enabled", "active"]


def test_systemd_has_nothing_to_complain_about(machine, web, live):
    units = [f"--unit={unit}" for unit in LASTING]

    assert machine.run("systemctl", "list-units", "--failed", "--no-legend") == ""
    assert (
        machine.journal("--priority=warning", "--output=cat", *units, "--identifier=systemd") == ""
    )


def test_the_timer_waits_for_the_next_night(machine):
    state, moment = machine.show("newsroom-daily.timer", "ActiveState", "NextElapseUSecRealtime")
    moment = datetime.strptime(moment, "%a %Y-%m-%d %H:%M:%S UTC")

    assert state == "active"
    assert "04:10" <= f"{moment:%H:%M}" <= "04:30"
    assert 0 < moment.timestamp() - time.time() < 25 * 3600


# --- What each unit does ---


def test_pages_are_kept_for_nginx_until_they_are_out_of_date(desk, web, live):
    path = desk.tell("publish A story that goes")
    page = Path(f"{live}{path}.page/index.html")

    def kept():
        with suppress(FileNotFoundError):
            return web(path).status == 200 and modes(page, *page.parents[:2])

    assert wait_until(kept) == {0o640, 0o750}

    desk.tell("withdraw A story that goes")

    wait_until(lambda: not page.exists())
    # The web server's processes read of it by themselves, up to 0.2 seconds later.
    wait_until(lambda: web(path).status == 410)


def modes(*paths):
    """Return what everybody may do with files: nginx reads them as a member of the site's group."""
    return {path.stat().st_mode & 0o777 for path in paths}


def test_the_task_of_the_day_queues_a_picture_and_the_worker_makes_its_renditions(
    machine, desk, web
):
    path = desk.tell("illustrate A story with a picture")
    assert b"/renditions/" not in web(path).body

    machine.run("systemctl", "start", "newsroom-daily")

    assert machine.show("newsroom-daily", "Result", "ActiveState") == ["success", "inactive"]
    assert "Images: 1 queued" in machine.journal("--unit=newsroom-daily")
    wait_until(lambda: b"/renditions/" in web(path).body)
    renditions = machine.path(f"{FOLDER}/media/renditions")
    assert modes(*renditions.rglob("*.*")) == {0o644}
    assert modes(renditions, *renditions.glob("*")) == {0o750}


def test_a_backup_is_made_and_started_and_shows_what_the_site_shows(machine):
    machine.run("systemctl", "start", "newsroom-backup")

    assert machine.show("newsroom-backup", "Result", "ActiveState") == ["success", "inactive"]
    (stored,) = machine.path(f"{FOLDER}/backups").glob("*Z.tar")
    assert modes(stored) == {0o600}
    assert modes(stored.parent) == {0o700}
    assert "It starts, and shows" in machine.journal("--unit=newsroom-backup")


def test_no_request_is_lost_while_the_web_server_gets_new_workers(machine, web):
    (main,), before = machine.show("newsroom-web", "MainPID"), workers(machine)
    statuses, until = [], time.monotonic() + SECONDS

    machine.run("systemctl", "reload", "newsroom-web")
    while before & processes(machine, "newsroom-web"):
        assert time.monotonic() < until
        statuses.append(as_nginx_asks(web, "/en/").status)
    statuses += [web("/en/").status for _each in range(20)]

    assert set(statuses) == {200}
    assert machine.show("newsroom-web", "MainPID", "ActiveState") == [main, "active"]


def as_nginx_asks(web, path):
    """Ask once more if there is no answer: a worker that ends closes a connection on which nothing was sent yet."""
    try:
        return web(path)
    except ConnectionError:
        return web(path)


# --- When a process ends ---


def test_a_service_that_was_killed_is_started_again(machine, web, live):
    before = {unit: machine.show(unit, "MainPID") for unit in LASTING}
    numbers = {unit: processes(machine, unit) for unit in LASTING}

    machine.run("systemctl", "kill", "--kill-whom=main", "--signal=KILL", *LASTING)

    for unit in LASTING:
        wait_until(lambda unit=unit: is_another(machine, unit, before[unit]))
        assert not numbers[unit] & processes(machine, unit)
    wait_until(lambda: is_answering(machine))
    wait_until(live.is_symlink)


def is_another(machine, unit, before):
    state, *main = machine.show(unit, "SubState", "MainPID")
    return state == "running" and main != before


def test_a_worker_of_the_web_server_that_was_killed_is_replaced(machine, web):
    killed = min(workers(machine))

    os.kill(int(killed), 9)

    wait_until(lambda: len(workers(machine) - {killed}) == 2)
    assert web("/en/").status == 200


@contextmanager
def started_afterwards(machine):
    try:
        yield
    finally:
        machine.run("systemctl", "start", *LASTING)


def test_services_that_are_stopped_end_in_peace(machine, web, live):
    with started_afterwards(machine):
        machine.run("systemctl", "stop", *LASTING)

        for unit in LASTING:
            assert machine.show(unit, "ActiveState", "Result") == ["inactive", "success"]
            assert processes(machine, unit) == set()
        assert not live.is_symlink()


def test_nginx_finds_no_pages_when_their_keeper_was_killed(machine, live):
    with started_afterwards(machine):
        machine.run("systemctl", "kill", "--kill-whom=main", "--signal=KILL", "newsroom-pages")
        # Else it would soon be there again.
        machine.run("systemctl", "stop", "newsroom-pages")

        assert not live.is_symlink()


# --- What a unit may not do ---


@each_lasting
def test_every_process_is_the_sites_user_without_any_power(machine, web, live, unit):
    user = machine.run("id", "--user", "newsroom").strip()

    for number in processes(machine, unit):
        fields = status(number)
        assert set(fields["Uid"].split()) == set(fields["Gid"].split()) == {user}
        assert {int(fields[name], 16) for name in fields if name.startswith("Cap")} == {0}
        assert (fields["NoNewPrivs"], fields["Seccomp"]) == ("1", "2")


@each_lasting
def test_a_process_can_write_to_the_sites_folder_and_to_nothing_else_that_lasts(machine, unit):
    wait_until(lambda: processes(machine, unit))

    for number in processes(machine, unit):
        mounts = Path(f"/proc/{number}/mountinfo").read_text().splitlines()
        parts = [line.split() for line in mounts]
        writable = {part[4] for part in parts if part[5].startswith("rw")}
        assert writable - ITS_OWN_OR_THE_KERNELS == {FOLDER}


ITS_OWN_OR_THE_KERNELS = {"/tmp", "/var/tmp", "/dev/shm", "/dev/pts", "/proc"}  # noqa: S108, only names


@pytest.fixture(scope="module")
def tempting(machine):
    """Things in the machine that everybody may look at, and a folder for everybody to write in."""
    for name in probe.HIDDEN[:-1]:
        machine.run("install", "-D", "/dev/null", name)
    machine.run("install", "-d", "-m", "777", probe.OPEN)


def tried(machine, *command):
    """Return how each try of probe.py ended."""
    machine.run(*command)
    return json.loads(machine.path(f"{FOLDER}/tried.json").read_text())


PYTHON = ".venv/bin/python"
PROBE = f"tests/deploy/probe.py {FOLDER}/tried.json"


def test_without_protection_the_sites_user_may_do_all_that(machine, tempting):
    user = "setpriv --reuid newsroom --regid newsroom --init-groups"

    outcomes = tried(machine, *user.split(), PYTHON, *PROBE.split())

    assert {name for name, outcome in outcomes.items() if outcome != "done"} == set()


@pytest.mark.parametrize("unit", [*LASTING, "newsroom-daily"])
def test_a_unit_hides_and_forbids_what_the_site_does_not_need(machine, tempting, unit):
    machine.path("/run/systemd/system/tried.service").write_text(with_probe(unit))
    machine.run("systemctl", "daemon-reload")

    outcomes = tried(machine, "systemctl", "start", "tried")

    assert outcomes.pop("write in its own folder") == "done"
    assert outcomes == {
        "write where everybody may": "EROFS",
        "make a program that runs as its owner": "EPERM",
        "look at /home/somebody": "EACCES",
        "look at /usr/lib/modules/other": "EACCES",
        "look at /dev/other": "ENOENT",
        "look at /tmp/other": "ENOENT",
        "look at /proc/1": "ENOENT",
        "talk to the kernel": "EAFNOSUPPORT",
        "make a namespace": "EPERM",
        "change how programs are loaded": "EPERM",
        "be traced": "EPERM",
    }


def with_probe(unit):
    """Return a unit that does nothing but run the probe, under everything else that it says."""
    lines = (DEPLOY / "systemd" / f"{unit}.service").read_text().splitlines()
    kept = [line for line in lines if not line.startswith(("Exec", "Type", "Restart"))]
    command = f"/usr/local/lib/newsroom/{PYTHON} {PROBE}"
    return changed("\n".join(kept), {"[Service]": f"[Service]\nType=oneshot\nExecStart={command}"})
