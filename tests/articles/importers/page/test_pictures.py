"""The pictures of a page, wherever their lines stand."""

import pytest

from tests.articles.importers.reading import body, paragraphs, read


def test_pictures_inside_the_story_keep_their_places():
    story = read(
        "Headline\nShips at the pier [Ana Duarte/Agency]\nFirst.\n"
        "The gate [Omar Haddad]\nThe gate at noon [Omar Haddad]\nSecond.\nShips at dusk [https://social.example/herald]\nThird."
    )

    lead, gate, dusk = story.pictures
    assert lead.reference == ""
    assert (gate.alt, gate.caption, gate.creator) == (
        {"en": "The gate"},
        {"en": "The gate at noon"},
        "Omar Haddad",
    )
    assert (dusk.credit_line, dusk.creator) == ("https://social.example/herald", "")
    assert [picture.lead for picture in story.pictures] == [True, False, False]
    assert body(story) == [
        "<p>First.</p>",
        f'<figure data-image="{gate.reference}"></figure>',
        "<p>Second.</p>",
        f'<figure data-image="{dusk.reference}"></figure>',
        "<p>Third.</p>",
    ]
    assert len({picture.reference for picture in story.pictures}) == 3


def test_two_lines_of_one_credit_that_share_no_word_may_be_two_pictures():
    story = read("Headline\nShips at anchor [Agency]\nCranes and dawn [Agency]\nText.")

    assert len(story.pictures) == 1
    assert [note for note in story.notes if "if they are two pictures" in note]
    assert story.decisions == ("pictures in doubt",)


@pytest.mark.parametrize(
    "line", ["“We have won.” [Applause]", "They left. [Editor's note]", f"{'word ' * 60}[Agency]"]
)
def test_a_sentence_below_the_first_that_ends_with_brackets_stays_and_is_named(line):
    story = read(f"Headline\nFirst.\n{line}\nLast.")

    assert story.pictures == ()
    assert paragraphs(story) == ["First.", line, "Last."]
    assert [note for note in story.notes if "words in brackets" in note]
