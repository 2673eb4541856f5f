"""The pictures of an export, in the folder into which its uploads were copied."""

import pytest

from articles.importers.wxr.media import Media
from tests.articles.importers.test_formats import DATA
from tests.articles.importers.wxr.export import read

SITE = "https://harbour.example"
PIER = f"{SITE}/wp-content/uploads/2017/11/pier.jpg"


@pytest.fixture
def uploads(tmp_path):
    """A folder with two months of uploads, and what lies outside of it."""
    for place in ("2017/11/pier.jpg", "2017/11/sea.png", "2017/12/sea.png", "2018/01/şehir.jpg"):
        file = tmp_path / "uploads" / place
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(b"x")
    (tmp_path / "secret.jpg").write_bytes(b"x")
    (tmp_path / "uploads" / "2017" / "link.jpg").symlink_to(tmp_path / "secret.jpg")
    return tmp_path / "uploads"


@pytest.mark.parametrize(
    ("address", "place"),
    [
        (PIER, "2017/11/pier.jpg"),
        (f"{SITE}/wp-content/uploads/2017/11/pier-300x200.jpg", "2017/11/pier.jpg"),
        (f"{SITE}/wp-content/uploads/2017/12/sea.png?w=640", "2017/12/sea.png"),
        (f"{SITE}/wp-content/uploads/2018/01/%C5%9Fehir.jpg", "2018/01/şehir.jpg"),
        ("https://elsewhere.example/pictures/pier.jpg", "2017/11/pier.jpg"),
        # Two files have the name, and one leads out of the folder.
        ("https://elsewhere.example/pictures/sea.png", None),
        (f"{SITE}/wp-content/uploads/2017/link.jpg", None),
        ("https://elsewhere.example/link.jpg", None),
        (f"{SITE}/wp-content/uploads/../secret.jpg", None),
        ("https://[broken/pier.jpg", None),
    ],
)
def test_a_file_is_found_by_its_place_or_by_a_name_that_no_other_has(uploads, address, place):
    assert Media(uploads).find(address) == (uploads.resolve() / place if place else None)


def test_a_folder_that_holds_the_whole_of_wp_content_is_as_good(uploads, tmp_path):
    uploads.rename(tmp_path / "wp-content")
    site = tmp_path / "site"
    (site / "wp-content").mkdir(parents=True)
    (tmp_path / "wp-content").rename(site / "wp-content" / "uploads")

    assert Media(site).find(PIER) == site.resolve() / "wp-content/uploads/2017/11/pier.jpg"


def test_the_pictures_of_a_post_are_those_of_the_folder(uploads):
    ferry, _strike = read(DATA / "wxr" / "typical.xml", media=uploads)

    (picture,) = ferry.pictures
    assert (picture.path, picture.size) == (uploads.resolve() / "2017/11/pier.jpg", 1)
    assert not [note for note in ferry.notes if "is missing" in note]
