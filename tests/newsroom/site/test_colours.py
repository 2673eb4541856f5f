import re

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, strategies as st

from newsroom.site import colours
from newsroom.site.look import is_read_by_day, is_read_by_night
from tests.house_rules.source import ROOT

TOKENS = (ROOT / "static/css/tokens.css").read_text(encoding="utf-8")


def palette(*names):
    return tuple(re.search(rf"--{name}: (#\w+);", TOKENS)[1] for name in names)


def test_they_are_those_of_the_stylesheet():
    assert palette("paper", "parchment") == colours.DAY
    assert palette("night", "soot") == colours.NIGHT


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [("#000000", "#ffffff", 21), ("#ffffff", "#ffffff", 1), ("#767676", "#ffffff", 4.54)],
)
def test_contrast_is_that_of_wcag(one, other, ratio):
    assert colours.contrast(one, other) == colours.contrast(other, one)
    assert round(colours.contrast(one, other), 2) == ratio


@given(st.integers(0, 0xFFFFFF))
def test_whatever_is_read_by_day_has_a_colour_for_the_night(number):
    colour = colours.for_night(f"#{number:06x}")

    assert colours.HEX.fullmatch(colour)
    assert colours.worst(colour, colours.NIGHT) >= colours.LEAST


def test_one_that_is_read_by_night_stays_as_it_is():
    assert colours.for_night("#f0988e") == "#f0988e"


def test_one_that_is_not_read_is_refused_with_its_contrast():
    is_read_by_day("#8b1a26")
    is_read_by_night("#f0988e")

    with pytest.raises(ValidationError) as refused:
        is_read_by_day("#e0a030")
    assert refused.value.messages == [
        "#e0a030 cannot be read by day: its contrast is 1.94 to 1, and words need 4.5 to 1."
    ]
    with pytest.raises(ValidationError, match="cannot be read by night"):
        is_read_by_night("#8b1a26")


@pytest.mark.parametrize("value", ["red", "#fff", "#12345g", "8b1a26", "url(x)", "#8b1a26;"])
def test_what_is_no_colour_is_said_to_be_none(value):
    with pytest.raises(ValidationError, match="is no colour: write it as #rrggbb"):
        is_read_by_day(value)
