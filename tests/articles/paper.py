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
STRAPLINE = "La mer, lue en six langues"
"""What stands under the name, in the first language only."""


def publish():
    """Publish two stories in each language of the site; return the second one and what it is filed under."""
    from articles.models import Author, Category
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
    return story, region, author


def addresses(story, region, author, language):
    """Return the address of each kind of page in a language."""
    from django.urls import reverse

    from newsroom.page import in_lite

    def named(name, **arguments):
        return reverse(f"articles:{name}", kwargs={"language": language} | arguments)

    return {
        "front": named("front"),
        "story": story.editions.get(language=language).get_absolute_url(),
        "region": region.url_in(language),
        "topic": story.tags.get().url_in(language),
        "author": author.url_in(language),
        "topics": named("tags"),
        "authors": named("authors"),
        "archive": named("archive"),
        "month": named("archive_month", year=2017, month=11),
        "search": named("search") + "?q=" + HEADLINES[language].split()[0],
        "missing": named("front") + "nothing/",
        "lite": named("front") + "lite/",
        "lite story": in_lite(story.editions.get(language=language).get_absolute_url()),
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
