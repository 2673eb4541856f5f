"""deploy/install, deploy/upgrade and deploy/uninstall, one after the other on a machine that begins bare."""

import re
import ssl
import threading
from contextlib import contextmanager
from itertools import cycle

import pytest
from django.db import connection

from tests.deploy import bare_machine
from tests.deploy.machine import obstacle
from tests.deploy.programs import ask, changed
from tests.house_rules.source import ROOT
from tests.newsroom.process import is_one_sentence
from tests.tables import as_sql
from tests.waiting import wait_until

pytestmark = pytest.mark.django_db

HOST = "news.example.org"
CODE = "/usr/local/lib/newsroom"
SETTINGS = "/etc/newsroom.env"
NEW = """
inner = application
def application(environ, start):
    return inner(environ, lambda status, headers, *rest: start(status, [*headers, ("X-Version", "new")], *rest))
"""
WORKER = "deploy/systemd/newsroom-worker.service"
KEEPER = "deploy/systemd/newsroom-pages.service"
IDLE = "[Service]\nExecStart=\nExecStart=/bin/sleep infinity\n"
LAST = max(path.stem for path in (ROOT / "newsroom/users/migrations").glob("0*.py"))
MIGRATION = f"""
from django.db import migrations
class Migration(migrations.Migration):
    dependencies = [("users", "{LAST}")]
    operations = [migrations.RunSQL("create table new (number integer)")]
"""
TIMEOUT = 300
"""Seconds for a whole upgrade on a busy machine."""


@pytest.fixture(scope="module")
def tables(django_db_setup, django_db_blocker):
    """The tables of a site, which only the run on PostgreSQL has: so these tests run once, in it."""
    if connection.vendor != "postgresql":
        pytest.skip("only the run on PostgreSQL has its tables")
    with django_db_blocker.unblock():
        return as_sql()


@pytest.fixture(scope="module")
def machine(tables):
    if words := obstacle():
        pytest.skip(words)
    started = bare_machine.start(tables)
    try:
        with_one_worker(started)
        started.run("sh", "-c", f"echo 127.0.0.1 {HOST} >>/etc/hosts")
        certificates(started)
        yield started
    finally:
        started.stop()


def with_one_worker(machine):
    """Let the web server start one process, as each takes seconds of a processor."""
    path = machine.path("/srv/newsroom/deploy/systemd/newsroom-web.service")
    path.write_text(changed(path.read_text(), {"--workers 2": "--workers 1"}))


def certificates(machine):
    """Make two pairs of certificate and key."""
    options = [
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:P-256",
        "-nodes",
        "-days",
        "9",
    ]
    for name in ("one", "two"):
        files = ["-keyout", f"/opt/{name}.key", "-out", f"/opt/{name}.pem"]
        machine.run("openssl", "req", *options, "-subj", f"/CN={HOST}", *files)


def said(machine, script, *arguments):
    """Return what a script of deploy/ said, which has to succeed."""
    result = machine.call(f"deploy/{script}", *arguments, timeout=TIMEOUT)
    log = machine.call("tail", "-n", "30", "/var/log/newsroom-install.log").stdout
    assert result.returncode == 0, f"{result.stdout}{result.stderr}{log}"
    return result.stdout


def steps(text, word):
    return re.findall(rf"^{word}  +(.+)$", text, re.MULTILINE)


def get(machine, path):
    with machine.network():
        return ask(443, path, tls=True, host=HOST)


# --- Refused ---


