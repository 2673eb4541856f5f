import gettext

import pytest

from newsroom.i18n import catalogues

HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
GOOD = HEADER + 'msgid "Read"\nmsgstr "Leer"\n'
GUESSED = HEADER + '#, fuzzy\nmsgid "Read"\nmsgstr "Leerlo"\n'
BROKEN = HEADER + 'msgid "Read"\nnonsense\n'


@pytest.fixture
def write(tmp_path):
    def write(text, language="es"):
        path = tmp_path / "articles" / "locale" / language / "LC_MESSAGES" / "django.po"
        path.parent.mkdir(parents=True)
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_a_catalogue_is_compiled_beside_its_source(write, tmp_path):
    path = write(GOOD)

    assert catalogues.main([], root=tmp_path) == 0

    with path.with_suffix(".mo").open("rb") as compiled:
        assert gettext.GNUTranslations(compiled).gettext("Read") == "Leer"


@pytest.mark.parametrize(
    ("text", "reason"), [(GUESSED, "fuzzy"), (BROKEN, "line 5")], ids=["fuzzy", "broken"]
)
def test_one_bad_catalogue_keeps_all_from_being_compiled(write, tmp_path, capsys, text, reason):
    good, bad = write(GOOD), write(text, language="pt")

    assert catalogues.main([], root=tmp_path) == 1

    error = capsys.readouterr().err
    assert str(bad) in error
    assert reason in error
    assert not good.with_suffix(".mo").exists()


def test_a_check_writes_nothing(write, tmp_path):
    path = write(GOOD)

    assert catalogues.main(["--check"], root=tmp_path) == 0
    assert not path.with_suffix(".mo").exists()


def test_an_obsolete_guess_is_of_no_interest(write, tmp_path):
    write(GOOD + '\n#, fuzzy\n#~ msgid "Gone"\n#~ msgstr "Ido"\n')

    assert catalogues.main([], root=tmp_path) == 0


def test_the_catalogues_of_this_project_can_be_compiled():
    assert catalogues.main(["--check"]) == 0
