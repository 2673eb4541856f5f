import os
from pathlib import Path

import pytest

from newsroom.pagecache.serving.release import release

fresh = release.__wrapped__


@pytest.fixture(autouse=True)
def project(tmp_path, settings):
    """A project of one template."""
    settings.BASE_DIR, settings.PARTS = tmp_path, ["site"]
    (tmp_path / "templates" / "__pycache__").mkdir(parents=True)
    (tmp_path / "templates" / "page.html").write_text("<p>")
    return tmp_path


def test_a_folder_that_goes_while_it_is_read_is_passed_over(monkeypatch):
    name, scandir, gone = fresh(), os.scandir, []

    def meanwhile(path):
        if Path(path).name == "__pycache__":
            gone.append(path)
            raise FileNotFoundError(path)
        return scandir(path)

    with monkeypatch.context() as patch:
        patch.setattr(os, "scandir", meanwhile)
        assert fresh() == name
    assert gone


def test_another_template_makes_another_release(project):
    name = fresh()

    (project / "templates" / "page.html").write_text("<p>another")

    assert fresh() != name
