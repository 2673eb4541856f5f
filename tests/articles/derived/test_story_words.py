"""The words by which editors find stories follow from every change, whoever makes it."""

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.models import signals
from django.test.utils import CaptureQueriesContext
from reversion.models import Version

from articles.actions import organising, restoring, writing
from articles.actions.pairing import joining
from articles.derived import search, story_words
from articles.importers.story import Story, Text
from articles.importers.writer import Job, Options, save_all
from articles.models import Article, StoryWords, TaggedArticle
from tests import factories

pytestmark = pytest.mark.django_db


def words_of(article):
    return set(StoryWords.objects.get(article=article).words.split())


def kept():
    """Return all that is kept, in the order of the last changes."""
    return list(StoryWords.objects.order_by("place").values_list("article", "modified_at", "words"))


def anew():
    """Return the same, made from nothing."""
    StoryWords.objects.all().delete()
    search.rebuild()
    return kept()


def test_words_of_every_language_are_kept_once():
    article = factories.story(title_en="Ferries, ferries", title_es="Ferries de Łódź")

    assert words_of(article) == {"ferries", "de", "lodz"}


def test_a_story_is_behind_all_others_once_it_is_saved():
    first, second = (factories.story(title_en=name) for name in ("One", "Two"))
    writing.save(first)

    assert [row[0] for row in kept()] == [second.pk, first.pk]
    assert [StoryWords.article_at(row.place) for row in StoryWords.objects.order_by("place")] == [
        second.pk,
        first.pk,
    ]
    assert kept() == anew()


def test_what_is_written_in_bulk_is_found():
    article, tag = factories.story(title_en="Ferries"), factories.TagFactory()

    Article.objects.update(title_en="Boats", body_es="<p>Barcos</p>")
    TaggedArticle.objects.bulk_create([TaggedArticle(tag=tag, content_object=article)])
    assert words_of(article) == {"boats", "barcos", f"g:{tag.pk}"}

    other = factories.TagFactory()
    organising.merge_tags([tag], into=other)
    assert words_of(article) == {"boats", "barcos", f"g:{other.pk}"}
    other.delete()
    assert words_of(article) == {"boats", "barcos"}
    assert kept() == anew()


def test_an_older_version_that_is_brought_back_is_found():
    article = factories.story(live=["en"], title_en="Ferries", body_en="x", title_es="Barcos")
    version = Version.objects.get_for_object(article).get()
    article.title_en = "Boats"
    writing.save(article)
    assert words_of(article) == {"boats", "x", "barcos"}

    user = factories.UserFactory(is_superuser=True)
    restoring.go_back(article, version, languages=["en"], shared=False, by=user, comment="x")

    assert words_of(article) == {"ferries", "x", "barcos"}


def test_stories_that_are_joined_have_the_words_of_both_and_their_own_again():
    one, other = factories.story(title_en="Tide"), factories.story(title_es="Marea")

    joined = joining.join(one, other, by=None)
    assert {words for _pk, _moment, words in kept()} == {"tide marea"}

    joining.part(joined, by=None)
    assert {words for _pk, _moment, words in kept()} == {"tide", "marea"}


def imported(number, **texts):
    texts = {code: Text(title=title, body=f"<p>Body {number}</p>") for code, title in texts.items()}
    story = Story(external_id=str(number), source_language="en", texts=texts)
    return Job(story, "wire", Options())


def test_imports_write_the_words_of_many_stories_together():
    numbers = []
    for some in (range(3), range(3, 20)):
        with CaptureQueriesContext(connection) as statements:
            save_all([imported(number, en=f"Ferry {number}", es="Barco") for number in some])
        numbers.append(sum("articles_storywords" in statement["sql"] for statement in statements))

    # One more asks for the last place of those that are there.
    assert numbers[1] <= numbers[0]
    assert StoryWords.objects.count() == 20
    assert words_of(Article.objects.get(title_en="Ferry 7")) == {"ferry", "7", "barco", "body"}
    save_all([imported(7, en="Boat 7", es="Barco")])
    assert words_of(Article.objects.get(title_en="Boat 7")) == {"boat", "7", "barco", "body"}
    assert kept() == anew()


def test_a_text_of_any_length_is_kept():
    body = "".join(f"<p>w{number}</p>" for number in range(60_000))

    assert "w1" in words_of(factories.story(title_en="Long", body_en=body))


def test_a_save_reads_no_text_again_where_no_word_is_another(monkeypatch):
    article = factories.story(title_en="Ferries", title_es="Barcos")
    before = words_of(article)
    monkeypatch.setattr(story_words, "_words_of", None)

    article.tags.add(tag := factories.TagFactory())
    writing.save(article)

    assert words_of(article) == before | {f"g:{tag.pk}"}


def test_a_site_that_is_older_than_these_words_gets_them_with_the_migration():
    factories.story(title_en="Ferries")
    before = kept()
    StoryWords.objects.all().delete()

    config = apps.get_app_config("articles")
    signals.post_migrate.send(config, app_config=config, using="default", verbosity=1)

    assert kept() == before


def test_they_are_made_anew_where_they_are_wrong_and_only_there(capsys):
    for number in range(3):
        factories.story(title_en=f"Ferries {number}")
    before = kept()
    StoryWords.objects.filter(words="ferries 1").update(words="wrong")

    call_command("rebuild_search")
    assert kept() == before
    call_command("rebuild_search")

    told = capsys.readouterr().out.splitlines()
    assert [line.rpartition("looked at, ")[2] for line in told] == [
        "1 entries written.",
        "0 entries written.",
    ]
