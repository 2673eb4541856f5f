import json
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.db import OperationalError
from PIL import Image as Pillow
from reversion.models import Revision, Version

from articles.actions import organising, publishing, writing
from articles.importers import jsonl, writer
from articles.importers.context import Context
from articles.importers.story import Person, Picture, Story, TagLabel, Text
from articles.importers.writer import Outcome
from articles.models import Article, Author, Edition, Event, Image, Listing, OldAddress, Origin
from articles.texts import text as text_of
from newsroom.languages import with_columns
from tests import factories

# What is marked `both` asks what nothing else asks of PostgreSQL; the rest is decided in Python.
pytestmark = [pytest.mark.django_db, pytest.mark.once]

NOW = datetime(2020, 5, 4, 12, tzinfo=UTC)
PAST, FUTURE = NOW - timedelta(days=9), NOW + timedelta(days=9)


def text(title="A", **fields):
    return Text(**({"title": title, "body": "<p>Words.</p>"} | fields))


def story(external_id="a", *, texts=None, **fields):
    return Story(
        external_id=external_id, source_language="en", texts=texts or {"en": text()}, **fields
    )


def published(**fields):
    return text(**({"status": "published", "published_at": PAST} | fields))


def save(record, *, publish=False, **options):
    return writer.save(record, source="wire", publish=publish, now=NOW, **options)


def article_of(external_id="a"):
    return Origin.objects.get(external_id=external_id).article


def photo(tmp_path, name="a.jpg", colour="red"):
    path = tmp_path / name
    Pillow.new("RGB", (60, 40), colour).save(path)
    return Picture(
        path=path,
        reference=f"images/{name}",
        size=path.stat().st_size,
        lead=True,
        alt={"en": "A harbour"},
        caption={"en": f"Caption of {name}"},
        creator="A. Painter",
    )


# --- What is stored ---


def test_a_story_is_stored_with_everything_it_says():
    record = story(
        texts={"en": text("Tide", standfirst="S"), "ar": text("مد")},
        bylines=(
            Person(names={"": "Ana Duarte"}),
            Person(names={"es": "Bea", "ar": "بيا"}, role="translator", language="ar"),
        ),
        categories=("region/syria", "section/news"),
        tags=(TagLabel(name="Water", labels={"es": "Agua"}, aliases=("H2O",)),),
        old_addresses={"en": ("/old/1",)},
        notes=("One.",),
    )

    result = save(record)

    article = article_of()
    assert (result.outcome, result.problems) == (Outcome.CREATED, ())
    assert (article.title_en, article.title_ar, article.standfirst_en) == ("Tide", "مد", "S")
    assert {e.language: (e.slug, e.status) for e in article.editions.all()} == {
        "en": ("tide", "draft"),
        "ar": ("مد", "draft"),
    }
    assert [(b.author.name_en, b.role, b.language) for b in article.bylines.all()] == [
        ("Ana Duarte", "author", ""),
        (None, "translator", "ar"),
    ]
    assert {c.slug_en for c in article.categories.all()} == {"syria", "news"}
    assert article.tags.get().label_es == "Agua"
    assert OldAddress.objects.get().path == "/old/1"
    assert Origin.objects.get().report == "One."


def test_without_publish_everything_stays_a_draft():
    save(story(texts={"en": published()}))

    assert article_of().editions.get().status == "draft"
    assert not Event.objects.exists()


@pytest.mark.both
@pytest.mark.parametrize(
    ("fields", "status", "published_at"),
    [
        ({"status": "published", "published_at": PAST}, "published", PAST),
        ({"status": "published"}, "published", NOW),
        (
            {"status": "published", "published_at": NOW + PAST.resolution},
            "published",
            NOW + PAST.resolution,
        ),
        ({"status": "draft"}, "draft", None),
        ({"status": "submitted"}, "submitted", None),
        ({"status": "withdrawn", "published_at": PAST, "withdrawn_reason": "x"}, "withdrawn", PAST),
        (
            {"status": "withdrawn", "published_at": NOW + timedelta(1), "withdrawn_reason": "x"},
            "draft",
            None,
        ),
    ],
)
def test_with_publish_each_text_gets_its_state_and_only_once(fields, status, published_at):
    record = story(texts={"en": text(**fields)})

    save(record, publish=True)
    edition = article_of().editions.get()
    assert (edition.status, edition.published_at) == (status, published_at)

    events = Event.objects.count()
    assert save(record, publish=True).outcome == Outcome.UNCHANGED
    assert Event.objects.count() == events


