"""The command, from files on a disk to stories on the site."""

import io
import json
import sys
import zipfile
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command

from articles import body
from articles.actions import publishing, writing
from articles.importers import writer
from articles.importers.run import items
from articles.models import Article, Edition, Image, ImportBatch, Origin, WaitingLink
from newsroom.http.fetch import Fetcher, FetchError
from tests import factories, samples

# What is marked `both` asks what nothing else asks of PostgreSQL; the rest is decided in Python.
pytestmark = [pytest.mark.django_db, pytest.mark.once]

PAGE = """Portuguese / Spanish / English

Ferries stay in the harbour

Two ferries at the quay [Port Authority/Archive]
Ferries at the quay [Port Authority/Archive]

The ferries stay in the harbour today, the port said.

"No ship leaves," the harbour master said.

Read: Storm comes in from the west

The next crossing is tomorrow.

Middle EastNewsSyria
Show Comments
A book launch at the harbour
Show Comments
"""
TARGET = "Storm comes in from the west\n\nThe storm comes in from the west.\n"
TIME = "2017-11-30T12:00:00Z"


def run(*sources, **options):
    """Return what the command wrote to both streams, and whether it failed."""
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("import_articles", *map(str, sources), stdout=out, stderr=err, **options)
    except CommandError:
        return out.getvalue(), err.getvalue(), True
    return out.getvalue(), err.getvalue(), False


def contents():
    """Return every row of every table, and every uploaded file."""
    rows = {
        model._meta.label: sorted(map(repr, model._base_manager.values_list()))
        for model in apps.get_models(include_auto_created=True)
    }
    files = {path: path.read_bytes() for path in Path(default_storage.location).rglob("*.*")}
    return rows, files


@pytest.fixture
def page(tmp_path):
    path = tmp_path / "pages" / "ferries.txt"
    path.parent.mkdir()
    path.write_text(PAGE)
    return path


def check_main_job(path, *, headline, first, read, caption, credit, categories):
    _out, err, has_failed = run(path, published_at=TIME)
    assert (err, has_failed) == ("", False)

    article = Article.objects.get()
    edition = article.editions.get()
    assert (article.title_en, edition.status) == (headline, "draft")
    use = article.uses.select_related("image").get()
    assert (use.caption_en, use.image.credit_line, use.is_lead) == (caption, credit, True)
    assert use.image.is_gap
    assert {category.slug_en for category in article.categories.all()} == categories
    assert body.Body(article.body_en).text.startswith(first)
    for stray in ("Portuguese", "Show Comments", "book launch", "News", credit):
        assert stray not in article.body_en
    assert f'<aside data-waiting="{read}"></aside>' in article.body_en
    return article


@pytest.mark.both
def test_a_page_becomes_a_story_with_all_its_parts(page):
    article = check_main_job(
        page,
        headline="Ferries stay in the harbour",
        first="The ferries stay",
        read="Storm comes in from the west",
        caption="Ferries at the quay",
        credit="Port Authority/Archive",
        categories={"middle-east", "news", "syria"},
    )

    blocks = article.body_en.split("\n")
    assert [block[:10] for block in blocks] == [
        "<p>The fer",
        '<p>"No shi',
        "<aside dat",
        "<p>The nex",
    ]


@samples.needed
def test_the_sample_page_becomes_a_story_with_all_its_parts():
    article = check_main_job(
        samples.PAGE,
        headline="More than 400 US troops leaving Syria",
        first="More than 400 US Marines",
        read="Russia moves to win the peace in Syria",
        caption="US Army soldiers",
        credit="US Army/Wikipedia",
        categories={
            *("asia-americas", "europe-russia", "middle-east", "news", "russia", "syria", "us"),
        },
    )

    assert article.body_en.count("<p>") == 9
    publishing.publish(article.editions.get(), by=publishing.SYSTEM)


def test_a_card_points_at_its_story_as_soon_as_that_arrives(page, tmp_path):
    run(page)
    assert WaitingLink.objects.count() == 1
    target = tmp_path / "storm.txt"
    target.write_text(TARGET)

    run(target)

    ferries = Article.objects.get(title_en__startswith="Ferries")
    storm = Article.objects.get(title_en__startswith="Storm")
    assert f'<aside data-article="{storm.pk}"></aside>' in ferries.body_en
    assert not WaitingLink.objects.exists()


def test_with_publish_a_page_is_live_at_its_time(page):
    run(page, published_at=TIME, publish=True)

    assert Edition.objects.get().url == "/en/2017/11/30/ferries-stay-in-the-harbour/"


