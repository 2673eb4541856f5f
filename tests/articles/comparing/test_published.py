"""What readers were told in other words: the words alone, block by block."""

import pytest

from articles.comparing.published import Words, is_cosmetic, new_words, parts

pytestmark = pytest.mark.once

OLD = Words.of("The sea", "In short.", "<p>One bridge.</p><p>Two <em>bridges</em>.</p>")


def told(old, new):
    """Return (part, words with - and + before what was taken out and put in) for each block that is otherwise."""
    signs = {"same": "", "removed": "-", "added": "+"}
    return [
        (part.name, "".join(f"{signs[run.kind]}{run.text}" for run in difference.runs))
        for part in parts(old, new)
        for difference in part.differences
    ]


def test_each_block_that_says_otherwise_is_told_and_no_other():
    new = Words.of("The tide", "In short.", "<p>One bridge.</p><p>Two ferries.</p><p>Three.</p>")

    assert told(OLD, new) == [
        ("title", "The -sea+tide"),
        ("body", "Two -bridges+ferries."),
        ("body", "+Three."),
    ]


@pytest.mark.parametrize(
    "body",
    [
        '<h2>One bridge.</h2><p>Two <a href="https://example.org">bridges</a>.</p>',
        "<p>Two bridges.</p><p>One bridge.</p>",
        '<p>One bridge.</p><figure data-image="1"></figure><p>Two bridges.</p>',
    ],
    ids=["form", "order", "picture"],
)
def test_what_says_the_same_is_no_change(body):
    assert told(OLD, Words.of("The sea", "In short.", body)) == []


def test_a_standfirst_that_comes_and_words_of_a_list_are_told():
    old, new = Words.of("A", "", "<p>B</p>"), Words.of("A", "C", "<p>B</p><ul><li>D</li></ul>")

    assert told(old, new) == [("standfirst", "+C"), ("body", "+D")]


def test_a_change_is_cosmetic_where_all_of_it_was_called_so():
    new = Words.of("The sea", "In brief.", "<p>One bridge!</p><p>Two bridges.</p>")
    reworded = parts(OLD, new)

    assert new_words(reworded) == {"In brief.", "One bridge!"}
    assert is_cosmetic(reworded, ["In brief.", "One bridge!", "Another"])
    assert not is_cosmetic(reworded, ["One bridge!"])
    gone = parts(OLD, Words.of("The sea", "In short.", "<p>One bridge.</p>"))
    assert not is_cosmetic(gone, ["One bridge."])


def test_what_is_stored_is_read_back():
    assert Words.read(OLD.held()) == OLD
