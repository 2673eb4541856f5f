import subprocess
import sys

import pytest

from tests.house_rules.source import ROOT

PROGRAM = """
import os, sys
from tests.tools import both
both.PYTEST = [sys.executable, "-c", '''
import os, sys
database = os.environ["TEST_DATABASE"]
print("on", database, "with", *sys.argv[1:])
sys.exit(4 if database == os.environ.get("FAILS") else 0)
''']
sys.exit(both.main(["-k", "some words"]))
"""


def run(monkeypatch, fails):
    monkeypatch.setenv("FAILS", fails)
    return subprocess.run(
        [sys.executable, "-c", PROGRAM], cwd=ROOT, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize(("fails", "status"), [("", 0), ("sqlite", 4), ("postgresql", 4)])
def test_a_failure_on_either_database_is_one_and_both_are_shown(monkeypatch, fails, status):
    result = run(monkeypatch, fails)

    assert result.returncode == status
    assert "on sqlite with -m not e2e -k some words\n" in result.stdout
    assert "on postgresql with -m not once or both -k some words\n" in result.stdout