def test_the_same_command_again_writes_nothing(page):
    run(page.parent, published_at=TIME, publish=True)
    before = contents()

    out, err, has_failed = run(page.parent, published_at=TIME, publish=True)

    assert (err, has_failed) == ("", False)
    assert "0 created, 0 updated, 1 unchanged" in out
    assert contents() == before


def test_publishing_later_changes_the_state_only(page):
    run(page, published_at=TIME)
    before = Article.objects.values().get()
    active_at = before.pop("active_at")

    out, _err, _failed = run(page, published_at=TIME, publish=True)

    assert "1 updated" in out
    assert Edition.objects.get().status == "published"
    after = Article.objects.values().get()
    assert after.pop("active_at") > active_at
    assert after == before


@pytest.mark.both
def test_a_date_for_the_pages_of_a_folder_is_only_for_those_that_are_new(page):
    run(page.parent, publish=True)
    before = contents()

    out, _err, _failed = run(page.parent, published_at=TIME, publish=True)

    assert "0 updated, 1 unchanged" in out
    assert contents() == before


def test_a_date_for_a_page_that_is_named_itself_is_corrected(page):
    run(page, publish=True)

    out, _err, _failed = run(page, published_at=TIME)

    assert "1 updated" in out
    assert Edition.objects.get().url.startswith("/en/2017/11/30/")


def test_a_dry_run_writes_nothing(page, tmp_path):
    _write_jsonl(tmp_path / "pages", [_record("a", with_picture=True)])
    before = contents()

    out, _err, _failed = run(page.parent, dry_run=True, publish=True)

    assert out.endswith(
        "Nothing was written. It would be: 2 created, 0 updated, 0 unchanged, 0 kept, 0 left out, 0 failed.\n"
    )
    assert contents() == before


@pytest.mark.both
def test_what_an_editor_changed_is_kept_and_what_the_file_changed_is_updated(page, tmp_path):
    other = page.with_name("storm.txt")
    other.write_text(TARGET)
    run(page.parent)
    article = Article.objects.get(title_en__startswith="Ferries")
    article.body_en = article.body_en.replace("tomorrow", "on Friday")
    writing.save(article)
    for path in (page, other):
        path.write_text(path.read_text().replace("The ", "All the "))

    out, _err, has_failed = run(page.parent)

    assert "1 updated, 0 unchanged, 1 kept" in out
    assert not has_failed
    assert "All the" not in Article.objects.get(pk=article.pk).body_en
    assert "All the" in Article.objects.exclude(pk=article.pk).get().body_en


@pytest.mark.both
@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", b" \n\n", "white space"),
        ("a.txt", b"\x89PNG\r\n\x1a\n\x00\x00", "not a text file"),
        ("a.txt", "Título\n\nAção\n".encode() + b"\xff", "not UTF-8"),
        ("a.txt", b"Only a headline", "no paragraph"),
        ("a.doc", b"x", "--format"),
        ("a.jsonl", b"{", "no JSON"),
        ("a.jsonl", b"", "empty"),
        ("missing.txt", None, "no such file"),
        ("a.jpg", None, "a picture, which comes with its story"),
    ],
)
def test_a_file_that_cannot_be_read_is_named_with_the_reason(tmp_path, name, data, words):
    path = tmp_path / name
    if data is not None:
        path.write_bytes(data)

    out, err, has_failed = run(path)

    assert has_failed
    assert len(err.splitlines()) == 1
    assert err.startswith(f"{path}: ")
    assert err.count(name) == 1
    assert words in err
    assert "1 failed" in out
    assert not Article.objects.exists()


def test_a_format_that_is_named_is_that_of_every_file(tmp_path):
    (tmp_path / "notes").write_text(TARGET)
    (tmp_path / "b.jsonl").write_text(TARGET)

    out, err, has_failed = run(tmp_path, format="page")

    assert (err, has_failed) == ("", False)
    assert "2 created" in out
    assert {origin.source for origin in Origin.objects.all()} == {"page"}


def test_one_broken_file_does_not_stop_a_thousand_others(tmp_path):
    for number in range(60):
        (tmp_path / f"{number:03}.txt").write_text(f"Story {number}\n\nWords of {number}.\n")
    broken = {"010.txt": b"", "020.txt": b"\xff\xfe\x00", "030.txt": b"Headline only"}
    for name, data in broken.items():
        (tmp_path / name).write_bytes(data)

    out, err, has_failed = run(tmp_path)

    assert has_failed
    assert "57 created, 0 updated, 0 unchanged, 0 kept, 0 left out, 3 failed" in out
    assert [Path(line.partition(": ")[0]).name for line in err.splitlines()] == list(broken)
    assert Origin.objects.count() == 57


