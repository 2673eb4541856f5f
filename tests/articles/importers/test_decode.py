"""From a path to text: what is found, what is decoded, and how the rest is refused."""

import codecs
import os

import pytest

from articles.importers import decode
from articles.importers.decode import find_files, read_lines, read_text
from articles.importers.notes import is_routine
from articles.importers.story import BadFile


@pytest.fixture
def file(tmp_path):
    def write(data, name="story.txt"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        return path

    return write


def refusal(path):
    with pytest.raises(BadFile) as caught:
        read_text(path)
    assert str(caught.value).startswith(f"{path}: ")
    return str(caught.value)


def test_utf_8_is_read_as_it_is(file):
    assert read_text(file("Água\r\nعربي 😀".encode())) == "Água\r\nعربي 😀"


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_a_byte_order_mark_decides_and_is_taken_off(file, mark, encoding):
    assert read_text(file(mark + "Água".encode(encoding))) == "Água"


@pytest.mark.parametrize(
    ("words", "encoding", "name"),
    [
        ("São Paulo", "cp1252", "CP1252"),
        ("The town – “Évora” – waits for its £3m café. " * 40, "cp1252", "CP1252"),
        ("Most je otevřen; starosta řekl, že lidé čekali tři roky. " * 40, "cp1250", "CP1250"),
        ("هذا نص طويل عن النهر والجسر في المدينة. " * 40, "cp1256", "CP1256"),
        ("İstanbul'da yeni köprü açıldı; şehir bekliyordu. " * 40, "cp1254", "CP1254"),
        ("東京で新しい橋が開通した。" * 60, "shift_jis", "CP932"),
    ],
)
def test_another_encoding_is_assumed_and_noted(file, words, encoding, name):
    text = read_text(file(words.encode(encoding)))

    assert text == words
    (note,) = text.notes
    assert name in note
    assert is_routine(note)


@pytest.mark.parametrize("declared", ["latin-1", "utf-8", "none-such"])
def test_what_a_file_declares_comes_first_where_it_fits(file, declared):
    data = "São".encode("latin-1" if declared == "latin-1" else "utf-8")

    text = read_text(file(data), declared=declared)

    assert (text, text.notes) == ("São", ())


def test_utf_8_with_a_wrong_byte_is_refused_with_the_byte_and_the_remedy(file):
    message = refusal(file("São Paulo, Évora, Água".encode() + b"\xe3"))

    assert "byte 0xE3 at byte 25" in message
    assert message.endswith("save it as UTF-8.")


def test_a_byte_is_counted_from_the_start_of_the_file_mark_included(file):
    assert "at byte 5" in refusal(file(codecs.BOM_UTF8 + b"ab\xff"))


def test_utf_16_cut_in_the_middle_is_refused(file):
    assert "not UTF-16-LE" in refusal(file(codecs.BOM_UTF16_LE + b"a\x00b"))


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "is empty"),
        (b" \r\n\t", "nothing but white space"),
        (codecs.BOM_UTF8, "nothing but white space"),
        (b"GIF89a\x00\x01", "NUL byte at byte 6"),
        ("Título\x1b[0m".encode(), "U+001B at byte 7"),
        (b"a\x7f", "U+007F at byte 1"),
    ],
)
def test_what_is_no_text_is_refused(file, data, reason):
    assert reason in refusal(file(data))


def test_a_file_too_large_for_a_story_is_refused(file, monkeypatch):
    monkeypatch.setattr(decode, "MAX_TEXT_BYTES", 10)

    assert read_text(file(b"x" * 10)) == "x" * 10
    assert "larger than 10 bytes" in refusal(file(b"x" * 11))


def test_a_missing_file_is_refused(tmp_path):
    assert "no such file" in refusal(tmp_path / "missing.txt")


def test_a_folder_is_no_file(tmp_path):
    assert "a folder stands where a file was expected" in refusal(tmp_path)


def test_a_pipe_is_refused_before_anybody_waits_for_it(tmp_path):
    os.mkfifo(tmp_path / "pipe.txt")

    assert "neither a file nor a folder" in refusal(tmp_path / "pipe.txt")


def test_an_unreadable_file_is_refused(file, monkeypatch):
    path = file(b"text")

    def locked(*args, **options):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(type(path), "open", locked)

    assert "cannot be read (Permission denied)" in refusal(path)


def test_a_path_that_no_system_can_hold_is_refused(tmp_path):
    assert "cannot be read" in refusal(tmp_path / ("x" * 300))


def test_lines_come_with_number_and_offset(file):
    path = file(codecs.BOM_UTF8 + b"one\r\n\ntwo")

    assert list(read_lines(path)) == [(1, 3, b"one"), (2, 8, b""), (3, 9, b"two")]


