"""The lines that lead to another story, in all their forms."""

import pytest

from tests.articles.importers.reading import body, read


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        ("en", "Related: The crane lives"),
        ("en", "See also:\nThe crane lives"),
        ("en", "Read more\nThe crane lives"),
        ("en", "• Read also: The crane lives"),
        ("en", "[Read: The crane lives]"),
        ("es", "Le puede interesar: The crane lives"),
        ("es", "(Lea también: The crane lives)"),
        ("es", "Lee también\nThe crane lives"),
        ("es", "► Siga leyendo: The crane lives"),
        ("pt", "Saiba mais: The crane lives"),
        ("pt", "Veja também:\nThe crane lives"),
        ("fr", "Lisez aussi : The crane lives"),
        ("ar", "اقرأ المزيد: The crane lives"),
    ],
)
def test_a_line_leads_to_another_story(language, lines):
    story = read(f"Headline\nFirst.\n{lines}\nLast.", language=language)

    assert body(story) == [
        "<p>First.</p>",
        '<aside data-waiting="The crane lives"></aside>',
        "<p>Last.</p>",
    ]


@pytest.mark.parametrize(
    "lines",
    [
        "Read more\nThe story goes on here, with a whole sentence.",
        "Read\nThe crane lives",
        "Read more",
        "(Read this)",
    ],
)
def test_what_is_followed_by_no_title_is_a_paragraph(lines):
    story = read(f"Headline\nFirst.\n{lines}")

    assert body(story) == [f"<p>{line}</p>" for line in ["First.", *lines.split("\n")]]
