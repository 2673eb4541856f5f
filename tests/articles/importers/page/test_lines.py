"""Lines that a program has broken at a width are joined; all others are left alone."""

import textwrap

from hypothesis import given, settings, strategies as st

from articles.importers.page.lines import lines_of
from tests.articles.importers.reading import paragraphs, read

WRAPPED = """Harbour fills again after nine
days of strike

Dock workers went back to work on
Thursday after the union had said
that the terms were fair.
"""


def test_broken_lines_are_joined_and_the_report_tells_it():
    story = read(WRAPPED)

    assert story.texts["en"].title == "Harbour fills again after nine days of strike"
    assert paragraphs(story) == [
        "Dock workers went back to work on Thursday after the union had said that the terms were fair."
    ]
    assert story.notes == (
        "Its lines are broken before 34 characters; those without a blank line between them were joined.",
    )


def test_lines_of_any_length_are_paragraphs():
    text = "Headline\n\nOne.\nTwo is longer.\nThree is the longest of them.\n\nFour."

    assert lines_of(text) == (text.replace("\n\n", "\n").split("\n"), ())


def test_two_breaks_are_not_enough_to_tell():
    assert (
        len(lines_of("A headline\n\nShips at the pier\nShips at the piers\n\nThe text here.").lines)
        == 4
    )


WORDS = st.sampled_from(["harbour", "strike", "ship", "Şanlıurfa", "thereafter", "went"])
PARAGRAPH = st.lists(WORDS, min_size=50, max_size=60).map(" ".join)


@given(st.lists(PARAGRAPH, min_size=2, max_size=4), st.integers(40, 80))
@settings(max_examples=30)
def test_whatever_was_broken_at_a_width_comes_back(paragraphs, width):
    text = "\n\n".join(textwrap.fill(paragraph, width) for paragraph in paragraphs)

    assert lines_of(text).lines == paragraphs
