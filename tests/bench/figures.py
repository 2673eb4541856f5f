"""The figures that the site is meant to reach, and the table that says how near it comes."""

from tests.bench import report

NAME = "figures"
HEAD = ["figure", "target", "measured"]
FIGURES = {
    "bare": ("page cache on granian, of a bare WSGI function", "at least 0.8", "{:.2f}"),
    "p99": ("p99 of the page cache at 64 connections", "under 10 ms", "{:.1f} ms"),
    "wagtail": ("page cache, of Wagtail with wagtail-cache", "at least 2", "{:.1f}"),
    "store": ("nginx from the page store, of nginx with a plain file", "at least 0.9", "{:.2f}"),
    "varnish": ("Varnish, of nginx with a plain file", "at least 0.5", "{:.2f}"),
    "publish": ("p99 from a change to the new bytes, everywhere", "under 1 s", "{:.2f} s"),
    "queries": ("queries of an uncached story", "at most 8", "{:.0f}"),
    "cpu": ("processor time of an uncached story", "under 8 ms", "{:.1f} ms"),
    "third": ("the same, of Wagtail's page with the same content", "under a third", "{:.2f}"),
    "lists": (
        "SQL of a list page, from the smallest archive to the largest",
        "at most 1.2",
        "{:.2f}",
    ),
    "memory": ("memory of a web process after all pages", "under 300 MB", "{:.0f} MB"),
}


def table(measured, *, old=""):
    """Return the table of the figures in `measured`, and of the others as they stand in an old one."""
    known = report.rows(old)
    lines = []
    for key, (words, target, form) in FIGURES.items():
        if measured.get(key) is not None:
            lines.append([words, target, form.format(measured[key])])
        elif words in known:
            lines.append(known[words])
    return report.markdown(HEAD, lines)
