"""Tables in CSV for a spreadsheet, in which nothing that somebody wrote is reckoned with."""

import csv
from collections.abc import Iterable
from io import StringIO

TYPE = "text/csv; charset=utf-8"
BEGINNING = "\ufeff"
"""By this mark a spreadsheet knows that a table is in UTF-8."""

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula."""


def line(values: Iterable[object]) -> str:
    """Return a line of a table; words that would be a formula get a sign before them that makes them words."""
    out = StringIO()
    csv.writer(out).writerow(map(_harmless, values))
    return out.getvalue()


def _harmless(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value
