"""Buttons, notices and advertisements are no part of a story."""

import pytest

from articles.importers.page.furniture import is_furniture
from tests.articles.importers.reading import paragraphs, read


@pytest.mark.parametrize(
    "line",
    [
        "ADVERTISEMENT",
        "Publicidad",
        "Publicidade",
        "Publicité",
        "Anzeige",
        "Pubblicità",
        "إعلان",
        "Share on Facebook",
        "Follow us on Twitter",
        "Sign up for our daily newsletter",
        "Compartir en WhatsApp",
        "Suscríbete a nuestro boletín",
        "Assine a nossa newsletter",
        "Partager sur Facebook",
        "تابعنا على تويتر",
    ],
)
def test_furniture_is_left_out_wherever_it_stands_and_named(line):
    for text in (f"{line}\nFirst.\nLast.", f"First.\n{line}\nLast.", f"First.\nLast.\n{line}"):
        story = read(f"Headline\n{text}")

        assert paragraphs(story) == ["First.", "Last."]
        assert story.notes == (f'Left out, it stands on every page: "{line}".',)


@pytest.mark.parametrize("line", ["X", "Search", "Menu"])
def test_a_word_inside_the_story_is_the_storys(line):
    assert paragraphs(read(f"Headline\nFirst.\n{line}\nLast.")) == ["First.", line, "Last."]


@pytest.mark.parametrize(
    "line",
    [
        "Share prices fell on Thursday.",
        "We used cookies and milk to bring the children back.",
        "Follow us, said the pilot, and the ships did.",
        "Send help",
        f"We use cookies {'and other things ' * 20}",
    ],
)
def test_a_sentence_is_no_furniture(line):
    assert not is_furniture(line, is_inside=True)


@pytest.mark.parametrize(
    ("footer", "tags"),
    [
        ("Tags: Raqqa, US", ["Raqqa", "US"]),
        ("Tags: Raqqa | Harbour strike | News", ["Raqqa", "Harbour strike"]),
        ("Etiquetas: Şanlıurfa", ["Şanlıurfa"]),
    ],
)
def test_names_behind_a_label_of_tags_are_tags(footer, tags):
    story = read(f"Headline\nText.\n{footer}")

    assert [tag.name for tag in story.tags] == tags
    assert story.categories == (("section/news",) if "News" in footer else ())
    assert paragraphs(story) == ["Text."]


def test_a_sentence_behind_a_label_of_tags_is_a_paragraph():
    line = "Tags: these are what the workers of the harbour wear"

    assert paragraphs(read(f"Headline\nText.\n{line}")) == ["Text.", line]
