"""The records in docs/decisions: numbered without gaps, and all of one form."""

import re

from tests.docs.pages import DOCS, headings
from tests.every import every

RECORDS = sorted((DOCS / "decisions").glob("*.md"))
HEADINGS = ["Status", "Context", "Decision", "Consequences", "Alternatives refused"]

each_record = every(RECORDS, name=lambda record: record.stem)


def test_records_are_numbered_without_gaps():
    numbers = [record.name[:4] for record in RECORDS]

    assert numbers == [f"{number:04}" for number in range(1, len(RECORDS) + 1)]
    assert RECORDS


@each_record
def test_a_record_begins_with_its_number_and_its_date(record):
    pattern = rf"# {record.name[:4]}: \S[^\n]*\n\nDate: \d{{4}}-\d\d-\d\d\n"

    assert re.match(pattern, record.read_text(encoding="utf-8"))


@each_record
def test_a_record_has_the_five_headings(record):
    assert headings(record.read_text(encoding="utf-8"), level=2) == HEADINGS


@each_record
def test_a_record_fits_on_a_screen(record):
    assert 20 <= len(record.read_text(encoding="utf-8").splitlines()) <= 50