def test_what_stands_in_the_way_is_told_and_the_story_stays_a_draft(tmp_path):
    picture, to_come = replace(photo(tmp_path), alt={}), published(published_at=FUTURE)

    for expected in (Outcome.CREATED, Outcome.UNCHANGED):
        result = save(story(texts={"en": to_come}, pictures=(picture,)), publish=True)
        assert result.outcome == expected
        assert len(result.problems) == 1
        assert "alternative text" in result.problems[0]

    assert article_of().editions.get().status == "draft"
    assert not Event.objects.exists()


@pytest.mark.both
def test_an_import_is_one_revision_however_many_languages_it_publishes():
    save(story(texts={"en": published(), "es": published(), "pt": published()}), publish=True)

    assert Revision.objects.get().comment == "imported from wire"
    assert Version.objects.get_for_object(article_of()).count() == 1
    assert Event.objects.count() == 3


def test_a_slug_that_is_taken_gets_a_number():
    for external_id in "abc":
        save(story(external_id, texts={"en": text("Tide", slug="same")}))

    assert [article_of(i).editions.get().slug for i in "abc"] == ["same", "same-2", "same-3"]


@pytest.mark.both
def test_an_address_of_another_story_is_left_to_it_and_noted():
    save(story("a", old_addresses={"en": ("/old/",)}))

    result = save(story("b", texts={"en": text("B")}, old_addresses={"en": ("/old/", "/older/")}))

    assert result.notes == ("/old/ is the address of something else here, and stays so.",)
    assert set(OldAddress.objects.values_list("edition__article", "path")) == {
        (article_of("a").pk, "/old/"),
        (article_of("b").pk, "/older/"),
    }


# --- Again ---


@pytest.mark.both
def test_the_same_story_again_writes_nothing(tmp_path):
    record = story(
        texts={"en": published()}, pictures=(photo(tmp_path),), tags=(TagLabel(name="Water"),)
    )
    save(record, publish=True)
    before = Article.objects.values().get(), Origin.objects.values().get(), Version.objects.count()

    result = save(record, publish=True)

    assert (result.outcome, result.notes, result.problems) == (Outcome.UNCHANGED, (), ())
    assert (
        Article.objects.values().get(),
        Origin.objects.values().get(),
        Version.objects.count(),
    ) == before


@pytest.mark.both
def test_a_changed_story_is_updated_and_stays_published():
    save(story(texts={"en": published(), "es": published(title="B")}), publish=True)
    changed = story(
        texts={"en": published(title="C"), "es": published(title="B")}, categories=("section/news",)
    )

    result = save(changed, publish=True)

    article = article_of()
    assert (result.outcome, article.title_en) == (Outcome.UPDATED, "C")
    assert factories.edition(article).version == 2
    assert factories.edition(article, "es").version == 1
    assert Listing.objects.filter(category__slug_en="news").count() == 2


def edit(article, **texts):
    for name, words in texts.items():
        setattr(article, name, words)
    writing.save(article)


def test_what_an_editor_changed_since_is_kept():
    save(story())
    edit(article_of(), body_en="<p>Edited.</p>")

    result = save(story(texts={"en": text(body="<p>Corrected.</p>")}))

    assert result.outcome == Outcome.KEPT
    assert result.notes == ("Changed here, so it is kept: body (en).",)
    assert article_of().body_en == "<p>Edited.</p>"


def test_what_nobody_changed_is_updated_beside_what_is_kept():
    save(story(texts={"en": text(), "es": text("Uno")}))
    edit(article_of(), title_en="Edited")

    changed = {"en": text("There", body="<p>New.</p>"), "es": text("Dos")}
    result = save(story(texts=changed, categories=("section/news",)))

    article = article_of()
    assert (result.outcome, result.notes) == (
        Outcome.UPDATED,
        ("Changed here, so it is kept: headline (en).",),
    )
    assert (article.title_en, article.title_es) == ("Edited", "Dos")
    assert article.body_en == "<p>New.</p>"
    assert article.categories.get().slug_en == "news"


