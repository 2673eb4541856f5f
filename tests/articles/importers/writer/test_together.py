"""Stories that are stored together are stored as each would be alone, by fewer statements."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from reversion.models import Revision

from articles.importers.story import Comment, Person, Story, TagLabel, Text
from articles.importers.writer import Job, Options, Outcome, save_all
from articles.models import (
    Article,
    Comment as StoredComment,
    Edition,
    Event,
    Item,
    Listing,
    MonthCount,
    OldAddress,
    SearchEntry,
    WaitingLink,
)
from newsroom.pagecache.models import Purge

pytestmark = pytest.mark.django_db

AT = datetime(2017, 11, 30, 12, tzinfo=UTC)
NOW = datetime(2020, 5, 4, 12, tzinfo=UTC)


def story(number, **fields):
    """One of six that share headlines, tags and authors, and lead to the next one."""
    body = f'<p>Words of ş, and <a data-article="{number + 1}">more</a>.</p>'
    texts = {
        code: Text(title=f"Tide {number // 2}", body=body, status="published", published_at=AT)
        for code in ("en", "es")
    }
    said = {
        "bylines": (Person(names={"": f"Author {number % 2}"}),),
        "tags": (TagLabel(name=f"Tag {number % 3}"), TagLabel(name="Every")),
        "comments": (Comment(reference="1", language="es", name="A", words="B", written_at=AT),),
        "related": (str(number - 1),),
        "old_addresses": {
            "en": (f"/?p={number}", f"/{number // 2}/old/", f"/en/old/{number // 2}")
        },
        "texts": texts,
    }
    return Story(external_id=str(number), source_language="en", **said | fields)


def jobs(*stories):
    return [Job(new_story, "wire", Options(publish=True, now=NOW)) for new_story in stories]


def told():
    """Return all that came of an import, whatever the ids."""
    fields = ("language", "slug", "status", "version", "headline_key", "comment_count")
    rows = Edition.objects.order_by("language", "slug")
    return {
        "editions": list(rows.values_list(*fields)),
        "search": sorted(
            (slug, len(words.split()))
            for slug, words in SearchEntry.objects.values_list("edition__slug", "words")
        ),
        "revisions": sorted(
            (
                revision.comment,
                *sorted(
                    (v.content_type.model, v.object_repr.partition(" on ")[0])
                    for v in revision.version_set.all()
                ),
            )
            for revision in Revision.objects.all()
        ),
        "months": list(MonthCount.objects.order_by("language").values_list("language", "number")),
        "events": sorted(Event.objects.values_list("language", "verb")),
        "old": list(
            OldAddress.objects.order_by("path").values_list("path", "edition__slug"),
        ),
        "related": sorted(len(article.related or ()) for article in Article.objects.all()),
        "counts": [
            model.objects.count() for model in (Listing, Item, WaitingLink, StoredComment, Purge)
        ],
    }


def test_what_is_stored_together_is_what_each_alone_would_be():
    stories = [story(number) for number in range(6)]
    with transaction.atomic(), CaptureQueriesContext(connection) as alone:
        separate = [result for one in stories for result in save_all(jobs(one))]
        expected = told()
        transaction.set_rollback(True)

    with CaptureQueriesContext(connection) as together:
        results = save_all(jobs(*stories))

    assert [result.outcome for result in results] == [Outcome.CREATED] * 6
    assert [result.notes for result in results] == [result.notes for result in separate]
    stored = told()
    # Alone each tells its pages by itself.
    assert stored.pop("counts")[:-1] == expected.pop("counts")[:-1]
    assert stored == expected
    assert len(together) < len(alone) * 0.7


def plain(number):
    """A story that leads to no other, of tags and authors that others have, too."""
    text = Text(title=f"Day {number}", body="<p>Words</p>", status="published", published_at=AT)
    first = Comment(reference="1", language="en", name="A", words="B", written_at=AT)
    return story(
        number,
        texts={"en": text},
        comments=(first, replace(first, reference="2", answers="1")),
        related=(),
        old_addresses={"en": (f"/?p={number}", f"/old/{number}/")},
    )


def test_more_stories_cost_no_more_statements():
    save_all(jobs(*map(plain, range(6))))
    numbers = []
    for some in (range(6, 9), range(9, 18)):
        with CaptureQueriesContext(connection) as statements:
            save_all(jobs(*map(plain, some)))
        numbers.append(len(statements))
    assert numbers[1] <= numbers[0]


def test_one_that_cannot_be_stored_costs_no_other():
    broken = story(2, categories=("section/none",))
    results = save_all(jobs(story(0), story(1), broken, story(3), story(4)))

    outcomes = [result.outcome for result in results]
    assert outcomes == [*[Outcome.CREATED] * 2, Outcome.FAILED, *[Outcome.CREATED] * 2]
    assert "There is no category" in results[2].problems[0]
    assert Edition.objects.filter(status="published").count() == 8


def test_of_what_came_before_only_what_is_new_is_looked_at_further():
    plain = [story(number, related=()) for number in range(4)]
    save_all(jobs(*plain))

    with CaptureQueriesContext(connection) as unchanged:
        results = save_all(jobs(*plain))
    assert {result.outcome for result in results} == {Outcome.UNCHANGED}
    assert len(unchanged) == 2

    more = story(3, related=(), tags=(TagLabel(name="New"),))
    results = save_all(jobs(*plain[:2], story(2, related=("0",)), more))
    same, other = Outcome.UNCHANGED, Outcome.UPDATED
    assert [result.outcome for result in results] == [same, same, other, other]
