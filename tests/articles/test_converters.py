"""What may stand in an address."""

import pytest
from django.urls import NoReverseMatch, resolve, reverse
from hypothesis import given, strategies as st

SLUGS = ["a", "a-b", "a_b", "0", "-", "é", "قصة", "日本", "ß" * 100]


def view_of(path):
    return resolve(path).view_name.removeprefix("articles:")


@pytest.mark.parametrize("slug", SLUGS)
def test_a_slug_is_letters_of_any_script_digits_hyphens_and_underscores(slug):
    assert resolve(f"/en/tag/{slug}/").kwargs == {"language": "en", "slug": slug}


@pytest.mark.parametrize(
    "slug", ["", "a b", "a.b", "a/b", "a%b", "a'b", "<b>", "a\n", "\x00", "a?b"]
)
def test_a_slug_is_nothing_else(slug):
    with pytest.raises(NoReverseMatch):
        reverse("articles:tag", kwargs={"language": "en", "slug": slug})


@pytest.mark.parametrize("path", ["a", "a/b", "a/b/c/d"])
def test_a_path_is_slugs_with_one_slash_between(path):
    assert resolve(f"/en/region/{path}/").kwargs["path"] == path


@pytest.mark.parametrize("path", ["/a", "a//b", "a/", "a/../b", "a/ /b"])
def test_a_path_is_nothing_else(path):
    assert view_of(f"/en/region/{path}/") == "old_address"


@given(st.integers(0, 9999), st.integers(0, 99), st.integers(0, 99))
def test_a_date_is_eight_digits(year, month, day):
    assert view_of(f"/en/{year:04}/{month:02}/{day:02}/x/") == "article"


@pytest.mark.parametrize(
    "date", ["17/11/30", "02017/11/30", "2017/1/30", "2017/011/30", "٢٠١٧/11/30", "-017/11/30"]
)
def test_a_date_is_nothing_else(date):
    assert view_of(f"/en/{date}/x/") == "old_address"


@pytest.mark.parametrize("language", ["xx", "EN", "e", "enn", "en-us", ""])
def test_only_an_enabled_language_is_a_language(language):
    assert view_of(f"/{language}/archive/") == "old_address"