def test_a_field_that_an_editor_brought_in_line_with_its_source_follows_it_again():
    save(story())
    edit(article_of(), title_en="Edited")
    save(story(texts={"en": text("B")}))
    edit(article_of(), title_en="B")
    save(story(texts={"en": text("B", standfirst="S")}))

    assert save(story(texts={"en": text("C")})).outcome == Outcome.UPDATED
    assert article_of().title_en == "C"


@pytest.mark.both
def test_what_was_saved_without_a_change_follows_its_source():
    save(story())
    edit(article_of(), standfirst_es="", body_en=article_of().body_en)

    assert save(story(texts={"en": text("B")})).outcome == Outcome.UPDATED


@pytest.mark.both
@pytest.mark.parametrize("is_edited", [False, True])
def test_a_story_of_before_its_fields_were_remembered_is_known_again(is_edited):
    save(story(texts={"en": text(), "es": text("Uno")}, tags=(TagLabel(name="Water"),)))
    Origin.objects.update(given={}, rev=article_of().rev)
    if is_edited:
        edit(article_of(), title_en="Edited")

    save(story(texts={"en": text("B"), "es": text("Uno")}))

    assert article_of().title_en == ("Edited" if is_edited else "B")
    assert article_of().title_es == "Uno"
    assert article_of().tags.count() == is_edited


def test_what_an_editor_changed_since_is_not_published_by_an_import():
    save(story(texts={"en": published()}))
    edit(article_of(), body_en="<p>Half a sen</p>")

    assert save(story(texts={"en": published()}), publish=True).outcome == Outcome.UNCHANGED

    assert article_of().editions.get().status == "draft"


def test_a_story_that_an_editor_withdrew_is_not_published_again():
    save(story(texts={"en": published()}), publish=True)
    publishing.withdraw(article_of().editions.get(), by=publishing.SYSTEM, reason="Wrong.")

    result = save(story(texts={"en": published(title="B")}), publish=True)

    assert article_of().editions.get().status == "withdrawn"
    assert result.notes == ("It was withdrawn here in en, and stays so.",)


@pytest.mark.parametrize("publish", [True, False])
@pytest.mark.parametrize("is_edited", [True, False])
def test_a_story_that_its_source_withdrew_is_a_problem_as_long_as_it_is_published(
    publish, is_edited
):
    save(story(texts={"en": published()}), publish=True)
    if is_edited:
        edit(article_of(), body_en="<p>Edited.</p>")
    gone = story(texts={"en": published(status="withdrawn", withdrawn_reason="False.")})

    for _time in range(2):
        result = save(gone, publish=publish)
        assert result.problems == (
            "The source has withdrawn it in en; it is still published here.",
        )
        assert article_of().editions.get().status == "published"

    publishing.withdraw(article_of().editions.get(), by=publishing.SYSTEM, reason="False.")
    assert save(gone, publish=publish).problems == ()


@pytest.mark.parametrize("title", ["A", "B"])
def test_a_story_that_an_editor_unscheduled_is_not_scheduled_again(title):
    save(story(texts={"en": published(published_at=NOW + timedelta(9))}), publish=True)
    editor = factories.UserFactory(is_superuser=True)
    publishing.withdraw(article_of().editions.get(), by=editor, reason="", now=NOW)

    later = published(title=title, published_at=NOW + timedelta(9))
    result = save(story(texts={"en": later}), publish=True)

    assert article_of().editions.get().status == "draft"
    assert result.notes == ("It was made a draft again here in en, and stays one.",)