# --- JSON Lines ---


def _record(external_id, *, with_picture=False, **fields):
    text = {"title": f"Story {external_id}", "body": "<p>Words.</p>", "published_at": TIME}
    record = {"id": external_id, "source_language": "en", "editions": {"en": text}} | fields
    if with_picture:
        record["images"] = [{"path": "a.jpg", "lead": True, "creator": "A", "caption": {"en": "C"}}]
    return record


def _write_jsonl(folder, records, name="stories.jsonl"):
    lines = (record if isinstance(record, str) else json.dumps(record) for record in records)
    (folder / name).write_text("\n".join(lines))
    if not (folder / "a.jpg").exists():
        with factories.ImageFactory.build().file.open("rb") as file:
            (folder / "a.jpg").write_bytes(file.read())
    return folder / name


def test_bad_lines_are_named_and_the_others_imported(tmp_path):
    path = _write_jsonl(
        tmp_path,
        [_record("a"), "{broken", _record("b", categories=["region/atlantis"]), _record("c")],
    )

    out, err, has_failed = run(path, publish=True)

    assert has_failed
    assert "2 created, 0 updated, 0 unchanged, 0 kept, 0 left out, 2 failed" in out
    assert "stories.jsonl: Line 2: no JSON" in err
    assert 'stories.jsonl: Line 3, story "b": There is no category “region/atlantis”' in err
    assert {origin.external_id for origin in Origin.objects.all()} == {"a", "c"}


@pytest.mark.both
def test_missing_pictures_are_fetched_where_that_is_asked_for(tmp_path, monkeypatch):
    picture = {"path": "sea.jpg", "source_url": "https://news.example/sea.jpg", "creator": "A"}
    path = _write_jsonl(tmp_path, [_record("a", images=[picture])])
    asked = []

    def fetch(_fetcher, url):
        asked.append(url)
        return (tmp_path / "a.jpg").open("rb") if len(asked) > 1 else refuse()

    def refuse():
        raise FetchError("its server answers 503")

    monkeypatch.setattr(Fetcher, "fetch", fetch)
    run(path)
    assert not asked

    out, _err, has_failed = run(path, fetch_media=True)
    assert "https://news.example/sea.jpg was not fetched: its server answers 503." in out
    assert "1 pictures with an address are still missing." in out
    assert not has_failed
    out, _err, _has_failed = run(path, fetch_media=True)
    assert "1 unchanged" in out
    assert "0 pictures with an address are still missing." in out
    assert Image.objects.get().file
    assert "1 unchanged" in run(path, fetch_media=True)[0]
    assert len(asked) == 2


def test_what_keeps_a_story_from_being_published_is_told(tmp_path):
    record = _record("a", with_picture=True)
    record["editions"]["en"]["published_at"] = "2117-11-30T12:00:00Z"
    path = _write_jsonl(tmp_path, [record])

    _out, err, has_failed = run(path, publish=True)

    assert has_failed
    assert "a: Not published in en: The image" in err
    assert Edition.objects.get().status == "draft"
    assert Image.objects.get().width == 480


def test_what_was_public_is_published_though_its_pictures_lack_words(tmp_path):
    path = _write_jsonl(tmp_path, [_record("a", with_picture=True)])

    out, _err, has_failed = run(path, publish=True, verbosity=2)

    assert not has_failed
    assert "Published in en although the image “C” has no alternative text in English." in out
    assert "Noted: 1 × pictures without alternative text, credit or right." in out
    assert Edition.objects.get().status == "published"


def test_two_files_with_the_same_id_do_not_replace_each_other(tmp_path):
    first, second = tmp_path / "one" / "a.txt", tmp_path / "two" / "a.txt"
    for path in (first, second):
        path.parent.mkdir()
        path.write_text(f"From {path.parent.name}\n\nWords.\n")

    _out, err, has_failed = run(first, second, first)

    assert has_failed
    assert str(first) in err
    assert Article.objects.get().title_en == "From one"


def test_a_path_that_is_too_long_for_an_id_is_told(tmp_path):
    folder = tmp_path / ("x" * 200) / ("y" * 200)
    folder.mkdir(parents=True)
    (folder / "a.txt").write_text(TARGET)

    _out, err, has_failed = run(tmp_path)

    assert has_failed
    assert "shorten it" in err


