"""A real browser for the tests beside this file: Playwright drives the machine's own Chromium."""

import os
import time
from urllib.parse import urlsplit

import pytest
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import OperationalError, connections
from django.db.backends.signals import connection_created
from playwright.sync_api import expect, sync_playwright

from tests import chromium
from tests.waiting import SECONDS

# The browser's driver runs an event loop in this thread, which Django takes for asynchronous code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

TIMEOUT = 1000 * SECONDS
"""Milliseconds for whatever a test waits for: on a machine with other work a save can take more than five seconds."""

LOCAL = {"localhost", "127.0.0.1", "::1"}


def pytest_collection_modifyitems(items):
    """Mark the tests of this folder, so that none is forgotten."""
    for item in items:
        if "/tests/e2e/" in item.path.as_posix():
            item.add_marker(pytest.mark.e2e)


@pytest.fixture(scope="session")
def browser():
    if not chromium.path():
        pytest.fail("the browser tests need Chromium: install it, or name it in CHROMIUM")
    expect.set_options(timeout=TIMEOUT)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.path(), args=chromium.FLAGS)
        yield browser
        browser.close()


def _wait_for_others(execute, sql, params, many, context):
    """Try a statement again while another connection writes, as SQLite does by itself in a file, but not in memory."""
    for _try in range(TIMEOUT // 50):
        try:
            return execute(sql, params, many, context)
        except OperationalError as error:
            if "table is locked" not in str(error):
                raise
        time.sleep(0.05)
    return execute(sql, params, many, context)


@pytest.fixture(scope="session", autouse=True)
def waiting_for_others():
    """Each thread of the server has a connection to the database in memory: those that write at once wait for each other."""

    def wait(connection, **_told):
        if _wait_for_others not in connection.execute_wrappers:
            connection.execute_wrappers.append(_wait_for_others)

    connection_created.connect(wait, weak=False)
    for connection in connections.all(initialized_only=True):
        wait(connection)
    yield
    connection_created.disconnect(wait)


@pytest.fixture(scope="session")
def live_server():
    """The site with static files as readers get them: as they are written, a first page takes twice as long."""
    # Here and not above: this file is read before Django is set up.
    from tests.e2e import collected

    server = collected.serve()
    yield server
    server.stop()


@pytest.fixture(autouse=True)
def _collected_files(settings):
    from tests.e2e import collected

    collected.collect()
    for name, value in collected.as_settings().items():
        setattr(settings, name, value)


@pytest.fixture
def new_profile(browser, live_server):
    """A function that returns one more empty browser profile, whose addresses may be written without the host."""
    contexts = []

    def new_profile(**how):
        contexts.append(browser.new_context(base_url=live_server.url, **how))
        contexts[-1].set_default_timeout(TIMEOUT)
        return contexts[-1]

    yield new_profile
    for context in contexts:
        context.close()


@pytest.fixture
def context(new_profile):
    """An empty browser profile."""
    return new_profile()


class Complaints(list):
    """What a page complained about: errors of scripts and policies, and calls to other hosts."""

    def listen(self, page):
        page.on("pageerror", lambda error: self.append(f"error: {error}"))
        page.on("console", self._console)
        page.on("request", self._request)
        return page

    def _console(self, message):
        if message.type == "error":
            self.append(f"console: {message.text}")

    def _request(self, request):
        address = urlsplit(request.url)
        if address.scheme in {"http", "https"} and address.hostname not in LOCAL:
            self.append(f"outside: {request.url}")


@pytest.fixture
def complaints():
    """What `page` complained about; a test that expects a complaint clears the list."""
    return Complaints()


@pytest.fixture
def page(context, complaints):
    """A page that must not complain: an error in its console fails the test."""
    yield complaints.listen(context.new_page())

    assert complaints == []


@pytest.fixture
def sign_in(transactional_db, live_server):
    """A function that signs a browser profile in: a `user`, else somebody new who may do everything."""
    # Here and not above: this file is read before Django is set up.
    from django.contrib.sessions.backends.db import SessionStore

    from tests.factories import UserFactory

    def sign_in(context, username="editor", user=None):
        user = user or UserFactory(username=username, is_staff=True, is_superuser=True)
        session = SessionStore()
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session.save()
        cookie = {"name": "sessionid", "value": session.session_key, "url": live_server.url}
        context.add_cookies([cookie])

    return sign_in


@pytest.fixture
def desk(context, page, sign_in):
    """A page of somebody who is signed in and may do everything."""
    sign_in(context)
    return page
