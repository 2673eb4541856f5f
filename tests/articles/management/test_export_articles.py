"""Everything goes out, comes in again into an empty site, and goes out as the same bytes."""

import json
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from articles.actions import commenting, publishing, writing
from articles.exporters import formats
from articles.exporters.story import stories_of
from articles.importers import run
from articles.management import starting_categories
from articles.models import (
    Article,
    Author,
    Category,
    Comment,
    Edition,
    Image,
    OldAddress,
    Origin,
    Tag,
)
from articles.texts import column
from tests import factories
from tests.docs.pages import text_of

pytestmark = pytest.mark.django_db

AT = datetime(2017, 11, 30, 12, tzinfo=UTC)
LANGUAGES = ("en", "ar", "pt")


def export(output, *options):
    out = StringIO()
    call_command("export_articles", *options, output=str(output), stdout=out, stderr=out)
    return out.getvalue()


def lines(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def comment(edition, words, **fields):
    return Comment.objects.create(
        edition=edition, name="Rita", words=words, written_at=AT, digest=words, **fields
    )


@pytest.fixture
def everything():
    """Stories that have, between them, all that a story can have."""
    world = factories.CategoryFactory(
        name_en="Ports", name_ar="موانئ", slug_en="harbours", description_pt="Tudo\nsobre portos"
    )
    pier = factories.CategoryFactory(name_en="Pier", parent=world, position=7)
    opinion = factories.CategoryFactory(kind="section", name_en="Opinion", is_genre=True)
    arabic = factories.CategoryFactory(name_en="", name_ar="تونس", slug_en="", slug_ar="تونس")
    series = factories.TagFactory(
        name="Ferries", label_ar="عبّارات", label_pt="Balsas", kind="series"
    )
    series.learn("Boats")
    writer = factories.AuthorFactory(name_en="Omar Haddad", name_ar="عمر حداد")
    board = factories.AuthorFactory(name_en="Harbour Board", kind="organisation")
    shown = factories.ImageFactory(
        *(), credit_line="Ana Ríos/Board", licence="CC BY 4.0", focal_x=0.25, kind="graphic",
        licence_url="https://creativecommons.org/licenses/by/4.0/", passing_on="no",
        valid_until=datetime(2090, 1, 1, tzinfo=UTC), description="The old crane",
    )  # fmt: skip
    lead, gap = factories.ImageFactory(), factories.ImageFactory(file="")
    expired = factories.ImageFactory()
    other = factories.story(
        live=LANGUAGES, at=AT, images=[expired], title_pt="Ação às três", title_ar="عاد القارب"
    )
    expired.valid_until = AT + timedelta(days=1)
    expired.save()
    body = (
        f'<p>Açúcar &amp; <a data-article="{other.pk}">a link</a></p><figure data-image="{shown.pk}"></figure>'
        f'<figure data-image="{gap.pk}"></figure><aside data-waiting="Pier opens"></aside>'
    )
    words = {column("body", code): body for code in LANGUAGES} | {"standfirst_ar": "موجز\nثانٍ"}
    main = factories.story(
        live=LANGUAGES, at=AT, categories=[pier, opinion, arabic], tags=[series, "Zoë", "apples"],
        images=[lead, shown, gap], source_language="pt", related=[other.pk], **words,
    )  # fmt: skip
    factories.BylineFactory(
        article=main, author=writer, role="translator", language="ar", position=1
    )
    factories.BylineFactory(article=main, author=board, role="organisation")
    _lived(main)
    withdrawn = factories.story(live=LANGUAGES, at=AT, images=[lead])
    publishing.withdraw(factories.edition(withdrawn, "ar"), by=None, reason="لم يكن صحيحا")
    factories.story(live=["en"], at=timezone.now() + timedelta(days=9))
    publishing.submit(
        factories.edition(factories.story(title_ar="مسودة", title_en="Draft")), by=None
    )
    factories.story(standfirst_pt="Só um começo")
    return main


def _lived(article):
    """Let a story have been renamed, dated anew, changed twice and commented on."""
    edition = factories.edition(article)
    writing.save(article, slugs={"en": "another-slug"})
    publishing.redate(edition, by=None, at=AT - timedelta(days=2))
    OldAddress.objects.create(path="/2017/my pier/", edition=edition)
    Edition.objects.filter(pk=edition.pk).update(
        modified_at=AT + timedelta(days=2), earlier_changes=[(AT + timedelta(days=1)).isoformat()]
    )
    commenting.open_story(edition, until=timezone.now() + timedelta(days=3), by=None)
    first = comment(edition, "Well\n\nsaid", state="published", email="rita@example.org")
    comment(edition, "No", parent=first, state="hidden")
    gone = comment(edition, "Gone", state="deleted")
    comment(edition, "Answer to what is gone", parent=gone)


def leave_nothing():
    for model in (Origin, Comment, Article, OldAddress, Image, Author, Tag):
        model.objects.all().delete()
    Category.objects.filter(kind="region").update(parent=None)
    Category.objects.all().delete()


def test_what_went_out_and_came_in_again_goes_out_as_the_same_bytes(everything, tmp_path):
    first, second = tmp_path / "first", tmp_path / "second"
    assert "6 stories, 3 pictures copied." in export(f"{first}/", "--media")

    leave_nothing()
    starting_categories.create(
        starting_categories.read(first / "categories.json", languages=["en", "ar", "pt"])
    )
    options = run.Options(source="moved", publish=True)
    results = []
    run.run([first / "articles.jsonl"], options, step=results.append)
    assert [result.problems for result in results] == [()] * 6
    export(f"{second}/", "--media")

    for name in ("articles.jsonl", "categories.json"):
        assert (second / name).read_text("utf-8") == (first / name).read_text("utf-8")
    files = [path.relative_to(first) for path in sorted(first.rglob("*.jpg"))]
    assert [(second / file).read_bytes() for file in files] == [
        (first / file).read_bytes() for file in files
    ]
    assert len(files) == 3
    assert set(run.run([second / "articles.jsonl"], options).counts) == {"unchanged"}


@pytest.mark.once
def test_comments_come_each_after_what_it_answers(everything, capsys):
    export("-")

    story = json.loads(capsys.readouterr().out.splitlines()[1])
    told = [
        (remark["words"], remark.get("answers"), remark["state"]) for remark in story["comments"]
    ]
    first = story["comments"][0]["id"]
    assert told == [
        ("Well\n\nsaid", None, "published"),
        ("No", first, "hidden"),
        ("Answer to what is gone", None, "pending"),
    ]


@pytest.fixture
def some():
    """Return what is called how: each story has one property by which it can be chosen."""
    place = factories.CategoryFactory(name_en="Coast")
    pier = factories.CategoryFactory(name_en="Pier", parent=place)
    old = {"live": ["en"], "at": AT - timedelta(days=400)}
    return {
        "both": factories.story(live=["en", "es"], at=AT),
        "under": factories.story(categories=[pier], **old),
        "tagged": factories.story(tags=["Ferries"], **old),
        "draft": factories.story(title_en="Draft"),
    }


@pytest.mark.parametrize(
    ("options", "wanted"),
    [
        ([], ["both", "under", "tagged", "draft"]),
        (["--language", "es"], ["both"]),
        (["--region", "coast"], ["under"]),
        (["--tag", "ferries"], ["tagged"]),
        (["--since", "2017-11-30"], ["both"]),
        (["--until", "2017-11-29"], ["under", "tagged"]),
        (["--until", "2017-11-30T12:00:00Z", "--since", "2017-11-30"], []),
    ],
)
def test_what_is_asked_for_goes_out(some, tmp_path, options, wanted):
    export(tmp_path / "some.jsonl", *options)

    told = lines(tmp_path / "some.jsonl")
    assert [line["id"] for line in told] == [f"article-{some[name].pk}" for name in wanted]
    if "es" in options:
        assert (list(told[0]["editions"]), told[0]["source_language"]) == (["es"], "es")


@pytest.mark.once
@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--region", "moon"], "--region moon: there is no such region; there are:"),
        (["--tag", "Moon"], "--tag Moon: no tag has this name"),
        (["--since", "soon"], "--since soon: give a day such as 2017-11-30"),
        (["--format", "nitf"], "--format nitf makes many files: give a folder"),
        (["--format", "ninjs", "--media"], "--media goes with stories that can come back"),
        (["--media"], "--media copies pictures beside the file: give a folder"),
    ],
)
def test_what_cannot_be_done_is_told_in_a_sentence_and_leaves_no_file(tmp_path, options, sentence):
    with pytest.raises(CommandError, match=sentence):
        export(tmp_path / "none.jsonl", *options)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("name", formats.NAMES)
