"""What an import did is taken back, story by story; what somebody has changed since is kept."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from articles.actions import publishing, writing
from articles.actions.taking_back import take_back
from articles.importers import writer
from articles.importers.story import Comment, Person, Story, TagLabel, Text
from articles.models import Article, Edition, ImportBatch, ImportChange, Origin
from tests import factories

# What is marked `both` asks what nothing else asks of PostgreSQL; the rest is decided in Python.
pytestmark = [pytest.mark.django_db, pytest.mark.once]

PAST = datetime(2020, 5, 1, tzinfo=UTC)


def story(language="en", title="A", *, body="<p>Words.</p>", published=False, **fields):
    state = {"status": "published", "published_at": PAST} if published else {}
    texts = {language: Text(title=title, body=body, **state)}
    return Story(external_id="a", source_language=language, texts=texts, **fields)


def imported(*stories, **options):
    """Import these in one batch, and return it."""
    batch = ImportBatch.objects.create(started_at=timezone.now())
    for new_story in stories:
        result = writer.save(new_story, source="wire", publish=True, batch=batch, **options)
        assert result.problems == ()
    return batch


def back(batch):
    return [take_back(change) for change in batch.changes.order_by("-pk")]


def held():
    """Return what the story says and where it stands, without the moments of its saves."""
    article = Article.objects.get()
    return (
        [article.title_en, article.body_en, article.title_es, article.source_language],
        [tag.name for tag in article.tags.all()],
        [byline.author.name_en for byline in article.bylines.all()],
        sorted(category.slug_en for category in article.categories.all()),
        sorted(
            article.editions.values_list(
                *("language", "slug", "status", "published_at", "modified_at", "withdrawn_reason")
            )
        ),
        Origin.objects.get().given,
    )


def test_a_story_that_a_batch_made_goes_and_may_come_again():
    record = story(published=True)
    batch = imported(record)

    assert back(batch) == ["A"]

    assert not Article.objects.exists()
    assert not Origin.objects.exists()
    imported(record)
    assert Article.objects.get().title_en == "A"


def test_a_story_that_a_batch_changed_is_what_it_was():
    imported(
        story(
            published=True,
            tags=(TagLabel(name="Water"),),
            bylines=(Person(names={"": "Ana"}),),
            categories=("section/news",),
        )
    )
    before = held()
    second = imported(
        story(title="B", body="<p>Other.</p>", published=True, tags=(TagLabel(name="Wind"),))
    )
    assert held()[0][0] == "B"

    back(second)

    assert held() == before
    imported(story(title="B", published=True))
    assert held()[0][0] == "B"


def test_batches_are_taken_back_one_after_the_other():
    first, second = imported(story()), imported(story(title="B"))

    (change,) = first.changes.all()
    with pytest.raises(ValidationError, match=f"batch {second.pk} has changed it since"):
        take_back(change)

    back(second)
    back(first)
    assert not Article.objects.exists()


@pytest.mark.both
def test_a_language_that_a_batch_added_goes_and_no_other_is_touched():
    imported(story(published=True))
    before = held()
    page = {"is_whole": False}
    second = imported(story("es", "Marea", published=True, **page), story("ar", "مد", **page))

    back(second)

    after = held()
    assert (after[0], after[5]) == (before[0], before[5])
    english, spanish = after[4]
    assert english == before[4][0]
    # Readers have seen it: its address tells them in their language.
    assert spanish[2] == "withdrawn"
    assert spanish[5] not in {"", "It is no longer published here."}
    assert not Edition.objects.filter(language="ar").exists()


@pytest.mark.parametrize("is_new", [True, False])
@pytest.mark.parametrize("how", ["words", "state"])
def test_what_somebody_has_changed_since_is_kept(is_new, how):
    batch = imported(story(published=True))
    if not is_new:
        batch = imported(story(title="B", published=True))
    article = Article.objects.get()
    if how == "words":
        article.title_en = "C"
        writing.save(article)
    else:
        editor = factories.UserFactory(is_superuser=True)
        publishing.withdraw(article.editions.get(), by=editor, reason="Wrong.")
    before = held()

    with pytest.raises(ValidationError, match="changed here since"):
        back(batch)

    assert held() == before
    assert batch.changes.count() == 1


def test_a_story_that_was_deleted_since_is_forgotten():
    batch = imported(story())
    Article.objects.get().delete()

    assert back(batch) == ["A"]
    assert not ImportChange.objects.exists()
    assert Origin.objects.get().article is None


def test_one_batch_that_changes_a_story_twice_takes_back_both():
    imported(story())
    before = held()
    batch = imported(story(title="B"), story(title="C"))

    back(batch)

    assert held() == before


def test_a_date_that_a_batch_corrected_is_the_old_one_again():
    imported(story(published=True))
    later = Text(
        title="A", body="<p>Words.</p>", status="published", published_at=PAST + timedelta(1)
    )
    batch = imported(Story(external_id="a", source_language="en", texts={"en": later}))
    assert Edition.objects.get().published_at == PAST + timedelta(1)

    back(batch)

    assert Edition.objects.get().published_at == PAST


def reader(reference, **fields):
    return Comment(
        reference=reference, language="en", name="Bea", words="W.", written_at=PAST, **fields
    )


@pytest.mark.both
@pytest.mark.parametrize("is_answered", [True, False])
def test_the_comments_of_a_batch_go_with_it_unless_somebody_has_answered_them(is_answered):
    imported(story(published=True, comments=(reader("1", state="published"),)))
    before = held()
    second = imported(story(published=True, comments=(reader("1"), reader("2", state="published"))))
    edition = Edition.objects.get()
    assert edition.comment_count == 2
    came = edition.comments.get(pk=Origin.objects.get().given[""]["comments"]["2"])
    if is_answered:
        edition.comments.create(parent=came, name="R", words="A.", written_at=PAST)

    back(second)

    edition.refresh_from_db()
    assert edition.comments.filter(pk=came.pk).exists() == is_answered
    assert edition.comment_count == 1 + is_answered
    assert (held() == before) is not is_answered
    imported(story(published=True, comments=(reader("1"), reader("2"))))
    assert edition.comments.filter(parent=None).count() == 2


def test_a_text_that_was_joined_to_a_story_leaves_it_and_may_come_again():
    imported(story())
    before = held()
    page = story("es", "Marea", is_whole=False)
    batch = ImportBatch.objects.create(started_at=timezone.now())
    into = Article.objects.get().pk
    writer.save(page, source="page", into=into, batch=batch)
    assert Article.objects.get().title_es == "Marea"

    back(batch)

    assert held() == before
    writer.save(page, source="page")
    assert Article.objects.count() == 2
