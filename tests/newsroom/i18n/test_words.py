import pytest
from hypothesis import given, strategies

from newsroom.i18n import stopwords, words
from newsroom.languages import LANGUAGES
from tests.house_rules.source import ROOT


def terms(text, language):
    return {term for word in words.words(text) for term in words.terms(word.text, language)}


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("en", "ferries", "FERRY"),
        ("en", "U.S.", "us"),
        ("en", "400,000", "400000"),
        ("en", "ﬁnal", "final"),
        ("en", "Łódź", "lodz"),
        ("es", "naciones", "nación"),
        ("es", "naciones", "nacion"),
        ("pt", "estações", "estacao"),
        ("ar", "العبّارات", "عبارة"),
        ("ar", "٤٠٠", "400"),
        ("ar", "الأجور", "اجور"),
        ("fr", "été", "ete"),
        ("tr", "ISPARTA", "ısparta"),
        ("ha", "Ɗaukar", "daukar"),
        ("th", "ที่", "ที"),
        ("zh", "北京", "北京"),
        ("hi", "हिन्दी", "हिन्दी"),
    ],
)
def test_what_readers_take_for_the_same_word_shares_a_term(language, one, other):
    assert terms(one, language) & terms(other, language)


def test_without_their_places_words_are_the_same_ones_each_in_the_order_of_its_first():
    for text in (
        "The sea and the sea, 400,000 U.S. boats",
        "我在北京大学 我在 NHK東京 Ünder",
        "ที่ The",
    ):
        whole = [word.text for word in words.words(text)]
        assert list(dict.fromkeys(words.distinct(text))) == list(dict.fromkeys(whole)), text


def test_other_words_share_none():
    assert not terms("boat", "en") & terms("boa", "en")
    assert not terms("दिन", "hi") & terms("दान", "hi")


def test_scripts_without_spaces_are_found_by_pairs_of_signs_and_by_one_that_stands_alone():
    assert terms("我在北京大学", "zh") >= {"北京", "大学", "大"}
    assert words.asked("北京大学", "zh", most=9) == (["北京", "京大", "大学"], False)
    assert words.asked("水", "zh", most=9) == (["水"], False)
    assert "水" in terms("喝水。", "zh")
    assert words.asked("NHK東京", "ja", most=9)[0] == ["NHK", "東京"]


def test_words_that_say_nothing_are_left_out_as_long_as_there_are_others():
    assert words.asked("the war of the US", "en", most=9) == (["war", "US"], False)
    assert words.asked("THE WAR OF THE US", "en", most=9) == (["WAR"], False)
    assert words.asked("the of", "en", most=9) == (["the", "of"], False)
    assert words.asked("one war two", "en", most=1) == (["war"], True)


def test_stop_words_are_as_words_are_compared():
    for language, some in stopwords.STOP_WORDS.items():
        assert [word for word in some if words.fold(word) != word] == [], language


def test_the_reference_says_what_each_language_has():
    told = (ROOT / "docs/reference/search.md").read_text(encoding="utf-8")
    known = sorted({code.partition("-")[0] for code in LANGUAGES})

    for stems in (True, False):
        for stops in (True, False):
            codes = [
                code
                for code in known
                if (code in words.STEMMERS, code in stopwords.STOP_WORDS) == (stems, stops)
            ]
            said = " | ".join("yes" if is_there else "no" for is_there in (stems, stops))
            assert f"| {' '.join(codes)} | {said} |\n" in told
            assert [code for code in codes if stems and not words.terms("a", code)] == []


@given(strategies.text(max_size=60), strategies.sampled_from(["en", "ar", "zh", "xx"]))
def test_whatever_is_written_has_words_where_it_says_and_terms_that_any_index_can_hold(
    text, language
):
    for word in words.words(text):
        assert text[word.start : word.end] == word.text
    for term in terms(text, language):
        assert 0 < len(term) <= words.LONGEST
        assert not set(term) & set(" '\"\\\0:")
