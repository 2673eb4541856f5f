"""An article becomes the record that an import would read of it."""

import json
import re
from dataclasses import replace

import pytest
from PIL import Image as Pillow

from articles.actions import writing
from articles.exporters.story import story_of
from articles.importers import jsonl, run, writer
from articles.importers.context import Context
from articles.importers.writer import Outcome
from articles.management.commands.load_demo import STORIES
from articles.models import Article, Image, Origin, Tag
from newsroom.languages import with_columns
from tests import factories
from tests.docs.pages import text_of

pytestmark = pytest.mark.django_db


def read(path, *, only=None):
    context = Context(languages=with_columns(), identify=None)
    return [
        story for story in jsonl.read(path, context) if only is None or story.external_id in only
    ]


def save(story):
    return writer.save(story, source="wire", publish=True)


@pytest.fixture
def reference_example(tmp_path):
    """The story of the reference page, which has every key; the camera wrote into its pictures."""
    (line,) = re.findall(r"^```json\n(\{.*\})\n```$", text_of("reference/import-jsonl.md"), re.M)
    (tmp_path / "stories.jsonl").write_text(line, encoding="utf-8")
    (tmp_path / "images").mkdir()
    exif = Pillow.Exif()
    exif[0x010F] = "A camera"
    for image in json.loads(line)["images"]:
        Pillow.new("RGB", (60, 40), "red").save(tmp_path / image["path"], exif=exif)
    return read(tmp_path / "stories.jsonl")


def plain(story, *, like):
    """Return the story without what has no order or is stored in one form, and without what `like` left to the writer."""
    texts = {
        code: replace(
            text,
            body=text.body.replace("\xa0", "&nbsp;"),
            slug=like.texts[code].slug and text.slug,
        )
        for code, text in story.texts.items()
    }
    pictures = tuple(
        replace(picture, path=None, size=0, focal_point=picture.focal_point or (0.5, 0.5))
        for picture in story.pictures
    )
    return replace(
        story,
        texts=texts,
        categories=set(story.categories),
        tags={tag.name: (tag.labels, set(tag.aliases), tag.kind) for tag in story.tags},
        # Of what is not here yet only the source knows.
        related=(),
        line=0,
        pictures=pictures,
        old_addresses={code: set(paths) for code, paths in story.old_addresses.items()},
    )


def test_stories_that_were_imported_come_out_as_they_were_read_and_change_nothing_again(
    reference_example,
):
    demo = STORIES / "b-europe-pacific.jsonl"
    came = [*reference_example, *read(demo, only={"article-50", "macron-wins"})]
    for kind, slug in {tuple(words.split("/")) for story in came for words in story.categories}:
        factories.CategoryFactory(kind=kind, slug_en=slug, name_en=slug)
    assert {save(story).outcome for story in came} == {Outcome.CREATED}
    images = Image.objects.count()

    for story in came:
        exported = story_of(Origin.objects.get(external_id=story.external_id).article)

        assert plain(exported, like=story) == plain(story, like=story)
        for picture, original in zip(exported.pictures, story.pictures, strict=True):
            assert picture.size == picture.path.stat().st_size <= original.size
        assert save(exported).outcome == Outcome.UNCHANGED
    assert Image.objects.count() == images


def line(external_id, related, **values):
    edition = {"title": f"About {external_id}", "body": "<p>Words.</p>"}
    story = {"id": external_id, "source_language": "en", "editions": {"en": edition}}
    return json.dumps(story | {"related": related} | values)


def test_related_stories_and_kinds_of_tags_come_back_whatever_their_order_in_the_file(tmp_path):
    file, options = tmp_path / "stories.jsonl", run.Options(source="wire")
    tags = [{"name": "Floods", "kind": "storyline"}, {"name": "Ports", "kind": "series"}, "Ferries"]
    lines = [line("a", ["c", "b", "nowhere"], tags=tags), line("b", []), line("c", ["a"])]
    file.write_text("\n".join(lines), encoding="utf-8")
    report = run.run([file], options)

    made = {origin.external_id: origin.article for origin in Origin.objects.all()}
    told = {name: story_of(article) for name, article in made.items()}
    assert {name: story.related for name, story in told.items()} == {
        "a": ("c", "b"),
        "b": (),
        "c": ("a",),
    }
    kinds = {tag.name: tag.kind for tag in told["a"].tags}
    assert kinds == {"Floods": "storyline", "Ports": "series", "Ferries": "topic"}
    assert not report.has_failed
    assert set(run.run([file], options).counts) == {Outcome.UNCHANGED}


def test_what_the_desk_made_of_related_stories_and_of_a_tag_stays(tmp_path):
    file, options = tmp_path / "stories.jsonl", run.Options(source="wire")
    file.write_text("\n".join([line("b", []), line("c", []), line("a", ["b"])]), encoding="utf-8")
    factories.TagFactory(name="Ports")
    run.run([file], options)
    made = {origin.external_id: origin.article for origin in Origin.objects.all()}
    own = factories.story()
    made["a"].related = [own.pk, made["b"].pk]
    writing.save(made["a"])

    tags = [{"name": "Ports", "kind": "series"}]
    file.write_text(line("a", ["c"], tags=tags), encoding="utf-8")
    (result,) = run.run([file], options).results
    assert Article.objects.get(pk=made["a"].pk).related == [own.pk, made["c"].pk]
    assert Tag.objects.get(name="Ports").kind == "topic"
    assert any("“Ports” is a topic here, and a series there" in note for note in result.notes)


def body_of(*images, article):
    figures = "".join(f'<figure data-image="{image}"></figure>' for image in images)
    link = f'<p><a data-article="{article}">a</a></p>'
    return f'{figures}{link}<aside data-waiting="Pier opens"></aside>'


def test_a_story_that_was_made_here_and_its_pictures_have_names_of_their_own():
    shown, gap, unused = factories.ImageFactory(), *factories.ImageFactory.create_batch(2, file="")
    other = factories.story(title_en="Other")
    body = body_of(shown.pk, gap.pk, article=other.pk)
    article = factories.story(images=[unused], title_en="Draft", body_en=body, standfirst_pt="Só")

    story = story_of(Article.objects.get(pk=article.pk))

    names = ["", shown.file.name.rpartition("/")[2], f"image-{gap.pk}"]
    assert story.external_id == f"article-{article.pk}"
    assert [picture.reference for picture in story.pictures] == names
    assert story.texts["en"].body == body_of(*names[1:], article=f"article-{other.pk}")
    assert (story.texts["pt"].standfirst, story.texts["pt"].status) == ("Só", "draft")
