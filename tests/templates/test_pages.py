"""The pages from plain contexts: what a reader, a screen reader and another site find in them."""

import re
from datetime import date
from html.parser import HTMLParser
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.template.loader import get_template, render_to_string
from django.test import override_settings
from django.utils import translation

from articles.pages import layouts
from articles.pages.archive import Month, Year
from articles.pages.comments import Thread
from articles.pages.search import Question, SearchPage
from articles.pages.search.page import Elsewhere
from articles.pages.story.around import Around
from newsroom.languages import LANGUAGES
from newsroom.page import Sharing
from tests import validity
from tests.templates import examples

VOID = {"br", "img", "input", "link", "meta", "source"}


class Outline(HTMLParser):
    """The elements of a page in order, and those that were never closed."""

    def __init__(self, html):
        super().__init__()
        self.elements, self.open = [], []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def all(self, tag):
        return [attrs for kind, attrs in self.elements if kind == tag]

    def headings(self):
        return [int(tag[1]) for tag, _attrs in self.elements if re.fullmatch("h[1-6]", tag)]


def cards(number):
    return [examples.card(f"Story {index}") for index in range(number)]


def front(**changes):
    """Return the context of a front page, empty but for the changes."""
    values = {"lead": None, "issued_at": None, "seconds": [], "latest": [], "blocks": []}
    values["has_columns"] = False
    return {"front": SimpleNamespace(**values | changes)}


def listing(number, **changes):
    """Return the context of a list of so many stories."""
    about = {"heading": "Syria", "kind": "", "description": ""}
    about |= {"breadcrumbs": [], "subregions": []}
    shown = examples.shown_as(cards(number), layouts.OPENER, layouts.ROW)
    values = {
        "cards": shown,
        "topics": [],
        "days": [],
        "older_url": "",
        "newer_url": "",
        "place": "",
    }
    if not number:
        ways = {"cards": examples.placed(cards(4), "more"), "category": examples.category()}
        values |= {"elsewhere": examples.COMPONENTS["elsewhere"]["lists"], "ways": ways}
    return {"shelf": SimpleNamespace(about=SimpleNamespace(**about | changes), **values)}


PAGES = {
    "front": (
        "articles/front.html",
        front(
            lead=examples.card(slot=layouts.Slot(layouts.LEAD)),
            issued_at=examples.MOMENT,
            seconds=examples.placed(cards(3), "column"),
            has_columns=True,
            latest=examples.placed(cards(8), "latest"),
            blocks=[{"category": examples.category(), "cards": examples.placed(cards(5), "lead")}],
        ),
    ),
    "front with one story": (
        "articles/front.html",
        front(
            lead=examples.card(slot=layouts.Slot(layouts.LEAD), lead=None),
            issued_at=examples.MOMENT,
        ),
    ),
    "front with none": ("articles/front.html", front()),
    "article": (
        "articles/article.html",
        {"story": examples.story(more=examples.more(cards(4)))},
    ),
    "an opinion": (
        "articles/article.html",
        {
            "story": examples.story(
                genre=examples.category("Opinion"),
                more=examples.more(
                    [examples.card(genre=examples.category("Opinion"))], examples.category()
                ),
            )
        },
    ),
    "article with the least": (
        "articles/article.html",
        {
            "story": examples.story(
                lead=None,
                kicker=None,
                standfirst="",
                chips=[],
                bylines=[],
                breadcrumbs=[],
            ),
        },
    ),
    "listing": (
        "articles/listing.html",
        listing(
            40,
            description="What happens there.",
            breadcrumbs=examples.COMPONENTS["breadcrumbs"]["items"],
            subregions=[examples.category()],
        ),
    ),
    "empty listing": ("articles/listing.html", listing(0)),
    "search": (
        "articles/search.html",
        {
            "search": SearchPage(
                Question("Syria"),
                "en",
                is_asked=True,
                is_cut=True,
                results=[examples.result()],
                number=1000,
                has_more=True,
                older_url="/x/?before=1-1",
                first_url="/x/",
                facets=examples.COMPONENTS["facets"]["facets"],
                meant=Question("Syrian"),
                elsewhere=[Elsewhere(LANGUAGES["ar"], "/ar/x/", [examples.result("ar")], 101)],
                ways=SimpleNamespace(cards=examples.placed(cards(4), "more")),
            )
        },
    ),
    "archive": (
        "articles/archive.html",
        {
            "archive": {
                "years": [Year(2017, [Month(date(2017, 11, 1), "/x/", 12)])],
            }
        },
    ),
    "comments": (
        "articles/comments.html",
        {
            "discussion": examples.discussion(
                [
                    Thread(5, None, [examples.remark(6)], "Rana"),
                    Thread(1, examples.remark(1), [examples.remark(2)]),
                    Thread(3, None, [examples.remark(4)]),
                ],
                earlier_url="?after=1",
                later_url="?after=4",
            )
        },
    ),
    "no comments": ("articles/comments.html", {"discussion": examples.discussion()}),
    "closed comments": (
        "articles/comments.html",
        {"discussion": examples.discussion(is_open=False)},
    ),
    "what was changed": (
        "articles/history.html",
        {"history": examples.history([examples.change()], older_url="?before=1", newest_url="x")},
    ),
    "nothing was changed": ("articles/history.html", {"history": examples.history()}),
    "not live": (
        "articles/not_live.html",
        {"editions": [(LANGUAGES["es"], {"url": "/es/x/", "title": "Título"})]},
    ),
    "gone": (
        "articles/gone.html",
        {
            "gone": examples.COMPONENTS["withdrawn"] | {"reason": "It was wrong."},
            "ways": {"cards": examples.placed(cards(4), "more")},
        },
    ),
    "not found": ("404.html", {"ways": {"cards": examples.placed(cards(4), "more")}}),
    "not found in any language": ("404.html", {"others": [LANGUAGES["es"], LANGUAGES["ar"]]}),
    "forbidden": ("403.html", {}),
}

