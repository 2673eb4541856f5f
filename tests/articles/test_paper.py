"""A site of one's own, in languages of which the demo has none: begun by one command, and read in each of them."""

import json
import re
from urllib.parse import unquote

import pytest
from babel import Locale
from babel.dates import format_date

from newsroom.languages import LANGUAGES
from tests.articles import paper
from tests.newsroom import process

CODES = list(paper.HEADLINES)
FOLDED = re.compile(r"\s+")


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """Every kind of page of the paper: {language: {kind: [status, HTML]}}."""
    folder = tmp_path_factory.mktemp("paper")
    site = {
        "folder": folder,
        "LANGUAGES": ",".join(CODES),
        "TIME_ZONE": "Europe/Paris",
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "ALLOWED_HOSTS": "127.0.0.1",
        "SITE_URL": "http://127.0.0.1:8000",
        "DATABASE_URL": f"sqlite:///{folder / 'newsroom.sqlite3'}",
    }
    (folder / "static").mkdir()
    start = ("--no-input", "--name", paper.NAMES["fr"], "--categories", "world", "--admin", "chief")
    begun = process.run("manage.py", "start_newsroom", *start, **site)
    assert begun.returncode == 0, begun.stderr
    printed = process.run("-m", "tests.articles.paper", **site)
    assert printed.returncode == 0, printed.stderr
    return json.loads(printed.stdout)


def every(pages):
    """Yield language, kind of page, status and HTML of each page."""
    for language, kinds in pages.items():
        for kind, (status, html) in kinds.items():
            yield language, kind, status, html


def test_every_kind_of_page_is_there_in_every_language_and_says_which_it_is(pages):
    statuses = {(language, kind): status for language, kind, status, _html in every(pages)}

    assert {code for code, _kind in statuses} == set(CODES)
    assert statuses == {key: 404 if key[1] == "missing" else 200 for key in statuses}
    for language, kind, _status, html in every(pages):
        direction = LANGUAGES[language].direction
        assert f'<html lang="{language}" dir="{direction}">' in html, (language, kind)


def test_every_page_has_the_name_of_the_site_in_its_language(pages):
    for language, kind, _status, html in every(pages):
        assert re.search(rf"<title>[^<]*{paper.NAMES[language]}", html), (language, kind)


def test_the_strapline_of_the_first_language_stands_in_and_says_so(pages):
    for language in CODES:
        _status, html = pages[language]["front"]
        foreign = re.search(rf'lang="fr"[^>]*>\s*{paper.STRAPLINE}', html)
        assert paper.STRAPLINE in html
        assert bool(foreign) is (language != "fr"), language


def test_own_pages_and_the_menu_are_there_in_each_language_by_their_own_names(pages):
    for language in CODES:
        _status, html = pages[language]["page"]
        line, foot = (
            html.partition(f'class="{class_name}')[2]
            for class_name in ("navigation__line", "footer__pages")
        )
        menu = line.partition("</nav>")[0]
        assert f'<h1 class="own-page__title">{paper.ABOUT[language]}</h1>' in html, language
        assert f">{paper.ABOUT[language]}</a>" in menu
        assert f'href="{paper.LINK}"' in menu
        assert f">{paper.ETHICS[language]}</a>" in foot
        told = re.search(r'"ethicsPolicy":"[^"]*/([^/"]+)/"', html)
        assert unquote(told[1]) in unquote(foot), language


def test_a_story_leads_to_itself_in_every_other_language(pages):
    for language in CODES:
        _status, html = pages[language]["story"]
        announced = set(re.findall(r'rel="alternate" hreflang="([^"]+)"', html))
        assert announced - {"x-default"} == set(CODES), language
        assert paper.HEADLINES[language] in html


def test_days_are_written_as_each_language_writes_them(pages):
    for language in CODES:
        for kind in ("story", "lite story"):
            _status, html = pages[language][kind]
            day = format_date(paper.AT, "long", locale=Locale.parse(language, sep="-"))
            assert FOLDED.sub(" ", day) in FOLDED.sub(" ", html), (language, day)


def test_numbers_of_stories_are_said_in_the_plural_of_each_language(pages):
    for language, words in TWO.items():
        _status, html = pages[language]["archive"]
        assert words in FOLDED.sub(" ", re.sub("<[^>]+>", "", html)), language


TWO = {
    "fr": "2 articles",
    "de": "2 Artikel",
    "tr": "2 haber",
    "uk": "2 матеріали",
    "fa": "2 مطلب",
    "zh-hans": "2 篇报道",
}


def test_a_slug_loses_no_letter(pages):
    for language in CODES:
        _status, html = pages[language]["story"]
        slug = re.search(r'rel="canonical" href="[^"]*/2017/11/30/([^"/]+)/"', html)[1]
        # The story of the day before has it as it is.
        assert unquote(slug) == f"{SLUGS[language]}-2"


SLUGS = {
    "fr": "le-bac-de-lile-reprend-la-mer-apres-la-tempete",
    "de": "die-faehre-faehrt-nach-dem-grossen-sturm-wieder",
    "tr": "sanliurfada-kopru-yeniden-acildi",
    "uk": "пором-знову-ходить-після-шторму",
    "fa": "کشتی-پس-از-توفان-دوباره-به-راه-افتاد",
    "zh-hans": "风暴过后渡轮复航",
}


def test_no_word_of_the_site_is_left_in_another_language(pages):
    english = {"Search", "Topics", "Authors", "Latest", "Archive", "Published", "Skip to content"}
    for language, kind, _status, html in every(pages):
        shown = re.findall(r">\s*([^<>]+?)\s*<", re.sub(r"(?s)<script.*?</script>", "", html))
        assert not english & set(shown), (language, kind, english & set(shown))


def test_nothing_shows_a_draft(pages):
    assert not [
        key for *key, _status, html in every(pages) if "Noch nicht" in html or "nicht/" in html
    ]