def test_a_card_that_was_served_is_no_editors_change():
    waiting = story("a", texts={"en": text(body='<p>x</p><aside data-article="b"></aside>')})
    first = save(waiting)
    assert first.notes == ("Waits for a story that is not here yet: wire:b",)

    save(story("b", texts={"en": text("B")}))

    assert f'data-article="{article_of("b").pk}"' in article_of("a").body_en
    assert save(waiting).outcome == Outcome.UNCHANGED
    changed = replace(waiting, texts={"en": replace(waiting.texts["en"], title="New")})
    assert save(changed).outcome == Outcome.UPDATED
    assert f'data-article="{article_of("b").pk}"' in article_of("a").body_en


def test_html_of_another_system_keeps_its_structure_and_its_references(tmp_path):
    html = (
        "<p>a <b>b<img src=x> c</b> d</p><hr><figure data-image='images/a.jpg'><img src=y></figure>"
        "<p>e <a href='/x' data-article='gone'>f</a></p>"
    )
    save(story(texts={"en": text(body=html)}, pictures=(photo(tmp_path),)))

    image = Image.objects.get()
    assert article_of().body_en == (
        f'<p>a <strong>b c</strong> d</p><figure data-image="{image.pk}"></figure>'
        '<p>e <a href="/x" data-waiting="origin:wire:gone">f</a></p>'
    )


def test_an_import_stores_what_a_form_stores_and_names_what_it_leaves_out():
    html = (
        "<p>a</p><div class='group'><p>b</p></div><figure data-image='images/gone.jpg'></figure>"
        "<figure><img src='c.jpg' alt='A pier'><figcaption>d</figcaption></figure>"
        "<p>It is <del>over</del> not over.</p><aside><h3>e</h3><p>f</p></aside>"
    )
    typed = factories.ArticleFactory(title_en="B", body_en=html)

    result = save(story(texts={"en": text(body=html)}))

    assert (
        article_of().body_en
        == typed.body_en
        == ("<p>a</p><p>b</p><p>d</p><p>It is  not over.</p><h3>e</h3><p>f</p>")
    )
    assert [note for note in result.notes if note.startswith("Body in en")] == [
        "Body in en: Pictures left out, because the story does not have them (2): "
        "images/gone.jpg, “A pier” (c.jpg).",
        "Body in en: Words left out, because they are struck out (1): “over”.",
    ]


def test_a_picture_of_the_list_stands_where_the_body_has_its_path(tmp_path):
    html = "<p>a</p><figure><img src='images/a.jpg'><figcaption>b</figcaption></figure>"

    result = save(story(texts={"en": text(body=html)}, pictures=(photo(tmp_path),)))

    image = Image.objects.get()
    assert article_of().body_en == f'<p>a</p><figure data-image="{image.pk}"></figure>'
    assert any("“b”" in note for note in result.notes)


# --- Times, addresses, deletions ---


def addressed(external_id, **fields):
    return story(external_id, texts={"en": published(**({"slug": "week"} | fields))})


@pytest.mark.both
def test_a_date_that_its_source_corrects_moves_the_story_and_leaves_an_old_address():
    save(addressed("a"), publish=True)
    old = article_of().editions.get().url

    result = save(addressed("a", published_at=PAST - timedelta(days=400)), publish=True)

    edition = article_of().editions.get()
    assert (result.outcome, edition.published_at) == (Outcome.UPDATED, PAST - timedelta(days=400))
    assert edition.url != old
    assert OldAddress.objects.get(edition=edition).path == old
    assert save(addressed("a", published_at=PAST - timedelta(days=400))).outcome == (
        Outcome.UNCHANGED
    )


def test_a_date_that_was_changed_here_is_kept_and_named():
    save(addressed("a"), publish=True)
    here = PAST - timedelta(days=3)
    publishing.redate(article_of().editions.get(), by=publishing.SYSTEM, at=here)

    result = save(addressed("a", published_at=PAST - timedelta(days=400)), publish=True)

    assert article_of().editions.get().published_at == here
    assert result.notes == ("Changed here, so it is kept: time of publication (en).",)


@pytest.mark.both
def test_an_import_dates_a_change_only_as_its_source_does():
    save(addressed("a"), publish=True)

    save(addressed("a", body="<p>Corrected.</p>"), publish=True)
    assert article_of().editions.get().modified_at is None

    changed = addressed("a", body="<p>Corrected again.</p>", modified_at=PAST + timedelta(1))
    save(changed, publish=True)
    assert article_of().editions.get().modified_at == PAST + timedelta(1)


