"""Measure what editors wait for: the desk, the day and the list of stories, at a size, and leave nothing behind."""

import os
import sys
import time
from datetime import timedelta
from statistics import median

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from django.db.models import QuerySet
from django.test import Client, override_settings
from django.utils import timezone

from articles.models import (
    Article,
    Assignment,
    Category,
    Edition,
    StoryWords,
    Tag,
    TaggedArticle,
    Target,
)
from articles.texts import column
from newsroom.languages import LANGUAGES
from tests.bench import procfs

DESK = "assignment/"
PAGES = {
    "the desk": DESK,
    "its page in the middle": f"{DESK}?page=80",
    "of the last 30 days": f"{DESK}?days=30",
    "live in one language": f"{DESK}?live={{source}}",
    "live, not in another language, over 2 h": f"{DESK}?live={{source}}&hours=2&language={{other}}&state=waiting",
    "begun in one language": f"{DESK}?language={{other}}",
    "not begun in one language": f"{DESK}?language={{other}}&state=none",
    "drafts": f"{DESK}?state=draft",
    "for review": f"{DESK}?state=submitted",
    "published": f"{DESK}?state=published",
    "behind": f"{DESK}?state=behind",
    "behind in one language": f"{DESK}?language={{other}}&state=behind",
    "late": f"{DESK}?state=late",
    "the most overdue first": f"{DESK}?order=late",
    "late, the most overdue first": f"{DESK}?state=late&order=late",
    "late in one language, the same": f"{DESK}?state=late&order=late&language={{second}}",
    "mine": f"{DESK}?who=me",
    "in the hands of somebody": f"{DESK}?who={{person}}",
    "nobody has it": f"{DESK}?who=nobody",
    "of a category": f"{DESK}?category={{category}}",
    "with a tag": f"{DESK}?tag=measured",
    "the day": "../",
    "the list of stories": "article/",
    "the same, searched for what all have": "article/?q=story",
    "the same, searched for two words": "article/?q=numb+fifth",
}


class Command(BaseCommand):
    help = (
        "Measure the desk with N stories of the last week in every language of the site: queries and milliseconds of "
        "each page. They are made in a transaction that is taken back."
    )

    def add_arguments(self, parser):
        parser.add_argument("stories", metavar="N", type=int, help="how many stories")
        parser.add_argument(
            "--languages", metavar="L", type=int, help="of how many languages [those of the site]"
        )
        parser.add_argument("--runs", type=int, default=20, help="requests for each page [20]")

    def handle(self, *, stories, languages, runs, **options):
        if stories < 1 or runs < 1:
            raise CommandError("N and --runs must be 1 or more.")
        if languages and languages != len(settings.LANGUAGES):
            self._begin_again(languages)
        with transaction.atomic(), override_settings(ALLOWED_HOSTS=["testserver"]):
            languages = [code for code, _name in settings.LANGUAGES]
            person = fill(stories, languages, now=timezone.now())
            user = get_user_model().objects.create(
                username="measured", is_staff=True, is_superuser=True
            )
            client = Client()
            client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
            words = {"source": languages[0], "second": languages[1], "other": languages[-1]}
            words |= {"person": person.pk, "category": Category.objects.latest("pk").pk}
            for name, address in PAGES.items():
                self._measure(client, name, f"/admin/articles/{address.format(**words)}", runs)
            transaction.set_rollback(True)

    def _begin_again(self, number):
        """Run the same command with so many languages: a process loads the columns of those that it begins with."""
        of_site = [code for code, _name in settings.LANGUAGES]
        codes = [*of_site, *(code for code in LANGUAGES if code not in of_site)]
        if not 0 < number <= len(codes):
            raise CommandError(f"--languages must be from 1 to {len(codes)}.")
        environment = os.environ | {"LANGUAGES": ",".join(codes[:number])}
        os.execve(sys.executable, [sys.executable, *sys.argv], environment)  # noqa: S606, ourselves

    def _measure(self, client, name, path, runs):
        path = path.replace("/articles/../", "/")
        queries = []
        with connection.execute_wrapper(lambda run, *asked: queries.append(asked) or run(*asked)):
            response = client.get(path, secure=True)
        if response.status_code != 200:
            raise CommandError(f"{path} answers {response.status_code}.")
        server = _server()
        before = procfs.cpu_seconds(server)
        wall, cpu = zip(*(_timed(client, path) for _run in range(runs)), strict=True)
        told = (
            f"{len(queries)} queries, ms: {median(wall):.0f}, of the processor: {median(cpu):.0f}"
        )
        if server:
            told += f", in the database: {(procfs.cpu_seconds(server) - before) * 1000 / runs:.0f}"
        self.stdout.write(f"{name:42} {told}")


