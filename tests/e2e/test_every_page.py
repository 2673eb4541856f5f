"""Every kind of public page, with what is hard to lay out, in a real browser: nothing that an audit would name."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from articles import comment_links
from articles.actions import commenting, publishing
from articles.models import Article, Author, Category, Edition, Tag
from tests.hard import pictures, stories, words

pytestmark = pytest.mark.django_db(transaction=True)

NOW = datetime(2017, 11, 29, 12, tzinfo=UTC)
WIDTHS = (320, 390, 820, 1440)
MISTAKEN = "writing a comment, with mistakes"

FAULTS = """() => {
  const found = new Set(), say = (fault, element) =>
    found.add(`${fault}: <${element.localName} class="${element.className}"> ${element.textContent.trim().slice(0, 40)}`)
  const all = selector => document.querySelectorAll(selector)
  if (document.documentElement.scrollWidth > innerWidth) found.add(`scrolls sideways: ${document.documentElement.scrollWidth}`)
  if (all("h1").length != 1) found.add(`${all("h1").length} h1`)
  let level = 1
  for (const heading of all("main h1, main h2, main h3, main h4")) {
    const its = Number(heading.localName[1])
    if (its > level + 1) say(`h${its} after h${level}`, heading)
    level = its
  }
  const ids = new Set()
  for (const element of all("[id]")) {
    if (ids.has(element.id)) say(`id ${element.id} again`, element)
    ids.add(element.id)
  }
  for (const element of all("[aria-labelledby], [aria-describedby], label[for]"))
    for (const id of [element.getAttribute("aria-labelledby"), element.getAttribute("aria-describedby"), element.htmlFor])
      for (const one of (id || "").split(" ").filter(Boolean))
        if (!ids.has(one)) say(`nothing has the id ${one}`, element)
  for (const image of all("img:not([alt])")) say("no alt", image)
  for (const element of all("a[href], button, summary, input:not([type=hidden]), textarea, select")) {
    const pictured = [...element.querySelectorAll("img")].map(image => image.alt).join("")
    const labelled = element.labels?.[0]?.textContent || element.ariaLabel || element.title
    if (!(element.textContent.trim() || pictured || labelled || element.getAttribute("aria-labelledby"))) say("no name", element)
  }
  for (const element of all("[tabindex]")) if (element.tabIndex > 0) say("tabindex", element)
  for (const list of all("ul, ol")) for (const child of list.children) if (child.localName != "li") say("not in li", child)
  return [...found]
}"""

PALE = """() => {
  for (const animation of document.getAnimations()) animation.finish()
  const found = new Set(), channel = value => value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  const canvas = new OffscreenCanvas(1, 1).getContext("2d", {willReadFrequently: true})
  const read = color => {
    canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = color; canvas.fillRect(0, 0, 1, 1)
    return [...canvas.getImageData(0, 0, 1, 1).data]
  }
  const light = ([r, g, b]) => 0.2126 * channel(r / 255) + 0.7152 * channel(g / 255) + 0.0722 * channel(b / 255)
  const behind = element => {
    for (; element; element = element.parentElement) {
      const color = read(getComputedStyle(element).backgroundColor)
      if (color[3] > 250) return color
    }
    return read(matchMedia("(prefers-color-scheme: dark)").matches ? "black" : "white")
  }
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  for (let node; (node = walker.nextNode());) {
    const element = node.parentElement
    if (!node.data.trim() || !element.checkVisibility({visibilityProperty: true})) continue
    const style = getComputedStyle(element), size = parseFloat(style.fontSize)
    const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700)
    const [one, other] = [light(read(style.color)), light(behind(element))].sort((a, b) => b - a)
    const ratio = (one + 0.05) / (other + 0.05)
    if (ratio < (large ? 3 : 4.5)) found.add(`${ratio.toFixed(2)}: ${element.className || element.localName} ${node.data.trim().slice(0, 30)}`)
  }
  return [...found]
}"""

WHOLE = """addEventListener("DOMContentLoaded", () =>
  requestAnimationFrame(() => requestAnimationFrame(() => window.wholeSince = performance.now())))"""
"""Note from when on all of a page has been painted: a browser that is busy paints the part that has come first.

