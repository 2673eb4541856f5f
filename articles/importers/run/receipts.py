"""What is kept of a run: with its batch, and in a file of what became of every story (text, JSON for programs, or a page to read).

In the file each result is written as soon as it is there, so that memory does not grow with the archive, and a run that is killed leaves what it did.
"""

import json
from contextlib import contextmanager
from html import escape

from articles.importers.notes import is_routine

MOST_ITEMS = 1000
"""So many stories that need a person are kept with a batch; the file of --report holds all."""

_PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Import</title>
<style>
body { display: flex; flex-direction: column; max-inline-size: 60rem; margin: 2rem auto; padding-inline: 1rem; font: 1rem/1.5 system-ui, sans-serif; color-scheme: light dark }
.totals { order: -1; margin-block-end: 2rem }
section { padding-block: .5rem; border-block-start: 1px solid #8888 }
h2 { margin: 0; font-size: 1rem; overflow-wrap: anywhere }
ul { margin: 0 }
.problem { font-weight: bold; color: light-dark(#a00, #f99) }
.routine { opacity: .7 }
</style>
"""


def receipt(report):
    """Return what a batch keeps: the totals, the sources, and the stories that need a person with what is to be said of each."""
    return {
        "told": report.totals(),
        "sources": sorted(report.sources),
        "items": [_told(result) for result in report.results[:MOST_ITEMS]],
        "more": max(len(report.results) - MOST_ITEMS, 0),
    }


def _told(result):
    return {
        "name": result.name,
        "outcome": result.outcome,
        "problems": [*result.problems],
        "notes": [note for note in result.notes if not is_routine(note)],
    }


@contextmanager
def kept(path):
    """Give what adds results to a file, and its ending; its suffix tells the form. Without a path it does nothing."""
    if path is None:
        yield Nothing(None)
        return
    form = FORMS.get(path.suffix.lower(), Text)
    with path.open("w", encoding="utf-8", errors="backslashreplace", buffering=1) as file:
        yield form(file)


class Nothing:
    def __init__(self, file):
        self.file = file

    def add(self, result):
        """Write what became of one story."""

    def end(self, report):
        """Write what became of all."""


class Text(Nothing):
    def add(self, result):
        lines = (f"  {words}" for words in (*result.problems, *result.notes))
        print(f"{result.name}: {result.outcome}", *lines, sep="\n", file=self.file)

    def end(self, report):
        print(*report.totals(), sep="\n", file=self.file)


class Json(Nothing):
    """An object with `results`, in the order of the files, and then the totals."""

    def __init__(self, file):
        super().__init__(file)
        self.before = '{"results": [\n'

    def add(self, result):
        told = {
            "name": result.name,
            "outcome": result.outcome,
            "problems": result.problems,
            "notes": [
                {"words": words, "kind": getattr(words, "kind", "")} for words in result.notes
            ],
        }
        print(self.before, json.dumps(told, ensure_ascii=False), sep="", end="", file=self.file)
        self.before = ",\n"

    def end(self, report):
        totals = {
            "counts": report.counts,
            "decisions": report.decisions,
            "notes": report.kinds,
            "has_failed": report.has_failed,
            "is_interrupted": report.is_interrupted,
        }
        begin = "" if self.before == ",\n" else self.before
        rest = json.dumps(totals, ensure_ascii=False).removeprefix("{")
        print(f"{begin}\n], {rest}", file=self.file)


class Html(Nothing):
    """A page that needs no other file; it names the stories of which there is something to say, and counts the others."""

    def __init__(self, file):
        super().__init__(file)
        file.write(_PAGE)

    def add(self, result):
        if result.problems or result.notes:
            items = "".join(
                [
                    *(_item(words, "problem") for words in result.problems),
                    *(_item(note, "routine" if is_routine(note) else "") for note in result.notes),
                ]
            )
            heading = f"<h2 dir=auto>{escape(result.name)}: {escape(result.outcome)}</h2>"
            print(f"<section>{heading}<ul>{items}</ul></section>", file=self.file)

    def end(self, report):
        lines = "".join(f"<p>{escape(line)}</p>" for line in report.totals())
        print(f'<div class="totals"><h1>Import</h1>{lines}</div>', file=self.file)


def _item(words, kind):
    return f'<li class="{kind}" dir=auto>{escape(words)}</li>'


FORMS = {".json": Json, ".html": Html, ".htm": Html}
