"""What readers fetch before they see words: a page and the style, as they are sent, with the words of the demo."""

import json
from datetime import timedelta
from functools import cache
from hashlib import sha256
from itertools import cycle, islice
from types import SimpleNamespace

import brotli
import pytest
from django.utils.safestring import mark_safe

from articles.management.commands.load_demo import STORIES
from articles.management.demo_categories import LANGUAGES, REGIONS, SECTIONS
from articles.pages import history as histories, layouts
from articles.pages.comments import Thread
from articles.pages.front import LATEST, PER_REGION
from articles.pages.menu import REGION, SECTION, Entry, Menu
from articles.pages.search import Question, SearchPage, facets
from articles.pages.search.facets import SHOWN, Facets, Value
from articles.pages.search.finding import ELSEWHERE, SIZE
from articles.pages.search.marking import Piece
from articles.pages.search.page import Elsewhere
from articles.renditions import WIDTHS, Picture, Source
from articles.sentences import cut
from articles.texts import slug_from
from newsroom.files.static import fold
from newsroom.languages import LANGUAGES as KNOWN
from newsroom.pagecache.serving.page import encoded
from tests.templates import examples
from tests.templates.source import STYLES, WHOLE
from tests.templates.test_pages import listing, rendered

MOST = 13_000
"""A server sends 14 kB before it waits for an answer of the browser; addresses on a site are longer than here."""

PAGE, SECONDS, WITHIN = 20, 4, 6
"""Stories of a list, and beside the story of the day; subregions of a region with stories."""


@pytest.fixture(scope="module")
def styles():
    """The stylesheets by their names, in bytes."""
    short = {}

    def read(name):
        return (STYLES.parent / name).read_text(encoding="utf-8")

    def sent(name):
        return len(brotli.compress(fold(name, read=read, short=short).encode()))

    return {sheet.stem: sent(f"css/{sheet.name}") for sheet in WHOLE}


@cache
def texts(language):
    """Return the texts of the demo stories in a language, those with the longest bodies first."""
    lines = [
        line
        for file in sorted(STORIES.glob("*.jsonl"))
        for line in file.read_text(encoding="utf-8").splitlines()
    ]
    stories = [json.loads(line)["editions"] for line in lines]
    found = [story[language] for story in stories if language in story]
    return sorted(found, key=lambda text: -len(text["body"]))


def category(names, language, *, children=(), parent="region"):
    label = names[LANGUAGES.index(language)]
    slug = f"{parent}/{slug_from(label, language=language)}"
    under = [category(child, language, parent=slug) for child in children]
    return examples.category(label, slug=slug.partition("/")[2], children=under, pk=len(slug))


def regions(language):
    return [category(region, language, children=region[-1][:WITHIN]) for region in REGIONS]


def menu(language):
    sections = [category(section, language, parent="section") for section in SECTIONS]
    return Menu(_entries(regions(language)) + _entries(sections, SECTION))


def _entries(nodes, kind=REGION):
    return tuple(Entry(node.label, node.url, _entries(node.children), kind) for node in nodes)


def shown(cards):
    """Cut what the cards say to what their kinds have room for."""
    for card in cards:
        card.standfirst = cut(card.standfirst, card.kind.summary)
    return cards


def picture(title):
    """Return a picture in all widths, under a name by chance."""
    name = sha256(title.encode()).hexdigest()
    address = f"/media/renditions/{name[:2]}/{name[:24]}-full-"
    sources = [Source(f"image/{form}", address, f".{form}", WIDTHS) for form in ("avif", "webp")]
    plain = [(width, f"{address}{width}.jpeg") for width in WIDTHS]
    return Picture(tuple(sources), tuple(plain), 1600, 1067)


