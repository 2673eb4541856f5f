"""A site of four languages whose code knows all languages, or these four alone: what that costs it.

`python -m tests.bench.known all|few COMMAND` runs a command of manage.py in a process of such code, and
`python -m tests.bench.known all|few start` prints how many calls of functions the start of a web process takes.
"""

import cProfile
import os
import pstats
import sys
from functools import partial
from importlib import import_module

from newsroom import languages

FEW, ALL = "few", "all"
STORIES = 30


def forget_others():
    """Let this process know the languages of the demo alone; before Django is set up."""
    for code in languages.LANGUAGES.keys() - set(languages.OF_THE_DEMO):
        del languages.LANGUAGES[code]


def calls(use, *arguments):
    """Return how many calls of functions one use takes."""
    profile = cProfile.Profile()
    profile.runcall(use, *arguments)
    return pstats.Stats(profile).total_calls


def measure():
    """Fill an empty site, and return what is used -> how many calls that takes."""
    from django.test import Client

    from tests import factories
    from tests.articles.admin.conftest import Desk
    from tests.bench import live

    story, region = _fill()
    client = Client()
    desk = Desk(factories.UserFactory(is_staff=True, is_superuser=True))
    uses = {
        "page of a story": partial(client.get, factories.edition(story).url),
        "front page": partial(client.get, "/en/"),
        "list of a region": partial(client.get, region.url_in("en")),
        "archive": partial(client.get, "/en/archive/"),
        "opening the form of a story": partial(desk.open, live.CHANGE, story.pk),
    }
    taken = {name: _warm(use) for name, use in uses.items()}
    for _run in range(live.WARM_UP):
        live.change(desk, story.pk, desk.form(live.CHANGE, story.pk))
    form = desk.form(live.CHANGE, story.pk)
    return taken | {"saving it, with its revision": calls(live.change, desk, story.pk, form)}


def _fill():
    from tests import factories
    from tests.bench import live

    codes = languages.OF_THE_DEMO
    region = factories.CategoryFactory(name_en="Region")
    parts = {"categories": [region], "tags": factories.TagFactory.create_batch(3)}
    parts |= {
        "authors": [factories.AuthorFactory()],
        "images": factories.ImageFactory.create_batch(2),
    }
    for number in range(STORIES):
        story = factories.story(live=codes, **parts, **live.texts(codes, number))
    return story, region


def _warm(use):
    from tests.bench import live

    for _run in range(live.WARM_UP):
        if (answer := use()).status_code != 200:
            raise live.UnexpectedAnswer(f"a page answers {answer.status_code} and not 200")
    return calls(use)


def sizes():
    """Return (columns of a story in this process, bytes of all rows of stories, the same of the columns of this process alone)."""
    from django.db import connection

    from articles.models import Article

    columns = [field.column for field in Article._meta.concrete_fields]
    names = ", ".join(f'"{name}"' for name in columns)
    with connection.cursor() as cursor:
        return len(columns), *(
            _bytes(cursor, chosen, Article._meta.db_table) for chosen in ("*", names)
        )


def _bytes(cursor, chosen, table):
    """Return the size of the rows of a table as PostgreSQL stores them, with these columns alone."""
    cursor.execute(f"CREATE TEMPORARY TABLE held AS SELECT {chosen} FROM {table}")  # noqa: S608, names of our own
    cursor.execute("SELECT sum(pg_column_size(held.*)) FROM held")
    (size,) = cursor.fetchone()
    cursor.execute("DROP TABLE held")
    return int(size)


def main(known, *words):
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    if known == FEW:
        forget_others()
    if words == ("start",):
        sys.stdout.write(str(calls(import_module, "newsroom.wsgi")))
        return
    from django.core.management import execute_from_command_line

    execute_from_command_line(["manage.py", *words])


if __name__ == "__main__":
    main(*sys.argv[1:])
