"""The headers of a page: each edge is told in its own words how long it may keep one."""

import pytest

from newsroom.pagecache.serving import answers


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (
            "Surrogate-Key",
            {
                "Surrogate-Control": "max-age=90, stale-if-error=86400",
                "Surrogate-Key": "settings article:1:en",
            },
        ),
        # Cloudflare takes its time from no other header, and Cache-Control says 0 for the sake of browsers.
        (
            "Cache-Tag",
            {
                "CDN-Cache-Control": "max-age=90, stale-if-error=86400",
                "Cache-Tag": "settings,article:1:en",
            },
        ),
        ("", {"Surrogate-Control": "max-age=90, stale-if-error=86400"}),
    ],
)
def test_each_edge_is_told_in_its_own_words(settings, header, expected):
    settings.CACHE_TAG_HEADER = header

    assert dict(answers.for_edges(["settings", "article:1:en"], life=90.9)) == expected


@pytest.mark.parametrize("header", ["Surrogate-Key", "Cache-Tag"])
def test_a_page_with_too_many_tags_is_nobodys_to_keep(settings, header):
    settings.CACHE_TAG_HEADER = header

    ((_name, life),) = answers.for_edges([f"link:{number}:en" for number in range(1000)], life=90)

    assert life == "max-age=0, stale-if-error=0"
