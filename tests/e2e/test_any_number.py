"""Lists and fronts of any number of stories, with any words: nothing covers, leaves a hole or sticks out.

All of them stand on one page for each language, which is measured at each width of the window.
"""

from datetime import timedelta
from io import BytesIO
from itertools import cycle, islice, product
from types import SimpleNamespace

import pytest
from django.template.loader import render_to_string
from django.utils import translation
from PIL import Image

from articles.pages import layouts
from newsroom.files.static import fold
from tests.house_rules.source import ROOT
from tests.templates import examples

MOST = 20
MAIN = 'tabindex="-1">'
SHOWN = 5
"""Faults of one width that the message of the test names."""

HOST = "http://paper.example"

WORDS = {
    "en": (
        "Counterintelligence",
        "Ceasefire talks end",
        "Misrepresentations of intercontinental telecommunications infrastructure delay agreement",
        "Desproporcionadamente, internacionalización de las responsabilidades",
        "Inconstitucionalissimamente",
        "Рентгеноэлектрокардиографического оборудования не хватает",
        "停火谈判在日内瓦结束各方均未签署任何协议并表示将在下周继续会谈",
    ),
    "ar": (
        "فسيكفيكهم",
        "محادثات وقف إطلاق النار تنتهي",
        "المفاوضات بشأن الاستخدامات العسكرية للمستشفيات والمستوصفات تستأنف في العاصمة بعد أسبوعين",
        "أفاستسقيناكموها",
        "Donald Trump: 100% – 2017/11/30",
    ),
}
PICTURED = {"all": [True], "none": [False], "some": [True, False, False]}

WINDOWS = [(width, 100) for width in (320, 390, 640, 820, 1000, 1280, 1440, 1920)]
WINDOWS += [(390, 200), (1280, 200)]
"""Widths of the window, and sizes of the letters in percent."""

FAULTS = """() => {
  const found = [], box = part => part.getBoundingClientRect(), px = Math.round, range = document.createRange()
  const cross = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1
    && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1
  const lists = ".rows, .latest__list, .region-block__cards, .more-stories__cards, .front__top"
  for (const part of document.querySelectorAll("[data-case]")) {
    const say = (fault, element) => found.push(
      `${part.dataset.case}: ${fault}: ${element.className || element.parentElement.className} ${element.textContent.trim().slice(0, 30)}`)
    const words = []
    for (const element of part.querySelectorAll("h1, h2, h3, p, a, span, time")) {
      if (![...element.childNodes].some(node => node.nodeType == 3 && node.data.trim())) continue
      range.selectNodeContents(element)
      for (const line of range.getClientRects()) if (line.width > 1) words.push([element, line])
    }
    const edge = box(part)
    for (const [element, at] of words)
      if (at.left < edge.left - 1 || at.right > edge.right + 1) say("sticks out", element)
    words.sort((a, b) => a[1].top - b[1].top)
    words.forEach(([element, at], index) => {
      for (let next = index + 1; next < words.length && words[next][1].top < at.bottom - 1; next++) {
        const [other, its] = words[next]
        if (cross(at, its) && !element.contains(other) && !other.contains(element)) say("is covered", element)
      }
    })
    for (const list of part.querySelectorAll(lists)) {
      const items = [...list.children], boxes = items.map(box), whole = box(list)
      const gap = parseFloat(getComputedStyle(list).columnGap) || 0
      boxes.forEach((at, index) => {
        const row = boxes.filter(other => other.top <= at.top + 1 && other.bottom > at.top + 1)
        const filled = row.reduce((sum, other) => sum + other.width, 0) + gap * (row.length - 1)
        if (Math.abs(filled - whole.width) > 2) say(`${px(filled)} of ${px(whole.width)} filled`, items[index])
      })
    }
  }
  if (document.documentElement.scrollWidth > innerWidth) found.push("the page scrolls sideways")
  return found
}"""


def stories(number, words, pictured):
    return [
        examples.card(
            title,
            standfirst=title,
            published_at=examples.MOMENT - timedelta(days=place),
            lead=examples.use() if has_picture else None,
            kicker=examples.category(title.split()[0]) if place % 4 else None,
        )
        for place, title, has_picture in zip(
            range(number), cycle(words), cycle(pictured), strict=False
        )
    ]


def front(cards):
    """Return the context of a front page as articles/pages/front.py fills it, with ever smaller regions."""
    (lead, *_others), seconds, latest = cards[:1] or [None], cards[1:6], cards[:12]
    pictured = [bool(card.lead) for card in seconds]
    top = layouts.top(pictured, most=5, is_led=bool(lead and lead.lead))
    wide = None if top.has_columns else layouts.Place("whole", is_first=True)
    slot = layouts.Slot(layouts.LEAD, wide=wide)
    return {
        "front": {
            "lead": lead and SimpleNamespace(**vars(lead) | {"slot": slot, "kind": layouts.LEAD}),
            "seconds": examples.placed(seconds[: top.number], top.name),
            "has_columns": top.has_columns,
            "latest": examples.placed(latest, "latest"),
            "blocks": list(blocks(cards[1 + top.number :])),
        }
    }


