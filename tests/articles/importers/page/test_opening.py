"""What stands above the headline of a page, and who wrote it."""

import pytest

from tests.articles.importers.reading import paragraphs, read


def title(story):
    return story.texts[story.source_language].title


@pytest.mark.parametrize(
    "above",
    [
        "French / Spanish / English",
        "EN | ES | PT",
        "---",
        "https://news.example/2017/",
        "<DOC>",
        "Skip to content",
        "We use cookies to make the site better.",
        "Skip to main content\nMenu\nSearch\nEnglish · Español",
        "Saltar al contenido",
        "انتقل إلى المحتوى",
    ],
)
def test_what_stands_above_the_headline_of_every_page_is_left_out(above):
    story = read(f"{above}\nHarbour fills again\nDock workers went back to work.")

    assert title(story) == "Harbour fills again"
    assert paragraphs(story) == ["Dock workers went back to work."]
    assert not [note for note in story.notes if "looks like none" in note]


def test_what_was_left_out_above_the_headline_is_named_unless_it_is_the_switcher():
    story = read("English / Spanish\nSkip to content\nHarbour fills again\nText.")

    assert story.notes == ('Left out, it stands on every page: "Skip to content".',)


def test_the_name_of_a_section_above_the_headline_files_the_story():
    story = read("NEWS\nHarbour fills again\nText.")

    assert (title(story), story.categories) == ("Harbour fills again", ("section/news",))


def test_a_page_with_one_line_above_its_text_has_that_for_a_headline():
    story = read("News\nText.")

    assert (title(story), story.categories) == ("News", ())


@pytest.mark.parametrize(
    "line", ["OPINION", "<p>Words", "Write to desk@news.example", f"{'Word ' * 45}end."]
)
def test_a_first_line_that_is_hardly_a_headline_is_named(line):
    story = read(f"{line}\nHarbour fills again\nText.")

    assert title(story) == line
    assert [note for note in story.notes if "looks like none" in note]
    assert "headlines in doubt" in story.decisions


@pytest.mark.parametrize("line", ["Harbour fills", "UN talks fail", "Déjà vu", "海港"])
def test_a_short_headline_is_none_in_doubt(line):
    assert read(f"{line}\nText.").notes == ()


@pytest.mark.parametrize(
    ("language", "line", "names"),
    [
        ("en", "By Ana Duarte", ["Ana Duarte"]),
        ("en", "By Ana Duarte and Şükrü van der Öz", ["Ana Duarte", "Şükrü van der Öz"]),
        (
            "es",
            "Por Ana Duarte, Luis Gómez y Omar Haddad",
            ["Ana Duarte", "Luis Gómez", "Omar Haddad"],
        ),
        ("es", "By Ana Duarte", ["Ana Duarte"]),
        ("tr", "By Ana Duarte ve Şükrü Öz", ["Ana Duarte", "Şükrü Öz"]),
        ("id", "Oleh Ana Duarte dan Omar Haddad", ["Ana Duarte", "Omar Haddad"]),
        ("pt-br", "Por Ana Duarte e Omar Haddad", ["Ana Duarte", "Omar Haddad"]),
        ("ar", "بقلم: ليلى حداد", ["ليلى حداد"]),
    ],
)
def test_who_wrote_the_story_stands_below_the_headline(language, line, names):
    story = read(f"Headline\n{line}\nText.", language=language)

    assert [person.names for person in story.bylines] == [{"": name} for name in names]
    assert paragraphs(story) == ["Text."]


@pytest.mark.parametrize(
    "line", ["By Ana Duarte, Reuters", "By ferry | 30 November 2017", "30 November 2017, 14:05"]
)
def test_what_only_looks_like_a_byline_or_a_date_stays_and_is_named(line):
    story = read(f"Headline\n{line}\nText.")

    assert paragraphs(story) == [line, "Text."]
    assert story.notes == (
        f'The line "{line}" looks like a byline or a date, and was left in the text.',
    )


@pytest.mark.parametrize("line", ["By noon the harbour was full.", "By Ana Duarte"])
def test_a_sentence_is_no_byline_and_neither_is_what_stands_deep_in_the_text(line):
    story = read(f"Headline\nOne.\nTwo.\nThree.\n{line}\nText.")

    assert story.bylines == ()
    assert line in paragraphs(story)