def _server():
    """Return the ids of the processes of the database that answer this connection: one, or none where it works in this process."""
    if connection.vendor == "sqlite":
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return list(cursor.fetchone())


def _timed(client, path):
    """Return the milliseconds of a request, and those in which the processor worked for it."""
    begun, worked = time.perf_counter(), time.process_time()
    client.get(path, secure=True)
    return (time.perf_counter() - begun) * 1000, (time.process_time() - worked) * 1000


def fill(stories, languages, *, now):
    """Make stories over a week: each live in the first language, each other language in a state by its number.

    Return one of those who have some in hand.
    """
    first = languages[0]
    ago = [now - timedelta(minutes=number * 10_000 / stories) for number in range(stories)]
    texts = [{column("title", code): f"Story in {code}" for code in languages}] * stories
    articles = [Article(source_language=first, **words) for words in texts]
    # Bare rows: what follows from stories is not measured.
    articles = QuerySet(Article).bulk_create(articles, batch_size=500)
    editions = [
        edition
        for number, article in enumerate(articles)
        for place, code in enumerate(languages)
        if (edition := _edition(article, code, place, number, at=ago[number]))
    ]
    QuerySet(Edition).bulk_create(editions, batch_size=2000)
    for article, at in zip(articles, ago, strict=True):
        article.modified_at = article.active_at = at
    QuerySet(Article).bulk_update(articles, ["modified_at", "active_at"], batch_size=500)
    people = get_user_model().objects.bulk_create(
        get_user_model()(username=f"measured-{number}") for number in range(20)
    )
    Assignment.objects.bulk_create(
        Assignment(article=article, language=languages[-1], user=people[number % 20], at=now)
        for number, article in enumerate(articles)
        if number % 3 == 0
    )
    _file(articles)
    Target.objects.bulk_create(
        Target(language=code, minutes=60 * place) for place, code in enumerate(languages[1:4], 1)
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return people[0]


def _file(articles):
    """Put a quarter of the stories into a category, a fifth under a tag, and give all of them words by which they are found."""
    shelf = {"kind": Category.Kind.REGION, "slug_en": "measured", "name_en": "Measured"}
    category, tag = Category.objects.create(**shelf), Tag.objects.create(name="Measured")
    links = Article.categories.through
    some = [links(article=article, category=category) for article in articles[::4]]
    QuerySet(links).bulk_create(some, batch_size=2000)
    some = [TaggedArticle(content_object=article, tag=tag) for article in articles[::5]]
    QuerySet(TaggedArticle).bulk_create(some, batch_size=2000)
    StoryWords.objects.bulk_create(
        StoryWords(
            place=StoryWords.place_of(number, article.pk),
            article=article,
            modified_at=article.modified_at,
            words=f"story number{number}" + (" fifth" if number % 5 == 0 else ""),
        )
        for number, article in enumerate(articles)
    )


def _edition(article, code, place, number, *, at):
    """Return an edition: of five one is missing, one a draft, one handed in, and two are live, one of them behind."""
    kind = (number + place) % 5 if place else 4
    if kind == 0:
        return None
    status = {1: "draft", 2: "submitted"}.get(kind, "published")
    return Edition(
        article=article,
        language=code,
        status=status,
        slug=f"measured-{article.pk}" if status == "published" else "",
        published_at=at if status == "published" else None,
        blocks_behind=3 if kind == 3 else 0,
    )
