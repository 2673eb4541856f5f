"""What readers fetch before they see words: a page and the style, as they are sent, with the words of the demo."""

import json
import re
from datetime import date, timedelta
from functools import cache
from hashlib import sha256
from itertools import cycle, groupby, islice
from types import SimpleNamespace

import brotli
import pytest
from django.template.loader import render_to_string
from django.utils.html import strip_tags
from django.utils.safestring import mark_safe

from articles.management.commands.load_demo import STORIES
from articles.management.demo_categories import LANGUAGES, REGIONS, SECTIONS
from articles.models import WORDS_LENGTH
from articles.pages import history as histories, index as indexes, layouts, ways as ways_on
from articles.pages.archive import Month, Year
from articles.pages.comments import SIZE as COMMENTS, Thread
from articles.pages.front import LATEST, PER_REGION
from articles.pages.menu import REGION, SECTION, Entry, Menu
from articles.pages.search import Question, SearchPage, facets
from articles.pages.search.facets import SHOWN, Facets, Value
from articles.pages.search.finding import ELSEWHERE, SIZE
from articles.pages.search.marking import Piece
from articles.pages.search.page import Elsewhere
from articles.pages.shelf import TOPICS, Day
from articles.pages.story.around import RELATED, SO_FAR, Around
from articles.renditions import WIDTHS, Picture, Source
from articles.sentences import cut
from articles.texts import slug_from
from articles.views.comment.forms import CommentForm
from newsroom.files.static import fold
from newsroom.i18n import letters
from newsroom.languages import LANGUAGES as KNOWN
from newsroom.pagecache.serving.page import encoded
from tests.templates import examples
from tests.templates.source import STYLES, WHOLE
from tests.templates.test_pages import listing, rendered

ROUND_TRIP = 14_000
"""Bytes that a server sends before it waits for an answer of the browser."""

MOST = 13_000
"""What a page may weigh here: addresses on a site are longer."""

PAGE, SECONDS, WITHIN, WAYS = 20, 4, 6, ways_on.NUMBER
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
    editions = [story[language] for story in stories if language in story]
    return sorted(editions, key=lambda text: -len(text["body"]))


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


def full_story(language):
    """Return a story with everything that can stand round it."""
    name, context = story(language)
    one, *others = cards(language, SO_FAR + RELATED + 2)
    for pk, card in enumerate((one, *others)):
        card.article_id = pk
    topic = SimpleNamespace(label=texts(language)[0]["title"], url=f"/{language}/tag/topic/")
    context["story"].around = Around(
        storyline=topic,
        so_far=tuple(others[:SO_FAR]),
        series=topic,
        before=one,
        after=others[-1],
        related=tuple(others[SO_FAR : SO_FAR + RELATED]),
    )
    context["story"].article_id = 1
    text = texts(language)[1]
    promotion = examples.promotion(title=text["title"], text=text["standfirst"])
    return name, context | {"slot": SimpleNamespace(promotion=promotion)}


def shelf(language):
    name, context = "articles/listing.html", listing(0)
    page_cards = examples.shown_as(cards(language, PAGE), layouts.OPENER, layouts.ROW)
    context["shelf"].cards = shown(page_cards)
    context["shelf"].topics = [
        SimpleNamespace(label=label, url=f"/{language}/tag/{slug_from(label, language=language)}/")
        for label in labels(language, TOPICS)
    ]
    return name, context


def comments(language):
    words = [text["standfirst"] for text in texts(language)]
    remarks = [examples.remark(n, words=words[n % len(words)]) for n in range(COMMENTS)]
    threads = [Thread(remark.pk, remark, []) for remark in remarks]
    discussion = examples.discussion(threads, earlier_url="?after=1", later_url="?after=50")
    return "articles/comments.html", {"discussion": discussion}


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
        examples.change(text["title"], f"{text['body'].partition('</p>')[0]}</p>")
        for text in words * (histories.SIZE // len(words) + 1)
    ]
    shown = examples.history(changes[: histories.SIZE], older_url="?before=1")
    return "articles/history.html", {"history": shown}