@pytest.mark.both
def test_each_of_two_stories_with_one_slug_keeps_its_own_old_address(client):
    save(addressed("a"), publish=True)
    result = save(addressed("b", published_at=PAST + timedelta(days=7)), publish=True)

    assert result.notes == ("Its slug in en is “week-2”, not “week”.",)
    first, second = (article_of(external_id).editions.get().url for external_id in "ab")
    assert client.get(first).status_code == 200
    assert client.get(second.replace("week-2", "week"))["Location"] == second
    OldAddress.objects.all().delete()
    assert client.get(second.replace("week-2", "week"))["Location"] == second


@pytest.mark.parametrize("slug", ["عنوان-قديم", "UPPER", "a--b"])
def test_a_slug_that_cannot_be_kept_is_named_and_leads_to_the_story(client, slug):
    result = save(addressed("a", slug=slug), publish=True)

    edition = article_of().editions.get()
    assert slug != edition.slug
    assert len(result.notes) == 1
    assert slug in result.notes[0]
    given = client.get(edition.url.replace(edition.slug, slug))
    assert (given.status_code, given["Location"]) == (301, edition.url)


@pytest.mark.both
def test_a_story_that_was_deleted_here_stays_so_until_it_is_asked_for():
    save(addressed("a"), publish=True)
    article_of().delete()

    result = save(addressed("a"), publish=True)

    assert (result.outcome, result.problems) == (Outcome.LEFT_OUT, ())
    assert "“A” was deleted here on " in result.notes[0]
    assert not Article.objects.exists()
    assert save(addressed("a"), publish=True, again=True).outcome == Outcome.CREATED
    assert save(addressed("a"), publish=True).outcome == Outcome.UNCHANGED
    assert Article.objects.count() == 1


def test_a_story_that_was_recovered_has_its_origin_again():
    save(addressed("a"), publish=True)
    article = article_of()
    version = Version.objects.get_for_object(article).latest("pk")
    article.delete()
    version.revision.revert()

    result = save(story("a", texts={"en": published(title="B", slug="week")}), publish=True)

    assert result.outcome == Outcome.UPDATED
    assert (Article.objects.count(), article_of().title_en) == (1, "B")


# --- Failures ---


@pytest.mark.parametrize(
    "fields",
    [
        {"categories": ("region/atlantis",)},
        {"tags": (TagLabel(name="x" * 101),)},
    ],
)
def test_a_story_that_cannot_be_stored_leaves_nothing_behind(fields, tmp_path):
    result = save(story(pictures=(photo(tmp_path),), **fields))

    assert result.outcome == Outcome.FAILED
    assert result.problems
    assert not Article.objects.exists()
    assert not Image.objects.exists()
    assert media() == []


def test_a_failed_update_leaves_the_story_as_it_was():
    save(story())
    before = Article.objects.values().get()

    assert (
        save(story(texts={"en": text("B")}, categories=("section/none",))).outcome == Outcome.FAILED
    )

    assert Article.objects.values().get() == before


def test_a_picture_that_vanishes_while_it_is_read_fails_its_story_only(tmp_path):
    picture = photo(tmp_path)
    picture.path.unlink()

    result = save(story(pictures=(picture,)))

    assert result.outcome == Outcome.FAILED
    assert "a.jpg" in result.problems[0]


@pytest.mark.parametrize(("times", "outcome"), [(1, Outcome.CREATED), (2, Outcome.FAILED)])
def test_a_story_that_somebody_elses_lock_stopped_is_tried_once_more(
    monkeypatch, tmp_path, times, outcome
):
    locks, stored = iter([OperationalError("deadlock detected")] * times), writing.save

    def stopped(*args, **kwargs):
        if error := next(locks, None):
            raise error
        return stored(*args, **kwargs)

    monkeypatch.setattr(writing, "save", stopped)

    result = save(story(pictures=(photo(tmp_path),)))

    assert result.outcome == outcome
    assert all("deadlock detected" in problem for problem in result.problems)
    assert (Article.objects.count(), len(media())) == ((1, 1) if times == 1 else (0, 0))


