"""Names in a list stand in the order of the alphabet, whatever their accents and case."""

import pytest

from newsroom.i18n import letters


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("en", ["2017", "“Ábaco”", "abbey", "Élan", "Zoo", "الرقة"]),
        ("es", ["nadie", "Nube", "Ñandú", "oca"]),
        ("pl", ["Łódź", "Lublin", "Lwów", "Źródła"]),
        ("en", ["nadie", "Ñandú", "Nube", "oca"]),
        ("ar", ["٢٠١٧", "أحمد", "إدلب", "ألمانيا", "باريس", "دمشق", "الرقة"]),
    ],
)
def test_names_are_in_order(language, names):
    turned = names[::-1]

    assert sorted(turned, key=lambda name: letters.order(name, language)) == names


@pytest.mark.parametrize(
    ("name", "language", "letter"),
    [
        ("“Ábaco”", "en", "A"),
        ("ñandú", "es", "Ñ"),
        ("ñandú", "pt", "N"),
        ("Łódź", "pl", "L"),
        ("Ƙano", "ha", "K"),
        ("2017", "en", "#"),
        ("٢٠١٧", "ar", "#"),
        ("إدلب", "ar", "ا"),
        ("الكوليرا", "ar", "ك"),
        ("ألمانيا", "ar", "ا"),
        ("", "en", "#"),
    ],
)
def test_a_name_stands_under_its_first_letter(name, language, letter):
    assert letters.initial(name, language) == letter


@pytest.mark.parametrize(
    ("name", "language", "letters_"),
    [
        *(("Élan", "en", "El"), ("2017", "en", "#"), ("الرقة", "ar", "رق"), ("niño", "es", "Ni")),
        *(("ñandú", "es", "Ña"), ("añil", "es", "Añ"), ("A name", "en", "A"), ("X", "en", "X")),
    ],
)
def test_a_name_stands_under_its_first_two_where_one_is_too_little(name, language, letters_):
    assert letters.initial(name, language, length=2) == letters_
