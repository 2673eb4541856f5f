import pytest
from hypothesis import given, strategies as st

from newsroom.i18n.plain import is_blank, plain

INVISIBLE = (
    "\u200b\u2060\ufeff\u00ad\u034f\u115f\u1160\u17b4\u180e\u2800\u3164\uffa0\u2063 \u3000\t\n"
)
DIRECTIONS = "\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


@pytest.mark.parametrize(
    "sign", [*INVISIBLE, *DIRECTIONS, "\u200c", "\u200d", "\ufe0f", "\x07", "\ufffe"]
)
def test_invisible_signs_alone_are_no_text(sign):
    assert is_blank(sign * 2)
    assert plain(sign * 2) == ""


@pytest.mark.parametrize("sign", INVISIBLE)
def test_invisible_signs_at_the_ends_go(sign):
    assert plain(f"{sign}Ferry{sign}") == "Ferry"


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("Ferry\u202egnp.exe", "Ferrygnp.exe"),
        ("Ferry\u2066 sails", "Ferry sails"),
        ("Ferry\u202c sails", "Ferry sails"),
        ("\u2066Ferry\u202e\u2069", "Ferry"),
        ("One\u202e\nTwo\u202c", "One\nTwo"),
        ("Fer\x07ry\x9b\ufffe\ud800", "Ferry"),
        ("One\x0bTwo\x0cThree\x85Four", "One Two Three Four"),
    ],
)
def test_what_turns_or_controls_the_words_behind_it_goes(words, kept):
    assert plain(words) == kept


@pytest.mark.parametrize(
    "words",
    [
        "می\u200cروم",
        "क्\u200dष",
        "👩\u200d🚒 ❤\ufe0f",
        "قالت C++\u200f",
        "The \u2067سوريا\u2069 file",
        "\u202bسوريا\u202c",
        "🏴\U000e0067\U000e0062\U000e007f",
        "half\u00adway",
        "One\r\n\r\nTwo",
        "ⵣ",
    ],
)
def test_what_shapes_words_stays(words):
    assert plain(words) == words


@given(st.text(st.characters() | st.sampled_from(INVISIBLE + DIRECTIONS)))
def test_plain_words_are_the_same_made_plain_again_and_lose_nothing_to_see(words):
    once = plain(words)

    assert plain(once) == once
    assert is_blank(once) == (once == "") == is_blank(words)
    assert [character for character in once if not is_blank(character)] == [
        character for character in words if not is_blank(character)
    ]