def test_an_interruption_leaves_nothing_and_the_next_run_does_it_all(monkeypatch, tmp_path):
    record = story(texts={"en": published()}, pictures=(photo(tmp_path),))
    with monkeypatch.context() as patch:
        patch.setattr(writing, "save", _interrupted)
        with pytest.raises(KeyboardInterrupt):
            save(record, publish=True)
    assert (Article.objects.count(), Image.objects.count(), media()) == (0, 0, [])

    assert save(record, publish=True).outcome == Outcome.CREATED


def _interrupted(*_args, **_kwargs):
    raise KeyboardInterrupt


@pytest.mark.both
def test_a_dry_run_tells_the_same_and_writes_nothing(tmp_path):
    record = story(
        texts={"en": published()}, pictures=(photo(tmp_path),), tags=(TagLabel(name="Water"),)
    )

    dry = save(record, publish=True, dry_run=True)
    counts = [m.objects.count() for m in (Article, Origin, Image, Author, Event, Edition, Revision)]
    assert (counts, media()) == ([0] * 7, [])

    assert dry == save(record, publish=True)


def media():
    """Return the files in the folder of uploads."""
    return [path for path in Path(default_storage.location).rglob("*") if path.is_file()]


# --- Pictures ---


def gap(credit="AP", words="Soldiers"):
    return Picture(
        lead=True, caption={"en": words}, alt={"en": words}, creator=credit, credit_line=credit
    )


def test_two_gaps_of_one_credit_are_two_pictures():
    pictures = (gap(words="One"), replace(gap(words="Two"), lead=False))

    for record in (story(pictures=pictures), story(pictures=pictures, texts={"en": text("B")})):
        save(record)
        assert [use.caption_en for use in article_of().uses.all()] == ["One", "Two"]
        assert Image.objects.count() == 2


def upload(**fields):
    """Give the only image a file, and other fields, as an editor does."""
    image = Image.objects.get()
    for name, value in {"file": factories.ImageFactory.build().file, **fields}.items():
        setattr(image, name, value)
    image.save()
    return image


@pytest.mark.parametrize("reference", ["", "images/a.jpg"])
@pytest.mark.parametrize("words", ["Soldiers", "Soldiers in the north"])
def test_a_picture_that_an_editor_uploaded_for_a_gap_stays(reference, words):
    save(story(pictures=(replace(gap(), reference=reference),)))
    image = upload(credit_line="Another credit", description="Found in the archive")

    again = replace(gap(words=words), reference=reference)
    result = save(story(pictures=(again,), texts={"en": text("B")}))

    use = article_of().uses.get()
    assert (use.image, use.caption_en) == (image, words)
    # A file for a place without a name may be that of the picture that stood there before.
    assert bool(result.notes) == (not reference and words != "Soldiers")


def test_a_picture_keeps_its_file_where_another_comes_before_it():
    save(story(pictures=(replace(gap(), reference="a.jpg"),)))
    image = upload()
    first = replace(gap(words="New"), reference="b.jpg")
    second = replace(gap(words="Corrected"), reference="a.jpg", lead=False)

    save(story(pictures=(first, second)))

    assert [use.image == image for use in article_of().uses.all()] == [False, True]


@pytest.mark.both
def test_a_file_is_not_given_up_for_a_gap_nor_shown_with_its_words():
    save(story(pictures=(replace(gap(), reference="a.jpg"),)))
    image = upload()

    result = save(story(pictures=(replace(gap(words="New", credit="X"), reference="b.jpg"),)))

    assert [(use.image == image, use.caption_en) for use in article_of().uses.all()] == [
        (False, "New"),
        (True, "Soldiers"),
    ]
    assert result.notes == ("“Soldiers” is in the story no more, but kept with it.",)


def test_a_file_that_arrives_later_fills_its_gap(tmp_path):
    picture = photo(tmp_path)
    save(story(pictures=(replace(picture, path=None, size=0),)))
    before = Image.objects.get()
    assert before.is_gap

    save(story(pictures=(picture,)))

    assert (Image.objects.get().pk, Image.objects.get().is_gap) == (before.pk, False)