@pytest.mark.parametrize(
    "options",
    [
        ["--published-at", "2017-11-30"],
        ["--published-at", "yesterday"],
        ["--published-at", "0001-01-01T00:00:00+05:00"],
        ["--published-at", "9999-12-31T23:59:59Z"],
        ["--language", "de"],
        ["--format", "docx"],
        ["--source", "a:b"],
        ["--source", "x" * 91],
        ["--rollback", "x"],
    ],
)
def test_an_option_without_sense_is_refused_in_one_sentence(page, options):
    with pytest.raises(CommandError):
        call_command("import_articles", str(page), *options, stdout=io.StringIO())

    assert not Article.objects.exists()


# --- Archives ---


@pytest.mark.both
def test_a_zip_is_imported_with_its_pictures(tmp_path, page, settings):
    settings.VAR_DIR = tmp_path / "var"
    _write_jsonl(tmp_path, [_record("a", with_picture=True)])
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        for path in (tmp_path / "stories.jsonl", tmp_path / "a.jpg"):
            archive.write(path, f"export/{path.name}")
        archive.write(page, "export/es/ferries.txt")

    out, err, has_failed = run(tmp_path / "all.zip")

    assert (err, has_failed) == ("", False)
    assert "2 created" in out
    assert {origin.external_id for origin in Origin.objects.all()} == {"a", "export/ferries"}
    assert Image.objects.exclude(file="").get().width == 480
    assert list((settings.VAR_DIR / "imports").iterdir()) == []


def test_what_tells_no_id_is_not_taken_from_standard_input(monkeypatch):
    lines = json.dumps(_record("a")).encode()
    for data, created, words in ((lines, 1, ""), (PAGE.encode(), 0, "save it as a file.")):
        monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(data)))
        out, err, _failed = run("-")
        assert f"{created} created" in out
        assert words in err


# --- Batches ---


@pytest.mark.both
def test_a_batch_is_listed_and_taken_back_once(tmp_path):
    kept = _write_jsonl(tmp_path, [_record("a"), _record("b")])
    run(kept)
    (batch,) = ImportBatch.objects.all()
    article = Article.objects.get(title_en="Story a")
    article.title_en = "Ours"
    writing.save(article)
    run(kept)  # changes nothing, and leaves no batch

    out, _err, _failed = run(batches=True)
    assert out.startswith(f"{batch.pk}  ")
    assert out.endswith(f" {kept}: 2 created\n")

    out, err, has_failed = run(rollback=batch.pk)
    assert has_failed
    assert err == "Kept: “Ours” (jsonl: a): it was changed here since.\n"
    assert out == "1 stories taken back, 1 kept.\n"
    assert Article.objects.get() == article

    Article.objects.all().delete()
    run(rollback=batch.pk)
    assert ", taken back on " in run(batches=True)[0]
    for number, words in ((batch.pk, "already"), (batch.pk + 9, "There is no batch")):
        with pytest.raises(CommandError, match=words):
            call_command("import_articles", rollback=number)


# --- Killed half-way ---


def _die_at(number, monkeypatch):
    original, count = writer._write, iter(range(number))

    def write(*args, **kwargs):
        notes = original(*args, **kwargs)
        if next(count, None) is None:
            raise KeyboardInterrupt
        return notes

    monkeypatch.setattr(writer, "_write", write)


def _told():
    """Return what readers and editors would see, whatever the ids."""
    return sorted(
        (edition.language, edition.slug, edition.status, edition.version, edition.title)
        for edition in Edition.objects.select_related("article")
    ), Image.objects.count()


def test_an_import_that_was_killed_goes_on_where_it_stopped(tmp_path, monkeypatch):
    path = _write_jsonl(tmp_path, [_record(i, with_picture=i == "c") for i in "abcdef"])
    with monkeypatch.context() as patch:
        patch.setattr(items, "MOST", 2)
        _die_at(3, patch)
        out, _err, has_failed = run(path)
    assert has_failed
    assert "2 created" in out  # the third goes with the fourth, with which it was to be stored
    assert Article.objects.count() == 2

    out, _err, has_failed = run(path)

    assert not has_failed
    assert "4 created, 0 updated, 2 unchanged" in out
    slugs = [("en", f"story-{i}", "draft", 1, f"Story {i}") for i in "abcdef"]
    assert _told() == (slugs, 1)