def search(language):
    """Return a page of search with everything: full in every language, and six of each kind that narrows it down."""
    url = Question(texts(language)[0]["title"], {"year": 2017}).url_in(language, before="1-1")
    narrower = [Value(region.label, url, 12) for region in regions(language)[:SHOWN]]
    others = [code for code in LANGUAGES if code != language]
    page = SearchPage(
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
    return "articles/search.html", {"search": page}


def day(language):
    """Return the page of a month, each day of which has its own heading; that of one day has less."""
    name, context = "articles/listing.html", listing(0)
    page_cards = shown(examples.shown_as(cards(language, PAGE), layouts.OPENER, layouts.ROW))
    days = [Day(card.published_at.date(), f"{card.url[:15]}/", [card]) for card in page_cards]
    context["shelf"].cards, context["shelf"].days = page_cards, days
    return name, context


def empty(language):
    """Return a list without stories, with ways to those of other languages and of the one above."""
    name, context = "articles/listing.html", listing(0)
    context["shelf"].elsewhere = [
        Elsewhere(KNOWN[code], f"/{code}/region/syria/", [], 101) for code in LANGUAGES
    ]
    context["shelf"].ways = ways(language)
    return name, context


def ways(language):
    return SimpleNamespace(cards=examples.placed(cards(language, WAYS), "more"), category=None)


def dates_of_years(language):
    """Return the archive of twenty years, with stories in every month."""
    years = [
        Year(
            year,
            [
                Month(date(year, n, 1), f"/{language}/archive/{year}/{n:02}/", 7 * year % (90 + n))
                for n in range(1, 13)
            ],
        )
        for year in range(2017, 1997, -1)
    ]
    return "articles/archive.html", {"archive": {"years": years}}


def labels(language, number):
    """Return so many topics of two words each, no two alike, as words of the demo's stories give them."""
    words = [
        word
        for text in texts(language)
        for word in dict.fromkeys(re.findall(r"[^\W\d_]{4,}", strip_tags(text["body"])))
    ]
    pairs = zip(words[::2], reversed(words), strict=False)
    unique = dict.fromkeys(f"{one} {other}" for one, other in pairs)
    topics = [*islice(unique, number)]
    assert len(topics) == number
    return sorted(topics, key=lambda label: letters.order(label, language))


def index(language):
    """Return the page of as many topics as stand on one."""
    entries = [
        indexes.Entry(pk, label, f"/{language}/tag/{slug_from(label, language=language)}/")
        for pk, label in enumerate(labels(language, indexes.MOST))
    ]
    by_letter = groupby(entries, key=lambda entry: letters.initial(entry.label, language))
    groups = [indexes.Group(letter, [*some]) for letter, some in by_letter]
    return "articles/index.html", {"index": indexes.Index("tag", language, groups)}


def own_page(language):
    """Return a page of the site as long as the longest story."""
    body = mark_safe(texts(language)[0]["body"])  # noqa: S308
    page = SimpleNamespace(title="About", body_html=body, modified_at=examples.MOMENT)
    return "articles/own_page.html", {"own_page": page}


def gone(language):
    text = texts(language)[0]
    told = examples.COMPONENTS["withdrawn"] | {"title": text["title"], "reason": text["standfirst"]}
    return "articles/gone.html", {"gone": told, "ways": ways(language)}


def not_found(language):
    return "404.html", {"ways": ways(language)}


def not_live(language):
    """Return what stands in place of a story that can be read in every other language."""
    editions = [
        (KNOWN[code], {"url": cards(code, 1)[0].url, "title": texts(code)[0]["title"]})
        for code in LANGUAGES
        if code != language
    ]
    return "articles/not_live.html", {"editions": editions}


def failed(language):
    return "503.html", {}


def form(language):
    """Return a form that was sent with every mistake, and the longest words that it takes."""
    values = {"name": "", "email": "x", "words": texts(language)[0]["body"][:WORDS_LENGTH]}
    made = CommentForm(values, subject="1")
    assert made.errors
    return made


def write_comment(language):
    answered = examples.remark(words=texts(language)[0]["standfirst"] * 3)
    card = cards(language, 1)[0]
    context = {"edition": card, "genre": None, "answered": answered, "form": form(language)}
    return "articles/write_comment.html", context


def own_comment(language):
    comment = SimpleNamespace(
        is_erased=False, state="published", email="rana@mail.example", url="/x/comments/1/"
    )
    context = {"edition": cards(language, 1)[0], "is_live": True, "sentence": "It is published."}
    context |= {"comment": comment, "form": form(language)}
    context |= {"may_change": True, "may_confirm": True, "waits_for_mail": True}
    return "articles/own_comment.html", context


def comments_of_reader(language):
    words = [text["standfirst"] for text in texts(language)]
    told = [
        (SimpleNamespace(**remark._asdict(), get_state_display="Published"), words[0][:80])
        for remark in (examples.remark(n, words=words[n % len(words)]) for n in range(PAGE))
    ]
    return "articles/comments_of_reader.html", {"comments": told, "email": "rana@mail.example"}


def api(language):
    names = dict.fromkeys(("list", "one", "document"), f"/api/articles/?language={language}")
    return "articles/api.html", {"html": render_to_string("articles/api_text.html", names)}


def ask_for_comments(language):
    return "articles/ask_for_comments.html", {"form": form(language)}


KINDS = [front, story, shelf, day, empty, dates_of_years, index, own_page, search]
KINDS += [comments, history, write_comment, own_comment, ask_for_comments, comments_of_reader, api]
KINDS += [gone, not_found, not_live, failed]


def sent(kind, language, styles):
    """Return the bytes of a page and its style."""
    html = rendered(kind(language), language=language, languages=LANGUAGES, menu=menu(language))
    css = sum(size for name, size in styles.items() if f"css/{name}." in html)
    return len(encoded(html.encode())["br"]) + css


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_a_page_and_its_style_arrive_in_one_round_trip(kind, language, styles):
    assert sent(kind, language, styles) < MOST


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_story_with_all_that_can_stand_round_it_arrives_in_one_round_trip(language, styles):
    assert sent(full_story, language, styles) < ROUND_TRIP
