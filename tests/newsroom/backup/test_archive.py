"""The file of an archive: what damages it is told in a sentence, and what is not whole has no name."""

import errno
import hashlib
import tarfile

import pytest

from newsroom.backup import Refused, archive


@pytest.fixture
def made(tmp_path):
    """An archive of two members of rows and one picture."""
    path = tmp_path / "made.tar"
    with archive.written(path) as writer:
        writer.add_lines("tables/a.B", [b'["\xc5\x9e"]\n', b"[1]\n"])
        writer.add("media/one.jpg", b"a picture")
        writer.add(archive.MANIFEST, b'{"format": 1}')
    return path


def refusal(path):
    with pytest.raises(Refused) as told:
        archive.check(path)
    return str(told.value)


def test_what_was_written_is_read_again(made):
    archive.check(made)

    assert archive.manifest(made) == {"format": 1}
    tables = [archive.lines(file) for _name, file in archive.members(made, "tables")]
    assert tables == [[["Ş"], [1]]]
    assert oct(made.stat().st_mode & 0o777) == "0o600"


def test_rows_of_any_number_are_written_by_pieces(tmp_path, monkeypatch):
    monkeypatch.setattr(archive, "CHUNK", 4)
    path = tmp_path / "made.tar"

    with archive.written(path) as writer:
        told = writer.add_lines("tables/a.B", [b"[1]\n", b"[2]\n", b"[3]\n"])

    assert told == (3, hashlib.sha256(b"[1]\n[2]\n[3]\n").hexdigest())
    assert [name[-15:] for name, _file in archive.members(path, "tables")] == [
        f"00000{number}.jsonl.gz" for number in (1, 2, 3)
    ]


@pytest.mark.parametrize("what", [b"a picture", b"one.jpg\n", b'{"format"'])
def test_a_byte_that_is_another_is_found(made, what):
    data = made.read_bytes()
    at = data.index(what)
    made.write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])

    said = refusal(made)

    assert "is damaged: media/one.jpg" in said or "is damaged: manifest" in said or "named" in said


def test_a_member_that_is_missing_is_named(made, tmp_path):
    other = tmp_path / "other.tar"
    with tarfile.open(made) as source, tarfile.open(other, "w") as target:
        for member in source.getmembers():
            if member.name != "media/one.jpg":
                target.addfile(member, source.extractfile(member))

    assert refusal(other) == (
        "other.tar is not whole: media/one.jpg is missing, or not named in its list."
    )


@pytest.mark.parametrize("kept", [0, 100, 600, 2000])
def test_what_was_cut_off_is_no_archive(made, kept):
    made.write_bytes(made.read_bytes()[:kept])

    assert "no whole archive" in refusal(made)
    with pytest.raises(Refused):
        archive.manifest(made)


def test_what_is_not_there_or_of_another_form_says_so(made, tmp_path):
    with archive.written(tmp_path / "new.tar") as writer:
        writer.add(archive.MANIFEST, b'{"format": 2}')

    assert "is not there" in refusal(tmp_path / "none.tar")
    with pytest.raises(Refused, match="a form that this version does not know"):
        archive.manifest(tmp_path / "new.tar")


def test_what_fails_leaves_no_archive_and_what_a_killed_one_left_is_written_over(tmp_path):
    path, part = tmp_path / "made.tar", tmp_path / "made.tar.part"
    part.write_bytes(b"half " * 10_000)

    with pytest.raises(OSError, match="No space"), archive.written(path):
        raise OSError(errno.ENOSPC, "No space left on device")
    assert list(tmp_path.iterdir()) == []

    part.write_bytes(b"half " * 10_000)
    with archive.written(path) as writer:
        assert not path.exists()
        writer.add(archive.MANIFEST, b'{"format": 1}')
        with pytest.raises(Refused, match="another backup"), archive.written(path):
            pass
    archive.check(path)
    assert list(tmp_path.iterdir()) == [path]
