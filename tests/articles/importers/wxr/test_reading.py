"""Real exports that others made: every post of each is a story, and what is broken is said."""

import pytest

from articles.importers.story import BadFile, Story
from tests import samples
from tests.articles.importers.wxr import export

FILES = {
    "jekyll-import/sitetitle.wordpress.2025-01-19.000.xml": 7,
    "nikola/wordpress_export_example.xml": 4,
    "nikola/wordpress_unicode_export.xml": 1,
    "themegrill-demo-pack/colormag-general-news/dummy-data/dummy-data.xml": 38,
    "wordpress-importer/crazy-cdata.xml": 1,
    "wordpress-importer/slashes.xml": 1,
    "wordpress-importer/small-export.xml": 6,
    "wordpress-importer/theme-unit-test-data.xml": 58,
    "wordpress-importer/valid-wxr-1.0.xml": 3,
    "wordpress-importer/valid-wxr-1.1.xml": 1,
    "wordpress-importer/wxr-simple.xml": 1,
    "wordpress-to-astro/wordpress.xml": 3,
    "wordpress-to-contentful-import-example/wordpress.xml": 3,
}
WITHOUT_POSTS = [
    "jekyll-import/medium_feed.xml",
    "wordpress-importer/malformed.xml",
    "wordpress-importer/missing-version-tag.xml",
    "wporg-main-2022/data.xml",
]


@samples.needed
def test_every_post_of_a_real_export_is_a_story():
    by_file = {name: export.read(samples.FOLDER / "wxr" / name) for name in FILES}

    assert {name: len(results) for name, results in by_file.items()} == FILES
    assert {type(story) for results in by_file.values() for story in results} == {Story}
    mended = [
        name for name, results in by_file.items() if "not well-formed" in str(results[0].notes)
    ]
    assert mended == ["wordpress-importer/crazy-cdata.xml"]


@samples.needed
@pytest.mark.parametrize("name", WITHOUT_POSTS)
def test_a_real_export_without_posts_says_so(name):
    with pytest.raises(BadFile, match="it holds no post"):
        export.read(samples.FOLDER / "wxr" / name)