def refused(machine, *arguments, script="deploy/install", before=()):
    result = machine.call(*before, script, *arguments)
    assert (result.returncode, result.stdout) == (1, "")
    assert is_one_sentence(result.stderr), result.stderr
    assert not machine.path(CODE).exists()
    assert not machine.path("/var/log/apt-get").exists()
    return result.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "missing"),
        (["https://news.example.org/"], "no host name"),
        (["localhost"], "no host name"),
        ([HOST, "--languages", "en,xx"], "“xx”"),
        ([HOST, "--languages", "en,es,en"], "en twice"),
        ([HOST, "--languages", ","], "none"),
        ([HOST, "--zone", "Mars/Base"], "“Mars/Base”"),
        ([HOST, "--zone", "Europe"], "“Europe”"),
        ([HOST, "--admin", "the chief"], "“the chief”"),
        ([HOST, "--email", "me"], "“me”"),
        ([HOST, "other.example.org"], "One name"),
        ([HOST, "--certificate", "/opt/one.pem"], "come together"),
        ([HOST, "--certificate", "/opt/one.pem", "--key", "/opt/two.key"], "does not fit"),
        (["other.example", "--certificate", "/opt/one.pem", "--key", "/opt/one.key"], "is not for"),
        ([HOST, "--name"], "lacks its value"),
        ([HOST, "--name", "ş" * 81], "80 letters"),
        ([HOST, "--quick"], "no option"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_before_anything_is_done(machine, arguments, words):
    assert words in refused(machine, *arguments)


def test_without_root_nothing_is_done(machine):
    nobody = ["setpriv", "--reuid", "33", "--regid", "33", "--clear-groups"]

    assert "root" in refused(machine, HOST, before=nobody)


def test_another_system_is_refused(machine):
    path = machine.path("/etc/os-release")
    debian = path.read_text()
    path.write_text("ID=fedora\nVERSION_ID=43\n")

    assert "fedora-43" in refused(machine, HOST)

    path.write_text(debian)


def test_the_next_debian_is_the_same(machine):
    path = machine.path("/etc/os-release")
    debian = path.read_text()
    path.write_text("ID=debian\nVERSION_ID=13\n")

    # It comes as far as what it asks of any system.
    assert "no host name" in refused(machine, "not a host")

    path.write_text(debian)


@pytest.mark.parametrize("port", [80, 443, 8000])
def test_a_port_that_is_taken_is_named_with_its_program(machine, port):
    code = f"import socket, time; s = socket.create_server(('', {port})); time.sleep(600)"
    machine.run("systemd-run", "-q", "--unit=other", "/usr/local/bin/python3", "-c", code)
    wait_until(lambda: machine.run("ss", "-Hltn", f"sport = :{port}"))

    assert f"Port {port} is taken by python3" in refused(machine, HOST)

    machine.run("systemctl", "stop", "other")


# --- Installed ---


WANTED = (HOST, "--name", 'A "B" & $C', "--languages", "en,ar")


BROKEN_OFF = """
deploy/install "$@" &
until sleeper=$(pgrep -n -u postgres -x sleep); do sleep 0.2; done
kill $!
kill $sleeper
wait $!
"""


@pytest.fixture(scope="module")
def broken_off(machine):
    """What an install said that was ended in its middle."""
    program = machine.path("/usr/local/bin/createdb")
    whole = program.read_text()
    program.write_text("#!/bin/sh\nexec sleep 300\n")
    result = machine.call("sh", "-c", BROKEN_OFF, "sh", *WANTED, timeout=TIMEOUT)
    program.write_text(whole)
    return result


def test_an_install_that_is_ended_in_its_middle_says_where_it_stopped(broken_off):
    assert broken_off.returncode == 1
    assert "Stopped at “database newsroom”" in broken_off.stderr.splitlines()[-1]
    assert "Password" not in broken_off.stdout


def test_a_bare_machine_becomes_a_server_though_the_first_try_was_broken_off(machine, broken_off):
    (begun,) = re.findall("SECRET_KEY=(.{50,})", machine.path(SETTINGS).read_text())
    text = said(machine, "install", *WANTED)

    assert set(steps(text, "already so")) == set(steps(broken_off.stdout, "done"))
    assert len(re.findall("Password, told only now", text)) == 1
    assert 'A \\"B\\" & \\$C' in machine.path(SETTINGS).read_text()
    assert machine.run("stat", "-c", "%U:%G:%a", SETTINGS) == "root:root:600\n"
    (secret,) = re.findall("SECRET_KEY=(.{50,})", machine.path(SETTINGS).read_text())
    assert secret == begun
    assert secret not in text + machine.run("cat", "/var/log/newsroom-install.log")
    assert "install" in machine.path("/var/log/apt-get").read_text()
    assert HOST in machine.path("/var/log/certbot").read_text()
    assert get(machine, "/en/").status == 200
    assert b"A &quot;B&quot; &amp; $C" in get(machine, "/en/").body


def test_a_second_time_mends_what_is_missing_and_takes_a_certificate_that_is_given(machine):
    machine.path("/etc/nginx/snippets/newsroom-page.conf").unlink()
    mine = machine.path("/etc/nginx/snippets/newsroom-hsts.conf")
    mine.write_text("# mine\n")
    machine.run("systemctl", "stop", "newsroom-backup.timer")

    pair = ("--certificate", "/opt/one.pem", "--key", "/opt/one.key")
    text = said(machine, "install", *pair)

    assert steps(text, "done") == [
        "/etc/nginx/snippets/newsroom-page.conf",
        "units",
        f"certificate of {HOST}",
        "/etc/nginx/sites-available/newsroom.conf",
        f"nginx serves {HOST}",
        "the site answers",
    ]
    assert len(steps(text, "left alone")) == 1
    assert mine.read_text() == "# mine\n"
    assert "Password" not in text
    assert machine.show("newsroom-backup.timer", "ActiveState") == ["active"]
    given = machine.path("/opt/one.pem").read_text()
    # A worker of before the reload may take one more connection.
    with machine.network():
        wait_until(lambda: ssl.get_server_certificate(("127.0.0.1", 443)) == given)


def test_another_name_than_the_servers_is_refused(machine):
    result = machine.call("deploy/install", "other.example.org")

    assert result.returncode == 1
    assert is_one_sentence(result.stderr)


# --- Upgraded ---


@pytest.fixture
def version(machine):
    """Return a function that makes a folder with another version: files -> what is added at the end of each.

    Its worker and its keeper of pages do nothing: what they do is not about upgrades.
    """

    def make(more):
        machine.run("sh", "-ec", "rm -rf /srv/new; mkdir /srv/new; cp -r $(ls -d [!v]*) /srv/new")
        for name, lines in ({WORKER: IDLE, KEEPER: IDLE} | more).items():
            with machine.path(f"/srv/new/{name}").open("a") as file:
                file.write(lines)
        return "/srv/new"

    return make


@contextmanager
def asked_all_the_time(machine):
    """Ask nginx for what the site alone answers, mostly for what costs little, and let it be 200 each time."""
    statuses, ended = [], threading.Event()
    paths = cycle(["/en/search/?q=a", *["/healthz"] * 9])

    def keep_asking():
        while not ended.wait(0.1):
            statuses.append(get(machine, next(paths)).status)

    thread = threading.Thread(target=keep_asking)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()
    assert set(statuses) == {200}


def not_upgraded(machine, folder):
    """Return what is said of a version that is not well, while no request fails."""
    with asked_all_the_time(machine):
        result = machine.call("deploy/upgrade", folder, timeout=TIMEOUT)
    assert result.returncode == 1
    assert machine.show("newsroom-web", "ActiveState") == ["active"]
    assert machine.call("systemctl", "is-active", "newsroom-beside").returncode != 0
    return result.stderr


def revision(machine, folder, name):
    """Let the files of a folder be what the repository of the site calls by this name."""
    git = (
        "git",
        "-c",
        "user.name=a",
        "-c",
        "user.email=a@b.example",
        "-c",
        "core.hooksPath=/dev/null",
    )
    git += ("--git-dir", f"{CODE}/.git", "--work-tree", folder)
    machine.run("git", "init", "-q", CODE)
    machine.run(*git, "add", "--all", "--force")
    machine.run(*git, "commit", "-q", "--no-verify", "-m", name)
    machine.run(*git, "tag", name)


def test_a_new_version_takes_the_place_by_its_name_without_a_request_that_fails(machine, version):
    more = {"newsroom/wsgi.py": NEW, "newsroom/users/migrations/9999_new.py": MIGRATION}
    revision(machine, version(more), "v9")
    with asked_all_the_time(machine):
        text = said(machine, "upgrade", "v9")

    assert get(machine, "/en/search/?q=b").headers["x-version"] == "new"
    assert {"backup", "tables of the database", "health"} <= set(steps(text, "done"))
    assert machine.path(f"{CODE}.before/manage.py").exists()
    assert not machine.path(f"{CODE}.trial").exists()


def test_the_version_before_comes_back_from_where_it_was_put(machine):
    with asked_all_the_time(machine):
        said(machine, "upgrade", f"{CODE}.before")

    assert "x-version" not in get(machine, "/en/search/?q=back").headers
    assert machine.path(f"{CODE}.before/newsroom/wsgi.py").read_text().endswith(NEW)


def test_a_version_that_does_not_start_never_takes_the_place(machine, version):
    words = not_upgraded(machine, version({"newsroom/wsgi.py": "raise SystemExit('not today')\n"}))

    assert "Stopped at “it answers beside the old one”" in words
    assert "The site runs the version from before" in words
    assert "not today" not in machine.path(f"{CODE}/newsroom/wsgi.py").read_text()


def test_a_version_that_is_not_well_in_its_place_goes_back(machine, version):
    words = not_upgraded(machine, version({WORKER: IDLE.replace("infinity", "0.1")}))

    assert "Stopped at “health”" in words
    assert "The site runs the version from before" in words
    assert machine.show("newsroom-worker", "ActiveState", "NRestarts") == ["active", "0"]
    assert "0.1" not in machine.path("/etc/systemd/system/newsroom-worker.service").read_text()
    assert "x-version" not in get(machine, "/en/search/?q=c").headers


@pytest.mark.parametrize("arguments", [[], ["/nowhere"], [CODE], ["--help"], ["v1", "v2"]])
def test_what_is_no_version_is_refused(machine, arguments):
    result = machine.call("deploy/upgrade", *arguments)

    assert (result.returncode, result.stdout) == (1, "")
    assert is_one_sentence(result.stderr)


# --- Put back from a backup ---


def test_a_backup_is_put_back_by_the_lines_of_the_guide(machine):
    # Which the first upgrade has made and verified.
    (made,) = sorted(machine.path("/var/lib/newsroom/backups").glob("*Z.tar"))[-1:]
    told = GUIDE.partition("## Put a backup back")[2].partition("\n## ")[0]
    _verify, stands_aside, _sqlite, back = BLOCK.findall(told)
    machine.run("newsroom", "shell", "-v", "0", "-c", LOST)
    # The guide's makes an empty one, which the stand-in does not.
    machine.path("/usr/local/bin/createdb").write_text(CREATEDB)

    for block in (stands_aside, back):
        lines = re.sub(r"\d{8}T\d{6}Z\.tar", made.name, block)
        result = machine.call("sh", "-ec", lines, timeout=TIMEOUT)
        assert result.returncode == 0, lines + result.stderr

    assert wait_until(lambda: get(machine, "/healthz").status == 200)
    assert logins(machine) == "chief\n"


CREATEDB = '#!/bin/sh\nPGHOST=/run/postgresql exec "$(cat /opt/outside/postgresql)/createdb" "$@"\n'
GUIDE = (ROOT / "docs/howto/run-in-production.md").read_text()
BLOCK = re.compile(r"^```\n(.+?)^```$", re.MULTILINE | re.DOTALL)
LOST = "from newsroom.users.models import User; User.objects.update(username='lost')"


def logins(machine):
    query = "select username from users_user"
    return machine.run("runuser", "-u", "postgres", "--", "psql", "-Atc", query, "newsroom")


# --- Uninstalled ---


def test_what_is_taken_away_leaves_the_data_and_says_where_it_lies(machine):
    text = said(machine, "uninstall")

    assert {"postgresql:///newsroom", "/var/lib/newsroom/media", SETTINGS} <= set(text.split())
    assert not machine.path(CODE).exists()
    assert machine.path(SETTINGS).exists()
    assert machine.path("/var/lib/newsroom/media").exists()
    count = "select count(*) from users_user"
    printed = machine.run("runuser", "-u", "postgres", "--", "psql", "-Atc", count, "newsroom")
    assert printed == "1\n"
    assert machine.call("systemctl", "is-active", "newsroom-web").returncode != 0
