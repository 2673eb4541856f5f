"""Prepare the process before Django's settings are read, then guard what every test may do."""

import atexit
import gc
import os
import shutil
from itertools import count
from pathlib import Path

import django
import pytest
from django.template.base import Template
from django.test import SimpleTestCase
from hypothesis import settings as hypothesis_settings

from tests import chromium, network, samples
from tests.environment import Environment

# At import, not in a hook: conftest files further down import models.
environment = Environment()
# Not pytest_unconfigure: that is not called when the set-up below fails.
atexit.register(environment.stop)
environment.start()
django.setup()
network.block()
# To look for garbage as often as Python does takes a tenth of the time of all tests.
gc.set_threshold(100_000, 20, 50)

NUMBERS = count(1)
RENDER = Template._render  # before Django puts another in its place for tests

# Two cores that are shared make times uncertain, so no deadline for one example.
hypothesis_settings.register_profile("newsroom", deadline=None, derandomize="CI" in os.environ)
hypothesis_settings.load_profile("newsroom")


def pytest_report_header():
    return f"database: {os.environ['DATABASE_URL'].partition(':')[0]}; browser: {chromium.path()}"


def pytest_xdist_auto_num_workers():
    """Run as many processes as there are processors; `make test` has two such runs, so that nobody waits for a test that waits."""
    return os.cpu_count() or 1


@pytest.hookimpl(wrapper=True)
def pytest_collection():
    """Look for no garbage while tests are collected, of which nothing is any: it takes a quarter of that time."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.enable()


TOGETHER = (
    "tests/deploy/",
    "tests/newsroom/pagecache/test_outages.py",
    "tests/newsroom/test_interface_languages.py",
    "tests/articles/test_paper.py",
    "tests/articles/test_plans.py",
    "tests/test_postgres.py",
    "tests/articles/views/test_query_counts.py",
    "tests/articles/views/test_search.py",
    "tests/articles/pages/search/test_page.py",
)
"""Modules of which one process runs all: what they share, such as a server or an archive, is made once."""

FIRST = (*TOGETHER, "tests/articles/test_exactness.py", "tests/e2e/test_every_page.py")
"""What takes long, so that no process is still at it when the others have nothing left to do."""


def pytest_xdist_make_scheduler(config, log):
    """Hand out tests one by one, but those of some modules together."""
    # Here, because only the process that hands out needs it.
    from xdist.scheduler import LoadScopeScheduling

    class Scheduling(LoadScopeScheduling):
        def _split_scope(self, nodeid):
            path = nodeid.partition("::")[0]
            return path if path.startswith(TOGETHER) else nodeid

    return Scheduling(config, log)


WITH_DATABASE = {"db", "transactional_db", "live_server", "servers"}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config, items):
    """Mark what needs to run on one database only, choose among the browser tests, and put first what takes long."""
    items.sort(key=lambda item: not item.nodeid.startswith(FIRST))
    for item in items:
        if not touches_database(item) and not item.get_closest_marker("e2e"):
            item.add_marker("once")
    _without_browser(config, items)


def touches_database(item):
    """Return whether a test may use the database of the run; pytest-django lets no other do so."""
    is_case = item.cls is not None and issubclass(item.cls, SimpleTestCase)
    fixtures = WITH_DATABASE & set(item.fixturenames)
    return bool(is_case or fixtures or item.get_closest_marker("django_db"))


def _without_browser(config, items):
    """Take the browser tests out of a run that has no browser, if it need not have one."""
    if chromium.path() or chromium.required():
        return
    browser_tests = [item for item in items if item.get_closest_marker("e2e")]
    config.hook.pytest_deselected(items=browser_tests)
    items[:] = [item for item in items if item not in browser_tests]


def pytest_terminal_summary(terminalreporter, config):
    expression = config.getoption("markexpr")
    if not samples.FOLDER.exists():
        terminalreporter.write_line(
            "NOT READ: the sample files, which lie beside the project and not in it; files of our own were.",
            yellow=True,
        )
    if not chromium.path() and not chromium.required() and "not e2e" not in expression:
        terminalreporter.write_line(
            "NOT RUN: the browser tests, for want of Chromium "
            "(Debian: apt install chromium-headless-shell; elsewhere: CHROMIUM=/path/to/it)",
            red=True,
            bold=True,
        )


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings):
    """Have the tables of the test database made in one process of the run alone."""
    # Here, because it looks at Django's commands.
    from tests import tables

    tables.share()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Give all tests the categories of the demo, and watch every statement from then on; see sqlguard.py and flushing.py."""
    # Here, because they look at models.
    from articles.management import demo_categories
    from newsroom.languages import with_columns
    from newsroom.pagecache.models import Purge
    from tests import flushing, sqlguard

    with django_db_blocker.unblock():
        # A site whose languages are drawn begins with none, see tests/articles/exactness/drawn.py.
        if {*demo_categories.LANGUAGES} <= {*with_columns()}:
            demo_categories.create()
        Purge.objects.all().delete()
    sqlguard.watch_every_connection()
    flushing.keep_what_migrations_made()


@pytest.fixture(scope="session", autouse=True)
def _nothing_of_templates_is_recorded(django_test_environment):
    """Let a template be rendered as on the site: Django's tests keep a copy of what each saw, a sixth of a form's time.

    What a view gave its template is in `response.context_data`.
    """
    Template._render = RENDER


@pytest.fixture(autouse=True)
def media_folder(settings):
    """Give each test a folder for uploads of its own, which is there as soon as something is in it."""
    folder = Path(os.environ["VAR_DIR"], "uploads", f"{os.getpid()}-{next(NUMBERS)}")
    settings.MEDIA_ROOT = folder
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def tasks_run_at_once(settings):
    """Do queued work at the moment it is queued, in this thread."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}


@pytest.fixture(scope="session")
def s3():
    """An S3 server of this machine with an empty bucket."""
    # Here, because it is long to import and few tests need it.
    from tests import bucket

    with bucket.served() as server:
        yield server


@pytest.fixture
def bucket(s3):
    """A bucket that is empty."""
    yield s3
    s3.empty()


@pytest.fixture
def in_bucket(bucket, settings, monkeypatch):
    """Keep media in a bucket, as MEDIA_STORAGE does."""
    from newsroom import env
    from tests.bucket import VARIABLES

    for name, value in VARIABLES.items():
        monkeypatch.setenv(name, value)
    settings.MEDIA_URL = bucket.media_url
    settings.STORAGES = settings.STORAGES | {"default": env.media_storage(bucket.media_storage)}
    return bucket


@pytest.fixture(scope="session")
def servers(django_db_setup, django_db_blocker):
    """A primary of its own with the tables of the test database, and its streaming replica."""
    from tests.newsroom import replicated

    if not replicated.is_possible():
        pytest.skip("only PostgreSQL has replicas")
    with django_db_blocker.unblock(), replicated.servers() as pair:
        yield pair


@pytest.fixture
def primary(servers):
    yield servers[0]
    servers[0].restore()


@pytest.fixture
def replica(servers, monkeypatch):
    """A replica that runs and follows, and that is asked again soon after it failed."""
    from newsroom.db import replicas

    monkeypatch.setattr(replicas, "_resting", {})
    monkeypatch.setattr(replicas, "REST", 0.3)
    yield servers[1]
    servers[1].restore()
    servers[1].resume()


@pytest.fixture(autouse=True)
def _fresh_site():
    """Let no test see what another one has had kept."""
    # Here, because it is code of the site.
    from newsroom.site import kept

    kept.forget()
