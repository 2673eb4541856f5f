"""A plan tells what an import would do, and verifying proves that it has; neither writes anything."""

import json
from dataclasses import replace

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.actions import writing
from articles.importers.run import Options, batches, mapping, run
from articles.importers.run.items import Item
from articles.importers.run.verify import Verification
from articles.importers.story import BadFile, Person, Picture, Story, Subject, TagLabel, Text
from articles.importers.writer import save
from articles.models import Article, ImportBatch, Origin
from tests import factories

# What is marked `both` asks what nothing else asks of PostgreSQL; the rest is decided in Python.
pytestmark = [pytest.mark.django_db, pytest.mark.once]

TIME = "2017-11-30T12:00:00Z"
BODY = "<p>One ş.</p><p>Two <strong>words</strong>.</p><ul><li>Three</li></ul>"


def line(external_id, *, title=None, **fields):
    text = {"title": title or f"Story {external_id}", "body": BODY, "published_at": TIME}
    return {"id": external_id, "source_language": "en", "editions": {"en": text}} | fields


def written(tmp_path, *lines):
    path = tmp_path / "stories.jsonl"
    path.write_text(
        "\n".join(record if isinstance(record, str) else json.dumps(record) for record in lines)
    )
    return path


def plan(path, **options):
    with CaptureQueriesContext(connection) as queries:
        report = run([path], Options(mode="plan", **options))
    writes = ("INSERT", "UPDATE", "DELETE", "SAVEPOINT")
    assert [query["sql"] for query in queries if query["sql"].startswith(writes)] == []
    return report


def test_a_plan_counts_what_would_become_of_everything_and_writes_nothing(tmp_path):
    old = written(tmp_path, line("same"), line("changed"), line("gone"))
    run([old], Options())
    Origin.objects.get(external_id="gone").article.delete()
    factories.TagFactory(name="Water")
    factories.AuthorFactory(name_en="Ana")
    path = written(
        tmp_path,
        line("same"),
        line("changed", title="Other"),
        line("gone"),
        line(
            "new", title="Tide", tags=["water", "Wind"], bylines=[{"name": "Ana"}, {"name": "Bo"}]
        ),
        line("twice", title="Tide", images=[{"path": "none.jpg"}]),
        line("filed", categories=["section/newz"]),
        "{broken",
    )

    report = plan(path)

    assert dict(report.counts) == {
        "unchanged": 1,
        "updated": 1,
        "left out": 1,
        "created": 2,
        "failed": 2,
    }
    told = "\n".join(report.told)
    for words in (
        "Texts: 6 × en.",
        "Pictures: 1 × missing.",
        "Tags: 1 known, 1 new (Wind).",
        "Authors: 1 known, 1 new (Bo).",
        "Categories that are not here: section/newz → section/news.",
        "Slugs that are taken: 1 × en/tide.",
        "Time: less than a minute.",
    ):
        assert words in told
    assert Article.objects.count() == 2


def test_only_the_stories_that_are_named_are_imported(tmp_path):
    path = written(tmp_path, line("2017/a"), line("2017/b"), line("2018/a"), line("c"))

    call_command("import_articles", str(path), only=["2017/*", "c"])

    assert [*Origin.objects.order_by("pk").values_list("external_id", flat=True)] == [
        *("2017/a", "2017/b", "c")
    ]


def test_a_plan_proposes_a_mapping_that_an_import_is_given_back(tmp_path):
    path = written(tmp_path, line("a", categories=["section/newz", "section/strange"]))
    file = tmp_path / "map.json"
    with pytest.raises(CommandError):  # as things are, the story could not be filed
        call_command("import_articles", str(path), mode="plan", write_map=file)
    proposed = json.loads(file.read_text())["categories"]
    assert proposed == {"section/newz": "section/news", "section/strange": None}

    proposed["section/strange"] = "tag:Strange"
    file.write_text(json.dumps({"categories": proposed}))
    call_command("import_articles", str(path), map=file)

    article = Article.objects.get()
    assert [category.slug_en for category in article.categories.all()] == ["news"]
    assert [tag.name for tag in article.tags.all()] == ["Strange"]


def test_a_mapping_files_what_a_source_says_in_its_own_words():
    story = Story(
        external_id="a",
        source_language="es",
        texts={"es": Text(title="A")},
        categories=("section/x",),
        subjects=tuple(
            Subject(names={"es": name}) for name in ("Noticias", "Sin categoría", "Otra")
        ),
    )

    filed = mapping.apply(
        story, {"Noticias": "section/news", "Sin categoría": "", "section/x": "section/news"}
    )

    assert filed.categories == ("section/news",)
    assert [subject.names["es"] for subject in filed.subjects] == ["Otra"]


