"""A site of one's own, in languages of which the demo has none: begun at a terminal, and read in each of them."""

import json
import re
from datetime import timedelta
from urllib.parse import unquote

import pytest
from babel.dates import format_date

from newsroom.i18n import dates
from newsroom.languages import LANGUAGES
from tests.articles import paper
from tests.newsroom import process, terminal

CODES = list(paper.HEADLINES)
FOLDED = re.compile(r"\s+")


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """A site that somebody has begun at a terminal; return what runs a program of it, in its languages or in those that are given."""
    folder = tmp_path_factory.mktemp("paper")
    (folder / "static").mkdir()
    variables = {
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "ALLOWED_HOSTS": "127.0.0.1",
        "SITE_URL": "http://127.0.0.1:8000",
        "DATABASE_URL": f"sqlite:///{folder / 'newsroom.sqlite3'}",
    }

    def run(*words, **changed):
        done = process.run(*words, folder=folder, timeout=180, **variables | changed)
        assert done.returncode == 0, done.stderr
        return done.stdout

    dialogue = [
        ("Languages, the main one first", " ".join(CODES)),
        ("Name of the site", paper.NAMES["fr"]),
        ("Time zone", "Europe/Paris"),
        ("Regions and sections", ""),
        ("Login of the first administrator", ""),
        ("Their mail address", ""),
        ("Password", "twelve-boats-9"),
        ("The same again", "twelve-boats-9"),
    ]
    start = ("manage.py", "start_newsroom")
    status, shown = terminal.converse(*start, dialogue=dialogue, folder=folder, **variables)
    assert (status, "is started, in Français, Deutsch" in shown) == (0, True), shown
    # What is typed as a password is not shown.
    assert "twelve-boats-9" not in shown
    return run


@pytest.fixture(scope="module")
def pages(site):
    """Every kind of page of the paper: {language: {kind: [status, HTML]}}."""
    return json.loads(site("-m", "tests.articles.paper"))


def every(pages):
    """Yield language, kind of page, status and HTML of each page."""
    for language, kinds in pages.items():
        for kind, (status, html) in kinds.items():
            yield language, kind, status, html


def test_every_kind_of_page_is_there_in_every_language_and_says_which_it_is(pages):
    assert set(pages) == set(CODES)
    assert_each_says_its_language(pages)


def test_every_other_known_language_is_one_word_of_a_setting_away(site, pages):
    more = json.loads(site("-m", "tests.articles.paper", "one", LANGUAGES=",".join(LANGUAGES)))

    assert set(more) == set(LANGUAGES) >= WANTED
    assert_each_says_its_language(more)
    for code, language in LANGUAGES.items():
        day = format_date(paper.AT, "long", locale=dates.locale_of(language))
        assert FOLDED.sub(" ", day) in FOLDED.sub(" ", more[code]["story"][1]), code


WANTED = {
    *("en", "es", "pt", "pt-br", "fr", "de", "it", "nl", "ca", "pl", "cs", "ro", "hu", "el", "tr"),
    *("ru", "uk", "bg", "sr", "sr-latn", "ar", "fa", "ur", "he", "ku", "hi", "bn", "ta", "id"),
    *("ms", "vi", "th", "zh-hans", "zh-hant", "ja", "ko", "sw", "am", "ha", "so", "ps"),
    *("en-simple", "es-simple", "pt-simple", "de-simple"),
}
"""The languages that somebody may count on; more are known."""


def assert_each_says_its_language(pages):
    for language, kind, status, html in every(pages):
        assert status == {"missing": 404, "gone": 410}.get(kind, 200), (language, kind)
        direction = LANGUAGES[language].direction
        assert f'<html lang="{language}" dir="{direction}">' in html, (language, kind)


def test_every_page_has_the_name_of_the_site_in_its_language(pages):
    for language, kind, _status, html in every(pages):
        assert re.search(rf"<title>[^<]*{paper.NAMES[language]}", html), (language, kind)


def test_every_front_page_has_the_strapline_of_its_language_and_of_no_other(pages):
    for language in CODES:
        _status, html = pages[language]["front"]
        top = html.partition("<main")[0]
        assert [code for code in CODES if paper.STRAPLINES[code] in top] == [language]


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
            day = format_date(paper.AT, "long", locale=dates.locale_of(LANGUAGES[language]))
            assert FOLDED.sub(" ", day) in FOLDED.sub(" ", html), (language, day)


def test_numbers_of_stories_are_said_in_the_plural_of_each_language(pages):
    for language, words in COUNTED.items():
        for kind in ("archive", "lite archive"):
            _status, html = pages[language][kind]
            shown = FOLDED.sub(" ", re.sub("<[^>]+>", " ", html))
            assert [count for count in words if f" {count} " not in shown] == [], (language, kind)


COUNTED = {
    "fr": ("1 article", "2 articles", "5 articles"),
    "de": ("1 Artikel", "2 Artikel", "5 Artikel"),
    "tr": ("1 haber", "2 haber", "5 haber"),
    "uk": ("1 матеріал", "2 матеріали", "5 матеріалів"),
    "fa": ("1 مطلب", "2 مطلب", "5 مطلب"),
    "zh-hans": ("1 篇报道", "2 篇报道", "5 篇报道"),
}


def test_what_was_changed_is_told_in_each_language(pages):
    for language in CODES:
        _status, html = pages[language]["history"]
        day = format_date(
            paper.AT + timedelta(days=1), "long", locale=dates.locale_of(LANGUAGES[language])
        )
        assert "<ins>" in html
        assert FOLDED.sub(" ", day) in FOLDED.sub(" ", html), language


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