each_page = pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)


def rendered(page, *, language="en", **changes):
    template, context = page
    with translation.override(language):
        return render_to_string(template, {"page": examples.page(language, **changes), **context})


@each_page
def test_a_page_has_one_main_one_first_heading_and_no_gap_between_levels(page):
    outline = Outline(rendered(page))

    levels = outline.headings()
    assert outline.open == []
    assert len(outline.all("main")) == 1
    assert levels.count(1) == 1
    assert all(below - above <= 1 for above, below in zip(levels, levels[1:], strict=False))


def test_the_example_of_how_to_change_the_look_changes_every_page(tmp_path, settings):
    howto = (settings.BASE_DIR / "docs/howto/change-the-look.md").read_text()
    (tmp_path / "base.html").write_text(re.search(r"```html\n(.*?)```", howto, re.DOTALL)[1])
    engine = settings.TEMPLATES[0]
    settings.TEMPLATES = [engine | {"DIRS": [tmp_path, *engine["DIRS"]]}]

    pages = {name: rendered(page) for name, page in PAGES.items()}

    lacking = [name for name, page in pages.items() if "Printed on Fridays, too." not in page]
    assert lacking == []
    assert "masthead--front" in pages["front"]


@each_page
def test_a_page_is_valid_and_can_be_heard(page):
    assert validity.faults(rendered(page)) == []


@each_page
def test_the_skip_link_leads_to_the_content(page):
    outline = Outline(rendered(page))

    first = outline.all("a")[0]
    assert first["href"] == "#" + outline.all("main")[0]["id"]


@pytest.mark.parametrize(("language", "direction"), [("en", "ltr"), ("ar", "rtl")])
def test_a_page_says_its_language_and_direction(language, direction):
    outline = Outline(rendered(PAGES["article"], language=language))

    assert outline.all("html") == [{"lang": language, "dir": direction}]


def test_machines_are_told_each_language_and_one_for_all_others():
    outline = Outline(rendered(PAGES["article"]))

    links = [link for link in outline.all("link") if link["rel"] == "alternate"]
    assert [(link["hreflang"], link["href"]) for link in links] == [
        ("en", f"{settings.SITE_URL}/en/x/"),
        ("ar", f"{settings.SITE_URL}/ar/x/"),
        ("x-default", f"{settings.SITE_URL}/en/x/"),
    ]


