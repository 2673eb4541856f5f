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
      // Of a summary that is cut short, the lines that are seen.
      const end = getComputedStyle(element).display == "inline" ? Infinity : box(element).bottom
      for (const line of range.getClientRects())
        if (line.width > 1 && line.bottom < end + 4) words.push([element, line])
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
    """Return the context of a front page as articles/pages/front.py fills it."""
    blocks = [
        examples.placed(cards[start : start + 5], "region") for start in range(4, len(cards), 5)
    ]
    (lead,) = examples.shown_as(cards[:1], layouts.LEAD) or [None]
    return {
        "front": {
            "lead": lead,
            "seconds": examples.placed(cards[1:4], "seconds"),
            "latest": examples.placed(cards[4:12], "latest"),
            "blocks": [{"category": examples.category(), "cards": block} for block in blocks],
        }
    }


def listing(cards):
    kinds = [layouts.FEATURE] if cards and cards[0].lead else []
    return {
        "shelf": {
            "about": {"heading": ""},
            "cards": examples.shown_as(cards, *kinds, layouts.ROW),
        }
    }


LISTS = {
    "latest": (lambda cards: {"cards": examples.placed(cards, "latest")}, ["none"]),
    "more-stories": (lambda cards: {"cards": examples.placed(cards, "more")}, ["all", "some"]),
    "region-block": (
        lambda cards: {
            "cards": examples.placed(cards, "region"),
            "category": examples.category(),
        },
        ["all", "some"],
    ),
}
"""The lists of stories, each with its parameters and the pictures that its stories may have."""

PAGES = {
    "front": (front, MOST),
    "listing": (listing, 3),
}
"""The pages with lists of their own, each with its context and the most stories that it is tried with."""

LINKS = {
    "breadcrumbs": lambda items: {"items": items},
    "byline": lambda items: {"bylines": [{"role": "author", "authors": items}] if items else []},
    "subregions": lambda items: {"categories": items},
    "tag-list": lambda items: {"categories": items[::3], "tags": items},
}


def links(number, words):
    return [
        SimpleNamespace(name=word, label=word, url="/x/", children=[])
        for word in islice(cycle(words), number)
    ]


def cases(language):
    """Yield the name of a case and its markup, for each list and number of items."""
    words = WORDS[language]
    for name, (context, pictured) in LISTS.items():
        for number, pictures in product(range(MOST + 1), pictured):
            cards = stories(number, words, PICTURED[pictures])
            html = render_to_string(f"components/{name}.html", context(cards))
            yield f"{name} of {number}, {pictures} with pictures", html
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
    """Return the handler of a site that has one page, its style sheet, and one picture."""
    static = ROOT / "static"
    css = fold("css/site.css", read=lambda name: (static / name).read_text(encoding="utf-8"))
    image = picture()

    def handler(route):
        path = route.request.url.removeprefix(HOST)
        if path == "/":
            route.fulfill(body=html, content_type="text/html; charset=utf-8")
        elif path.endswith(".css"):
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
