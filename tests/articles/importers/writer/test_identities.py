"""A story that its source knows by several ids is one here, whichever of them comes."""

from dataclasses import replace

import pytest

from articles.importers import writer
from articles.importers.run import Options, run
from articles.importers.run.items import Item
from articles.importers.run.plan import Plan
from articles.importers.run.verify import Verification
from articles.importers.story import Story, TagLabel, Text
from articles.importers.writer import Outcome
from articles.models import Article, Origin
from tests import factories

# Who is the same is decided in Python; test_writer.py stores and finds on both databases.
pytestmark = [pytest.mark.django_db, pytest.mark.once]


def story(external_id, *languages, tags=(), **fields):
    texts = {
        code: Text(title=f"{fields.pop('title', 'A')} {code}", body="<p>W.</p>")
        for code in languages
    }
    labels = tuple(TagLabel(name=name) for name in tags)
    return Story(
        external_id=external_id, source_language=languages[0], texts=texts, tags=labels, **fields
    )


def group(**fields):
    return story("10", "en", "es", tags=("Water",), aliases={"12": "es"}, **fields)


def save(record, **options):
    result = writer.save(record, source="wp", **options)
    assert result.problems == ()
    return result


def held():
    article = Article.objects.get()
    tags = sorted(tag.name for tag in article.tags.all())
    return article.title_en, article.title_es, article.source_language, tags


@pytest.mark.parametrize(
    ("alone", "now"), [(("12", "es"), ("A en", "B es")), (("10", "en"), ("B en", "A es"))]
)
def test_one_post_of_a_group_alone_is_its_language_of_the_story(alone, now):
    save(group())
    record = story(*alone, title="B")
    plan = Plan({}, again=False, creates=False, pace=1)
    assert plan.treat([Item(record, None, "wp")])[0].outcome == Outcome.UPDATED

    assert save(record).outcome == Outcome.UPDATED

    assert held() == (*now, "en", ["Water"])
    assert save(record).outcome == Outcome.UNCHANGED
    assert plan.treat([Item(record, None, "wp")])[0].outcome == Outcome.UNCHANGED
    assert Verification().treat([Item(record, None, "wp")])[0].outcome == "complete"


@pytest.mark.parametrize("first", [0, 1])
def test_translations_that_name_each_other_are_one_story_whichever_comes_first(first):
    items = [
        story("u:en", "en", aliases={"u:es": ""}, is_whole=False),
        story("u:es", "es", aliases={"u:en": ""}, is_whole=False),
    ]
    for record in (items[first], items[1 - first], items[first]):
        save(record)

    assert held()[:2] == ("A en", "A es")
    assert {*Origin.objects.values_list("external_id", flat=True)} == {"u:en", "u:es"}


def test_a_post_that_joins_a_group_later_brings_the_others_to_it():
    save(story("10", "en"))

    save(story("8", "es", "en", aliases={"10": "en"}))

    assert held()[:2] == ("A en", "A es")
    assert save(story("8", "es")).outcome == Outcome.UNCHANGED


def test_what_is_two_stories_here_stays_so_and_is_told():
    save(story("10", "en"))
    save(story("12", "es"))

    (note, *_rest) = save(group(title="B")).notes

    assert note.startswith("Its source says that it is the story 12, which is “A es” here")
    titles = Article.objects.order_by("pk").values_list("title_en", "title_es")
    assert [*titles] == [("B en", None), (None, "A es")]


def test_a_name_that_many_stories_share_joins_none_of_them():
    for number in ("1", "2"):
        save(story(number, "en", aliases={"front": ""}, is_whole=False))

    assert Article.objects.count() == 2


def test_a_group_that_was_deleted_stays_so_and_comes_back_as_one():
    save(group())
    Article.objects.get().delete()

    assert save(story("12", "es")).outcome == Outcome.LEFT_OUT
    save(group(), again=True)
    save(story("12", "es", title="B"))

    assert held()[:2] == ("A en", "B es")


def test_a_link_to_any_id_of_a_story_finds_it():
    body = '<p><a data-article="12">x</a></p>'
    save(replace(story("9", "en"), texts={"en": Text(title="L", body=body)}))

    save(group())

    (link,) = Article.objects.filter(title_en="L")
    assert f'data-article="{Article.objects.get(title_es="A es").pk}"' in link.body_en


def test_one_id_in_two_languages_is_one_story_and_the_first_stays_its_source():
    save(story("7", "en", tags=("Water",)))

    save(story("7", "es", tags=("Agua",)))

    assert held() == ("A en", "A es", "en", ["Agua", "Water"])
    assert save(story("7", "en", tags=("Water",))).outcome == Outcome.UNCHANGED


# --- --story ---


@pytest.fixture
def page(tmp_path):
    path = tmp_path / "marea.txt"
    path.write_text("Marea\n\nUna frase entera sobre la marea.\n\nOtra frase entera.\n")
    return path


def told(report):
    return " ".join(problem for result in report.results for problem in result.problems)


def options(article, **fields):
    return Options(format="page", language="es", story=article.pk, **fields)


def test_one_file_becomes_a_language_of_a_story(page):
    article = factories.story(title_en="Tide")

    for _again in range(2):
        report = run([page], options(article))
        assert not report.has_failed, told(report)

    article.refresh_from_db()
    assert (article.title_en, article.title_es, article.source_language) == ("Tide", "Marea", "en")
    run([page], Options(format="page", language="es"))
    assert Article.objects.count() == 1


@pytest.mark.parametrize(
    ("texts", "said"),
    [({"title_es": "M"}, "has a text in es already"), ({}, "There is no story 999999")],
)
def test_a_file_that_cannot_become_a_language_of_a_story_is_told(page, texts, said):
    article = factories.story(**texts) if texts else Article(pk=999999)

    report = run([page], options(article))

    assert said in told(report)
    assert Origin.objects.count() == 0


def test_of_several_files_only_one_becomes_a_language_of_a_story(page):
    page.with_name("b.txt").write_text(page.read_text().replace("Marea", "Viento"))

    report = run([page.parent], options(factories.story(title_en="Tide")))

    assert "only one story goes into" in told(report)
    assert Article.objects.count() == 1


def test_a_story_that_is_another_one_here_is_not_taken_from_it(page):
    run([page], Options(format="page", language="es"))

    report = run([page], options(factories.story(title_en="Tide")))

    assert "join that story with the other in the admin" in told(report)
