"""Where items stand: rows that are full, whatever their number."""

import pytest

from articles.pages import layouts

TWELFTHS = {"whole": 12, "half": 6, "third": 4, "quarter": 3}

each_number = pytest.mark.parametrize("number", range(21))
each_list = pytest.mark.parametrize("name", layouts.LISTS)


def filled(places):
    """Return what each row holds, as the browser fills them: a large place has half of two rows."""
    lines = [0]
    for place in places:
        if place.width == "lead":
            lines = [6, 6]
            continue
        size = TWELFTHS[place.width]
        line = next((n for n, used in enumerate(lines) if used + size <= 12), len(lines))
        lines += [0] * (line == len(lines))
        lines[line] += size
    return lines if places else []


@each_list
@each_number
def test_every_item_has_its_place(name, number):
    assert len(layouts.slots(name, number)) == number


@each_list
@each_number
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
    kinds = [slot.kind.name for slot in layouts.slots("region", 6)]

    assert kinds == ["feature", "standard", "standard", "compact", "compact", "compact"]


def test_only_the_first_row_has_no_line_above_it():
    four = layouts.slots("region", 5)

    assert [slot.medium.is_first for slot in four] == [True, False, False, False, False]
    assert [slot.wide.is_first for slot in four] == [True, True, True, False, False]
    assert four[1].classes == "rows__item--half rows__item--wide-quarter rows__item--wide-first"
