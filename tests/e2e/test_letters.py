"""The letters of the public pages in a real browser: which files a page fetches, and that no line moves for them."""

from urllib.parse import urlsplit

import pytest

from tests.factories import CategoryFactory, ImageFactory, edition, promotion, story
from tests.house_rules.source import ROOT

pytestmark = pytest.mark.django_db(transaction=True)

BUDGET = 60_000
"""Bytes of letters that a story in Arabic may cost."""

ARABIC = {
    "title_ar": "عودة 400 جندي «قريبًا»: ماذا بعد؟",
    "standfirst_ar": "قال المتحدث (أمس): «نعود في 30 تشرين الثاني – 12 يومًا قبل الموعد».",
    "body_ar": "<p>بلغ العدد 370 ألفًا، أي 12.5% من ‎C++ و<bdi>MAX-8</bdi> وBBC؛ <em>مهم</em> و<strong>أهم</strong>.</p>",
}
NAMES = {
    "title_en": "Erdoğan meets Wałęsa in Plzeň",
    "standfirst_en": "A long line of words, so that it is divided. " * 5,
    "body_en": "<p>Şanlıurfa, Łódź, Dvořák.</p>",
}
SLOW = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
"""400 kbit/s."""

SHIFT = """() => new Promise(resolve => {
  let sum = 0
  new PerformanceObserver(list => { for (const entry of list.getEntries()) sum += entry.value })
    .observe({type: "layout-shift", buffered: true})
  setTimeout(() => resolve(sum), 300)
})"""


def files_fetched(page, article, language):
    fetched = set()
    page.on("request", lambda request: fetched.add(urlsplit(request.url).path.rpartition("/")[2]))
    page.goto(edition(article, language).get_absolute_url())
    page.evaluate("document.fonts.ready")
    return {name.split(".")[0] for name in fetched if name.endswith(".woff2")}


def test_a_story_in_arabic_costs_one_file_of_letters_beside_that_of_the_papers_name(page):
    files = files_fetched(page, story(live=["ar"], **ARABIC), "ar")

    assert "arabic" in files
    assert files <= {"arabic", "headline-latin"}
    sizes = [(ROOT / f"static/fonts/{name}.woff2").stat().st_size for name in files]
    assert sum(sizes) <= BUDGET


def test_a_name_of_another_country_costs_no_file_of_its_own(page):
    files = files_fetched(page, story(live=["en"], **NAMES), "en")

    assert files == {"headline-latin", "text-latin"}


@pytest.mark.parametrize("language", ["en", "ar"])
def test_no_line_moves_when_letters_come_late(page, language):
    line = page.context.new_cdp_session(page)
    line.send("Network.enable")
    line.send("Network.emulateNetworkConditions", SLOW)
    line.send("Network.setCacheDisabled", {"cacheDisabled": True})
    region = CategoryFactory(name_en="Middle East", name_ar="الشرق الأوسط")
    for _number in range(5):
        image = ImageFactory(file__width=320)
        article = story(live=[language], categories=[region], images=[image], **ARABIC, **NAMES)

    moved = {}
    promotion(live=[language])
    addresses = (edition(article, language).url, f"/{language}/", region.url_in(language))
    for address in addresses:
        page.goto(address)
        page.evaluate("document.fonts.ready")
        moved[address] = page.evaluate(SHIFT)

    assert moved == dict.fromkeys(moved, 0)
