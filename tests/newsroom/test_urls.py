"""Every address of the site leads where the reference says, and nothing else does."""

import pytest
from django.urls import resolve, reverse

from newsroom.languages import with_columns

PATHS = {
    "/": "articles:home",
    "/en/": "articles:front",
    "/en/2017/11/30/a-story/": "articles:article",
    "/en/region/middle-east/syria/": "articles:region",
    "/en/section/news/": "articles:section",
    "/en/tag/raqqa/": "articles:tag",
    "/en/author/ana-duarte/": "articles:author",
    "/en/archive/": "articles:archive",
    "/en/archive/2017/11/": "articles:archive_month",
    "/preview/0a1b/": "articles:preview",
    "/admin/": "admin:index",
    "/healthz": "healthz",
    "/robots.txt": "robots",
    "/media/originals/ab/abcd.jpg": "media",
    "/anything/else": "articles:old_address",
}


@pytest.mark.parametrize(("path", "name"), PATHS.items())
def test_an_address_has_its_view_and_the_view_its_address(path, name):
    match = resolve(path)

    assert match.view_name == name
    assert reverse(name, kwargs=match.kwargs) == path


@pytest.mark.parametrize("language", with_columns())
def test_a_language_is_an_address_while_it_is_enabled(language, settings):
    assert resolve(f"/{language}/").view_name == "articles:front"

    settings.LANGUAGES = [pair for pair in settings.LANGUAGES if pair[0] != language]
    assert resolve(f"/{language}/").view_name == "articles:old_address"