def test_a_run_says_at_its_end_what_it_decided_how_often(page):
    page.with_name("second.txt").write_text(PAGE)

    out, _err, _failed = run(page.parent)

    assert out.splitlines()[-3:] == [
        "Decided: 2 × footers taken, 2 × promotions left out.",
        "Noted: 2 × pictures missing, 2 × links waiting for their story.",
        "2 created, 0 updated, 0 unchanged, 0 kept, 0 left out, 0 failed.",
    ]


# --- What is known again, and what is told ---


def test_a_page_that_is_named_alone_is_the_one_that_came_with_its_folder(tmp_path, monkeypatch):
    path = tmp_path / "archive" / "2017" / "pier.txt"
    path.parent.mkdir(parents=True)
    path.write_text(TARGET)
    (tmp_path / "link").symlink_to(tmp_path / "archive")
    monkeypatch.chdir(path.parent)

    run(tmp_path / "archive")
    for same in (path, "pier.txt", tmp_path / "link" / "2017" / "pier.txt"):
        assert "1 unchanged" in run(same)[0]
    assert "1 unchanged" in run(path, root=tmp_path / "archive")[0]

    assert Origin.objects.get().external_id == "2017/pier"


@pytest.mark.parametrize("is_folder", [False, True])
def test_a_page_of_another_archive_does_not_take_the_place_of_a_story(tmp_path, is_folder):
    first, second = tmp_path / "one" / "index.txt", tmp_path / "two" / "index.txt"
    last = "The views in this paper are those of its writers."
    for path, words in (
        (first, "The pier of the old town is closed until the storm has gone by."),
        (second, "A school has opened where the glass works stood for a hundred years."),
    ):
        path.parent.mkdir()
        path.write_text(f"{words[:-1]}, today\n\n{words}\n\nMore of it: {words}\n\n***\n\n{last}\n")
    named = [path.parent if is_folder else path for path in (first, second)]
    run(named[0])

    _out, err, has_failed = run(named[1])

    assert has_failed
    assert f"{second}: " in err
    assert "“The pier of the old town" in err
    assert "and is another story" in err
    assert Article.objects.get().title_en.startswith("The pier")
    assert "1 updated" in run(named[1], root=second.parent)[0]
    assert "1 created" in run(named[0], source="other")[0]


OLD = 'Pier closed\n\nIt is old, "very old", the mayor said - and steep.\n'
CORRECTED = {
    "headline": OLD.replace("closed", "shut"),
    "all but the headline": "Pier closed\n\nAnother text now.\n",
    "both": OLD.replace("closed", "shut").replace("steep", "too steep"),
    "signs": OLD.replace('"very old"', "“very old”").replace(" - ", " – "),
}


@pytest.mark.parametrize("new", CORRECTED.values(), ids=CORRECTED)
def test_a_page_that_is_corrected_is_the_same_story(tmp_path, new):
    path = tmp_path / "a.txt"
    path.write_text(OLD)
    run(path)

    path.write_text(new)

    assert "1 updated" in run(path)[0]


