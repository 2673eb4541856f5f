import signal
import subprocess
import sys

from tests.house_rules.source import ROOT
from tests.newsroom import process
from tests.waiting import SECONDS


def test_it_ends_when_it_is_asked_to_also_while_it_waits_for_its_database(tmp_path):
    keeper = subprocess.Popen(
        [sys.executable, "manage.py", "keep_pages"],
        cwd=ROOT,
        env=process.environment(tmp_path),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert (
        keeper.stdout.readline() == f"Keeping {tmp_path / 'pages'} up to date; stop with Ctrl+C.\n"
    )
    # systemd's SIGTERM stands beside it in the command, and ends it in tests/deploy/test_systemd.py.
    keeper.send_signal(signal.SIGINT)

    _output, errors = keeper.communicate(timeout=SECONDS)

    assert (keeper.returncode, errors.count("Traceback")) == (0, 0)