def test_a_line_that_is_too_long_is_skipped_and_told(file, monkeypatch):
    monkeypatch.setattr(decode, "MAX_LINE_BYTES", 4)
    path = file(b"1234\n" + b"x" * 11 + b"\nlast")

    assert list(read_lines(path)) == [(1, 0, b"1234"), (2, 5, None), (3, 17, b"last")]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "is empty"),
        (codecs.BOM_UTF16_LE + b"a\x00", "in UTF-16-LE; save it as UTF-8"),
        (b"PK\x03\x04\x00", "NUL byte at byte 4"),
    ],
)
def test_lines_are_refused_where_the_file_begins_like_another_kind(file, data, reason):
    with pytest.raises(BadFile, match=reason):
        list(read_lines(file(data)))


def test_a_file_is_its_own_and_only_source(file):
    path = file(b"x")

    assert list(find_files(path)) == [path]


def test_a_folder_gives_its_files_in_sorted_order(file, tmp_path):
    for name in ("b.txt", "a/z.txt", "a/b/c.txt", "a.txt", ".hidden.txt", ".git/x.txt", "é.txt"):
        file(b"x", name)

    paths = [path.relative_to(tmp_path).as_posix() for path in find_files(tmp_path)]

    assert paths == ["a/b/c.txt", "a/z.txt", "a.txt", "b.txt", "é.txt"]


def test_numbers_in_names_are_counted(file, tmp_path):
    names = ["2.txt", "010.txt", "10.txt", "s2.txt", "s10.txt", "s10/a.txt", "s٣.txt"]
    for name in names:
        file(b"x", name)

    paths = [path.relative_to(tmp_path).as_posix() for path in find_files(tmp_path)]

    assert paths == ["2.txt", "010.txt", "10.txt", "s2.txt", "s10/a.txt", "s10.txt", "s٣.txt"]


def test_pictures_in_a_folder_belong_to_stories_and_are_no_source(file, tmp_path):
    stories = file(b"x", "stories.jsonl")
    file(b"x", "pictures/ferry.JPG")

    assert list(find_files(tmp_path)) == [stories]


def test_links_to_folders_are_not_followed(file, tmp_path):
    path = file(b"x", "folder/a.txt")
    (tmp_path / "folder" / "again").symlink_to(tmp_path)

    assert list(find_files(tmp_path)) == [path]


def test_a_link_to_a_file_leads_no_further_than_the_folder(file, tmp_path):
    inside, secret = file(b"x", "folder/a.txt"), file(b"x", "secret")
    folder = inside.parent
    (folder / "b.txt").symlink_to(inside)
    (folder / "c.txt").symlink_to(secret)
    (folder / "d.txt").symlink_to(folder / "d.txt")

    first, second, *others = find_files(folder)

    assert [first, second] == [inside, folder / "b.txt"]
    assert [str(other).partition(";")[0] for other in others] == [
        f"{folder / name}: a link that leads out of the folder" for name in ("c.txt", "d.txt")
    ]


def test_a_folder_that_is_too_deep_is_told_and_the_others_are_read(file, tmp_path):
    path = tmp_path
    file(b"x", "a.txt")
    for _level in range(decode.MAX_DEPTH + 1):
        path /= "d"
    path.mkdir(parents=True)

    shallow, deep = find_files(tmp_path)

    assert shallow == tmp_path / "a.txt"
    assert str(deep).startswith(f"{path}: more than 100 folders deep")


def test_what_cannot_even_be_looked_at_is_told(file, tmp_path, monkeypatch):
    file(b"x", "a.txt")
    free = file(b"x", "b.txt")
    real = type(tmp_path).is_dir

    def is_dir(entry):
        if entry.name == "a.txt":
            raise OSError(36, "File name too long")
        return real(entry)

    monkeypatch.setattr(type(tmp_path), "is_dir", is_dir)

    locked, readable = find_files(tmp_path)
    assert "File name too long" in str(locked)
    assert readable == free


def test_an_empty_folder_is_told(tmp_path):
    (answer,) = find_files(tmp_path)

    assert isinstance(answer, BadFile)
    assert str(answer).startswith(f"{tmp_path}: the folder holds no file")


def test_a_locked_folder_does_not_hide_the_others(file, tmp_path, monkeypatch):
    file(b"x", "a/locked.txt")
    free = file(b"x", "b/free.txt")
    real = type(tmp_path).iterdir

    def iterdir(folder):
        if folder.name == "a":
            raise PermissionError(13, "Permission denied")
        return real(folder)

    monkeypatch.setattr(type(tmp_path), "iterdir", iterdir)

    locked, readable = find_files(tmp_path)
    assert "Permission denied" in str(locked)
    assert readable == free
