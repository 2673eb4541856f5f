"""Plain objects with what the templates read from models, without a database."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

from django.utils.safestring import mark_safe

from articles.comparing.published import Words, parts
from articles.pages import layouts
from articles.pages.comments import Remark
from articles.pages.history import Change
from articles.pages.menu import OTHER, SECTION, Entry, Menu
from articles.pages.search import Question, SearchPage
from articles.pages.search.facets import Facets, Value
from articles.pages.search.marking import Piece
from articles.pages.search.results import Result
from articles.pages.story import Chip, share
from articles.pages.story.around import Around
from articles.pages.story.parts import Note
from articles.renditions import Picture, Source
from articles.views.comment.forms import CommentForm
from newsroom.languages import LANGUAGES
from newsroom.page import Page, Sharing
from newsroom.site.identity import Picture as SitePicture

MOMENT = datetime(2017, 11, 30, 12, 0, tzinfo=UTC)


def category(label="Syria", *, children=(), slug="syria", pk=1):
    url = f"/en/region/{slug}/"
    return SimpleNamespace(pk=pk, label=label, children=list(children), url=url)


def menu():
    syria = Entry("Syria", "/en/region/middle-east/syria/")
    return Menu(
        (
            Entry("Middle East", "/en/region/middle-east/", (syria,)),
            Entry("News", "/en/section/news/", kind=SECTION),
            Entry("Shop", "https://shop.example/", kind=OTHER),
        )
    )


def note():
    return Note(1, "correction", MOMENT, "It was 400, not <4000>.")


def picture():
    return Picture(
        sources=(Source("image/avif", "/m/x-", ".avif", (320, 640)),),
        plain=((640, "/m/x-640.jpg"),),
        width=1600,
        height=1067,
    )


def use(**changes):
    image = SimpleNamespace(
        credit_line="Agency/A. Person",
        creator="",
        licence="CC BY 4.0",
        licence_url="https://creativecommons.org/licenses/by/4.0/",
        is_graphic=False,
        focus=(0.5, 0.5),
    )
    values = {"picture": picture(), "alt": "A map", "caption": "The city", "image": image}
    return SimpleNamespace(**values | changes)


def promotion(**changes):
    values = {
        "pk": 5,
        "title": "A book launch",
        "text": "With the author.",
        "venue": "Town Library",
        "event_at": MOMENT,
        "zone": UTC,
        "link": "https://tickets.example/5",
        "call": "",
        "use": use(caption=""),
        "figure": layouts.IN_PROMOTION,
    }
    return SimpleNamespace(**values | changes)


def card(title="A headline", *, slot=None, **changes):
    """Return what a list shows of a story, as a card of the kind of its slot."""
    slot = slot or layouts.Slot(layouts.STANDARD)
    has_picture = bool(changes.get("lead", True))
    return story(title, slot=slot, kind=slot.kind, **{"has_picture": has_picture} | changes)


def placed(cards, name):
    """Return the cards in the slots of the list `name`."""
    slots = layouts.slots(name, len(cards))
    changes = ({"slot": slot, "kind": slot.kind} for slot in slots)
    return [
        SimpleNamespace(**vars(card) | change) for card, change in zip(cards, changes, strict=True)
    ]


def shown_as(cards, *kinds):
    """Return the cards, each as one of its kind, the last for all others."""
    kinds = [*kinds, *[kinds[-1]] * len(cards)][: len(cards)]
    return [
        SimpleNamespace(**vars(card) | {"slot": layouts.Slot(kind), "kind": kind})
        for card, kind in zip(cards, kinds, strict=True)
    ]


def more(cards, category=None):
    """Return what stands at the end of a story."""
    return SimpleNamespace(cards=placed(cards, "more"), category=category)


def story(title="A headline", **changes):
    values = {
        "title": title,
        "standfirst": "What it is about.",
        "url": "/en/2017/11/30/a-headline/",
        "language": "en",
        "published_at": MOMENT,
        "modified_at": MOMENT + timedelta(days=2),
        "updated_on": None,
        "earlier_changes": [MOMENT + timedelta(days=1)],
        "corrections": [note()],
        "minutes": 4,
        "around": Around(),
        "age": SimpleNamespace(years=9),
        "share": share.ways(title, "https://site.example/en/2017/11/30/a-headline/"),
        "address": "https://site.example/en/2017/11/30/a-headline/",
        "genre": None,
        "kicker": category(),
        "lead": use(),
        "body_html": mark_safe("<p>Text.</p>"),
        "bylines": [{"role": "author", "authors": [{"name": "A. Person", "url": "/en/author/a/"}]}],
        "chips": [
            Chip("Syria", "/en/region/syria/"),
            *(Chip(f"Raqqa {n}", f"/en/tag/raqqa-{n}/", is_tag=True) for n in range(9)),
        ],
        "breadcrumbs": [{"name": "Syria", "url": "/en/region/syria/"}],
        "lead_kind": layouts.OVER_STORY,
        "more": more([]),
        "comments_url": "/en/2017/11/30/a-headline/comments/",
        "history_url": "/en/2017/11/30/a-headline/history/",
    }
    return SimpleNamespace(**values | changes)


def change(title="The sea", body="<p>One.</p>"):
    """A change of a headline and of each paragraph."""
    new = body.replace("</p>", " 1.</p>")
    return Change(MOMENT, parts(Words.of(title, "", body), Words.of(f"{title}!", "", new)))


def history(changes=(), **more):
    values = {
        "title": "A headline",
        "genre": None,
        "story_url": "/en/2017/11/30/a-headline/",
        "published_at": MOMENT,
        "changes": list(changes),
        "older_url": "",
        "newest_url": "",
    }
    return SimpleNamespace(**values | more)


def remark(pk=1, **changes):
    values = {"name": "Rana", "words": "So it was.\n\nAnd more.", "written_at": MOMENT}
    return Remark(pk, **values | {"edited_at": None} | changes)


def discussion(threads=(), **changes):
    values = {
        "title": "A headline",
        "genre": None,
        "url": "/en/2017/11/30/a-headline/comments/",
        "story_url": "/en/2017/11/30/a-headline/",
        "write_url": "/en/2017/11/30/a-headline/comments/write/",
        "is_open": True,
        "threads": list(threads),
        "earlier_url": "",
        "later_url": "",
    }
    return SimpleNamespace(**values | changes)


def page(language="en", *, languages=("en", "ar"), **changes):
    values = {
        "title": "A title",
        "path": f"/{language}/x/",
        "description": "A description",
        "addresses": {code: f"/{code}/x/" for code in languages},
        "sharing": Sharing(),
        "menu": menu(),
    }
    return Page(LANGUAGES[language], **values | changes)


def result(language="en", **changes):
    """Return a story that search has found."""
    values = {
        "url": "/x/",
        "title": [Piece("A <headline> of "), Piece("Syria", is_marked=True)],
        "excerpt": [Piece("In "), Piece("Syria", is_marked=True), Piece(" & elsewhere.")],
        "published_at": MOMENT,
        "genre": category("Opinion"),
    }
    return Result(pk=1, language=LANGUAGES[language], **values | changes)


COMPONENTS = {
    "age-notice": {"years": 9},
    "machine-notice": {"is_shown": True},
    "article-body": {"html": "<p>Text.</p>"},
    "breadcrumbs": {
        "items": [{"name": "Middle East", "url": "/x/"}, {"name": "Syria", "url": ""}],
        "genre": category("Opinion"),
    },
    "byline": {"bylines": story().bylines},
    "card": {
        "card": placed([card()], "more")[0],
        "heading": "h2",
        "lazy": False,
    },
    "withdrawn": {"title": "A <headline>", "published_at": MOMENT, "withdrawn_at": MOMENT},
    "elsewhere": {
        "lists": [
            SimpleNamespace(language=LANGUAGES["ar"], url="/ar/x/", number=12, has_more=False),
            SimpleNamespace(language=LANGUAGES["en"], url="/en/x/", number=100, has_more=True),
        ]
    },
    "story-count": {"number": 12},
    "search-form": {"language": "en", "question": Question("a <word>", {"year": 2017})},
    "search-told": {"search": SearchPage(Question("a"), "en", is_asked=True, number=12)},
    "facets": {
        "facets": Facets(
            {"region": [Value("Syria", "/x/", 3)], "year": [Value("2017", "/y/")]},
            [Value("A <tag>", "/z/")],
        )
    },
    "facet": {"heading": "Year", "values": [Value("2017", "/y/", 3), Value("2016", "/y/")]},
    "result": {"result": result(), "heading": "h2"},
    "embed": {"url": "https://video.example/1", "host": "video.example", "title": "A <film>"},
    "comment": {
        "remark": remark(),
        "heading": "h2",
        "reply_url": "/x/comments/write/?to=1",
        "base": "/x/comments/",
    },
    "comment-form": {
        "form": CommentForm({"name": ""}, subject="1"),
        "action": "change",
        "button": "Send",
    },
    "comments-link": {"url": "/en/x/comments/", "number": 3},
    "differences": {"differences": change().parts[0].differences, "place": "title"},
    "figure": {"use": use(), "kind": layouts.OVER_STORY, "lazy": False},
    "footer": {"page": page()},
    "kicker": {"genre": category("Opinion"), "category": category()},
    "genre": {"category": category("Opinion")},
    "language-switcher": {"alternates": page(languages=("en", "es", "ar")).alternates},
    "latest": {"cards": placed([card(), card()], "latest")},
    "logo": {
        "site": page().site,
        "logo": [SitePicture("/m/day.svg", 640, 160), SitePicture("/m/night.png", 500, 100)],
    },
    "masthead": {"page": page(), "issued_at": MOMENT},
    "more-stories": {"cards": placed([card()], "more"), "category": category()},
    "navigation": {
        "entries": [*zip(menu().entries, ["page", "true", ""], [False, True, False], strict=True)],
        "menu": menu(),
    },
    "notice": {"label": "404", "heading": "Not here", "text": "Nor there.", "home": "/en/"},
    "corrected": {"notes": [note()]},
    "correction": {
        "note": note(),
        "title": "A <story>",
        "url": "/en/x/#corrections",
        "genre": category("Opinion"),
    },
    "story-corrections": {"notes": [note(), note()]},
    "pager": {"older_url": "?before=x", "newer_url": "?after=x", "older": "Older", "newer": "New"},
    "picture": {
        "picture": picture(),
        "sources": [("image/avif", "/m/x-320.avif 320w")],
        "src": "/m/x-640.jpg",
        "alt": "A map",
        "kind": layouts.STANDARD,
        "lazy": True,
        "focus": "picture--focus-x-25",
    },
    "promotion": {"promotion": promotion()},
    "region-block": {
        "category": category(),
        "cards": placed([card() for _ in range(5)], "lead"),
    },
    "related-card": {"card": card()},
    "skip-link": {},
    "lite-link": {"url": "/en/lite/x/"},
    "related-stories": {"cards": [card()]},
    "series": {
        "series": {"label": "Water", "url": "/en/tag/water/"},
        "before": card(),
        "after": card(),
    },
    "storyline": {"tag": {"label": "Peace", "url": "/en/tag/peace/"}, "cards": [card()], "own": 0},
    "share": {"ways": story().share, "address": story().address},
    "story-times": {"story": story(), "shows_changes": True},
    "subregions": {"categories": [category()]},
    "chip": {"chip": story().chips[1]},
    "tag-list": {"chips": story().chips},
}
"""For each component, its documented parameters."""
