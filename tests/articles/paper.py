"""A newspaper in the languages of its own process: `python -m tests.articles.paper` writes each kind of page as JSON.

It goes on from a site that start_newsroom has begun. What it prints is {language: {kind of page: [status, HTML]}}.
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
STRAPLINE = "La mer, lue en six langues"
"""What stands under the name, in the first language only."""


LINK = "https://weather.example/"


def publish():
    """Publish two stories and two pages in each language of the site; return the second story, what it is filed under, and the first page."""
    from articles.models import Author, Category, OwnPage
    from articles.texts import column
    from newsroom.site import actions
    from tests import factories

    for language, name in NAMES.items():
        actions.say(language, name=name)
    actions.say("fr", strapline=STRAPLINE)
    region = Category.objects.filter(kind=Category.Kind.REGION).first()
    author = Author.objects.create(**{column("name", code): "Lucía Ferrer" for code in NAMES})
    for days in (1, 0):
        texts = {column("title", code): title for code, title in HEADLINES.items()}
        texts |= {column("standfirst", code): title for code, title in HEADLINES.items()}
        story = factories.story(
            live=list(HEADLINES),
            at=AT - timedelta(days=days),
            categories=[region],
            tags=["Ferry"],
            authors=[author],
            **texts,
        )
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
    return story, region, author, about


def addresses(story, region, author, about, language):
    """Return the address of each kind of page in a language."""
    from django.urls import reverse

    from newsroom.page import in_lite

    url, page = (
        owner.editions.get(language=language).get_absolute_url() for owner in (story, about)
    )

    def named(name, **arguments):
        return reverse(f"articles:{name}", kwargs={"language": language} | arguments)

    return {
        "front": named("front"),
        "story": url,
        "comments": f"{url}comments/",
        "page": page,
        "region": region.url_in(language),
        "topic": story.tags.get().url_in(language),
        "author": author.url_in(language),
        "topics": named("tags"),
        "authors": named("authors"),
        "archive": named("archive"),
        "month": named("archive_month", year=2017, month=11),
        "day": named("archive_day", year=2017, month=11, day=30),
        "api": named("api"),
        "search": named("search") + "?q=" + HEADLINES[language].split()[0],
        "missing": named("front") + "nothing/",
        "lite": named("front") + "lite/",
        "lite story": in_lite(url),
        "lite page": in_lite(page),
    }


def main():
    django.setup()
    from django.test import Client

    things = publish()
    client = Client(SERVER_NAME="127.0.0.1")
    pages = {
        language: {
            kind: (answer.status_code, answer.content.decode())
            for kind, address in addresses(*things, language).items()
            for answer in [client.get(address)]
        }
        for language in HEADLINES
    }
    json.dump(pages, sys.stdout)


if __name__ == "__main__":
    main()
