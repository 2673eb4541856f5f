"""The browser itself: that it starts, and that a page's complaints fail a test."""

import pytest

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
