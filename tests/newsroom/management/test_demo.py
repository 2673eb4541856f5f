"""The site that runs with one command: its port, its editor, its two processes."""

import io
import signal
import socket
import stat
import subprocess
import sys
import time
from unittest.mock import patch

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command

from newsroom.management import demo
from tests.house_rules.source import ROOT
from tests.newsroom import process
from tests.waiting import SECONDS


@pytest.fixture
def taken():
    with socket.socket() as held:
        held.bind((demo.HOST, 0))
        held.listen()
        yield held.getsockname()[1]


@pytest.fixture
def free():
    with socket.socket() as probe:
        probe.bind((demo.HOST, 0))
        return probe.getsockname()[1]


def test_a_port_is_free_or_taken(taken, free):
    assert demo.refusal(taken) == "Address already in use"
    assert demo.refusal(free) == ""


def test_a_port_in_use_is_told_before_anything_is_done(taken):
    with pytest.raises(CommandError, match=rf"Port {taken} .*\(Address already in use\).*PORT=\d+"):
        call_command("demo", port=taken)


@pytest.mark.parametrize("port", ["0", "-1", "65536", "99999", "9" * 5000, "http", "", "８０００"])
def test_what_is_no_port_is_told_before_anything_is_done(port):
    with pytest.raises(CommandError, match="is no port: give a number from 1 to 65535"):
        call_command("demo", port=port)


@pytest.mark.django_db
def test_the_demo_says_at_its_end_how_to_begin_a_site_of_ones_own(monkeypatch, var, free):
    monkeypatch.setattr(demo, "run", lambda port, tell: tell(f"http://127.0.0.1:{port}/"))
    said = io.StringIO()

    with patch("articles.management.commands.demo.call_command"):
        call_command("demo", port=free, stdout=said)

    assert "A site of your own: `make start`" in said.getvalue().splitlines()[-1]


@pytest.fixture
def var(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    return tmp_path


@pytest.mark.django_db
def test_the_editor_is_made_once_and_keeps_the_password(var):
    first, second = demo.editor_password(), demo.editor_password()

    editor = get_user_model().objects.get()
    assert first == second
    assert editor.check_password(first)
    assert (editor.is_staff, editor.is_superuser) == (True, True)
    assert stat.S_IMODE((var / "demo-password").stat().st_mode) == 0o600


@pytest.mark.django_db
def test_an_editor_of_ones_own_is_left_alone(var):
    own = get_user_model().objects.create_user("editor", password="chosen")

    assert demo.editor_password() == ""

    own.refresh_from_db()
    assert own.check_password("chosen")
    assert not own.is_superuser


@pytest.mark.django_db
def test_a_new_database_gets_a_new_editor(var):
    first = demo.editor_password()
    get_user_model().objects.all().delete()

    second = demo.editor_password()

    assert first != second
    assert get_user_model().objects.get().check_password(second)


SLEEPERS = """
import signal, sys
from newsroom.management import demo
signal.signal(signal.SIGHUP, signal.SIG_DFL)  # whoever runs the tests may have ignored it
stop = demo.Stop()
processes = demo.side_by_side([[sys.executable, "-c", "import time; time.sleep(60)"]] * 2)
print(*(each.pid for each in processes), flush=True)
demo.wait_until_up(1, processes, stop) if "starting" in sys.argv else None
print(demo.serve(processes, stop), *(each.poll() is not None for each in processes))
"""


@pytest.mark.parametrize("moment", ["starting", "running"])
@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_ends_both_processes_at_any_moment(tmp_path, sent, moment):
    command = [sys.executable, "-c", SLEEPERS, moment]
    options = {"cwd": ROOT, "env": process.environment(tmp_path), "text": True}

    with subprocess.Popen(command, stdout=subprocess.PIPE, **options) as running:
        running.stdout.readline()
        running.send_signal(sent)
        said = running.stdout.read().split()

    assert said == ["True"] * 4


def test_both_processes_end_with_one_that_is_killed(tmp_path):
    command = [sys.executable, "-c", SLEEPERS, "running"]
    options = {"cwd": ROOT, "env": process.environment(tmp_path), "text": True}

    with subprocess.Popen(command, stdout=subprocess.PIPE, **options) as running:
        running.stdout.readline()
        running.kill()

        # The pipe ends when the last process that holds it has ended.
        assert running.stdout.read() == ""


def test_who_was_started_to_outlive_the_terminal_does(monkeypatch):
    monkeypatch.setattr(signal, "signal", lambda number, _handler: handled.add(number))
    monkeypatch.setattr(signal, "getsignal", lambda _number: signal.SIG_IGN)
    handled = set()

    demo.Stop()

    assert handled == {signal.SIGINT, signal.SIGTERM}


def test_the_end_of_one_process_is_the_end_of_the_other(monkeypatch):
    class Stop:
        asked = False

    short, long = (
        subprocess.Popen([sys.executable, "-c", f"import time; time.sleep({seconds})"])
        for seconds in (0, 10 * SECONDS)
    )
    begun = time.monotonic()

    assert not demo.wait_until_up(1, [short, long], Stop())
    assert demo.serve([short, long], Stop()) is False

    assert time.monotonic() - begun < SECONDS
    assert long.poll() is not None


STUBBORN = """
import signal, subprocess, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
if len(sys.argv) > 1:
    held = subprocess.Popen([sys.executable, "-c", sys.argv[1]], stdout=sys.stdout)
print("up", flush=True)
time.sleep(60)
"""


def test_what_a_process_has_started_ends_with_it(monkeypatch):
    class Stop:
        asked = True

    monkeypatch.setattr(demo, "TIMEOUT", 0.2)
    with subprocess.Popen(
        [sys.executable, "-c", STUBBORN, STUBBORN],
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as running:
        running.stdout.readline()
        running.stdout.readline()

        assert demo.serve([running], Stop()) is True

        # The pipe ends when the last process that holds it has ended.
        assert running.stdout.read() == ""
