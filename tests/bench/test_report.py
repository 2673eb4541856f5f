import pytest

from tests.bench import report
from tests.bench.measuring import Samples


def samples(*, queries=3, blocks=10, ms=1.0):
    return Samples(queries, blocks, sql=[ms, ms, 99.0], cpu=[ms * 2] * 3, wall=[ms * 4] * 3)


@pytest.mark.parametrize(
    ("size", "words"),
    [(20, "20"), (1000, "1k"), (1500, "1500"), (100_000, "100k"), (1_000_000, "1M")],
)
def test_a_size_is_said_shortly(size, words):
    assert report.short(size) == words


def test_the_table_shows_medians_and_the_ratio_of_the_last_size_to_the_first():
    found = {1000: {"front": samples(blocks=10)}, 10_000: {"front": samples(ms=1.5, blocks=12)}}

    head, _rule, row = report.table(found, sizes=[1000, 10_000]).splitlines()

    assert dict(zip(head.split(" | "), row.split(" | "), strict=True)) == {
        "| page": "| front",
        "queries": "3",
        "SQL ms at 1k": "1.0",
        "SQL ms at 10k": "1.5",
        "ratio": "1.50",
        "request ms at 1k": "4.0",
        "request ms at 10k": "6.0",
        "CPU ms at 10k": "3.0",
        "blocks at 1k, 10k |": "10, 12 |",
    }


def test_a_number_of_queries_that_depends_on_the_size_is_seen():
    found = {1: {"front": samples(queries=3)}, 2: {"front": samples(queries=4)}}

    assert "| front | 3 / 4 |" in report.table(found, sizes=[1, 2])


def test_another_round_adds_its_times_and_keeps_the_larger_counts():
    first, second = samples(queries=3, blocks=9), samples(queries=2, blocks=10)

    first.add(second)

    assert (first.queries, first.blocks, len(first.sql), len(first.wall)) == (3, 10, 6, 6)


def test_only_what_stands_between_the_marks_is_replaced():
    document = f"# Before\n\n{report.BEGIN}\n\nold\n\n{report.END}\n\nAfter\n"

    new = report.written(document, "new")

    assert new == f"# Before\n\n{report.BEGIN}\n\nnew\n\n{report.END}\n\nAfter\n"
    assert report.written(new, "new") == new


@pytest.mark.parametrize("document", ["", report.BEGIN, report.END, report.END + report.BEGIN])
def test_a_document_without_the_marks_is_refused(document):
    with pytest.raises(report.NoPlaceError):
        report.written(document, "new")
