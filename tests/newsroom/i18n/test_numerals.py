import unicodedata

import pytest

from newsroom.i18n.numerals import Number, digits_of, in_digits_of
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


def test_a_number_is_shown_and_counted_with():
    number = Number(12, "١٢")

    assert (str(number), f"{number}", number + 1, number == 12) == ("١٢", "١٢", 13, True)
