"""Tables as Markdown, and their places in a document."""

import os
import platform
import re
import subprocess
from importlib import metadata
from statistics import median

import django

from tests.deploy import programs

BEGIN, END = "<!-- written by make bench: {} -->", "<!-- end of {} -->"
VERSIONS = {
    "nginx": ("nginx", "-v"),
    "varnishd": ("varnishd", "-V"),
    "wrk": ("wrk", "-v"),
    "redis-server": ("redis-server", "--version"),
}
NAMES = {"varnishd": "Varnish", "redis-server": "Redis"}
NUMBER = re.compile(r"\d+(?:\.\d+)+")


class NoPlaceError(ValueError):
    """The document has no pair of marks between which a table could stand."""


def markdown(head, rows):
    """Return a table whose first column holds words and whose others hold numbers."""
    rule = ["---", *("---:" for _column in head[1:])]
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, rule, *rows))


def rows(text):
    """Return first column -> row of the tables in a text, without their heads."""
    all_rows = [line.strip("| ").split(" | ") for line in text.splitlines() if line.startswith("|")]
    starts = [number for number, row in enumerate(all_rows) if row[0] == "---"]
    heads = {number - 1 for number in starts} | set(starts)
    return {row[0]: row for number, row in enumerate(all_rows) if number not in heads}


def number(value, form):
    """Return a number in this form, or a dash for none."""
    return "–" if value is None else form.format(value)


def middle(values):
    return median(values) if values else 0


def percentile(values, percent):
    """Return the smallest value that so many per cent of all do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * percent // 100) - 1)]


def not_measured(failures):
    """Return the paragraphs that name what could not be measured: none if there is nothing."""
    lines = [f"- {name}: {reason}" for name, reason in failures.items()]
    return ["\n".join(["Not measured:", "", *lines])] if lines else []


def short(size):
    """Return a size as people say it: 1k, 100k, 1M."""
    for unit, letter in ((1_000_000, "M"), (1000, "k")):
        if size >= unit and size % unit == 0:
            return f"{size // unit}{letter}"
    return str(size)


def machine():
    """Return what a table was measured on and with, in a few words."""
    return (
        f"Django {django.get_version()} on Python {platform.python_version()}; "
        f"one machine with {os.cpu_count()} processors for servers and load"
    )


def version(name):
    """Return a program with its version, as in "nginx 1.22.1"."""
    if name == "granian":
        return f"granian {metadata.version(name)}"
    program, flag = VERSIONS[name]
    known = NAMES.get(name, name)
    path = programs.program(program)
    if not path:
        return f"{known} (not installed)"
    result = subprocess.run([path, flag], capture_output=True, text=True, check=False)
    match = NUMBER.search(result.stdout + result.stderr)
    return f"{known} {match[0]}" if match else known


def between(document, name):
    """Return what stands between the two marks of this name."""
    return _parted(document, name)[1]


def written(document, name, text):
    """Return the document with `text` between the two marks of this name, and all else as it was."""
    before, _old, after = _parted(document, name)
    return f"{before}{BEGIN.format(name)}\n\n{text}\n\n{END.format(name)}{after}"


def _parted(document, name):
    before, begin, rest = document.partition(BEGIN.format(name))
    old, end, after = rest.partition(END.format(name))
    if not (begin and end):
        message = f"it does not hold “{BEGIN.format(name)}” and, behind it, “{END.format(name)}”"
        raise NoPlaceError(message)
    return before, old, after
