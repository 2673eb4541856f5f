import stat

from newsroom import localenv


def test_the_file_is_for_its_owner_and_holds_a_new_secret(tmp_path):
    first, second = (localenv.write(tmp_path / name) for name in ("a", "b/c"))

    assert stat.S_IMODE(first.stat().st_mode) == 0o600
    lines = dict(line.split("=", 1) for line in first.read_text().splitlines())
    assert len(lines["SECRET_KEY"]) > 50
    assert lines["ALLOWED_HOSTS"] == "127.0.0.1,localhost,[::1]"
    assert first.read_text() != second.read_text()


def test_a_file_that_is_there_stays_as_it_is(tmp_path):
    path = tmp_path / "local.env"
    path.write_text("SECRET_KEY=mine\n")

    assert localenv.write(tmp_path) == path
    assert path.read_text() == "SECRET_KEY=mine\n"


def test_what_an_interrupted_run_left_is_no_hindrance(tmp_path):
    (tmp_path / "local.new").write_text("SECRET_")

    path = localenv.write(tmp_path)

    assert path.read_text().endswith("[::1]\n")
    assert [file.name for file in tmp_path.iterdir()] == ["local.env"]