@pytest.mark.parametrize(
    "words", ["{", "[]", "{}", '{"categories": {"a": 1}}', '{"categories": {"a": "b"}}']
)
def test_what_is_no_mapping_is_refused(tmp_path, words):
    path = tmp_path / "map.json"
    path.write_text(words)

    with pytest.raises(BadFile):
        mapping.read(path)
    with pytest.raises(CommandError, match="no mapping|is mapped to"):
        call_command("import_articles", "x", map=path)


def test_the_pace_of_a_plan_is_that_of_the_last_large_batch():
    assert batches.pace() == batches.USUAL_PACE
    batch = ImportBatch(started_at="2020-01-01T00:00:00Z", ended_at="2020-01-01T00:00:10Z")
    batch.counts = {"created": 500, "failed": 900}
    batch.save()

    assert batches.pace() == 50


# --- Verifying ---


def whole_story(tmp_path):
    with factories.ImageFactory.build().file.open("rb") as file:
        (tmp_path / "a.png").write_bytes(file.read())
    picture = Picture(
        path=tmp_path / "a.png",
        reference="a.png",
        caption={"en": "Caption"},
        alt={"en": "Alt"},
        creator="A",
        lead=True,
    )
    text = Text(title="Tide", standfirst="S", body=BODY + '<figure data-image="a.png"></figure>')
    return Story(
        external_id="a",
        source_language="en",
        texts={"en": text},
        bylines=(Person(names={"": "Ana"}), Person(names={"en": "Bo"}, role="photographer")),
        categories=("section/news",),
        tags=(TagLabel(name="Water"),),
        pictures=(picture, Picture(caption={"en": "Gap"}, alt={"en": "Gap"}, creator="B")),
    )


def verify(story):
    return Verification().treat([Item(story, None, "wire")])[0]


def test_what_has_arrived_is_complete_and_its_gaps_are_listed(tmp_path):
    story = whole_story(tmp_path)
    assert verify(story).outcome == "not here"
    assert save(story, source="wire").problems == ()

    result = verify(story)

    assert (result.outcome, result.problems) == ("complete", ())
    assert result.notes == ("The file of “Gap” is not at the source.",)
    assert not result.needs_a_person


def lose_paragraph(article):
    article.body_en = article.body_en.replace("<p>One ş.</p>", "")
    Article.objects.filter(pk=article.pk).update(body_en=article.body_en)


LOSSES = {
    "One ş.": lose_paragraph,
    "headline": lambda article: Article.objects.filter(pk=article.pk).update(title_en="Other"),
    "credit of Ana": lambda article: article.bylines.first().delete(),
    "section/news": lambda article: article.categories.clear(),
    "no tag Water": lambda article: article.tags.clear(),
    "picture a.png is missing": lambda article: article.uses.filter(is_lead=True).delete(),
    "caption of a.png": lambda article: article.uses.filter(is_lead=True).update(caption_en="X"),
}


@pytest.mark.both
@pytest.mark.parametrize("part", LOSSES)
def test_each_part_that_is_not_as_the_source_gave_it_is_listed(tmp_path, part):
    story = whole_story(tmp_path)
    save(story, source="wire")

    LOSSES[part](Origin.objects.get().article)

    result = verify(story)
    told = [*result.problems, *result.notes]
    assert any(part.removeprefix("headline") in words for words in told)
    # Whoever took it out here did so on purpose, as far as anybody can tell: what an import wrote stands in the origin.
    assert len(told) == 2


def test_what_was_never_stored_is_a_problem(tmp_path):
    story = whole_story(tmp_path)
    save(story, source="wire")
    (english,) = story.texts.values()
    more = replace(
        story,
        texts={"en": replace(english, body=english.body + "<p>More.</p>")},
        tags=(*story.tags, TagLabel(name="Wind")),
        bylines=(*story.bylines, Person(names={"": "Cy"})),
    )

    result = verify(more)

    assert result.outcome == "incomplete"
    assert "A paragraph in en is missing: “More.”." in result.problems
    assert "The credit of Cy is missing." in result.problems


def test_what_an_editor_changed_is_a_listed_gap(tmp_path):
    story = whole_story(tmp_path)
    save(story, source="wire")
    article = Article.objects.get()
    article.body_en = article.body_en.replace("One", "An")
    writing.save(article)

    result = verify(story)

    assert result.outcome == "complete"
    assert any("as it was changed here" in note for note in result.notes)


def test_the_command_fails_where_anything_is_missing(tmp_path, capsys):
    path = written(tmp_path, line("a"), line("b"))
    run([written(tmp_path, line("a"))], Options())
    path = written(tmp_path, line("a"), line("b"))

    with pytest.raises(CommandError):
        call_command("import_articles", str(path), mode="verify")

    assert "1 complete, 0 incomplete, 1 not here" in capsys.readouterr().out
    assert Article.objects.count() == 1