def test_one_file_is_one_image_in_however_many_stories(tmp_path):
    picture = photo(tmp_path)
    for external_id in "ab":
        save(story(external_id, pictures=(picture,)))

    assert Image.objects.count() == 1


def test_a_picture_that_stands_twice_in_a_story_still_leads(tmp_path):
    picture = photo(tmp_path)
    again = replace(picture, lead=False, reference="images/b.jpg")
    html = '<p>x</p><figure data-image="images/b.jpg"></figure>'

    result = save(story(pictures=(picture, again), texts={"en": text(body=html)}))

    use = article_of().uses.get()
    assert use.is_lead
    assert f'data-image="{use.image_id}"' in article_of().body_en
    assert "twice" in result.notes[0]


def test_a_picture_that_cannot_be_read_is_a_gap_with_a_note(tmp_path):
    picture = photo(tmp_path)
    picture.path.write_bytes(b"<svg onload=alert(1)>")

    result = save(story(pictures=(picture,)))

    assert Image.objects.get().is_gap
    assert "a.jpg cannot be shown" in result.notes[0]


# --- Rights of pictures ---


SOON, LATE = NOW + timedelta(9), NOW + timedelta(99)


def rights_of(image):
    image.refresh_from_db()
    return image.credit_line, image.licence, image.valid_until


@pytest.mark.both
def test_rights_that_the_source_corrects_are_corrected(tmp_path):
    picture = replace(photo(tmp_path), credit_line="Wrong", valid_until=LATE)
    save(story(pictures=(picture,)))
    image = Image.objects.get()

    for end in (SOON, None):
        right = replace(picture, credit_line="Right", licence="CC BY", valid_until=end)
        assert save(story(pictures=(right,))).notes == ()
        assert rights_of(image) == ("Right", "CC BY", end)


@pytest.mark.both
def test_rights_that_an_editor_wrote_are_kept_unless_they_end_earlier(tmp_path):
    picture = replace(photo(tmp_path), credit_line="Wrong", valid_until=LATE)
    save(story(pictures=(picture,)))
    image = Image.objects.get()
    Image.objects.update(credit_line="Ours", licence="Bought")

    save(story(pictures=(picture,), texts={"en": text("B")}))
    assert rights_of(image) == ("Ours", "Bought", LATE)

    result = save(story(pictures=(replace(picture, credit_line="Right", valid_until=SOON),)))
    assert rights_of(image) == ("Ours", "Bought", SOON)
    assert result.notes == ("“Caption of a.jpg” keeps what it has here: credit_line.",)


@pytest.mark.both
def test_a_file_that_another_story_has_keeps_its_rights_until_the_earlier_end(tmp_path):
    picture = replace(photo(tmp_path), credit_line="A", valid_until=LATE)
    save(story("a", pictures=(picture,)))
    image = Image.objects.get()

    other = replace(picture, credit_line="B", valid_until=SOON)
    result = save(story("b", texts={"en": text("B")}, pictures=(other,)))

    assert rights_of(image) == ("A", "", SOON)
    assert result.notes == ("“Caption of a.jpg” keeps what it has here: credit_line.",)
    later = replace(picture, credit_line="B", valid_until=LATE + timedelta(1))
    assert "valid_until" in save(story("b", pictures=(later,))).notes[0]
    assert rights_of(image) == ("A", "", SOON)


# --- Authors and tags ---


@pytest.mark.both
def test_a_person_is_one_author_by_any_of_their_names():
    save(story("a", bylines=(Person(names={"en": "Ana", "ar": "آنا"}),)))
    save(story("b", bylines=(Person(names={"ar": "آنا", "es": "Ana María"}),)))

    author = Author.objects.get()
    assert (author.name_en, author.name_es, author.name_ar) == ("Ana", "Ana María", "آنا")