def test_every_format_has_its_row_in_the_reference(name):
    assert f"| [`{name}`]" in text_of("reference/commands.md")


@pytest.mark.once
@pytest.mark.parametrize("name", [name for name in formats.NAMES if name != "static"])
def test_every_format_can_be_asked_for(name, tmp_path):
    factories.story(live=["en", "ar"])

    told = export(f"{tmp_path}/", "--format", name)

    assert told.startswith("2 items." if formats.load(name).TAKES == "items" else "1 stories.")
    assert [path for path in tmp_path.rglob("*") if path.suffix == formats.load(name).SUFFIX]


@pytest.mark.once
def test_a_picture_that_is_lost_is_named_and_the_rest_goes_out(tmp_path):
    image = factories.ImageFactory()
    factories.story(images=[image], title_en="A")
    image.file.storage.delete(image.file.name)

    with pytest.raises(CommandError, match="Some pictures could not be copied"):
        export(f"{tmp_path}/", "--media")
    assert len(lines(tmp_path / "articles.jsonl")) == 1


def test_stories_of_two_sources_with_one_id_are_told_apart_for_ever():
    stories = [factories.story(title_en=name) for name in "abc"]
    for article, source in zip(stories[:2], ("wire", "partner"), strict=True):
        Origin.objects.create(article=article, source=source, external_id="7")

    told = stories_of(stories)

    assert [story.external_id for story in told] == [
        "wire:7",
        "partner:7",
        f"article-{stories[2].pk}",
    ]


@pytest.mark.once  # as many statements on either database
def test_many_stories_cost_the_queries_of_one(everything, django_assert_max_num_queries):
    with django_assert_max_num_queries(17):
        stories_of(list(Article.objects.all()))