def test_machines_are_told_no_languages_of_a_page_that_has_no_exact_other():
    html = rendered(PAGES["listing"], announces_languages=False)

    assert 'rel="alternate" hreflang' not in html
    assert "language-switcher" in html


@override_settings(LANGUAGES=[("es-simple", ""), ("es", ""), ("en", "")])
def test_an_easy_read_edition_is_offered_under_the_headline_and_is_no_language_for_machines():
    codes = ("es-simple", "es", "en")
    lite = "lite/article.html", PAGES["article"][1]
    main = rendered(PAGES["article"], language="es", languages=codes)
    easy = rendered(PAGES["article"], language="es-simple", languages=codes)

    told = [link["hreflang"] for link in Outline(main).all("link") if "hreflang" in link]
    assert told == ["es", "en", "x-default"]
    assert 'hreflang="es-simple" lang="es-simple">Lectura fácil</a>' in on_one_line(main)
    assert 'hreflang="es" lang="es">Español</a>' in on_one_line(easy)
    for language, other, offer in (
        ("es", "es-simple", "Lectura fácil"),
        ("es-simple", "es", "Español"),
    ):
        words = rendered(lite, language=language, languages=codes)
        under = on_one_line(words.partition("</h1>")[2])
        assert f'<a href="/{other}/lite/x/" hreflang="{other}" lang="{other}">{offer}</a>' in under
    assert not [link for link in Outline(easy).all("link") if "hreflang" in link]
    assert 'property="og:locale" content="es_ES"' in easy
    assert 'og:locale:alternate" content="es_ES"' not in main + easy


def on_one_line(html):
    return " ".join(html.split())


def test_a_page_in_one_language_offers_no_other():
    html = rendered(PAGES["article"], languages=["en"])

    assert "hreflang" not in html
    assert "language-switcher" not in html


def test_the_languages_carry_their_own_names():
    html = rendered(PAGES["article"])

    assert '<span lang="ar" dir="rtl">العربية</span>' in html


@pytest.mark.parametrize("kind", ["front", "article"])
def test_a_promotion_never_comes_before_what_the_page_is_about(kind):
    template, context = PAGES[kind]
    slot = SimpleNamespace(promotion=examples.promotion())
    outline = Outline(rendered((template, context | {"slot": slot})))

    pictures = outline.all("img")
    assert [picture.get("fetchpriority") for picture in pictures].count("high") == 1
    assert pictures[0].get("fetchpriority") == "high"


def test_the_lead_picture_comes_first_and_the_others_late():
    outline = Outline(rendered(PAGES["front"]))

    first, *others = outline.all("img")
    assert first["fetchpriority"] == "high"
    assert "loading" not in first
    assert {picture.get("loading") for picture in others} == {"lazy"}


def test_every_picture_has_its_size_and_an_alternative():
    outline = Outline(rendered(PAGES["article"]))

    assert all({"width", "height", "alt"} <= picture.keys() for picture in outline.all("img"))


def test_what_people_wrote_is_escaped():
    bad = "<script>alert(1)</script>"
    more = examples.more([examples.card(bad, standfirst=bad)])
    story = examples.story(bad, standfirst=bad, more=more)

    assert bad not in rendered(("articles/article.html", {"story": story}))


MODEL = "737 MAX-8"


def told(card):
    """Return a card, a story, a promotion or a use whose words name a MODEL."""
    names = ("title", "standfirst", "caption", "text", "venue")
    words = {name: f"{name} {MODEL}!" for name in names if getattr(card, name, "")}
    return SimpleNamespace(**vars(card) | words)


