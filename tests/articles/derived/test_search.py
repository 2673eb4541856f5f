"""What search reads follows from every change, whoever makes it."""

from datetime import UTC, datetime

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import transaction
from django.db.models import signals

from articles.actions import organising, publishing, writing
from articles.derived import search
from articles.models import Article, AuthorWord, Edition, SearchEntry, SearchWord, TaggedArticle
from tests import factories

pytestmark = pytest.mark.django_db

MAY, JUNE = (datetime(2019, month, 15, 12, tzinfo=UTC) for month in (5, 6))


def kept():
    """Return all that is kept, as rows that do not depend on the order of changes."""
    entries = SearchEntry.objects.values_list("place", "edition", "words", "headline")
    words = SearchWord.objects.values_list("language", "word", "head", "tail", "number")
    names = AuthorWord.objects.values_list("author", "word")
    return set(entries), set(words), set(names)


def anew():
    """Return the same, made from nothing."""
    for model in (SearchEntry, SearchWord, AuthorWord):
        model.objects.all().delete()
    search.rebuild()
    return kept()


def editions_with(word):
    return [row.edition_id for row in SearchEntry.objects.all() if word in row.words.split()]


def test_a_story_is_found_by_its_words_while_it_is_published():
    edition = factories.live_edition(at=MAY, title_en="Ferries return", body_en="<p>At noon.</p>")
    assert editions_with("en:h:ferri") == editions_with("en:b:noon") == [edition.pk]
    assert editions_with("en:h:noon") == editions_with("es:h:ferri") == []

    edition.article.title_en = "Boats return"
    writing.save(edition.article)
    assert (editions_with("en:h:ferri"), editions_with("en:h:boat")) == ([], [edition.pk])

    publishing.withdraw(edition, by=publishing.SYSTEM, reason="It was not so.")
    assert kept()[0] == kept()[1] == set()


def test_what_search_reads_is_undone_with_the_transaction_that_publishes():
    article = factories.story(title_en="Ferries return", body_en="<p>At noon.</p>")
    before = kept()

    def publish_and_fail():
        with transaction.atomic():
            factories.release(factories.edition(article), at=MAY)
            assert editions_with("en:h:ferri")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        publish_and_fail()

    assert kept() == before
    assert editions_with("en:h:ferri") == []


def test_what_is_written_in_bulk_is_found():
    edition = factories.live_edition(at=MAY, title_en="Ferries return")
    tag = factories.TagFactory(name="Water")

    Article.objects.update(title_en="Boats return")
    Edition.objects.update(published_at=JUNE)
    TaggedArticle.objects.bulk_create([TaggedArticle(tag=tag, content_object=edition.article)])

    assert editions_with("en:h:boat") == editions_with(f"en:g:{tag.pk}") == [edition.pk]
    assert SearchEntry.objects.get().pk == SearchEntry.place_of(JUNE, edition.pk)
    assert kept() == anew()

    gone = f"en:g:{tag.pk}"
    tag.delete()
    assert editions_with(gone) == []
    Article.objects.all().delete()
    assert kept() == (set(), set(), set())


def test_names_are_looked_up_when_somebody_asks_so_that_a_rename_touches_no_story():
    author = factories.AuthorFactory(name_en="Ana Duarte", name_ar="آنا دوارتي")
    factories.story(live=["en"], authors=[author], tags=["Water"])
    before = kept()[0]

    author.name_en = "Ana Sá"
    author.save()
    organising.merge_tags([factories.TagFactory()], into=factories.TagFactory())

    assert kept()[0] == before
    assert set(AuthorWord.objects.values_list("word", flat=True)) == {
        *("ana", "sa", "anasa"),
        *("انا", "دوارتي", "انادوارتي"),
    }


def test_the_words_of_headlines_are_counted_without_those_that_say_nothing():
    for number in range(2):
        factories.story(live=["en"], title_en=f"What the Ferries of Łódź cost {number}")

    rows = SearchWord.objects.order_by("word").values_list("word", "head", "tail", "number")
    assert list(rows) == [
        *(("cost", "cos", "ost", 2), ("ferries", "fer", "ies", 2), ("łódź", "lod", "odz", 2)),
    ]


def test_a_text_of_any_length_is_kept():
    body = "".join(f"<p>w{number}</p>" for number in range(60_000))

    edition = factories.live_edition(body_en=body)

    assert editions_with("en:b:w1") == [edition.pk]


def post_migrate():
    config = apps.get_app_config("articles")
    signals.post_migrate.send(config, app_config=config, using="default", verbosity=1)


def test_a_site_that_is_older_than_its_search_gets_an_index_with_the_migration(capsys, monkeypatch):
    factories.story(live=["en"], title_en="Ferries return")
    before = kept()
    SearchEntry.objects.all().delete()

    monkeypatch.setattr("articles.apps.FEW", 0)
    post_migrate()
    assert "run manage.py rebuild_search" in capsys.readouterr().out
    assert not SearchEntry.objects.exists()

    monkeypatch.undo()
    post_migrate()
    assert kept() == before


def test_the_index_is_made_anew_where_it_is_wrong_and_only_there(capsys):
    for number in range(3):
        factories.story(live=["en"], title_en=f"Ferries {number}")
    before = kept()
    SearchEntry.objects.filter(headline__contains="ferries").first().delete()
    SearchWord.objects.update(number=7)
    entry = SearchEntry.objects.last()
    entry.words = "en:b:wrong"
    entry.save()

    call_command("rebuild_search")
    assert kept() == before
    call_command("rebuild_search")

    told = capsys.readouterr().out.splitlines()
    assert told == [
        "Stories: 3 looked at, 3 entries written.",
        "Stories: 3 looked at, 0 entries written.",
    ]
