import os
from pathlib import Path

from newsroom.pagecache.serving.release import release

fresh = release.__wrapped__


def test_a_folder_that_goes_while_it_is_read_is_passed_over(monkeypatch):
    name, scandir = fresh(), os.scandir

    def meanwhile(path):
        if Path(path).name == "__pycache__":
            raise FileNotFoundError(path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", meanwhile)

    assert fresh() == name


def test_another_template_makes_another_release(tmp_path, settings):
    settings.BASE_DIR, settings.PARTS = tmp_path, ["site"]
    (tmp_path / "templates").mkdir()
    name = fresh()

    (tmp_path / "templates" / "page.html").write_text("<p>")

    assert fresh() != name