def blocks(cards):
    """Yield so many cards as regions of five, four, three and so on, each in the container whose turn it is."""
    container = None
    for number in (5, 4, 3, 2, 1):
        found, cards = cards[:number], cards[number:]
        if found:
            container = layouts.container([bool(card.lead) for card in found], behind=container)
            shown = examples.placed(found[: container.most], container.name)
            yield {"category": examples.category(), "cards": shown}


def listing(cards):
    return {
        "shelf": {
            "about": {"heading": ""},
            "cards": examples.shown_as(cards, layouts.OPENER, layouts.ROW),
        }
    }


LISTS = {
    "latest": ["latest"],
    "more-stories": ["more"],
    "region-block": [container.name for container in layouts.CONTAINERS],
}
"""The components that are lists of stories, each with the names of its layouts."""

SMALL = 7
"""As many stories as all layouts but the first of a component are tried with; none of them gets more."""

PAGES = {
    "front": (front, MOST),
    "listing": (listing, 3),
}
"""The pages with lists of their own, each with its context and the most stories that it is tried with."""

LINKS = {
    "breadcrumbs": lambda items: {"items": items},
    "byline": lambda items: {"bylines": [{"role": "author", "authors": items}] if items else []},
    "subregions": lambda items: {"categories": items},
    "tag-list": lambda items: {"chips": items},
}


def links(number, words):
    return [
        SimpleNamespace(name=word, label=word, url="/x/", children=[], is_tag=True)
        for word in islice(cycle(words), number)
    ]


def lists():
    """Yield the name of each component and of its layout, with each number of stories and kind of pictures."""
    for name, found in LISTS.items():
        for place, layout in enumerate(found):
            for number in range(SMALL if place else MOST + 1):
                yield from ((name, layout, number, pictures) for pictures in ("all", "some"))


def cases(language):
    """Yield the name of a case and its markup, for each list and number of items."""
    words = WORDS[language]
    for name, layout, number, pictures in lists():
        found = examples.placed(stories(number, words, PICTURED[pictures]), layout)
        context = {"cards": found, "category": examples.category()}
        html = render_to_string(f"components/{name}.html", context)
        yield f"{name} of {number}, {layout}, {pictures} with pictures", html
    for name, (context, most) in PAGES.items():
        for number, pictures in product(range(most + 1), PICTURED):
            html = page_of(name, language, context(stories(number, words, PICTURED[pictures])))
            yield f"{name} of {number}, {pictures} with pictures", main_part(html)
    for name, context in LINKS.items():
        for number in (0, 1, 2, 3, MOST):
            html = render_to_string(f"components/{name}.html", context(links(number, words)))
            yield f"{name} of {number}", html


def page_of(name, language, context):
    return render_to_string(f"articles/{name}.html", {"page": examples.page(language)} | context)


def main_part(html):
    return html.partition(MAIN)[2].partition("</main>")[0]


def sheet(language):
    """Return one page with all cases, between the head and the foot of a page of the site."""
    head, _, rest = page_of("front", language, front([])).partition(MAIN)
    parts = (f'<div data-case="{name}">{html}</div>' for name, html in cases(language))
    return f"{head}{MAIN}{''.join(parts)}</main>{rest.partition('</main>')[2]}"


def picture():
    file = BytesIO()
    Image.new("RGB", (3, 2)).save(file, "JPEG")
    return file.getvalue()


def answer(html):
    """Return the handler of a site that has one page, its stylesheets, and one picture."""
    static = ROOT / "static"
    image, short = picture(), {}

    def read(name):
        return (static / name).read_text(encoding="utf-8")

    def handler(route):
        path = route.request.url.removeprefix(HOST)
        if path == "/":
            route.fulfill(body=html, content_type="text/html; charset=utf-8")
        elif path.endswith(".css"):
            css = fold(path.removeprefix("/static/"), read=read, short=short)
            route.fulfill(body=css, content_type="text/css")
        elif path.endswith(".woff2"):
            route.fulfill(path=static / path.removeprefix("/static/"))
        else:
            route.fulfill(body=image, content_type="image/jpeg")

    return handler


@pytest.mark.parametrize("language", WORDS)
def test_no_number_of_stories_makes_a_list_that_is_wrong_at_any_width(browser, language):
    with translation.override(language):
        html = sheet(language)
    page = browser.new_page()
    page.route("**/*", answer(html))
    page.goto(HOST)
    page.evaluate("document.fonts.ready")

    wrong = []
    for width, percent in WINDOWS:
        page.set_viewport_size({"width": width, "height": 900})
        page.evaluate("size => { document.documentElement.style.fontSize = size }", f"{percent}%")
        faults = page.evaluate(FAULTS)
        wrong += [f"{width} px, letters of {percent} %: {fault}" for fault in faults[:SHOWN]]
        wrong += [f"and {len(faults) - SHOWN} more"] * (len(faults) > SHOWN)
    page.close()

    assert not wrong, "\n".join(wrong)
