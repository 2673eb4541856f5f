"""A run that is killed at any statement, and started again, ends as one that nobody disturbed."""

import json
import os
import random
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.db import connection, connections

from articles.importers.run import Options, run
from articles.models import (
    Article,
    Author,
    Edition,
    Image,
    ImportBatch,
    Item,
    Listing,
    OldAddress,
    Origin,
    SearchEntry,
    Tag,
)
from tests import factories

KILLS, LAST = 10, 400
"""Each kill comes before this statement, so that a run gets a few stories further, or none."""


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(
    connection.vendor == "sqlite", reason="its database of tests lies in the memory of one process"
)
def test_ten_kills_and_a_last_run_are_one_run(tmp_path):
    path = written(tmp_path)
    run([path], Options(publish=True))
    whole = told()
    for model in (Article, Origin, Author, Image, ImportBatch, OldAddress, Tag):
        model.objects.all().delete()
    for file in files():
        file.unlink()

    chance = random.Random(12)
    killed = [killed_at(chance.randrange(LAST), path) for _kill in range(KILLS)]
    report = run([path], Options(publish=True))

    assert killed.count(True) >= KILLS // 2
    assert not report.has_failed
    assert told() == whole


def written(folder):
    with factories.ImageFactory.build().file.open("rb") as file:
        (folder / "a.png").write_bytes(file.read())
    text = {"published_at": "2017-11-30T12:00:00Z", "body": "<p>Words of ş.</p>"}
    lines = [
        {
            "id": str(number),
            "source_language": "en",
            "editions": {code: text | {"title": f"Tide {number // 2}"} for code in ("en", "es")},
            "bylines": [{"name": f"Author {number % 3}"}],
            "tags": [f"Tag {number % 4}"],
            "images": [
                {"path": "a.png", "lead": True, "creator": "A", "alt": {"en": "A", "es": "A"}}
            ],
            "related": [str((number + 1) % 6)],
        }
        for number in range(6)
    ]
    path = folder / "stories.jsonl"
    path.write_text("\n".join(map(json.dumps, lines)))
    return path


def killed_at(number, path):
    """Import in a process that dies at this statement; return whether it did before it was done."""
    connections.close_all()
    if not (child := os.fork()):
        left = iter(range(number))

        def counting(execute, *args):
            if next(left, None) is None:
                os._exit(9)
            return execute(*args)

        try:
            with connection.execute_wrapper(counting):
                run([path], Options(publish=True))
        finally:
            os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9


def told():
    """Return what readers and editors see, whatever the keys."""
    name = dict(Origin.objects.values_list("article", "external_id"))
    return {
        "editions": sorted(
            Edition.objects.values_list(
                *("language", "slug", "status", "version", "published_at", "modified_at")
            )
        ),
        "stories": sorted(
            (
                name[article.pk],
                *(article.title_en, article.body_es),
                *(tag.name for tag in article.tags.order_by("name")),
                *(str(byline.author) for byline in article.bylines.all()),
                *(use.image.checksum for use in article.uses.all()),
                *(name[pk] for pk in article.related or ()),
            )
            for article in Article.objects.all()
        ),
        "counts": [
            model.objects.count() for model in (Author, Image, Item, Listing, SearchEntry, Tag)
        ],
        "files": len(files()),
    }


def files():
    return [path for path in Path(default_storage.location).rglob("*") if path.is_file()]
