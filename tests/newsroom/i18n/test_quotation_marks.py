import unicodedata

from newsroom.i18n.quotation_marks import MARKS, quotation_marks
from newsroom.languages import LANGUAGES
from tests.every import every


@every(LANGUAGES)
def test_every_language_has_two_pairs_of_punctuation(code):
    marks = [mark.strip("\u202f") for pair in quotation_marks(code) for mark in pair]

    assert [len(mark) for mark in marks] == [1, 1, 1, 1]
    assert {unicodedata.category(mark)[0] for mark in marks} == {"P"}


def test_an_easy_read_form_has_the_marks_of_its_language():
    assert quotation_marks("de-simple") == quotation_marks("de") == (("„", "“"), ("‚", "‘"))


def test_the_table_names_known_languages_alone():
    bases = {code.partition("-")[0] for code in LANGUAGES}

    assert {code for code in MARKS if code not in LANGUAGES and code not in bases} == set()
