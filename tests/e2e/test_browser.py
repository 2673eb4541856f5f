"""The browser itself: that it starts, and that a page's complaints fail a test; and the server that it asks."""

import threading
import time
from contextlib import closing

import pytest
from django.db import connection

from newsroom.db import locks
from tests.waiting import SECONDS

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_script_that_fails_is_a_complaint(page, complaints):
    page.set_content("<title>News</title><script>undefined.headline</script>")

    assert page.title() == "News"
    assert [complaint.partition(":")[0] for complaint in complaints] == ["error"]
    complaints.clear()


def test_another_host_is_a_complaint(page, complaints):
    page.route("**/*", lambda route: route.abort())
    page.set_content('<img src="https://elsewhere.example/a.png" alt="">')

    assert "outside: https://elsewhere.example/a.png" in complaints
    complaints.clear()


@pytest.mark.once
def test_who_writes_while_another_thread_of_the_server_does_waits():
    order, begun = [], threading.Event()

    def write():
        with closing(connection), locks.writing():
            begun.set()
            time.sleep(0.3)
            order.append("first")

    first = threading.Thread(target=write)
    first.start()
    assert begun.wait(SECONDS)
    with locks.writing():
        order.append("second")
    first.join()

    assert order == ["first", "second"]