Read from the clock: what a frame is told as its time is when it was due, and the frame before may have been painted later.
"""

SHIFTED = """() => new Promise(done => {
  const moved = [], place = ({x, y, width, height}) => [x, y, width, height].map(Math.round).join(" ")
  const name = node => `${(node?.parentElement ?? node)?.className} ${node?.textContent.trim().slice(0, 30)}`
  const told = ({node, previousRect, currentRect}) =>
    `moves from ${place(previousRect)} to ${place(currentRect)}: ${name(node)}`
  new PerformanceObserver(list => moved.push(...list.getEntries())).observe({type: "layout-shift", buffered: true})
  const last = () => moved
    .filter(({hadRecentInput, startTime}) => !hadRecentInput && startTime >= window.wholeSince)
    .flatMap(({sources}) => sources.map(told))
  requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(() => done(last()))))
})"""


@pytest.fixture
def hard(transactional_db, monkeypatch, settings):
    settings.SENDS_MAIL = True
    monkeypatch.setattr(stories, "MOST", 2)
    small = {name: (width // 3, height // 3) for name, (width, height) in pictures.SIZES.items()}
    monkeypatch.setattr(pictures, "SIZES", small)
    stories.build(now=NOW)


def addresses(language):
    """Return an address of each kind of page in a language, and those of the stories that differ most."""

    def story(part):
        found = Edition.objects.live(language=language, at=NOW)
        return next(one for one in found if part in one.title).get_absolute_url()

    long, empty = words.LONG_NAME["en"], words.REGION["en"].format(0)
    regions = {one.name_en: one.url_in(language) for one in Category.objects.all()}
    tag = Tag.objects.get(name="Topic 1 of 12")
    return {
        "front": f"/{language}/",
        "archive": reverse("articles:archive", kwargs={"language": language}),
        "month": f"/{language}/archive/2017/11/",
        "region": regions[long],
        "region that is empty": regions[empty],
        "tag": f"/{language}/tag/{tag.slug}/",
        "author": Author.objects.all()[0].url_in(language),
        "story of longest words": story(words.LONGEST[language]),
        "story of every block": story("every block"),
        "story of twelve tags": story("12 tags"),
        "story of eight bylines": story("8 bylines"),
        "story with a portrait": story("portrait"),
        "story with a tiny picture": story("tiny"),
        **_of_comments(language),
        "part of a series and of a running story": story("part 2 of 3"),
        "no such page": f"/{language}/nothing/",
        "no such page in any language": "/xx/nothing/",
        "withdrawn": _withdrawn(language),
        "not in this language": _only_in_arabic(language),
    }


def _of_comments(language):
    """Return the addresses of the pages of comments: of a story that has some, to write one, and of its reader."""
    edition = next(
        one for one in Edition.objects.live(language=language, at=NOW) if "square" in one.title
    )
    commenting.open_story(edition, until=timezone.now() + timedelta(days=1), by=commenting.SYSTEM)
    first = _comment(edition, words.UNBROKEN[language])
    _comment(edition, words.OTHER_SCRIPT[language], parent=first.pk)
    return {
        "story with comments": edition.get_absolute_url(),
        "comments": edition.comments_url,
        "writing a comment": f"{edition.comments_url}write/",
        MISTAKEN: f"{edition.comments_url}write/",
        "answering a comment": f"{edition.comments_url}write/?to={first.pk}",
        "own comment": reverse("articles:comment", args=[language, comment_links.own(first)]),
        "asking for all comments": reverse("articles:ask_for_comments", args=[language]),
        "all comments of a reader": reverse(
            "articles:comments_of_reader", args=[language, comment_links.of_all(first.email)]
        ),
    }


def _comment(edition, text, *, parent=None):
    comment = commenting.write(
        edition,
        name=words.LONG_NAME[edition.language][:80],
        words=text,
        email="reader@example.org",
        parent=parent,
        sender=f"{edition.pk} {parent}",
    )
    commenting.moderate(comment, "publish", by=commenting.SYSTEM)
    return comment


def _withdrawn(language):
    found = Edition.objects.live(language=language, at=NOW).filter(article__categories=None)[0]
    publishing.withdraw(found, by=publishing.SYSTEM, reason="Wrong.", now=NOW)
    return found.get_absolute_url()


def _only_in_arabic(language):
    article = Article.objects.exclude(title_ar=None).filter(title_en=None).get()
    return (
        article.editions.get(language="ar").get_absolute_url().replace("/ar/", f"/{language}/", 1)
    )


def pages():
    """Yield the language, name and address of each page that is looked at."""
    for language in ("en", "ar"):
        for name, address in addresses(language).items():
            yield language, name, address


def test_no_audit_names_a_fault_of_any_page(hard, page, complaints):
    wrong = []
    page.add_init_script(WHOLE)
    for language, name, address in pages():
        page.goto(address)
        if name == MISTAKEN:
            page.locator(".comment-form__button").click()
            page.get_by_role("alert").wait_for()
        # The browser says so itself of each page that is not there.
        complaints[:] = [line for line in complaints if "status of 4" not in line]
        page.evaluate("document.fonts.ready")
        found = page.evaluate(SHIFTED)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            found += [f"{width} px: {fault}" for fault in page.evaluate(FAULTS)]
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            found += [f"{scheme}: {fault}" for fault in page.evaluate(PALE)]
        wrong += [f"{language}, {name}, {fault}" for fault in found]

    assert not wrong, "\n".join(wrong)
