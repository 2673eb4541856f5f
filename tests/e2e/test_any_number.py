"""Lists and fronts of any number of stories, with any words: nothing covers, leaves a hole or sticks out.

All of them stand on one page for each language, which is measured at each width of the window. What no language of the demo
is written in stands on one page for all other scripts.
"""

from datetime import timedelta
from io import BytesIO
from itertools import cycle, islice, product
from types import SimpleNamespace

import pytest
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils import translation
from PIL import Image

from articles.pages import layouts
from newsroom.languages import LANGUAGES
from tests.e2e import collected, parts
from tests.e2e.conftest import TIMEOUT
from tests.e2e.crowding import CROWDED
from tests.templates import examples

MOST = 20
MAIN = 'tabindex="-1">'
NUMBERS = (0, 1, 2, 3, MOST)
"""So many items has what is no list of cards."""

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
SCRIPTS = {
    "Greek": (
        "Ηλεκτροεγκεφαλογράφημα",
        "Οι συνομιλίες για την κατάπαυση του πυρός τελειώνουν",
        "Αντισυνταγματικότητα",
    ),
    "Cyrillic": (
        "Рентгеноэлектрокардиографического",
        "Переговоры о прекращении огня завершены",
        "Превысокомногорассмотрительствующий",
    ),
    "Nastaliq": (
        "بین‌الاقوامی",
        "جنگ بندی کے مذاکرات جنیوا میں کسی دستخط کے بغیر ختم ہو گئے",
        "ذمہ‌داریوں",
    ),
    "Hebrew": ("וכשלאנציקלופדיותיהם", "שיחות הפסקת האש הסתיימו בלי חתימה", "האינטרנציונליזציה"),
    "Devanagari": ("अंतर्राष्ट्रीयकरण", "युद्धविराम वार्ता बिना हस्ताक्षर के समाप्त हुई", "किंकर्तव्यविमूढ़ता"),
    "Bengali": ("আন্তর্জাতিকীকরণপ্রক্রিয়া", "যুদ্ধবিরতি আলোচনা স্বাক্ষর ছাড়াই শেষ হয়েছে", "কিংকর্তব্যবিমূঢ়তা"),
    "Tamil": (
        "சர்வதேசமயமாக்கப்பட்டவற்றிலிருந்து",
        "போர்நிறுத்தப் பேச்சுவார்த்தை கையெழுத்தின்றி முடிந்தது",
        "பொறுப்புணர்ச்சியற்றவர்களுக்கு",
    ),
    "Thai": ("การเจรจาหยุดยิงที่เจนีวาสิ้นสุดลงโดยไม่มีฝ่ายใดลงนามในข้อตกลงใด", "ฝนตก", "การทำให้เป็นสากล"),
    "Han": ("停火谈判在日内瓦结束各方均未签署任何协议并表示将在下周继续会谈", "下雨", "国际化进程"),
    "Kana": (
        "ジュネーブでの停戦協議は合意文書への署名がないまま終了",
        "雨",
        "インターナショナリゼーション",
    ),
    "Hangul": (
        "제네바휴전협상이서명없이종료되었습니다",
        "휴전 협상이 서명 없이 끝났다",
        "국제화과정에서의책임",
    ),
    "Ethiopic": ("የተኩስ አቁም ድርድር ያለ ፊርማ ተጠናቀቀ", "ዝናብ", "ኢንተርናሽናላይዜሽንንና"),
}
"""Long words of each script that has a stylesheet of its own."""

PICTURED = {"all": [True], "none": [False], "some": [True, False, False]}

WINDOWS = [(width, 100) for width in (320, 390, 640, 820, 1000, 1280, 1440, 1920)]
WINDOWS += [(320, 200), (1280, 200), (1920, 200)]
"""Widths of the window, and sizes of the letters in percent."""

