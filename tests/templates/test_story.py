"""What the page of a story says of it: deleting any part of it makes one of these fail."""

import re
from datetime import timedelta
from html import unescape
from types import SimpleNamespace

import pytest
from django.utils.html import strip_tags

from articles.pages.story.around import Around
from tests.templates import examples
from tests.templates.test_pages import Outline, rendered


def page(language="en", **changes):
    """Return the page of a story with what these say of it."""
    context = {"story": examples.story(**changes)}
    return rendered(("articles/article.html", context), language=language)


def words(html):
    """Return the words of some HTML, with one space between them."""
    return " ".join(unescape(strip_tags(html)).split())


def element(html, tag, name):
    """Return the first element of a class with what it holds; none of its kind stands within it."""
    match = re.search(rf'<{tag} class="{name}[" ].*?</{tag}>', html, re.DOTALL)
    return match[0] if match else ""


def credit(*names):
    return [{"name": name, "url": f"/en/author/{name.lower()}/"} for name in names]


def headline(title, **changes):
    address = f"/en/2017/11/30/{title.lower()}/"
    return examples.card(title, url=address, article_id=title, **changes)


@pytest.mark.parametrize(
    ("role", "said"),
    [
        ("author", "By Ana, Bo"),
        ("translator", "Translated by Ana, Bo"),
        ("photographer", "Pictures by Ana, Bo"),
        ("organisation", "Ana, Bo"),
    ],
)
def test_who_made_a_story_is_named_with_what_they_did(role, said):
    lines = [{"role": role, "authors": credit("Ana", "Bo")}]

    byline = element(page(bylines=lines), "div", "byline")

    assert words(byline).replace(" ,", ",") == said
    assert [link["href"] for link in Outline(byline).all("a")] == [
        "/en/author/ana/",
        "/en/author/bo/",
    ]


def test_a_translator_is_named_like_an_author():
    lines = [{"role": role, "authors": credit("Ana")} for role in ("author", "translator")]

    classes = re.findall(r'<p class="(byline__line) [^>]*>', page(bylines=lines))

    assert classes == ["byline__line"] * 2


@pytest.mark.parametrize(("years", "said"), [(1, "1 year old"), (9, "9 years old"), (0, "")])
def test_an_old_story_says_its_age_and_a_new_one_does_not(years, said):
    notice = element(page(age=SimpleNamespace(years=years)), "p", "age-notice")

    assert words(notice) == (said and f"This story is {said}.")


def test_earlier_changes_are_folded_away_with_a_moment_for_each():
    moments = [examples.MOMENT + timedelta(hours=hours) for hours in (5, 3)]

    folded = element(page(earlier_changes=moments), "details", "story-times__earlier")

    assert words(folded).startswith("Earlier changes")
    told = [time["datetime"] for time in Outline(folded).all("time")]
    assert told == [moment.isoformat(timespec="minutes") for moment in moments]
    assert "story-times__earlier" not in page(earlier_changes=[])


@pytest.mark.parametrize(("minutes", "said"), [(1, "1 minute to read"), (4, "4 minutes to read")])
def test_a_story_says_how_long_it_takes_to_read(minutes, said):
    assert words(element(page(minutes=minutes), "p", "story-times__minutes")) == said


def test_a_part_of_a_series_names_it_and_leads_to_the_parts_beside_it():
    series = {"label": "Water", "url": "/en/tag/water/"}
    around = Around(series=series, before=headline("Well"), after=headline("Rain"))

    shown = element(page(around=around), "nav", "series")

    assert words(shown) == "Series: Water Part before Well Next part Rain"
    links = Outline(shown).all("a")
    assert [(link["href"], link.get("rel")) for link in links] == [
        ("/en/tag/water/", None),
        ("/en/2017/11/30/well/", "prev"),
        ("/en/2017/11/30/rain/", "next"),
    ]


def test_the_story_so_far_lists_its_parts_by_day_and_marks_this_one():
    cards = (headline("Talks"), headline("Truce"), headline("Vote"))
    peace = {"label": "Peace", "url": "/en/tag/peace/"}
    around = Around(storyline=peace, so_far=cards)

    shown = element(page(around=around, article_id=cards[1].article_id), "section", "storyline")

    assert words(shown).startswith("The story so far: Peace")
    outline = Outline(shown)
    assert [link["href"] for link in outline.all("a")] == [
        *("/en/tag/peace/", "#after-storyline"),
        *("/en/2017/11/30/talks/", "/en/2017/11/30/vote/"),
    ]
    assert len(outline.all("time")) == 3
    assert re.search('aria-current="page">\\s*Truce', shown)


def test_related_stories_are_listed_with_their_day():
    shown = element(page(around=Around(related=(headline("Dam"),))), "section", "related-stories")

    assert words(shown).startswith("Related stories Dam")
    outline = Outline(shown)
    assert [link["href"] for link in outline.all("a")] == ["/en/2017/11/30/dam/"]
    assert len(outline.all("time")) == 1


@pytest.mark.parametrize(
    ("language", "before"),
    [("en", ("Caption:", "Picture:")), ("ar", ("شرح الصورة:", "الصورة:"))],
)
def test_who_cannot_see_a_picture_hears_what_is_its_caption_and_what_its_credit(language, before):
    caption = element(page(language), "figcaption", "figure__caption")

    told = re.findall(r'<span class="visually-hidden">(.*?)</span>', caption)
    assert tuple(map(words, told)) == before
    assert words(caption) == f"{before[0]} The city {before[1]} [Agency/A. Person · CC BY 4.0]"


def test_a_picture_without_words_announces_none():
    bare = SimpleNamespace(**vars(examples.use().image) | {"credit_line": ""})

    assert "<figcaption" not in page(lead=examples.use(caption="", image=bare))
