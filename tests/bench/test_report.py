"""Tables are Markdown that a document can hold, and go between their own pair of marks only."""

import pytest

from tests.bench import figures, report
from tests.bench.measuring import Samples
from tests.bench.parts import lists


def samples(*, queries, blocks, sql, wall):
    return Samples(queries, blocks, sql=[sql, 100 * sql, sql], cpu=[wall / 2], wall=[wall])


def lists_table():
    by_size = {
        1000: {"a list": samples(queries=4, blocks=10, sql=2.0, wall=20)},
        1_000_000: {"a list": samples(queries=5, blocks=13, sql=3.0, wall=22)},
    }
    return lists.table(by_size, sizes=[1000, 1_000_000]).splitlines()


def test_it_compares_the_medians_at_the_largest_and_the_smallest_size():
    head, _rule, row = lists_table()

    cells = dict(zip(head.strip("| ").split(" | "), row.strip("| ").split(" | "), strict=True))
    assert (cells["SQL ms at 1k"], cells["SQL ms at 1M"]) == ("2.0", "3.0")
    assert "| 4 / 5 | 2.0 | 3.0 | 1.50 | 20.0 | 22.0 | 1.10 | 11.0 | 10, 13 |" in row


def test_every_row_has_as_many_cells_as_the_head():
    assert len({line.count("|") for line in lists_table()}) == 1


@pytest.mark.parametrize(
    ("size", "words"),
    [(20, "20"), (1000, "1k"), (1500, "1500"), (100_000, "100k"), (2_000_000, "2M")],
)
def test_sizes_are_written_as_people_say_them(size, words):
    assert report.short(size) == words


@pytest.mark.parametrize(("percent", "value"), [(50, 2), (99, 4), (100, 4), (1, 1)])
def test_a_percentile_is_one_of_the_values(percent, value):
    assert report.percentile([4, 1, 3, 2], percent) == value


def marked(name, text):
    return f"{report.BEGIN.format(name)}{text}{report.END.format(name)}"


def test_a_document_keeps_everything_but_what_stands_between_the_marks_of_that_table():
    document = f"before {marked('hits', 'old')} between {marked('lists', 'kept')} after"

    changed = report.written(document, "hits", "new")

    assert (
        changed
        == f"before {marked('hits', f'{chr(10) * 2}new{chr(10) * 2}')} between {marked('lists', 'kept')} after"
    )
    assert report.written(changed, "hits", "new") == changed
    assert report.between(changed, "lists") == "kept"


@pytest.mark.parametrize(
    "document",
    [
        "",
        report.BEGIN.format("hits"),
        f"{report.END.format('hits')}{report.BEGIN.format('hits')}",
        marked("lists", ""),
    ],
)
def test_a_document_without_that_pair_of_marks_is_refused(document):
    with pytest.raises(report.NoPlaceError):
        report.written(document, "hits", "new")


def test_what_was_not_measured_is_named_and_nothing_is_said_otherwise():
    assert report.not_measured({}) == []
    assert report.not_measured({"Varnish": "it is not here"}) == [
        "Not measured:\n\n- Varnish: it is not here"
    ]


def test_rows_are_read_back_without_heads():
    text = report.markdown(["what", "how much"], [["a page", "1"], ["a list", "2"]])

    assert report.rows(text) == {"a page": ["a page", "1"], "a list": ["a list", "2"]}
    assert report.rows("no table") == {}


def test_figures_of_this_run_take_the_place_of_old_ones_and_the_others_stay():
    old = figures.table({"bare": 0.5, "memory": 123.4})

    new = figures.table({"bare": 0.91, "p99": None}, old=old)

    measured = {row[0]: row[-1] for row in report.rows(new).values()}
    assert measured == {
        figures.FIGURES["bare"][0]: "0.91",
        figures.FIGURES["memory"][0]: "123 MB",
    }


def test_a_program_that_is_not_here_is_said_to_be_missing(monkeypatch):
    monkeypatch.setattr(report.programs, "program", lambda _name: None)

    assert report.version("varnishd") == "Varnish (not installed)"
