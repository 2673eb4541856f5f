"""Two people change one text: nothing that either of them wrote is lost, and little is asked."""

from collections import Counter
from itertools import repeat

import pytest
from hypothesis import given, settings, strategies as st

from articles.comparing.blocks import aligned
from articles.comparing.merging import BOTH, MINE, THEIRS, Conflict, merged, resolved

BASE = ["One is here.", "Two is here.", "Three is here.", "Four is here."]


def changed(**others):
    """Return BASE with some of its blocks otherwise, by place; None takes one out, a list takes its place."""
    blocks = []
    for place, block in enumerate(BASE):
        other = others.get(f"at{place}", block)
        blocks += other if isinstance(other, list) else [other]
    return blocks


def changed_in(*pairs):
    return changed(**{f"at{place}": other for place, other in pairs})


def test_changes_of_different_blocks_are_merged_also_where_they_touch():
    mine = changed_in((1, "Two is there."), (3, ["Four is here.", "Five is new."]))
    theirs = changed_in((0, ["Zero is new.", "One is here."]), (2, "Three is there."))

    assert merged(BASE, mine, theirs) == [
        *("Zero is new.", "One is here.", "Two is there.", "Three is there."),
        *("Four is here.", "Five is new."),
    ]


@pytest.mark.parametrize(
    ("mine", "theirs", "conflict"),
    [
        pytest.param("Two was here.", "Two is gone.", ("Two was here.", "Two is gone."), id="reworded"),
        pytest.param([], "Two is gone.", (None, "Two is gone."), id="taken out and reworded"),
        pytest.param(["A", "B"], ["C"], (None, None), id="put in place of it"),
    ],
)  # fmt: skip
def test_a_block_that_both_changed_is_a_conflict_and_the_rest_is_merged(mine, theirs, conflict):
    parts = merged(BASE, changed_in((1, mine), (3, "Four!")), changed_in((1, theirs)))

    assert [part for part in parts if isinstance(part, Conflict)] == [parts[1]]
    assert parts[1].base == ("Two is here.",)
    assert (parts[0], parts[-1]) == ("One is here.", "Four!")


def test_the_same_change_of_both_is_made_once():
    same = changed_in((1, "Two is there."), (2, []), (3, ["Four is here.", "Five."]))

    assert merged(BASE, same, same) == same


def test_new_blocks_of_both_in_one_place_are_asked_about():
    parts = merged(BASE, [*BASE, "Mine."], [*BASE, "Theirs."])

    assert parts == [*BASE, Conflict((), ("Mine.",), ("Theirs.",))]
    for side, blocks in {MINE: ["Mine."], THEIRS: ["Theirs."], BOTH: ["Theirs.", "Mine."]}.items():
        assert resolved(parts, [side]) == [*BASE, *blocks]


ONE, TWO, THREE, FOUR = BASE


@pytest.mark.parametrize(
    ("mine", "theirs", "result"),
    [
        pytest.param([ONE, THREE, FOUR, TWO], [TWO, ONE, THREE, FOUR], [ONE, THREE, FOUR, TWO], id="moved by both"),
        pytest.param([ONE, THREE, FOUR, TWO], [ONE, f"{TWO} Now.", THREE, FOUR], [ONE, THREE, FOUR, f"{TWO} Now."], id="and reworded by them"),
        pytest.param([ONE, f"{TWO} Now.", THREE, FOUR], [ONE, THREE, FOUR, TWO], [ONE, THREE, FOUR, f"{TWO} Now."], id="and reworded by me"),
        pytest.param(
            [ONE, THREE, FOUR, f"{TWO} Now."], [f"{TWO} Then.", ONE, THREE, FOUR],
            [ONE, Conflict((TWO,), (f"{TWO} Now.",), (f"{TWO} Then.",)), THREE, FOUR], id="and reworded by both",
        ),
        pytest.param([ONE, THREE, FOUR, TWO], [*BASE, "New."], [ONE, THREE, FOUR, "New.", TWO], id="to where they write"),
        pytest.param(
            [ONE, THREE, FOUR, TWO, "Mine."], [*BASE, "Theirs."],
            [ONE, TWO, THREE, FOUR, Conflict((), ("Mine.",), ("Theirs.",))], id="to where both write",
        ),
    ],
)  # fmt: skip
def test_a_block_that_was_moved_stands_once_with_the_words_of_who_reworded_it(mine, theirs, result):
    assert merged(BASE, mine, theirs) == result


words = st.sampled_from(
    ["the", "army", "left", "Raqqa", "on", "Friday", "<b>", "şehir", "مدينة", "12"]
)
blocks = st.lists(words, max_size=4).map(" ".join)
texts = st.lists(blocks, max_size=7)


@st.composite
def edits(draw, base):
    """Return a text that somebody may have made of `base`: blocks put in, taken out, moved, reworded."""
    text = list(base)
    for _step in range(draw(st.integers(0, 4))):
        place = draw(st.integers(0, len(text)))
        match draw(st.sampled_from(["put in", "take out", "reword", "move"])):
            case "put in":
                text.insert(place, draw(blocks))
            case "take out":
                del text[place : place + 1]
            case "reword" if place < len(text):
                text[place] = f"{text[place]} {draw(blocks)}"
            case "move" if place < len(text):
                text.insert(draw(st.integers(0, len(text))), text.pop(place))
    return text


@st.composite
def of_two(draw):
    base = draw(texts)
    return base, draw(edits(base)), draw(edits(base))


def blocks_on_screen(parts):
    for part in parts:
        yield from (*part.mine, *part.theirs) if isinstance(part, Conflict) else [part]


@settings(max_examples=100, deadline=None)
@given(of_two())
def test_no_word_of_any_two_edits_is_lost(edited):
    base, mine, theirs = edited

    parts = merged(base, mine, theirs)

    shown = set(blocks_on_screen(parts))
    assert {block for side in (mine, theirs) for block in side if block not in base} <= shown
    assert merged(base, mine, base) == mine
    assert merged(base, base, theirs) == theirs
    # Where a field with one's own side is shown again, theirs is there once more: merged, or asked about.
    standing = resolved(parts, repeat(MINE))
    again = set(blocks_on_screen(merged(base, standing, theirs)))
    assert set(theirs) - set(base) <= again


def added(base, text):
    """Count the words that somebody put into a text, block by block."""
    counts = Counter()
    for old, new in aligned(base, text):
        if new is not None:
            counts += Counter(text[new].split()) - Counter(
                base[old].split() if old is not None else ()
            )
    return counts


@st.composite
def moves(draw, base):
    """Return a text in which one block may have been moved and reworded, among other edits."""
    text = draw(edits(base)) if draw(st.booleans()) else list(base)
    block = text.pop(draw(st.integers(0, len(text) - 1))) if text else "New."
    text.insert(draw(st.integers(0, len(text))), f"{block} {draw(blocks)}".strip())
    return text


of_moves = st.tuples(st.just(BASE), moves(BASE), moves(BASE))


@settings(max_examples=100, deadline=None)
@given(of_moves | of_two(), st.sampled_from([MINE, THEIRS]))
def test_no_word_stands_more_often_than_it_was_written(edited, side):
    base, mine, theirs = edited

    result = resolved(merged(base, mine, theirs), repeat(side))

    written = Counter(" ".join(base).split()) + added(base, mine) + added(base, theirs)
    assert Counter(" ".join(result).split()) <= written
