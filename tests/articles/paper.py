"""A newspaper in the languages of its own process: `python -m tests.articles.paper` writes each kind of page as JSON.

It goes on from a site that start_newsroom has begun. What it prints is {language: {kind of page: [status, HTML]}}. Where
more languages have been enabled since, `python -m tests.articles.paper one` publishes one story in all of them, and no more.
"""

import json
import sys
from datetime import UTC, datetime, timedelta

import django

AT = datetime(2017, 11, 30, 9, 5, tzinfo=UTC)

HEADLINES = {
    "fr": "Le bac de l’île reprend la mer après la tempête",
    "de": "Die Fähre fährt nach dem großen Sturm wieder",
    "tr": "Şanlıurfa’da köprü yeniden açıldı",
    "uk": "Пором знову ходить після шторму",
    "fa": "کشتی پس از توفان دوباره به راه افتاد",
    "zh-hans": "风暴过后渡轮复航",
}
NAMES = {
    "fr": "Le Courrier",
    "de": "Der Kurier",
    "tr": "Postacı",
    "uk": "Кур’єр",
    "fa": "پیک",
    "zh-hans": "信使报",
}
ABOUT = {
    "fr": "Qui sommes-nous ?",
    "de": "Über uns",
    "tr": "Hakkımızda",
    "uk": "Про нас",
    "fa": "درباره ما",
    "zh-hans": "关于我们",
}
ETHICS = {
    "fr": "Déontologie",
    "de": "Unsere Ethik",
    "tr": "Etik ilkeler",
    "uk": "Етика",
    "fa": "اخلاق حرفه‌ای",
    "zh-hans": "职业道德",
}
STRAPLINES = {
    "fr": "La mer, lue en six langues",
    "de": "Das Meer, gelesen in sechs Sprachen",
    "tr": "Deniz, altı dilde okunur",
    "uk": "Море шістьма мовами",
    "fa": "دریا، به شش زبان",
    "zh-hans": "六种语言读海",
}
MONTHS = {1: datetime(2016, 10, 3, 7, tzinfo=UTC), 5: datetime(2015, 9, 3, 7, tzinfo=UTC)}
"""How many more stories there are in a month, by a moment of it: November of 2017 has two."""
TEXTS = ("title", "standfirst")
LINK = "https://weather.example/"


def publish():
    """Publish stories and two pages in each language, and withdraw one story.

    Return the newest story, what it is filed under, the first page, and the story that is gone.
    """
    from articles.models import Author, Category, OwnPage
    from articles.texts import column
    from newsroom.site import actions
    from tests import factories

    for language, name in NAMES.items():
        actions.say(language, name=name, strapline=STRAPLINES[language])
    _show_changes()
    region = Category.objects.filter(kind=Category.Kind.REGION).first()
    author = Author.objects.create(**{column("name", code): "Lucía Ferrer" for code in NAMES})
    section = Category.objects.filter(kind=Category.Kind.SECTION).first()
    filed = {"categories": [region, section], "tags": ["Ferry"], "authors": [author]}
    _before, story = (_story(AT - timedelta(days=days), **filed) for days in (1, 0))
    for number, at in MONTHS.items():
        for hours in range(number):
            _story(at + timedelta(hours=hours))
    _correct(story)
    _open(story)
    factories.story(source_language="de", title_de="Noch nicht", body_de="<p>Nein.</p>")
    about, ethics = (
        factories.own_page(
            kind=kind,
            live=list(NAMES),
            **{column("title", code): title for code, title in titles.items()},
        )
        for kind, titles in ((OwnPage.Kind.ABOUT, ABOUT), (OwnPage.Kind.ETHICS, ETHICS))
    )
    for entry in ({"category": region}, {"page": about}, {"link": LINK, "label": "Météo"}):
        factories.menu_entry(**entry)
    return story, region, section, author, about, _withdrawn()


def publish_one():
    """Publish a story in each language of the site; return it, and what it is filed under."""
    from articles.models import Category
    from newsroom.languages import with_columns
    from tests import factories

    region = Category.objects.filter(kind=Category.Kind.REGION).first()
    return factories.story(live=with_columns(), at=AT, categories=[region]), region


def _show_changes():
    from newsroom.site import actions

    site = actions.settings_row()
    site.shows_changes = True
    actions.save(site)


def _story(at, **filed):
    from articles.texts import column
    from tests import factories

    texts = {column(name, code): words for code, words in HEADLINES.items() for name in TEXTS}
    return factories.story(live=list(HEADLINES), at=at, **filed, **texts)


def _open(story):
    """Let readers comment on a story in each language."""
    from articles.actions import commenting, publishing

    until = datetime.now(UTC) + timedelta(days=1)
    for edition in story.editions.all():
        commenting.open_story(edition, until=until, by=publishing.SYSTEM)


def _withdrawn():
    from articles.actions import publishing

    gone = _story(AT + timedelta(hours=1))
    for edition in gone.editions.all():
        publishing.withdraw(edition, by=publishing.SYSTEM, reason=HEADLINES[edition.language])
    return gone


def _correct(story):
    """Change a word of each language's text a day after it was published."""
    from articles.actions import writing
    from articles.models import Article
    from articles.texts import column

    article = Article.objects.get(pk=story.pk)
    for code in HEADLINES:
        setattr(article, column("standfirst", code), f"{HEADLINES[code]} 2")
    writing.save(article, now=AT + timedelta(days=1))


def addresses(story, region, section, author, about, gone, language):
    """Return the address of each kind of page in a language."""
    from newsroom.page import in_lite

    url, page = (
        owner.editions.get(language=language).get_absolute_url() for owner in (story, about)
    )
    return {
        **plain(story, region, language),
        "comments": f"{url}comments/",
        "write": f"{url}comments/write/",
        "gone": gone.editions.get(language=language).get_absolute_url(),
        "section": section.url_in(language),
        "history": f"{url}history/",
        "page": page,
        "topic": story.tags.get().url_in(language),
        "author": author.url_in(language),
        "topics": _named("tags", language),
        "authors": _named("authors", language),
        "month": _named("archive_month", language, year=2017, month=11),
        "day": _named("archive_day", language, year=2017, month=11, day=30),
        "api": _named("api", language),
        "search": _named("search", language) + "?q=" + HEADLINES[language].split()[0],
        "lite": _named("front", language) + "lite/",
        "lite story": in_lite(url),
        "lite page": in_lite(page),
        "lite archive": in_lite(_named("archive", language)),
    }


def plain(story, region, language):
    """Return the addresses of the pages that every site has, whatever its languages."""
    front = _named("front", language)
    return {
        "front": front,
        "story": story.editions.get(language=language).get_absolute_url(),
        "region": region.url_in(language),
        "archive": _named("archive", language),
        "missing": f"{front}nothing/",
    }


def _named(name, language, **arguments):
    from django.urls import reverse

    return reverse(f"articles:{name}", kwargs={"language": language} | arguments)


def main(*, is_one):
    django.setup()
    from django.test import Client

    from newsroom.languages import with_columns

    things, addresses_in = (publish_one(), plain) if is_one else (publish(), addresses)
    client = Client(SERVER_NAME="127.0.0.1")
    pages = {
        language: {
            kind: (answer.status_code, answer.content.decode())
            for kind, address in addresses_in(*things, language).items()
            for answer in [client.get(address)]
        }
        for language in with_columns()
    }
    json.dump(pages, sys.stdout)


if __name__ == "__main__":
    main(is_one=sys.argv[1:] == ["one"])
