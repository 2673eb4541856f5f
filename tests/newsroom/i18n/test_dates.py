import re
from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from babel.dates import format_date

from newsroom.i18n import dates, lists
from newsroom.languages import LANGUAGES, Language
from tests.every import every

MOMENT = datetime(2017, 11, 30, 9, 5, tzinfo=UTC)
SUMMER = datetime(2018, 7, 1, 9, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "form", "words"),
    [
        ("en", "full", "30 November 2017, 09:05 UTC"),
        ("en", "day", "30 November 2017"),
        ("en", "brief", "30 Nov 2017"),
        ("en", "moment", "30 Nov 2017, 09:05 UTC"),
        ("en", "note", "30 Nov 2017, 09:05"),
        ("en", "clock", "09:05"),
        ("es", "full", "30 de noviembre de 2017, 9:05 UTC"),
        ("es", "long", "30 de noviembre de 2017, 9:05"),
        ("es", "brief", "30 nov 2017"),
        ("pt", "full", "30 de novembro de 2017 09:05 UTC"),
        ("pt", "brief", "30 de nov. de 2017"),
        ("ar", "full", "30 نوفمبر 2017، 09:05 التوقيت العالمي"),
        ("ar", "brief", "30 نوفمبر 2017"),
        ("ar", "clock", "09:05"),
    ],
)
def test_a_moment_is_written_as_its_language_writes_it(language, form, words):
    assert dates.written(MOMENT, form, LANGUAGES[language]) == words


@pytest.mark.parametrize(
    ("moment", "zone", "names"),
    [
        (MOMENT, "Asia/Riyadh", {"en": "GMT+3", "ar": "غرينتش\u200e+3"}),
        (MOMENT, "America/Bogota", {"en": "GMT-5", "es": "GMT-5"}),
        (SUMMER, "Asia/Calcutta", {"en": "GMT+5:30"}),
        (MOMENT, "America/Sao_Paulo", {"pt": "BRST", "en": "GMT-2"}),
        (SUMMER, "America/Sao_Paulo", {"pt": "BRT", "es": "GMT-3"}),
        (
            MOMENT,
            "Europe/Berlin",
            {"en": "CET", "es": "CET", "pt": "+1 GMT", "ar": "غرينتش\u200e+1"},
        ),
        (SUMMER, "Europe/Berlin", {"en": "CEST"}),
        (SUMMER, "Europe/London", {"en": "BST", "ar": "غرينتش\u200e+1"}),
        # English of Britain is known not to say EST.
        (MOMENT, "America/New_York", {"en": "GMT-5"}),
        (MOMENT, "Europe/Lisbon", {"en": "GMT", "es": "GMT", "pt": "GMT", "ar": "غرينتش"}),
        (SUMMER, "Europe/Lisbon", {"en": "GMT+1"}),
    ],
)
def test_a_zone_has_the_name_that_people_say_or_its_distance_from_greenwich(moment, zone, names):
    there = moment.astimezone(ZoneInfo(zone))

    assert {code: dates.zone(there, LANGUAGES[code]) for code in names} == names


def test_the_sign_of_a_distance_keeps_its_place_from_right_to_left():
    east, west = (MOMENT.astimezone(ZoneInfo(place)) for place in ("Asia/Riyadh", "America/Bogota"))

    for code, language in LANGUAGES.items():
        names = dates.zone(east, language), dates.zone(west, language)
        is_marked = [
            "\N{LEFT-TO-RIGHT MARK}+3" in names[0],
            bool(re.search("\u200e[-−]5", names[1])),
        ]
        assert is_marked == [language.direction == "rtl"] * 2, (code, names)


def test_a_distance_alone_is_a_zone():
    there = MOMENT.astimezone(timezone(timedelta(hours=-3, minutes=-30)))

    assert dates.zone(there, LANGUAGES["en"]) == "GMT-3:30"


def test_a_day_has_no_clock():
    assert dates.written(date(2017, 11, 30), "day", LANGUAGES["en"]) == "30 November 2017"


@pytest.mark.parametrize(
    ("code", "alone", "with_year"),
    [
        ("en", "November", "November 2017"),
        ("es", "Noviembre", "Noviembre de 2017"),
        ("pt", "Novembro", "Novembro de 2017"),
        ("ar", "نوفمبر", "نوفمبر 2017"),
    ],
)
def test_a_month_that_stands_alone_begins_with_a_capital(code, alone, with_year):
    language = LANGUAGES[code]

    assert dates.month(MOMENT, language) == alone
    assert dates.month_of_year(MOMENT, language) == with_year


def test_names_are_joined_as_each_language_joins_them():
    joints = {code: lists.between(LANGUAGES[code]) for code in LANGUAGES}

    assert {code: joint for code, joint in joints.items() if joint != ", "} == {
        "ar": " و",
        "fa": "،\u200f ",
        "ur": "، ",
        "ps": "، ",
        "th": " ",
        "zh-hans": "、",
        "zh-hant": "、",
        "ja": "、",
        "am": "፣ ",
    }


@every(
    [
        *((code, None) for code in LANGUAGES),
        ("zh-hant", "zh_Hant"),
        ("sr-latn", "sr_Latn"),
        ("pt-br", "pt_BR"),
        ("es-simple", "es"),
        ("ckb", "ckb"),
    ],
)
def test_every_language_has_a_locale_that_writes_all_forms(code, name):
    language = LANGUAGES.get(code) or Language(code, code)

    assert str(dates.locale_of(language)) == name or name is None
    assert all(dates.written(MOMENT, form, language) for form in dates.FORMS)
    assert dates.month(MOMENT, language)


def test_a_day_is_written_as_cldr_says_in_every_language():
    for language in LANGUAGES.values():
        locale = dates.locale_of(language)
        # Digits are European in every language: ours, and those of this function of Babel.
        assert dates.written(MOMENT, "day", language) == format_date(MOMENT, "long", locale), (
            language.code
        )


def test_the_name_of_a_language_is_its_own():
    """CLDR begins it with a small letter, and some with another word for the same."""
    others = {"en", "id", "ms", "ps", "zh-hans", "zh-hant", "ku", "pt-br", "sr-latn"}
    told = [language for language in LANGUAGES.values() if "-simple" not in language.code]

    for language in told:
        assert language.code in others or (
            language.name.casefold() == dates.locale_of(language).get_display_name().casefold()
        )


def test_words_between_day_and_clock_and_round_a_zone_are_those_of_the_language():
    assert (
        dates.written(MOMENT, "full", Language("zh-hant", "中文")) == "2017年11月30日 09:05 [UTC]"
    )
    assert dates.written(MOMENT, "full", Language("fa", "فارسی")).count("ساعت") == 1
