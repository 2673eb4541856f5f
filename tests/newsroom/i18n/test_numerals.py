import unicodedata

import pytest

from newsroom.i18n.numerals import Number, digits_of, grouped, in_digits_of
from newsroom.languages import LANGUAGES
from tests.every import every

HAVE = {"ar", "fa", "ur", "ps", "hi", "bn", "ta", "th"}


@every(LANGUAGES)
def test_a_language_has_ten_digits_of_its_own_or_none(code):
    digits = digits_of(LANGUAGES[code])

    assert bool(digits) == (code in HAVE)
    assert [unicodedata.decimal(digit) for digit in digits] == [*range(len(digits))]


@pytest.mark.parametrize(
    ("code", "words"),
    [("ar", "٣٠ نوفمبر ٢٠١٧"), ("fa", "۳۰ نوفمبر ۲۰۱۷"), ("en", "30 نوفمبر 2017")],
)
def test_digits_change_and_nothing_else(code, words):
    assert in_digits_of(LANGUAGES[code], "30 نوفمبر 2017") == words


@pytest.mark.parametrize(
    ("code", "words"),
    [("en", "1,234,567"), ("de", "1.234.567"), ("fr", "1\u202f234\u202f567"), ("hi", "12,34,567")],
)
def test_a_large_number_has_the_groups_of_its_language_and_a_small_one_has_none(code, words):
    assert grouped(1_234_567, LANGUAGES[code]) == words
    assert grouped(999, LANGUAGES[code]) == "999"


@pytest.mark.parametrize(("code", "words"), [("ar", "١٢٬٣٤٥"), ("fa", "۱۲٬۳۴۵"), ("hi", "१२,३४५")])
def test_digits_of_a_language_are_parted_by_its_own_sign(code, words):
    language = LANGUAGES[code]

    assert in_digits_of(language, grouped(12_345, language, native=True)) == words


def test_a_number_is_shown_and_counted_with():
    number = Number(12, "١٢")

    assert (str(number), f"{number}", number + 1, number == 12) == ("١٢", "١٢", 13, True)
