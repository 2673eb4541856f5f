from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from reversion.models import Version

from articles.actions import publishing, writing
from articles.actions.publishing import SYSTEM
from articles.derived import addresses, search
from articles.exporters.story import story_of
from articles.models import Article, Edition, Event, Listing, OldAddress, WaitingLink
from newsroom.db import locks
from tests import factories

# What is marked `both` asks what nothing else asks of PostgreSQL; the rest is decided in Python.
pytestmark = [pytest.mark.django_db, pytest.mark.once]

AT = datetime(2017, 11, 30, 12, tzinfo=UTC)


def versions(article):
    return {e.language: (e.version, e.source_version) for e in article.editions.all()}


def change(article, **texts):
    for name, words in texts.items():
        setattr(article, name, words)
    writing.save(article)


def derived():
    """Return everything that is derived from the articles."""
    tables = [m.objects.order_by("pk") for m in (Edition, Listing, OldAddress, WaitingLink, Event)]
    return [list(table.values()) for table in tables]


def test_each_language_with_a_headline_gets_its_edition():
    article = factories.story(
        title_en="A", title_ar="قصة", standfirst_pt="Sem título", body_es="<p>x</p>"
    )

    assert {e.language: (e.slug, e.status) for e in article.editions.all()} == {
        "en": ("a", "draft"),
        "ar": ("قصة", "draft"),
    }


def test_a_version_is_counted_for_each_change_of_words():
    article = factories.story(title_en="A", body_en="<p>one</p>")
    assert versions(article) == {"en": (1, None)}

    change(article, body_en="<p>two</p>")
    change(article, standfirst_en="Three")
    change(article, title_en="Four")

    assert versions(article) == {"en": (4, None)}


def test_a_change_that_no_reader_would_read_is_no_version():
    article = factories.story(title_en="A", body_en="<p>one two</p>")

    change(article, body_en="<p>one <strong>two</strong></p>")

    assert versions(article) == {"en": (1, None)}


def test_a_translation_knows_which_version_it_was_made_from():
    article = factories.story(
        source_language="en", title_en="A", body_en="<p>one</p>", title_es="B"
    )
    assert versions(article) == {"en": (1, None), "es": (1, 1)}

    change(article, body_en="<p>two</p>")
    change(article, body_en="<p>three</p>")
    assert versions(article) == {"en": (3, None), "es": (1, 1)}

    change(article, body_es="<p>dos</p>")
    assert versions(article) == {"en": (3, None), "es": (2, 3)}


def test_a_translation_that_changes_with_its_source_is_up_to_date():
    article = factories.story(source_language="pt", title_pt="A", title_en="B")

    change(article, title_pt="C", title_en="D")

    assert versions(article) == {"pt": (2, None), "en": (2, 2)}


def test_words_that_are_taken_away_are_a_version_too():
    article = factories.story(title_en="A", title_es="B", body_es="<p>c</p>")

    change(article, title_es="", body_es="")

    assert versions(article)["es"] == (2, 1)
    assert factories.edition(article, "es").slug == "b"


def test_saving_again_changes_only_the_revision_number():
    article = factories.story(
        live=["en", "es"], tags=["Water"], body_en='<aside data-waiting="B"></aside>x'
    )
    before, rev = derived(), article.rev

    writing.save(article)
    writing.save(Article.objects.get(pk=article.pk))

    assert derived() == before
    assert Article.objects.get(pk=article.pk).rev == rev + 2


def test_publication_is_not_touched():
    article = factories.story(live=["en"])

    change(article, title_en="", body_en="")

    assert factories.edition(article).status == "published"


# --- Slugs and addresses ---


def test_a_slug_that_is_taken_gets_a_number_in_its_language_only():
    stories = [factories.story(title_en="Tide", title_es="Tide") for _ in range(4)]
    slugs = [(factories.edition(s, "en").slug, factories.edition(s, "es").slug) for s in stories]

    assert slugs == [
        ("tide", "tide"),
        ("tide-2", "tide-2"),
        ("tide-3", "tide-3"),
        ("tide-4", "tide-4"),
    ]


def test_a_wanted_slug_is_made_usable_and_numbered():
    factories.story(title_en="A", slugs={"en": "Wanted Slug!"})
    second = factories.story(title_en="B", slugs={"en": "wanted-slug"})

    assert factories.edition(second).slug == "wanted-slug-2"


def test_a_headline_without_letters_still_gives_an_address():
    article = factories.story(title_en="?!")

    assert factories.edition(article).slug == f"story-{article.pk}"


def test_a_new_headline_keeps_the_slug():
    article = factories.story(title_en="Old")

    change(article, title_en="New")

    assert factories.edition(article).slug == "old"


def test_a_draft_leaves_no_old_address():
    article = factories.story(title_en="Old")

    writing.save(article, slugs={"en": "new"})

    assert not OldAddress.objects.exists()


def test_every_old_address_leads_to_where_the_story_stands_now():
    article = factories.story(live=["en"], title_en="One", at=AT)

    writing.save(article, slugs={"en": "two"})
    writing.save(article, slugs={"en": "three"})

    targets = {
        old.path: addresses.find(old.path, language="en", at=AT) for old in OldAddress.objects.all()
    }
    assert targets == dict.fromkeys(
        ["/en/2017/11/30/one/", "/en/2017/11/30/two/"], "/en/2017/11/30/three/"
    )