FAULTS = """() => {
  const SLACK = 9 * 16 // Stories of a column stand so much farther apart at most, that it ends where its neighbour does.
  const found = [], box = part => part.getBoundingClientRect(), px = Math.round, range = document.createRange()
  const cross = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1
    && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1
  const lists = ".rows, .latest__list, .region-block__cards, .more-stories__cards, .front__top"
  for (const part of document.querySelectorAll("[data-case]")) {
    const say = (fault, element) => found.push(
      `${part.dataset.case}: ${fault}: ${element.className || element.parentElement.className} ${element.textContent.trim().slice(0, 30)}`)
    const words = []
    // Of cards no line stands in another even by a pixel; crowding.py looks at what is no card.
    for (const element of part.querySelectorAll("h1, h2, h3, p, a, span, time, li, summary, dd")) {
      const own = [...element.childNodes].filter(node => node.nodeType == 3 && node.data.trim())
      if (!own.length || element.closest(".visually-hidden") || !element.checkVisibility()) continue
      for (const node of own) {
        range.selectNodeContents(node)
        for (const line of range.getClientRects()) if (line.width > 1) words.push([element, line])
      }
    }
    const edge = box(part)
    for (const [element, at] of words)
      if (at.left < edge.left - 1 || at.right > edge.right + 1) say("sticks out", element)
    if (!part.querySelector(".card")) continue
    // Letters of Nastaliq hang into the lines above and below.
    if (part.closest(":lang(ur)")) words.length = 0
    words.sort((a, b) => a[1].top - b[1].top)
    words.forEach(([element, at], index) => {
      for (let next = index + 1; next < words.length && words[next][1].top < at.bottom - 1; next++) {
        const [other, its] = words[next]
        if (cross(at, its) && !element.contains(other) && !other.contains(element)) say("is covered", element)
      }
    })
    for (const list of part.querySelectorAll(lists)) {
      const items = [...list.children], boxes = items.map(box), whole = box(list)
      const gap = parseFloat(getComputedStyle(list).columnGap) || 0, rowGap = parseFloat(getComputedStyle(list).rowGap) || 0
      boxes.forEach((at, index) => {
        const row = boxes.filter(other => other.top <= at.top + 1 && other.bottom > at.top + 1)
        const filled = row.reduce((sum, other) => sum + other.width, 0) + gap * (row.length - 1)
        if (Math.abs(filled - whole.width) > 2) say(`${px(filled)} of ${px(whole.width)} filled`, items[index])
        const beside = boxes.filter(other => other.left < at.right - 1 && other.right > at.left + 1)
        const below = beside.filter(other => other.top > at.bottom - 1).map(other => other.top)
        const hole = Math.min(whole.bottom, ...below.map(top => top - rowGap)) - at.bottom
        if (hole > (list.matches(".front__cards") ? SLACK : 2)) say(`${px(hole)} empty below`, items[index])
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
        taken, cards = cards[:number], cards[number:]
        if taken:
            container = layouts.container([bool(card.lead) for card in taken], behind=container)
            shown = examples.placed(taken[: container.most], container.name)
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

SMALL, DRAWN = 7, (11, 16)
"""As many stories as all layouts but the first two of a component are tried with, which get no more, and two numbers that are not theirs."""

PAGES = {
    "front": (front, MOST),
    "listing": (listing, 4),
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
    for name, used_layouts in LISTS.items():
        for place, layout in enumerate(used_layouts):
            for number in range(MOST + 1) if place < 2 else (*range(SMALL), *DRAWN):
                kinds = ("all", "some") if number < SMALL else ("some",)
                yield from ((name, layout, number, pictures) for pictures in kinds)


def beside(language, words, numbers):
    """Yield the name of a case and its markup, for what is no list of cards and each of these numbers of items."""
    for number in numbers:
        for name, html in parts.components(number, words):
            yield f"{name} of {number}", html
        for name, context in parts.pages(number, words, language):
            yield f"{name} of {number}", main_part(page_of(name, language, context))


def cases(language):
    """Yield the name of a case and its markup, for each list and number of items."""
    words = WORDS[language]
    for name, layout, number, pictures in lists():
        cards = examples.placed(stories(number, words, PICTURED[pictures]), layout)
        context = {"cards": cards, "category": examples.category()}
        html = render_to_string(f"components/{name}.html", context)
        yield f"{name} of {number}, {layout}, {pictures} with pictures", html
    for name, (context, most) in PAGES.items():
        for number, pictures in product(range(most + 1), PICTURED):
            html = page_of(name, language, context(stories(number, words, PICTURED[pictures])))
            yield f"{name} of {number}, {pictures} with pictures", main_part(html)
    for name, context in LINKS.items():
        for number in NUMBERS:
            html = render_to_string(f"components/{name}.html", context(links(number, words)))
            yield f"{name} of {number}", html


def page_of(name, language, context):
    return render_to_string(f"articles/{name}.html", {"page": examples.page(language)} | context)


def main_part(html):
    return html.partition(MAIN)[2].partition("</main>")[0]


def sheet(language):
    """Return one page with all cases, between the head and the foot of a page of the site."""
    others = "".join(case(*one) for one in beside(language, WORDS[language], NUMBERS))
    return framed(
        language, [*(case(*one) for one in cases(language)), f'<div id="others">{others}</div>']
    )


def case(name, html):
    return f'<div data-case="{name}">{html}</div>'


def framed(language, cases, *, sheets=()):
    """Return a page of these cases with the styles of every page, and more `sheets`."""
    head, _, rest = page_of("front", language, front([])).partition(MAIN)
    names = (*(f"css/{name}.css" for name in parts.STYLES), *sheets)
    links = "".join(f'<link rel="stylesheet" href="{static(name)}">' for name in names)
    head = head.replace("</head>", f"{links}</head>")
    return f"{head}{MAIN}{''.join(cases)}</main>{rest.partition('</main>')[2]}"


def of_scripts():
    """Return one page with a section for each script that has a stylesheet of its own, in a language that is written in it."""
    languages = {language.sheet: language for language in LANGUAGES.values() if language.sheet}
    sections = (section(language) for language in languages.values())
    return framed("en", sections, sheets=languages)


def section(language):
    words = SCRIPTS[language.hand or language.script]
    with translation.override(language.code):
        few = [
            (
                f"front of {number}",
                main_part(
                    page_of("front", language.code, front(stories(number, words, [True, False])))
                ),
            )
            for number in (3, 8, MOST)
        ]
        content = "".join(
            case(f"{language.code}, {name}", html)
            for name, html in [*few, *beside(language.code, words, [3])]
        )
    return f'<section lang="{language.code}" dir="{language.direction}">{content}</section>'


def picture():
    file = BytesIO()
    Image.new("RGB", (3, 2)).save(file, "JPEG")
    return file.getvalue()


def answer(html):
    """Return the handler of a site that has one page, its static files, and one picture."""
    image = picture()

    def handler(route):
        path = route.request.url.removeprefix(HOST)
        if path == "/":
            route.fulfill(body=html, content_type="text/html; charset=utf-8")
        elif path.startswith("/static/"):
            route.fulfill(path=collected.FOLDER / path.removeprefix("/static/"))
        else:
            route.fulfill(body=image, content_type="image/jpeg")

    return handler


@pytest.mark.parametrize("language", WORDS)
def test_no_number_of_stories_makes_a_list_that_is_wrong_at_any_width(browser, language):
    with translation.override(language):
        html = sheet(language)

    assert_whole(browser, html, WINDOWS, crowded="#others")


def test_no_script_makes_a_list_that_is_wrong_at_any_width(browser):
    assert_whole(
        browser,
        of_scripts(),
        crowded="main",
        windows=[(320, 100), (1280, 100), (320, 200), (1920, 200)],
    )


def assert_whole(browser, html, windows, *, crowded):
    """Assert that no case of a page is wrong at any of these widths and sizes of letters; `crowded` is where what is no card stands."""
    page = browser.new_page()
    page.set_default_timeout(TIMEOUT)
    page.route("**/*", answer(html))
    page.goto(HOST)
    page.evaluate("document.fonts.ready")

    wrong = []
    for width, percent in windows:
        page.set_viewport_size({"width": width, "height": 900})
        page.evaluate("size => { document.documentElement.style.fontSize = size }", f"{percent}%")
        faults = page.evaluate(FAULTS) + page.evaluate(CROWDED, crowded)
        wrong += [f"{width} px, letters of {percent} %: {fault}" for fault in faults[:SHOWN]]
        wrong += [f"and {len(faults) - SHOWN} more"] * (len(faults) > SHOWN)
    page.close()

    assert not wrong, "\n".join(wrong)