def cards(language, number):
    """Return so many cards, all with a picture and from another place, in the words of the demo."""
    words = texts(language)
    places = [child for region in regions(language) for child in region.children]
    return [
        examples.card(
            text["title"],
            standfirst=text["standfirst"],
            url=f"/{language}/2017/11/{1 + index % 28:02}/{slug_from(text['title'], language=language)}/",
            published_at=examples.MOMENT - timedelta(days=index),
            kicker=places[index % len(places)],
            lead=examples.use(picture=picture(f"{index}")),
        )
        for index, text in ((index, words[index % len(words)]) for index in range(number))
    ]


def front(language):
    """Return a front with everything: a column, the latest headlines, and every region full."""
    lead, *others = stock = cards(language, 1 + SECONDS + PER_REGION * len(REGIONS))
    turns = zip(regions(language), cycle(layouts.CONTAINERS[:4]), strict=False)
    rest = iter(others[SECONDS:])
    blocks = [
        {
            "category": region,
            "cards": shown(examples.placed([*islice(rest, turn.most)], turn.name)),
        }
        for region, turn in turns
    ]
    front = SimpleNamespace(
        lead=shown(examples.shown_as([lead], layouts.LEAD))[0],
        issued_at=examples.MOMENT,
        seconds=shown(examples.placed(others[:SECONDS], "column")),
        has_columns=True,
        latest=examples.placed(stock[:LATEST], "latest"),
        blocks=blocks,
    )
    return "articles/front.html", {"front": front}


def story(language):
    text = texts(language)[0]
    body = mark_safe(f'<p class="x">{text["body"]}</p>')  # noqa: S308
    lead, *more = cards(language, 5)
    story = examples.story(
        text["title"],
        standfirst=text["standfirst"],
        body_html=body,
        lead=lead.lead,
        more=examples.more(more),
    )
    return "articles/article.html", {"story": story}


def shelf(language):
    name, context = "articles/listing.html", listing(0)
    found = examples.shown_as(cards(language, PAGE), layouts.OPENER, layouts.ROW)
    context["shelf"].cards = shown(found)
    return name, context


def comments(language):
    words = [text["standfirst"] for text in texts(language)]
    threads = [Thread(n, examples.remark(n, words=words[n % len(words)]), []) for n in range(PAGE)]
    return "articles/comments.html", {"discussion": examples.discussion(threads)}


def results(language, number):
    """Return so many stories that were found, in the words of the demo."""
    return [
        examples.result(
            language,
            url=card.url,
            title=[Piece(card.title)],
            excerpt=[Piece(cut(card.standfirst, 200)), Piece("word", is_marked=True)],
        )
        for card in cards(language, number)
    ]


def history(language):
    """Return the page of changes, each of a headline and of a paragraph."""
    words = texts(language)[: histories.SIZE]
    changes = [
        examples.change(each["title"], f"{each['body'].partition('</p>')[0]}</p>")
        for each in words * (histories.SIZE // len(words) + 1)
    ]
    shown = examples.history(changes[: histories.SIZE], older_url="?before=1")
    return "articles/history.html", {"history": shown}


def search(language):
    """Return a page of search with everything: full in every language, and six of each kind that narrows it down."""
    url = Question(texts(language)[0]["title"], {"year": 2017}).url_in(language, before="1-1")
    narrower = [Value(region.label, url, 12) for region in regions(language)[:SHOWN]]
    others = [code for code in LANGUAGES if code != language]
    found = SearchPage(
        Question("word"),
        language,
        is_asked=True,
        results=results(language, SIZE),
        number=1000,
        has_more=True,
        older_url=url,
        facets=Facets(dict.fromkeys(facets.KINDS, narrower), []),
        elsewhere=[Elsewhere(KNOWN[code], url, results(code, ELSEWHERE), 101) for code in others],
    )
    return "articles/search.html", {"search": found}


KINDS = [front, story, shelf, comments, history, search]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_a_page_and_its_style_arrive_in_one_round_trip(kind, language, styles):
    html = rendered(kind(language), language=language, languages=LANGUAGES, menu=menu(language))

    css = sum(size for name, size in styles.items() if f"css/{name}." in html)
    sent = len(encoded(html.encode())["br"]) + css

    assert sent < MOST
