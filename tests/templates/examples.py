"""Plain objects with what the templates read from models, without a database."""

from datetime import UTC, datetime
from types import SimpleNamespace

from django.utils.safestring import mark_safe

from articles.pages import layouts

MOMENT = datetime(2017, 11, 30, 12, 0, tzinfo=UTC)


def category(label="Syria", *, children=(), slug="syria", pk=1):
    url = f"/en/region/{slug}/"
    return SimpleNamespace(pk=pk, label=label, children=list(children), url=url)


def navigation():
    syria = category()
    return {
        "regions": [category("Middle East", slug="middle-east", children=[syria], pk=2)],
        "sections": [category("News", slug="news", pk=3)],
    }


def picture():
    return SimpleNamespace(
        sources=[{"type": "image/avif", "srcset": "/m/x-320.avif 320w, /m/x-640.avif 640w"}],
        src="/m/x-640.jpg",
        srcset="/m/x-320.jpg 320w, /m/x-640.jpg 640w",
        width=1600,
        height=1067,
    )


def use(**changes):
    image = SimpleNamespace(
        credit_line="Agency/A. Person",
        creator="",
        licence="CC BY 4.0",
        licence_url="https://creativecommons.org/licenses/by/4.0/",
        focal_x=0.5,
        focal_y=0.5,
    )
    values = {"picture": picture(), "alt": "A map", "caption": "The city", "image": image}
    return SimpleNamespace(**values | changes)


def card(title="A headline", *, slot=None, **changes):
    """Return what a list shows of a story, as a card of the kind of its slot."""
    slot = slot or layouts.Slot(layouts.STANDARD)
    return story(title, slot=slot, kind=slot.kind, **changes)


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


def story(title="A headline", **changes):
    values = {
        "title": title,
        "standfirst": "What it is about.",
        "url": "/en/2017/11/30/a-headline/",
        "language": "en",
        "published_at": MOMENT,
        "modified_at": None,
        "kicker": category(),
        "lead": use(),
        "body_html": mark_safe("<p>Text.</p>"),
        "bylines": [{"role": "author", "authors": [{"name": "A. Person", "url": "/en/author/a/"}]}],
        "tags": [{"label": "Raqqa", "url": "/en/tag/raqqa/"}],
        "categories": [category()],
        "breadcrumbs": [{"name": "Syria", "url": "/en/region/syria/"}],
        "share_image": None,
        "more": [],
    }
    return SimpleNamespace(**values | changes)


def alternates(*codes, current="en"):
    return [
        {"language": code, "name": code, "url": f"/{code}/x/", "current": code == current}
        for code in codes
    ]


def page(language="en", **changes):
    """Return what every page's context holds."""
    return {
        "language": language,
        "site_name": "The Paper",
        "site_url": "https://paper.example",
        "strapline": "For readers",
        "navigation": navigation(),
        "alternates": alternates("en", "ar", current=language),
        "page_title": "A title",
        "description": "A description",
        "canonical": f"https://paper.example/{language}/x/",
        **changes,
    }


COMPONENTS = {
    "article-body": {"html": "<p>Text.</p>"},
    "breadcrumbs": {"items": [{"name": "Middle East", "url": "/x/"}, {"name": "Syria", "url": ""}]},
    "byline": {"bylines": story().bylines},
    "card": {
        "card": placed([card()], "more")[0],
        "heading": "h2",
        "lazy": False,
    },
    "embed": {"url": "https://video.example/1", "host": "video.example"},
    "figure": {"use": use(), "lazy": True, "kind": "lead", "sizes": "50vw"},
    "footer": {
        "site_name": "The Paper",
        "strapline": "For readers",
        "language": "en",
        "navigation": navigation(),
    },
    "kicker": {"category": category()},
    "language-switcher": {"alternates": alternates("en", "es", "ar")},
    "latest": {"cards": placed([card(), card()], "latest")},
    "masthead": {
        "site_name": "The Paper",
        "language": "en",
        "alternates": alternates("en", "es"),
        "navigation": navigation(),
        "path": "/en/region/syria/",
        "issued_at": MOMENT,
        "strapline": "For readers",
    },
    "more-stories": {"cards": placed([card()], "more"), "category": category()},
    "navigation": {**navigation(), "path": "/en/region/middle-east/"},
    "notice": {"label": "404", "heading": "Not here", "text": "Nor there.", "home": "/en/"},
    "pager": {"older_url": "?before=x", "newer_url": "?after=x"},
    "picture": {
        "picture": picture(),
        "alt": "A map",
        "sizes": "100vw",
        "lazy": True,
        "shape": "standard",
        "focus": "picture--focus-x-25",
    },
    "region-block": {
        "category": category(),
        "cards": placed([card() for _ in range(5)], "region"),
    },
    "related-card": {"card": card()},
    "skip-link": {},
    "story-times": {"published_at": MOMENT, "modified_at": MOMENT.replace(day=1, month=12)},
    "subregions": {"categories": [category()]},
    "tag-list": {"categories": [category()], "tags": story().tags},
}
"""For each component, its documented parameters."""
