"""What `make bench` refuses, before it has worked for minutes; the rest is in the parts it calls."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests.bench.management.commands import bench


def run(*arguments):
    call_command(bench.Command(stdout=StringIO(), stderr=StringIO()), *arguments)


@pytest.mark.parametrize("sizes", ["", "many", "5", "1000,100", "1000,1000", "1000,,2000"])
def test_sizes_that_make_no_sense_are_refused(sizes):
    with pytest.raises(CommandError, match="argument --sizes"):
        run(f"--sizes={sizes}")


@pytest.mark.parametrize("option", ["--runs", "--rounds"])
def test_no_runs_are_refused(option):
    with pytest.raises(CommandError, match="must be 1 or more"):
        run(option, "0")


def test_a_document_without_a_place_for_the_table_is_refused(tmp_path):
    document = tmp_path / "page.md"
    document.write_text("# Nothing here\n")

    with pytest.raises(CommandError, match="The table cannot stand in"):
        run("--write", str(document))

    assert document.read_text() == "# Nothing here\n"


def test_a_document_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(CommandError, match="The table cannot stand in"):
        run("--write", str(tmp_path / "no.md"))


def test_a_missing_server_is_said_in_one_line(monkeypatch):
    def missing(**_options):
        raise bench.postgres.PostgresMissingError("no PostgreSQL here")

    monkeypatch.setattr(bench.postgres, "Server", missing)

    with pytest.raises(CommandError, match="no PostgreSQL here"):
        run("--sizes=20")
