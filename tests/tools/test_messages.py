"""What a collection of the words would change is seen before it is made."""

import shutil

import pytest

from newsroom.i18n.catalogues import ROOT
from tests.tools import messages

pytestmark = pytest.mark.skipif(not shutil.which("xgettext"), reason="needs GNU gettext")

NEW = '{% load i18n %}{% translate "A word that nobody has translated" %}\n'


@pytest.fixture
def project(tmp_path):
    messages._copy(ROOT, tmp_path)
    return tmp_path


def test_a_new_word_that_stands_in_no_catalogue_is_told(project, capsys):
    (project / "templates" / "components" / "new.html").write_text(NEW, encoding="utf-8")

    assert messages.check(project) == 1

    said = capsys.readouterr().out
    assert "lacks 'A word that nobody has translated' of templates/components/new.html" in said
    assert "Run `make messages`" in said


def test_an_entry_that_says_nothing_yet_is_told(tmp_path):
    path = tmp_path / "django.po"
    path.write_text('msgid "One"\nmsgstr "Uno"\n\nmsgid "Two"\nmsgstr ""\n', encoding="utf-8")

    assert messages.untranslated(path) == [f"{path}: 'Two' is not translated"]
