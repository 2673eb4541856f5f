"""The programs in front of the site.

A machine that lacks the programs goes without, except where a run is for everybody.
"""

import pytest

from tests import chromium
from tests.deploy import programs
from tests.deploy.standin import StandIn


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """Add what the services of a machine said to the report of a test that failed."""
    report = yield
    machine = getattr(item, "funcargs", {}).get("machine")
    if report.failed and machine:
        report.sections.append(("journal", machine.journal("--lines=80")))
    return report


@pytest.fixture(scope="module", autouse=True)
def packages():
    """Let no test start that would look for a program in vain."""
    if lacking := programs.missing():
        words = f"these tests need Debian's packages {', '.join(lacking)}"
        (pytest.fail if chromium.required() else pytest.skip)(words)


@pytest.fixture(scope="module")
def site():
    """A stand-in for the site's web server."""
    started = StandIn()
    yield started
    started.stop()


@pytest.fixture
def beside(folder):
    """A stand-in for the new version during an upgrade."""
    started = StandIn(folder.path / "beside")
    yield started
    started.stop()


@pytest.fixture(scope="module")
def folder():
    made = programs.Folder()
    yield made
    made.remove()
