"""Every format: what it has, and that its files are recognised by what they say."""

import shutil
from pathlib import Path

import pytest

from articles.importers.formats import FORMATS, recognise
from articles.importers.story import BadFile
from tests import samples
from tests.house_rules.source import ROOT

DATA = ROOT / "tests/data/importers"

each_format = pytest.mark.parametrize("name", FORMATS)


@each_format
def test_a_format_has_a_reference_page_tests_and_a_typical_file(name):
    own = ROOT / f"docs/reference/import-{name}.md"
    others = (ROOT / "docs/reference/formats.md").read_text(encoding="utf-8")

    assert own.exists() or f"\n## {name}\n" in others
    tests = ROOT / "tests/articles/importers"
    assert (tests / f"test_{name.replace('-', '_')}.py").exists() or (tests / name).is_dir()
    assert list(DATA.glob(f"{name}/typical.*"))
    assert FORMATS[name].SUFFIXES
    assert FORMATS[name].DESCRIPTION


@each_format
def test_a_typical_file_is_recognised_whatever_its_suffix(tmp_path, name):
    (typical,) = DATA.glob(f"{name}/typical.*")
    suffixes = {".xml", "", *(form.SUFFIXES[0] for form in FORMATS.values())}

    taken_for = {
        suffix: recognise(shutil.copy(typical, tmp_path / f"a{suffix}")) for suffix in suffixes
    }

    assert taken_for == dict.fromkeys(suffixes, name)


@pytest.mark.parametrize(
    ("name", "text", "form"),
    [
        ("a.txt", "Headline\n\nWords.", "page"),
        ("A.TXT", "São".encode("latin-1"), "page"),
        ("a.jsonl", '{"id": 1}', "jsonl"),
        ("a.b.ndjson", "broken", "jsonl"),
        ("a.json", '{"id": "a",\n "editions": {}}', "jsonl"),
        ("a.json", '{"source_language" : "en"}'.encode("utf-16"), "jsonl"),
        ("a", "Bridge\n\nA pier [Ana]\nThe pier [Ana]\n\nWords.", "page"),
        ("a.md", "Bridge\n\nWords.\nVer comentarios (3)", "page"),
    ],
)
def test_the_suffix_counts_only_where_the_text_begins_like_no_format(tmp_path, name, text, form):
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())

    assert recognise(path) == form


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("README", "About\n\nWords."),
        ("a.svg.gz.txt.xml", "<svg>\nShow Comments\n"),
        ("a.json", '{"uri": 1}'),
        ("a.dat", "id,title"),
    ],
)
def test_a_file_that_begins_like_no_format_is_refused_with_the_remedy(tmp_path, name, text):
    path = tmp_path / name
    path.write_text(text)

    with pytest.raises(BadFile) as caught:
        recognise(path)

    assert caught.value.path == path
    assert "with --format: page (a story page saved as plain text), jsonl (" in str(caught.value)


FOLDERS = {
    "feeds": "rss",
    "ninjs/newsinjson": "ninjs",
    "newsml/newsml-g2": "newsml-g2",
    "nitf/nitf-scala": "nitf",
    "wxr": "wxr",
}
NONE_OF_IT = {
    "channel_href_map_link.xml": "CDF, which nobody writes any more",
    "LISTING_25_An_NITF_marked-up_article_conveyed_in_inlineXML.xml": "a part of an item",
    "xml.xsd": "a schema",
    "medium_feed.xml": "a feed",
}


@samples.needed
@pytest.mark.parametrize(("folder", "name"), FOLDERS.items())
def test_files_of_others_are_recognised_as_what_they_are_and_as_nothing_else(folder, name):
    by_file = {
        path.name: [
            format_name
            for format_name in FORMATS
            if FORMATS[format_name].sniff(path.read_text(errors="replace")[:64_000])
        ]
        for path in (samples.FOLDER / folder).rglob("*.*")
        if path.suffix in (".xml", ".json") and path.name not in NONE_OF_IT
    }

    assert {path: names for path, names in by_file.items() if names != [name]} == {}
    assert by_file


def test_a_picture_alone_is_told_that_it_comes_with_its_story():
    with pytest.raises(BadFile, match=r"ferry\.JPG: a picture, which comes with its story"):
        recognise(Path("ferry.JPG"))
