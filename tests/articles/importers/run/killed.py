"""An import that is killed again and again, in a process and a database of its own: `python -m tests.articles.importers.run.killed FILE`.

It prints, as JSON, what stands there after a run that nobody disturbed, what after ten kills and a last run, how many
of the ten came before their run was done, and what the command says that somebody ends with Ctrl+C.
"""

import itertools
import json
import os
import random
import signal
import sys
import traceback
from contextlib import contextmanager
from pathlib import Path

import django

KILLS, LAST, INTERRUPTED = 10, 150, 250
"""Each kill comes before this statement, so that a run gets a few stories further, or none. Two are stored together."""


def main(path):
    imported(path)
    whole = told()
    forget()
    chance = random.Random(12)
    killed = [killed_at(chance.randrange(LAST), path) for _kill in range(KILLS)]
    has_failed = imported(path)
    ended = {"whole": whole, "again": told(), "killed": sum(killed), "failed": has_failed}
    forget()
    ended |= {"interrupted": interrupted_at(INTERRUPTED, path), "half": len(told()["stories"])}
    json.dump(ended, sys.stdout)


def imported(path):
    from articles.importers.run import Options, items, run

    items.MOST = 2
    return run([path], Options(publish=True)).has_failed


def killed_at(number, path):
    """Import in a process that is killed before this statement; return whether that came before it was done."""
    from django.db import connection, connections

    connections.close_all()
    if not (child := os.fork()):
        left = iter(range(number))

        def counting(execute, *args):
            if next(left, None) is None:
                os.kill(os.getpid(), signal.SIGKILL)
            return execute(*args)

        with connection.execute_wrapper(counting):
            imported(path)
        os._exit(0)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def interrupted_at(number, path):
    """Give the command in a process that gets the signal of Ctrl+C before this statement; return its exit status and what it says."""
    from django.core.management import execute_from_command_line
    from django.db import connection, connections

    connections.close_all()
    said = path.with_name("said.text")
    if not (child := os.fork()):
        number_of = itertools.count()

        def counting(execute, *args):
            if next(number_of) == number:
                os.kill(os.getpid(), signal.SIGINT)
            return execute(*args)

        with said.open("wb") as file:
            os.dup2(file.fileno(), 1)
            os.dup2(file.fileno(), 2)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        with connection.execute_wrapper(counting), as_a_process():
            execute_from_command_line(["manage.py", "import_articles", str(path), "--publish"])
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), said.read_text()


@contextmanager
def as_a_process():
    """End this process as Python ends one, whatever is raised, without what the other process would do at its end."""
    from articles.importers.run import items

    items.MOST, status = 2, 0
    try:
        yield
    except SystemExit as error:
        status = error.code
    except BaseException:  # noqa: BLE001 - what a person would see
        traceback.print_exc()
        status = 1
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)


def forget():
    """Take away everything that an import brings."""
    from articles import models

    for name in ("Article", "Origin", "Author", "Image", "ImportBatch", "OldAddress", "Tag"):
        getattr(models, name).objects.all().delete()
    for file in files():
        file.unlink()


def told():
    """Return what readers and editors see, whatever the keys."""
    from articles.models import (
        Article,
        Author,
        Edition,
        Image,
        Item,
        Listing,
        Origin,
        SearchEntry,
        Tag,
    )

    name = dict(Origin.objects.values_list("article", "external_id"))
    fields = ("language", "slug", "status", "version", "published_at", "modified_at")
    return {
        "editions": sorted(map(str, Edition.objects.values_list(*fields))),
        "stories": sorted(
            [
                name[article.pk],
                *(article.title_en, article.body_es),
                *(tag.name for tag in article.tags.order_by("name")),
                *(str(byline.author) for byline in article.bylines.all()),
                *(use.image.checksum for use in article.uses.all()),
                *(name[pk] for pk in article.related or ()),
            ]
            for article in Article.objects.all()
        ),
        "counts": [
            model.objects.count() for model in (Author, Image, Item, Listing, SearchEntry, Tag)
        ],
        "files": len(files()),
    }


def files():
    from django.core.files.storage import default_storage

    return [path for path in Path(default_storage.location).rglob("*") if path.is_file()]


if __name__ == "__main__":
    django.setup()
    main(Path(sys.argv[1]))