def test_a_page_is_the_same_story_whatever_an_editor_made_of_it(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(OLD)
    run(path)
    article = Article.objects.get()
    article.title_en, article.body_en = "The sea", "<p>Nothing of it is left here.</p>"
    writing.save(article)

    again = run(path)[0]
    path.write_text(OLD.replace("steep", "steeper"))

    assert "1 unchanged" in again
    assert "1 kept" in run(path)[0]


def test_a_headline_that_is_here_already_is_told(tmp_path):
    for name in ("one", "two", "three"):
        (tmp_path / f"{name}.txt").write_text(f"Şanlıurfa clashes\n\nWords of {name}.\n")
    run(tmp_path / "one.txt", published_at=TIME, publish=True)

    near, _err, _failed = run(tmp_path / "two.txt", published_at="2017-12-01T12:00:00Z")
    far, _err, _failed = run(tmp_path / "three.txt", published_at="2018-12-01T12:00:00Z")

    told = "A story with this headline is here already in en: /en/2017/11/30/sanliurfa-clashes/."
    assert told in near
    assert "headline is here already" not in far


def test_what_was_deleted_here_comes_back_with_again_alone(tmp_path):
    path = wire(tmp_path, "one")
    run(path, publish=True)
    Article.objects.get().delete()

    left, _err, _failed = run(path, publish=True)
    assert "1 left out" in left
    assert not Article.objects.exists()

    out, _err, failed = run(path, "--again", "--publish")
    assert ("1 created" in out, failed) == (True, False)
    assert Article.objects.get().title_en == "Pier closed"


def wire(folder, name, **edition):
    """Write a record of a story of that day; `edition` is what it says of itself in English."""
    words = {"title": "Pier closed", "body": "<p>Words.</p>", "published_at": TIME}
    record = {"id": name, "source_language": "en", "editions": {"en": words | edition}}
    path = folder / f"{name}.jsonl"
    path.write_text(json.dumps(record))
    return path


@pytest.mark.parametrize(
    ("first", "second"),
    [({"slug": "custom"}, {}), ({}, {"slug": "custom"}), ({}, {"title": "PIER: closed"})],
    ids=["a slug of its own", "another slug", "other signs"],
)
def test_a_second_copy_from_another_source_is_told_whatever_its_slug(tmp_path, first, second):
    run(wire(tmp_path, "one", **first), source="harbour", publish=True)

    out, _err, _failed = run(wire(tmp_path, "two", **second), source="wire", publish=True)

    assert "A story with this headline is here already in en: /en/2017/11/30/" in out


def test_the_same_file_without_its_source_is_told_to_be_here(tmp_path):
    path = wire(tmp_path, "one", slug="custom")
    run(path, source="harbour", publish=True)

    out, _err, _failed = run(path, publish=True)

    assert "A story with this headline is here already in en: /en/2017/11/30/custom/." in out


def test_two_stories_that_their_source_gives_slugs_of_their_own_are_two(tmp_path):
    run(wire(tmp_path, "one", slug="briefing-1"), source="wire", publish=True)

    out, _err, _failed = run(wire(tmp_path, "two", slug="briefing-2"), source="wire", publish=True)

    assert "headline is here already" not in out


def test_a_picture_that_an_editor_uploaded_is_missing_no_more(page, tmp_path):
    run(page)
    image = Image.objects.get()
    image.file = factories.ImageFactory.build().file
    image.save()
    page.write_text(PAGE.replace("No ship leaves", "No ship sails"))

    out, _err, _failed = run(page, verbosity=2)

    assert "1 updated" in out
    assert "upload its file" not in out


@pytest.mark.parametrize("names", [("en/a.txt", "es/a.txt"), ("a.txt", "a.es.txt")])
def test_a_folder_tells_the_languages_of_the_pages_of_one_story(tmp_path, names):
    for name, title in zip(names, ("Pier", "Muelle"), strict=True):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(f"{title}\n\nWords.\n")

    run(tmp_path)

    article = Article.objects.get()
    assert (article.title_en, article.title_es) == ("Pier", "Muelle")
    assert "1 unchanged" in run(tmp_path / names[1])[0]


def test_a_run_names_only_what_needs_a_person_and_keeps_all_in_its_report(page, tmp_path):
    page.with_name("again.txt").write_text(PAGE)
    report = tmp_path / "report.text"

    out, _err, _failed = run(page.parent, report=report)

    first = Origin.objects.get(external_id="again").article_id
    assert out.splitlines()[:3] == [
        "ferries: created",
        f"  A story with this headline is here already in en: draft {first}.",
        "  Its slug in en is “ferries-stay-in-the-harbour-2”, not “ferries-stay-in-the-harbour”.",
    ]
    assert len(out.splitlines()) == 6
    kept = report.read_text()
    assert kept.startswith("again: created\n")
    for words in ("  Left out, a promotion: A book launch", "  The picture", "  Taken as"):
        assert kept.count(words) == 2
    assert kept.endswith(out.splitlines()[-1] + "\n")


def test_all_notes_are_told_if_that_is_asked_for(page):
    out, _err, _failed = run(page, verbosity=2)

    for words in ("ferries: created", "  Left out, a promotion", "  Waits for", "  The picture"):
        assert words in out


def test_a_run_that_is_killed_leaves_its_report_so_far(tmp_path, monkeypatch):
    path = _write_jsonl(tmp_path, [_record(i) for i in "abc"])
    report, seen = tmp_path / "report.text", []
    save = writer.save_all
    monkeypatch.setattr(items, "MOST", 1)

    def watched(*args, **kwargs):
        seen.append(report.read_text())
        return save(*args, **kwargs)

    monkeypatch.setattr(writer, "save_all", watched)

    run(path, report=report)

    assert seen == ["", "a: created\n", "a: created\nb: created\n"]


def test_a_report_that_cannot_be_written_is_told_before_anything_is_imported(page, tmp_path):
    with pytest.raises(CommandError, match="cannot be written"):
        call_command("import_articles", str(page), report=tmp_path / "none" / "report.text")

    assert not Article.objects.exists()