def with_names():
    """Return the page of each kind with all that the desk has written for it, and the number of times that it is shown."""
    few = [told(card) for card in cards(2)]
    around = Around(
        storyline=examples.COMPONENTS["storyline"]["tag"],
        so_far=tuple(few),
        series=examples.COMPONENTS["series"]["series"],
        before=few[0],
        after=few[1],
        related=tuple(few),
    )
    story = told(examples.story(around=around, lead=told(examples.use())))
    slot = SimpleNamespace(promotion=told(examples.promotion()))
    lead = told(examples.card(slot=layouts.Slot(layouts.LEAD), lead=None))
    return {
        "articles/article.html": ({"story": story, "slot": slot}, 3 + 6 + 3),
        "lite/article.html": ({"story": story, "slot": slot}, 3 + 6 + 3),
        "articles/front.html": (front(lead=lead, latest=examples.placed(few, "latest")), 4),
        "articles/listing.html": (listing_of(few), 4),
        "articles/gone.html": (
            {"gone": told(SimpleNamespace(**examples.COMPONENTS["withdrawn"]))},
            1,
        ),
        "articles/comments.html": ({"discussion": told(examples.discussion())}, 1),
    }


def listing_of(some):
    shelf = vars(listing(0)["shelf"]) | {"cards": examples.shown_as(some, layouts.OPENER)}
    return {"shelf": SimpleNamespace(**shelf)}


@pytest.mark.parametrize(("language", "is_set_apart"), [("ar", True), ("en", False)])
@pytest.mark.parametrize("template", with_names())
def test_what_the_desk_writes_keeps_its_order_where_it_runs_from_the_right(
    template, language, is_set_apart
):
    context, number = with_names()[template]
    html = rendered((template, context), language=language).partition("<main")[2]

    shown = re.sub(r'="[^"]*"', "", html.replace(f'<bdi dir="ltr">{MODEL}</bdi>', "<MODEL>"))
    assert shown.count("<MODEL>") == (number if is_set_apart else 0)
    assert shown.count(MODEL) == (0 if is_set_apart else number)


def test_a_later_change_is_shown_and_no_other():
    changed = examples.story(modified_at=examples.MOMENT.replace(day=1, month=12))
    earlier = examples.story(modified_at=examples.MOMENT.replace(day=1))

    assert "Updated" in rendered(("articles/article.html", {"story": changed}))
    assert "Updated" not in rendered(("articles/article.html", {"story": earlier}))


def test_sharing_tells_the_picture_of_the_page_or_that_of_the_site():
    picture = {"url": "https://paper.example/m/x.jpg", "width": 1200, "height": 630, "alt": "A map"}

    assert "/static/img/sharing" in rendered(PAGES["article"])
    assert 'property="og:image" content="https://paper.example/m/x.jpg"' in rendered(
        PAGES["article"], sharing=Sharing(picture=picture)
    )


def test_a_withdrawn_story_says_why_or_at_least_that():
    assert "It was wrong." in rendered(PAGES["gone"])
    assert "no longer published" in rendered(("articles/gone.html", {"reason": ""}))


@pytest.mark.parametrize("template", ["500.html", "503.html"])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_page_of_last_resort_needs_no_context(language, template):
    with translation.override(language):
        outline = Outline(get_template(template).render())

    assert outline.all("html")[0]["lang"] == language
    assert outline.headings() == [1]


@pytest.mark.parametrize("page", ["gone", "not found"])
def test_where_there_is_nothing_to_read_the_words_lead_to_the_front_page(page):
    main = rendered(PAGES[page]).partition("<main")[2].partition("</main>")[0]

    assert '<a class="notice__link" href="/en/">Front page</a>' in main


def test_the_foot_leads_who_writes_programs_to_the_read_api():
    html = rendered(PAGES["archive"], language="ar")

    assert 'href="/ar/api/">API</a>' in html


def test_an_error_page_without_navigation_leads_home():
    html = rendered(PAGES["not found"], menu=None)

    assert 'href="/en/"' in html


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Newest story: "),
        ("es", "Noticia más reciente: "),
        ("pt", "Notícia mais recente: "),
        ("ar", "أحدث خبر: "),
        ("fr", "Article le plus récent\N{NO-BREAK SPACE}: "),
        ("zh-hans", "最新的报道："),
    ],
)
def test_the_front_says_what_the_day_at_its_top_is(language, words):
    html = rendered(PAGES["front"], language=language)

    assert f'<p class="masthead__date">{words}<time' in html
