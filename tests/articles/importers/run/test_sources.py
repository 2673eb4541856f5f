"""What comes in an archive or by standard input is read as if it lay in a folder, and never leads out of it."""

import gzip
import io
import os
import stat
import sys
import zipfile
from types import SimpleNamespace

import pytest

from articles.importers.run import sources
from articles.importers.run.sources import Scratch, find
from articles.importers.story import BadFile


@pytest.fixture
def scratch(tmp_path):
    with Scratch(tmp_path / "scratch") as scratch:
        yield scratch


def packed(path, members, *, compression=zipfile.ZIP_DEFLATED):
    with zipfile.ZipFile(path, "w", compression) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return path


def read(named, scratch, **options):
    """Return place -> content, or the sentence that says why there is none."""
    return {
        str(source.path if isinstance(source, BadFile) else source.place): source.sentence
        if isinstance(source, BadFile)
        else source.path.read_bytes()
        for source in find(named, scratch, **options)
    }


def test_a_gz_is_the_file_that_it_holds(tmp_path, scratch):
    path = tmp_path / "a.txt.gz"
    path.write_bytes(gzip.compress(b"words"))

    for one in find(path, scratch):
        assert (one.path.read_bytes(), one.place, one.root) == (b"words", tmp_path / "a.txt", None)
        assert one.is_single
        assert one.folder == tmp_path  # its pictures lie beside the .gz
    scratch.clear()
    assert not one.path.exists()


def test_a_zip_is_a_folder_with_its_pictures(tmp_path, scratch):
    members = [("es/b10.txt", b"10"), ("es/b9.txt", b"9"), ("a.jpg", b"picture"), (".hidden", b"")]
    members += [("__MACOSX/x", b""), ("c.txt.gz", gzip.compress(b"c"))]
    path = packed(tmp_path / "all.zip", members)

    files = list(find(path, scratch))
    assert [source.place.relative_to(path).as_posix() for source in files] == [
        "c.txt",
        "es/b9.txt",
        "es/b10.txt",
    ]
    assert {source.root for source in files} == {path}

    for source in find(path, scratch):
        if source.place.name == "c.txt":
            assert (source.folder / "a.jpg").read_bytes() == b"picture"
            assert source.path.read_bytes() == b"c"


def test_an_archive_in_a_folder_is_read_in_its_place(tmp_path, scratch):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_bytes(b"a")
    packed(folder / "b", [("x.txt", b"x")])
    (folder / "c.txt").write_bytes(b"c")

    by_place = read(folder, scratch)

    assert by_place == {
        f"{folder}/a.txt": b"a",
        f"{folder}/b/x.txt": b"x",
        f"{folder}/c.txt": b"c",
    }


def test_standard_input_is_one_file_or_an_archive(tmp_path, scratch, monkeypatch):
    archive = packed(tmp_path / "a.zip", [("x.txt", b"x")]).read_bytes()
    for data, expected in (
        (b"words", {"-": b"words"}),
        (gzip.compress(b"w"), {"-": b"w"}),
        (archive, {"-/x.txt": b"x"}),
    ):
        monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(data)))
        assert read("-", scratch) == expected


def link():
    info = zipfile.ZipInfo("link.txt")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return info


@pytest.mark.parametrize(
    ("member", "words"),
    [
        ("../out.txt", "leads out of the archive"),
        ("a/../../out.txt", "leads out of the archive"),
        ("/etc/out.txt", "leads out of the archive"),
        ("a\\out.txt", "leads out of the archive"),
        (link(), "a link; put the file itself"),
        ("good.txt", "two files of this name"),
        ("good.txt/below", "cannot be unpacked"),
        ("inner.zip", "an archive inside an archive"),
    ],
)
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_member_that_cannot_be_read_is_one_sentence_and_the_others_are(
    tmp_path, scratch, member, words
):
    data = (
        packed(tmp_path / "inner.zip", [("x", b"")]).read_bytes() if member == "inner.zip" else b"x"
    )
    path = packed(tmp_path / "a.zip", [("good.txt", b"good"), (member, data)])
    before = {*tmp_path.parent.rglob("out.txt")}

    (one, two) = find(path, scratch)

    bad, good = (one, two) if isinstance(one, BadFile) else (two, one)
    assert good.place == path / "good.txt"
    assert words in bad.sentence
    assert {*tmp_path.parent.rglob("out.txt")} == before


def test_a_bomb_is_a_sentence_and_leaves_nothing(tmp_path, scratch, monkeypatch):
    monkeypatch.setattr(sources, "SMALL", 1000)
    bomb = tmp_path / "bomb.gz"
    bomb.write_bytes(gzip.compress(b"\0" * 5_000_000))
    (one,) = read(bomb, scratch).values()
    assert "unpacks to more" in one

    path = packed(tmp_path / "bomb.zip", [("a.txt", b"a"), ("b.txt", b"\0" * 5_000_000)])
    (one,) = read(path, scratch).values()
    assert "unpacks to more" in one

    monkeypatch.setattr(sources, "MAX_MEMBERS", 2)
    path = packed(tmp_path / "many.zip", [(f"{number}.txt", b"a") for number in range(3)])
    (one,) = read(path, scratch).values()
    assert "more than 2 files" in one
    assert [left for left in scratch.folder.rglob("*") if left.is_file()] == []


@pytest.mark.parametrize("name", ["a.zip", "a.gz"])
def test_a_broken_archive_is_a_sentence(tmp_path, scratch, name):
    path = tmp_path / name
    whole = (
        packed(tmp_path / "w.zip", [("a.txt", os.urandom(9999))]).read_bytes()
        if name == "a.zip"
        else gzip.compress(os.urandom(9999))
    )
    path.write_bytes(whole[:5000])

    assert "cannot be unpacked" in read(path, scratch)[str(path)]


def test_a_document_of_an_office_is_no_archive(tmp_path, scratch):
    path = packed(tmp_path / "a.docx", [("[Content_Types].xml", b""), ("word/document.xml", b"")])

    assert list(read(path, scratch)) == [str(path)]


def test_what_was_unpacked_is_gone_afterwards_and_so_is_what_a_killed_run_left(tmp_path):
    parent = tmp_path / "scratch"
    left, held = Scratch(parent), Scratch(parent)
    left.new()
    os.close(left.handle)  # as the system does for a process that is killed
    with held:
        other = held.new()
        with Scratch(parent) as mine:
            folder = mine.new()
        assert not folder.exists()
        assert not left.folder.exists()
        assert other.exists()
    assert list(parent.iterdir()) == []
