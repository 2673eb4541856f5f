"""Categories, tags and comments that a source has in words of its own."""

from datetime import UTC, datetime

import pytest

from articles.actions import commenting
from articles.importers import writer
from articles.importers.story import Comment, Story, Subject, Text
from articles.importers.writer import Outcome
from articles.models import Category, Comment as StoredComment, Origin
from tests import factories

# What is marked `both` asks what nothing else asks of PostgreSQL; the rest is decided in Python.
pytestmark = [pytest.mark.django_db, pytest.mark.once]

AT = datetime(2017, 12, 1, tzinfo=UTC)


def story(**fields):
    texts = {"en": Text(title="A", body="<p>Words.</p>", status="published", published_at=AT)}
    return Story(external_id="a", source_language="en", texts=texts, **fields)


def subject(name, *parents, slug="", **fields):
    return Subject(names={"": name}, slug=slug, parents=parents, **fields)


def save(record, **options):
    return writer.save(record, source="wire", publish=True, **options)


def article():
    return Origin.objects.get(external_id="a").article


def places():
    return sorted(f"{category.kind}/{category.slug_en}" for category in article().categories.all())


@pytest.mark.both
@pytest.mark.parametrize(
    "words", [subject("POL ITICS"), subject("Política"), subject("Other", slug="politics")]
)
def test_a_category_is_found_by_its_slug_and_by_its_name_in_any_language(words):
    factories.CategoryFactory(
        slug_en="politics", name_en="Politics", name_es="Política", kind="section"
    )

    save(story(subjects=(words,)))

    assert places() == ["section/politics"]
    assert not article().tags.exists()


def test_a_category_that_is_not_here_is_a_tag_and_counted():
    result = save(
        story(subjects=(subject("Elections"), subject("Uncategorized"), subject("Sin categoría")))
    )

    assert [tag.name for tag in article().tags.all()] == ["Elections"]
    assert [note.kind for note in result.notes] == ["categories that became tags"]


@pytest.mark.both
def test_categories_are_made_if_that_is_asked_for_also_at_a_later_import():
    record = story(subjects=(subject("Port", subject("Local news"), slug="the-port"),))
    save(record)

    again = save(record, create_categories=True)

    assert again.outcome == Outcome.UPDATED
    assert places() == ["section/local-news", "section/the-port"]
    assert not article().tags.exists()
    assert save(record, create_categories=True).outcome == Outcome.UNCHANGED


def test_one_under_a_region_is_a_region():
    Category.objects.filter(kind="region").delete()
    africa = factories.CategoryFactory(slug_en="africa", name_en="Africa", kind="region")

    save(story(subjects=(subject("Kenya", subject("Africa")),)), create_categories=True)

    assert places() == ["region/kenya"]
    assert article().categories.get().parent == africa


def test_what_a_source_gives_no_more_goes_and_what_an_editor_gave_stays():
    save(story(subjects=(subject("Port"), subject("Tides"))), create_categories=True)
    own = factories.CategoryFactory(slug_en="own", name_en="Own", kind="section")
    article().categories.add(own)

    save(story(subjects=(subject("Tides"),)), create_categories=True)

    assert places() == ["section/own", "section/tides"]


def comment(reference, answers="", **fields):
    told = {"name": "Bea", "words": f"Words {reference}.", "written_at": AT, "state": "published"}
    return Comment(reference=reference, language="en", answers=answers, **(told | fields))


def test_comments_come_with_their_time_state_and_thread():
    save(
        story(
            comments=(
                comment("3", "2"),
                comment("1"),
                comment("2", "1"),
                comment("4", "9", state="spam", email="A@B.example"),
            )
        )
    )

    rows = {row.words: row for row in StoredComment.objects.all()}
    assert rows["Words 2."].parent == rows["Words 3."].parent == rows["Words 1."]
    assert rows["Words 4."].parent is None
    assert (rows["Words 4."].state, rows["Words 4."].written_at) == ("spam", AT)
    assert article().editions.get().comment_count == 3


@pytest.mark.both
def test_a_later_import_adds_the_new_ones_and_leaves_the_rest_to_the_moderators():
    save(story(comments=(comment("1"), comment("2"))))
    first = StoredComment.objects.get(words="Words 1.")
    commenting.moderate(first, "delete", by=None)

    again = save(story(comments=(comment("1"), comment("2"), comment("3", "1"))))

    assert again.outcome == Outcome.UPDATED
    assert StoredComment.objects.count() == 3
    assert StoredComment.objects.get(words="Words 3.").parent == first
    first.refresh_from_db()
    assert first.state == "deleted"
    assert (
        save(story(comments=(comment("1"), comment("2"), comment("3", "1")))).outcome
        == Outcome.UNCHANGED
    )


def test_comments_that_answer_each_other_in_a_circle_are_stored():
    save(story(comments=(comment("1", "2"), comment("2", "1"), comment("3", "3"))))

    assert StoredComment.objects.count() == 3
