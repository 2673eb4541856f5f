"""What may stand in a link, in JSON and in a header as it is."""

import pytest
from django.core.exceptions import ValidationError

from newsroom.http import address


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("https://example.org", "https://example.org"),
        (" HTTPS://example.org/A?b=1#c ", "https://example.org/A?b=1#c"),
        ("https://example.org:8443/é", "https://example.org:8443/%C3%A9"),
    ],
)
def test_an_address_is_stored_as_a_header_may_have_it(typed, stored):
    assert address.read(typed) == stored
    assert address.read(stored) == stored


@pytest.mark.parametrize(
    "typed", ["http://example.org", "javascript:alert(1)", "//example.org", "example.org", ""]
)
def test_what_does_not_begin_as_an_address_is_told_so(typed):
    with pytest.raises(ValidationError, match="begin it with https://"):
        address.read(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "https://me:secret@example.org/",
        "https://me@example.org/",
        'https://example.org/>;rel="next"',
        "https://example.org/a b",
        "https://example.org/\\evil",
        "https://exa\u202emple.org/",
        "https://example.org/\u200b",
        "https://localhost/",
        "https://example.org:99999/",
        "https://example.org:0/",
        "https://",
    ],
)
def test_what_readers_or_machines_would_take_for_something_else_is_refused(typed):
    with pytest.raises(ValidationError, match="cannot be the address of a page"):
        address.read(typed)


def test_other_schemes_are_taken_where_they_are_named():
    assert address.read("http://example.org/", schemes=address.ELSEWHERE) == "http://example.org/"
