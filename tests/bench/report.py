"""The table of measurements, as Markdown, and its place in a document."""

from statistics import median

BEGIN, END = "<!-- written by make bench -->", "<!-- end of what make bench wrote -->"


class NoPlaceError(ValueError):
    """The document has no pair of marks between which the table could stand."""


def table(found, *, sizes):
    """Return a Markdown table of `found[size][kind]` (Samples), a row for each kind of page."""
    head = [
        "page",
        "queries",
        *(f"SQL ms at {short(size)}" for size in sizes),
        "ratio",
        *(f"request ms at {short(size)}" for size in sizes),
        "ratio",
        f"CPU ms at {short(sizes[-1])}",
        f"blocks at {', '.join(map(short, sizes))}",
    ]
    rows = [_row(kind, [found[size][kind] for size in sizes]) for kind in found[sizes[0]]]
    rule = ["---", *("---:" for _column in head[1:])]
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, rule, *rows))


def short(size):
    """Return a size as people say it: 1k, 100k, 1M."""
    for unit, letter in ((1_000_000, "M"), (1000, "k")):
        if size >= unit and size % unit == 0:
            return f"{size // unit}{letter}"
    return str(size)


def written(document, text):
    """Return the document with `text` between its two marks, and all else as it was."""
    before, begin, rest = document.partition(BEGIN)
    _old, end, after = rest.partition(END)
    if not (begin and end):
        message = f"it does not hold “{BEGIN}” and, behind it, “{END}”"
        raise NoPlaceError(message)
    return f"{before}{BEGIN}\n\n{text}\n\n{END}{after}"


def _row(kind, samples):
    counts = list(dict.fromkeys(str(one.queries) for one in samples))
    return [
        kind,
        " / ".join(counts),
        *_times([median(one.sql) for one in samples]),
        *_times([median(one.wall) for one in samples]),
        f"{median(samples[-1].cpu):.1f}",
        ", ".join(str(one.blocks) for one in samples),
    ]


def _times(medians):
    """Return the milliseconds at each size, and how much the last one is of the first."""
    ratio = medians[-1] / medians[0] if medians[0] else 0
    return [*(f"{value:.1f}" for value in medians), f"{ratio:.2f}"]
