"""What `make bench` refuses, before it has worked for minutes; the rest is in the parts it calls."""

from importlib import import_module
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests.bench import figures, report, served, sites
from tests.bench.failures import NotMeasured
from tests.bench.management.commands import bench


def run(*arguments):
    call_command(bench.Command(stdout=StringIO(), stderr=StringIO()), *arguments)


def test_the_site_that_is_measured_can_load_the_demo():
    assert "LANGUAGES" in sites.LEFT_TO_DEFAULTS
    assert "LANGUAGES" not in served.SITE


@pytest.mark.parametrize("sizes", ["", "many", "5", "1000,100", "1000,1000", "1000,,2000"])
def test_sizes_that_make_no_sense_are_refused(sizes):
    with pytest.raises(CommandError, match="argument --sizes"):
        run(f"--sizes={sizes}")


COUNTS = ["--runs", "--rounds", "--seconds", "--changes", "--pages"]


@pytest.mark.parametrize("option", COUNTS)
@pytest.mark.parametrize("count", ["0", "-1", "some"])
def test_nothing_to_do_is_refused(option, count):
    with pytest.raises(CommandError, match=f"argument {option}: invalid number"):
        run(f"{option}={count}")


@pytest.mark.parametrize("parts", ["", "everything", "hits,,lists", "hits,everything"])
def test_parts_that_there_are_not_are_refused(parts):
    with pytest.raises(CommandError, match="argument --parts"):
        run(f"--parts={parts}")


@pytest.mark.parametrize("name", bench.PARTS)
def test_every_part_can_be_asked_for(name):
    assert callable(import_module(f"tests.bench.parts.{name}").measure)


def test_parts_run_in_one_order_and_what_cannot_be_measured_is_named(monkeypatch):
    out, ran = StringIO(), []

    def measure(name):
        def one(stage):
            ran.append(name)
            if name == "hits":
                raise NotMeasured("no wrk here")
            stage.figures["memory"] = 123
            return f"a table of {name}"

        return one

    for name in bench.PARTS:
        monkeypatch.setattr(f"tests.bench.parts.{name}.measure", measure(name))
    call_command(bench.Command(stdout=out, stderr=StringIO()), "--parts=memory,hits")

    assert ran == ["hits", "memory"]
    assert "Not measured: hits: no wrk here" in out.getvalue()
    assert "a table of memory" in out.getvalue()
    assert "| under 300 MB | 123 MB |" in out.getvalue()


def test_a_table_goes_into_its_document_at_once(tmp_path, monkeypatch):
    document = tmp_path / "page.md"
    names = ["memory", figures.NAME]
    empty = "".join(report.BEGIN.format(name) + report.END.format(name) for name in names)
    document.write_text(empty)

    def measure(stage):
        stage.figures["memory"] = 99
        return "a table"

    monkeypatch.setattr("tests.bench.parts.memory.measure", measure)
    run("--parts=memory", "--write", str(document))

    assert "a table" in report.between(document.read_text(), "memory")
    assert "99 MB" in report.between(document.read_text(), figures.NAME)


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
        run("--parts=lists", "--sizes=20")