def test_an_address_that_is_in_use_again_is_no_longer_old():
    article = factories.story(live=["en"], title_en="One", at=AT)

    writing.save(article, slugs={"en": "two"})
    writing.save(article, slugs={"en": "one"})

    assert factories.edition(article).slug == "one"
    assert [old.path for old in OldAddress.objects.all()] == ["/en/2017/11/30/two/"]


def test_two_stories_that_change_slugs_keep_apart():
    first = factories.story(live=["en"], title_en="One", at=AT)
    writing.save(first, slugs={"en": "other"})

    second = factories.story(live=["en"], title_en="One", at=AT)

    assert factories.edition(second).slug == "one-2"
    assert addresses.find("/en/2017/11/30/one/", language="en", at=AT) == "/en/2017/11/30/other/"


@pytest.mark.both
def test_a_failure_while_saving_takes_everything_back(monkeypatch):
    article = factories.story(live=["en"], title_en="One")
    before = derived()
    monkeypatch.setattr("articles.derived.waiting_links.settle", lambda _article, **_told: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        writing.save(article, slugs={"en": "two"})

    assert derived() == before


def test_withdrawn_words_can_be_corrected_before_they_are_restored():
    article = factories.story(live=["en"], title_en="One", at=AT)
    edition = factories.edition(article)
    publishing.withdraw(edition, by=SYSTEM, reason="Wrong.")

    change(article, body_en="<p>Right.</p>")
    publishing.restore(edition, by=SYSTEM)

    assert edition.url == "/en/2017/11/30/one/"
    assert versions(article)["en"] == (2, None)


def test_new_words_of_a_live_edition_are_dated_and_nothing_else_is():
    later = datetime(2017, 12, 1, tzinfo=UTC)
    article = factories.story(live=["en"], at=AT, title_es="Borrador")

    writing.save(article, slugs={"en": "another-address"}, now=later)

    assert factories.edition(article).modified_at is None

    article.standfirst_en, article.standfirst_es = "New words.", "Nuevas palabras."
    writing.save(article, now=later)

    assert factories.edition(article).modified_at == later
    assert factories.edition(article, "es").modified_at is None


def test_earlier_changes_are_remembered_unless_another_follows_soon():
    article = factories.story(live=["en"], at=AT)
    moments = [
        datetime(2017, 12, day, hour, tzinfo=UTC) for day, hour in ((1, 0), (2, 5), (2, 5), (9, 1))
    ]
    moments[2] += timedelta(minutes=59)
    for number, moment in enumerate(moments):
        article.standfirst_en = f"Words {number}"
        writing.save(article, now=moment)

    edition = factories.edition(article)
    assert edition.modified_at == moments[3]
    assert edition.earlier_changes == [moments[0].isoformat(), moments[2].isoformat()]


@pytest.mark.both
def test_a_language_that_was_switched_off_stays_as_it_is_whatever_else_changes():
    """Its columns are in the database, and this process does not have them."""
    article = factories.story(live=["en"], title_en="Pier opens")
    off = {"language": "fr", "status": "published", "slug": "la-jetee", "text_checksum": "of it"}
    edition = Edition.objects.create(article=article, published_at=AT, version=3, **off)
    sql = "UPDATE articles_article SET title_fr = %s, body_fr = %s WHERE id = %s"
    with connection.cursor() as cursor:
        cursor.execute(sql, ["La jetée ouvre", "<p>Lundi.</p>", article.pk])
    before = _row(edition)

    article.title_en = "The pier opens"
    writing.save(article)
    article.categories.add(factories.CategoryFactory(name_en="Harbour"))
    writing.save(article)
    search.rebuild()
    exported = story_of(article)

    assert _row(edition) == before
    assert exported.texts.keys() == {"en"}
    with connection.cursor() as cursor:
        cursor.execute("SELECT title_fr FROM articles_article WHERE id = %s", [article.pk])
        assert cursor.fetchone() == ("La jetée ouvre",)


def _row(edition):
    return Edition.objects.filter(pk=edition.pk).values().get()


def test_only_who_may_write_a_language_says_what_its_blocks_were_made_from():
    article = factories.story(source_language="en", title_en="A", body_en="<p>One.</p><p>Two.</p>")
    article.title_es, article.body_es = "B", "<p>Dos.</p>"
    writing.save(article)
    record = writing.record_of(article)
    _title, _one, two = record.of_source()
    told = {block.id: two for block in record.texts["es"] if not block.is_line}

    with pytest.raises(PermissionDenied):
        writing.tell_sources(article, "es", told, by=factories.UserFactory())
    assert not Version.objects.get_for_object(article).filter(revision__comment="told").exists()

    with locks.writing(comment="told"):
        boss = factories.UserFactory(is_superuser=True, is_staff=True)
        writing.tell_sources(article, "es", told, by=boss)

    rows = writing.record_of(article).rows("es")
    assert [row.target and row.target.html for row in rows] == ["B", None, "<p>Dos.</p>"]
    assert article.editions.get(language="es").blocks_behind == 1
    assert Version.objects.get_for_object(article).filter(revision__comment="told").count() == 1
