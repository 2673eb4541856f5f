"""What stands on a page beside lists of cards, with any number of items and any words, from plain objects."""

from datetime import date
from itertools import cycle, islice
from types import SimpleNamespace

from django.template.loader import render_to_string

from articles.pages.archive import Month, Year
from articles.pages.comments import Thread
from articles.pages.search import Question, SearchPage
from articles.pages.search.facets import Facets, Value
from articles.pages.search.marking import Piece
from articles.pages.search.page import Elsewhere
from newsroom.languages import LANGUAGES
from newsroom.page import Alternate
from tests.templates import examples

STYLES = ("front", "story", "lists", "search", "comments", "history")
"""The stylesheets that pages have beside that of every page."""


def taken(number, words):
    return [*islice(cycle(words), number)]


def cards(number, words):
    return [examples.card(word, kicker=None) for word in taken(number, words)]


def topic(words):
    return {"label": words[-1], "url": "/x/"}


def series(number, words):
    before, after = [*cards(number, words), None, None][:2]
    return {"series": topic(words) if number else None, "before": before, "after": after}


def alternates(number, _words):
    return [
        Alternate(language, "/x/", is_current=not place)
        for place, language in enumerate([*LANGUAGES.values()][:number])
    ]


def footer(number, words):
    foot = [{"label": word, "url": "/x/"} for word in taken(number, words)]
    return SimpleNamespace(
        **{name: getattr(examples.page(), name) for name in ("language", "site", "feed_query")},
        menu=examples.menu(),
        feed="/x/" if number else "",
        foot=foot,
    )


def results(number, words, language):
    return [
        examples.result(
            language,
            title=[Piece(f"{word} "), Piece(words[0], is_marked=True)],
            excerpt=[Piece(f"{word} "), Piece(words[-1], is_marked=True)],
            genre=examples.category(word),
        )
        for word in taken(number, words)
    ]


def facets(number, words):
    values = [
        Value(word, "/x/", 10 ** min(place, 6)) for place, word in enumerate(taken(number, words))
    ]
    kinds = ("region", "section", "tag", "author", "year")
    return Facets(dict.fromkeys(kinds[: number + 1], values), values) if number else Facets({}, [])


def search(number, words, language):
    ways = SimpleNamespace(cards=[])
    return SearchPage(
        Question(words[-1]),
        language,
        is_asked=True,
        results=results(number, words, language),
        number=number,
        has_more=number > 2,
        older_url="/x/" if number else "",
        first_url="/x/" if number else "",
        facets=facets(min(number, 6), words),
        meant=Question(words[0]) if number else None,
        elsewhere=[
            Elsewhere(LANGUAGES[code], "/x/", results(min(number, 3), words, code), 101)
            for code in ("ar", "en")
        ][:number],
        ways=ways,
    )


def remarks(number, words):
    return [
        examples.remark(
            10 + place, name=word, words=f"{word}\n\n{words[0]}", edited_at=examples.MOMENT
        )
        for place, word in enumerate(taken(number, words))
    ]


def discussion(number, words):
    threads = [Thread(1, head, remarks(number // 2, words)) for head in remarks(number, words)]
    if number > 1:
        threads += [
            Thread(2, None, remarks(1, words), words[-1]),
            Thread(3, None, remarks(1, words)),
        ]
    return examples.discussion(
        threads, title=words[-1], is_open=number != 1, earlier_url="x", later_url="x"
    )


def history(number, words):
    changes = [examples.change(word, f"<p>{word} {words[0]}.</p>") for word in taken(number, words)]
    return examples.history(
        changes, title=words[-1], older_url="x" if number > 1 else "", newest_url="x"
    )


def archive(number):
    months = [
        Month(date(2017, 1 + place % 12, 1), "/x/", 10 ** min(place, 6))
        for place in range(min(number, 12))
    ]
    return {"years": [Year(2017 - year, months) for year in range(min(number, 3))]}


def index(number, words):
    entries = [SimpleNamespace(label=word, url="/x/") for word in taken(number, words)]
    groups = [SimpleNamespace(letter=word[0], entries=entries) for word in words[:number]]
    return SimpleNamespace(groups=groups, letters=[word[0] for word in words][:number], letter="")


COMPONENTS = {
    "related-stories": lambda number, words: {"cards": cards(number, words)},
    "series": series,
    "storyline": lambda number, words: {
        "tag": topic(words),
        "cards": cards(number, words),
        "own": 0,
    },
    "elsewhere": lambda number, words: {
        "lists": [
            SimpleNamespace(language=language, url="/x/", number=10**5, has_more=True)
            for language in [*LANGUAGES.values()][:number]
        ]
    },
    "language-switcher": lambda number, words: {"alternates": alternates(number, words)},
    "footer": lambda number, words: {"page": footer(number, words)},
    "pager": lambda number, words: {
        "older_url": "x" if number else "",
        "newer_url": "x" if number > 1 else "",
    },
}
"""Components with what they show of so many items."""


def pages(number, words, language):
    """Yield the template of each page that is a list of something else than cards, with so many of it."""
    yield "search", {"search": search(number, words, language)}
    yield "comments", {"discussion": discussion(number, words)}
    yield "history", {"history": history(number, words)}
    yield "archive", {"archive": archive(number)}
    yield "index", {"index": index(number, words)}


def components(number, words):
    """Yield the name and the markup of each of COMPONENTS with so many items."""
    for name, context in COMPONENTS.items():
        yield name, render_to_string(f"components/{name}.html", context(number, words))
