"""Where items stand: rows that are full, whatever their number."""

from itertools import product

import pytest

from articles.pages import layouts
from tests.every import every

TWELFTHS = {"whole": 12, "half": 6, "third": 4, "quarter": 3}

each_list = every(product(layouts.LISTS, range(21)))


def filled(places):
    """Return what each row holds, as the browser fills them: a large place has half of two rows."""
    lines = [0]
    for place in places:
        if place.width == "column":
            return [12]
        if place.width in layouts.LARGE_WIDTHS:
            lines = [6, 6]
            continue
        size = TWELFTHS[place.width]
        line = next((n for n, used in enumerate(lines) if used + size <= 12), len(lines))
        lines += [0] * (line == len(lines))
        lines[line] += size
    return lines if places else []


@each_list
def test_every_item_has_its_place(name, number):
    assert len(layouts.slots(name, number)) == number


@each_list
def test_every_row_is_full_on_a_medium_and_on_a_wide_page(name, number):
    for page in ("medium", "wide"):
        places = [getattr(slot, page) for slot in layouts.slots(name, number)]

        assert set(filled(places)) <= {12}


@pytest.mark.parametrize(
    ("number", "numbers"),
    [
        (0, []),
        (1, [1]),
        (4, [4]),
        (5, [3, 2]),
        (6, [3, 3]),
        (7, [4, 3]),
        (9, [3, 3, 3]),
        (13, [4, 3, 3, 3]),
    ],
)
def test_rows_are_as_even_as_can_be(number, numbers):
    assert layouts.rows(number, 4) == numbers


def test_the_kinds_of_cards_go_on_with_the_last():
    kinds = [slot.kind.name for slot in layouts.slots("lead", 6)]

    assert kinds == ["feature", "standard", "standard", "compact", "compact", "compact"]


def test_only_the_first_row_has_no_line_above_it():
    four = layouts.slots("lead", 5)

    assert [slot.medium.is_first for slot in four] == [True, False, False, False, False]
    assert [slot.wide.is_first for slot in four] == [True, True, True, False, False]
    assert four[1].classes == "rows__item--half rows__item--wide-quarter rows__item--wide-first"


ALL, NONE, GAPS = [True] * 5, [False] * 5, [False, True, False, True, True]


def turns(*regions):
    """Return the names of the containers of regions whose stories have these pictures."""
    containers = [None]
    for pictured in regions:
        containers.append(layouts.container(pictured, behind=containers[-1]))
    return [container.name for container in containers[1:]]


@pytest.mark.parametrize(
    ("regions", "names"),
    [
        ([ALL] * 6, ["lead", "pictures", "lead at end", "headlines", "lead", "pictures"]),
        ([GAPS] * 4, ["lead", "lead at end", "headlines", "lead"]),
        ([NONE] * 4, ["headlines", "columns", "headlines", "columns"]),
        ([ALL[:2]] * 3, ["few", "few at end", "few"]),
        ([ALL, ALL[:1], ALL], ["lead", "few", "lead"]),
        ([NONE[:1], ALL[:3]], ["headlines", "lead"]),
    ],
    ids=["all with pictures", "some", "none", "two", "one between", "words, then pictures"],
)
def test_regions_take_turns_by_what_they_hold(regions, names):
    assert turns(*regions) == names


@every(product([None, *layouts.CONTAINERS], range(1, 6)))
def test_whatever_a_region_holds_it_looks_otherwise_than_the_one_above(first, number):
    for pictured in product([True, False], repeat=number):
        container = layouts.container(pictured, behind=first)

        assert container != first
        assert container.suits(pictured)


@pytest.mark.parametrize(
    ("pictured", "top"),
    [
        ([], ("row", 0)),
        ([True] * 2, ("row", 2)),
        ([True] * 3, ("column", 3)),
        ([True] * 5, ("column", 4)),
        ([False] * 5, ("column of words", 5)),
    ],
)
def test_a_column_beside_the_story_of_the_day_is_filled_by_what_there_is(pictured, top):
    assert layouts.top(pictured, most=5, is_led=True) == top


def test_without_a_picture_the_story_of_the_day_has_a_row_under_it():
    assert layouts.top([False] * 5, most=5, is_led=False) == ("row", 4)