@pytest.mark.parametrize("external_id", ["a", "b"])
def test_an_author_whose_name_an_editor_corrected_is_found_again(external_id):
    save(story(bylines=(Person(names={"": "Jon Smth"}),)))
    author = Author.objects.get()
    author.name_en = "John Smith"
    author.save()

    save(story(external_id, texts={"en": text("B")}, bylines=(Person(names={"": "Jon Smth"}),)))

    assert article_of(external_id).bylines.get().author == Author.objects.get() == author
    author.refresh_from_db()
    assert author.name_en == "John Smith"


@pytest.mark.both
def test_who_is_called_so_now_comes_before_who_was():
    save(story(bylines=(Person(names={"": "Ana"}),)))
    Author.objects.update(name_en="Ana Duarte")
    other = factories.AuthorFactory(name_en="Ana")

    save(story("b", bylines=(Person(names={"": "Ana"}),)))

    assert article_of("b").bylines.get().author == other


def test_a_tag_that_stands_twice_in_a_story_is_one_and_noted():
    result = save(story(tags=(TagLabel(name="Water"), TagLabel(name="WATER"))))

    assert article_of().tags.count() == 1
    assert result.notes == ("“WATER” is the tag “Water”, which the story has already.",)


def test_a_tag_without_a_letter_is_left_out_and_noted():
    result = save(story(tags=(TagLabel(name="😀"), TagLabel(name="Water"))))

    assert [tag.name for tag in article_of().tags.all()] == ["Water"]
    assert result.notes == ("“😀” holds no letter or digit, and is no tag.",)


def test_a_label_of_another_tag_is_left_to_it_and_noted():
    factories.TagFactory(name="EUA")

    result = save(
        story(tags=(TagLabel(name="Estados", labels={"pt": "EUA", "es": "E"}, aliases=("eua",)),))
    )

    tag = article_of().tags.get()
    assert (text_of(tag, "label", "pt"), text_of(tag, "label", "es")) == ("", "E")
    assert len(result.notes) == 2


@pytest.mark.both
def test_a_credit_that_was_taken_off_does_not_return_with_a_merged_author():
    record = story(bylines=(Person(names={"en": "A. Costa"}), Person(names={"en": "Bea"})))
    save(record)
    lost = Author.objects.get(name_en="A. Costa")
    article_of().bylines.get(author=lost).delete()
    kept = factories.AuthorFactory(name_en="Ana Costa")

    organising.merge_authors([lost], into=kept)
    save(replace(record, texts={"en": text("B")}))

    assert article_of().title_en == "B"
    assert [byline.author.name_en for byline in article_of().bylines.all()] == ["Bea"]


@pytest.mark.both
def test_the_example_of_the_reference_is_imported_as_it_says(tmp_path):
    """The page of the format is where a script is written from: what it shows must work."""
    page = Path(__file__).parents[4] / "docs" / "reference" / "import-jsonl.md"
    (line,) = re.findall(
        r"^```json\n(\{.*\})\n```$", page.read_text(encoding="utf-8"), re.MULTILINE
    )
    said = json.loads(line)
    (tmp_path / "images").mkdir()
    for picture in said["images"]:
        Pillow.new("RGB", (60, 40), "red").save(tmp_path / picture["path"])
    for reference in said["categories"]:
        kind, slug = reference.split("/")
        factories.CategoryFactory(kind=kind, slug_en=slug)
    (tmp_path / "example.jsonl").write_text(line, encoding="utf-8")
    context = Context(languages=with_columns(), identify=None)
    (record,) = jsonl.read(tmp_path / "example.jsonl", context)

    result = save(record, publish=True)

    article, editions = article_of(said["id"]), said["editions"]
    assert (result.outcome, result.problems) == (Outcome.CREATED, ())
    for language, words in editions.items():
        assert text_of(article, "title", language) == words["title"]
        edition = article.editions.get(language=language)
        assert edition.status == words["status"]
        assert edition.slug == words.get("slug", edition.slug)
    assert article.categories.count() == len(said["categories"])
    assert article.tags.count() == len(said["tags"])
    assert article.bylines.count() == len(said["bylines"])
    assert article.uses.get().image.credit_line == said["images"][0]["credit_line"]
    assert OldAddress.objects.get(path=said["old_addresses"]["en"][0]).edition.article == article
